import { useLayoutEffect, useState } from 'react'
import type { Message } from '../../core/messages/message.ts'
import { tell } from '../../io/importing/messages.ts'
import { fileName } from '../../io/sourceFile.ts'
import type { NamedFile } from '../../state/images.ts'

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

/** All files of a drop or a picker, those in folders too, with their paths. @param event while it is being handled */
export async function collectFiles(event: Event): Promise<NamedFile[]> {
  const files =
    event instanceof DragEvent
      ? (await Promise.all([...event.dataTransfer!.items].filter(({ kind }) => kind === 'file').map(filesOfItem))).flat()
      : [...(event.target as HTMLInputElement).files!].map((file) => ({ path: file.webkitRelativePath || file.name, file }))
  return files.filter(({ path }) => !leftByComputers.includes(fileName(path)))
}

/** In every folder that somebody looked at. */
const leftByComputers = ['.DS_Store', 'Thumbs.db']

async function filesOfItem(
  item: DataTransferItem & { getAsFileSystemHandle?(): Promise<FileSystemHandle> },
): Promise<NamedFile[]> {
  const entry = item.webkitGetAsEntry()
  if (!entry?.isDirectory) {
    const file = item.getAsFile()
    return file ? [{ path: file.name, file }] : []
  }
  // Where a browser has handles they take half the time of entries.
  return item.getAsFileSystemHandle ? filesOfHandle(await item.getAsFileSystemHandle(), entry.name) : filesOfEntry(entry)
}

/** All of a folder at once: one file after the other takes three times as long. */
async function filesOfHandle(handle: FileSystemHandle, path: string): Promise<NamedFile[]> {
  if (isFile(handle)) return [{ path, file: await handle.getFile() }]
  const inside: Promise<NamedFile[]>[] = []
  for await (const child of (handle as FileSystemDirectoryHandle).values())
    inside.push(filesOfHandle(child, `${path}/${child.name}`))
  return (await Promise.all(inside)).flat()
}

async function filesOfEntry(entry: FileSystemEntry): Promise<NamedFile[]> {
  const path = entry.fullPath.replace(/^\//, '')
  if (entry.isFile) return [{ path, file: await new Promise<File>((...told) => (entry as FileSystemFileEntry).file(...told)) }]
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const inside: Promise<NamedFile[]>[] = []
  // Some at a time, none when all are told.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((...told) => reader.readEntries(...told))
    if (entries.length === 0) return (await Promise.all(inside)).flat()
    inside.push(...entries.map(filesOfEntry))
  }
}

function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file'
}
