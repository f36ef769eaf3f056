import { fromEvent } from 'file-selector'
import { useEffect, useState } from 'react'
import type { NamedFile } from '../../state/images.ts'

/**
 * Takes files and folders dropped anywhere on the page.
 * @returns whether files hang over the page now
 */
export function useFileDrop(onFiles: (files: readonly NamedFile[]) => void, onProblem: (reason: string) => void): boolean {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
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
      collectFiles(event).then(onFiles, (error: unknown) => onProblem(`The dropped files could not be listed: ${String(error)}`))
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

/** All files of a drop or a picker, those in folders too, with their paths. */
export async function collectFiles(event: Event): Promise<NamedFile[]> {
  const files = await fromEvent(event)
  return files
    .filter((file) => file instanceof File)
    .map((file) => {
      const path = 'path' in file && typeof file.path === 'string' ? file.path : file.webkitRelativePath || file.name
      return { path: path.replace(/^\.?\//, ''), file }
    })
}
