import { useLayoutEffect, useState } from 'react'
import type { Message } from '../../core/messages/message.ts'
import { tell } from '../../io/importing/messages.ts'
import type { NamedFile } from '../../state/images.ts'
import { collectFiles } from '../shared/collectFiles.ts'

/**
 * Takes files and folders dropped anywhere on the page.
 * @returns whether files hang over the page now
 */
export function useFileDrop(onFiles: (files: readonly NamedFile[]) => void, onProblem: (reason: Message) => void): boolean {
  const [isOver, setIsOver] = useState(false)
  // Before the page is painted: whoever sees it may let go.
  useLayoutEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setIsOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setIsOver(false)
      collectFiles(event).then(onFiles, (error: unknown) => onProblem(tell('drop-not-listed', { why: String(error) })))
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [onFiles, onProblem])
  return isOver
}
