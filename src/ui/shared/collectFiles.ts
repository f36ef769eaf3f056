import { fileName } from '../../io/sourceFile.ts'
import type { NamedFile } from '../../state/images.ts'

/** All files of a drop or a picker, those in folders too, with their paths. @param event while it is being handled */
export async function collectFiles(event: Event): Promise<NamedFile[]> {
  const files =
    event instanceof DragEvent
      ? (await Promise.all([...event.dataTransfer!.items].filter(({ kind }) => kind === 'file').map(filesOfItem))).flat()
      : [...(event.target as HTMLInputElement).files!].map((file) => ({ path: file.webkitRelativePath || file.name, file }))
  return files.filter(isWanted)
}

type FolderPicker = (options: { readonly mode: 'read'; readonly id: string }) => Promise<FileSystemDirectoryHandle>

/** Whether this browser lets a person choose a folder that it can read again another time. */
export const canPickFolder = (): boolean => 'showDirectoryPicker' in window

/** All files of a folder that a person chooses, which the browser may read again; none where nobody chose. */
export async function pickFolder(): Promise<NamedFile[]> {
  try {
    const { showDirectoryPicker } = window as unknown as { readonly showDirectoryPicker: FolderPicker }
    const handle = await showDirectoryPicker({ mode: 'read', id: 'texel' })
    return (await filesOfHandle(handle, handle.name, handle)).filter(isWanted)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return []
    throw error
  }
}

type ZipPicker = (options: object) => Promise<readonly FileSystemFileHandle[]>

/** A study file that a person chooses, which the browser may read again; null where nobody chose. To be called where `canPickStudyFile`. */
export async function pickStudyFile(): Promise<{ readonly file: File; readonly handle: FileSystemFileHandle } | null> {
  try {
    const { showOpenFilePicker } = window as unknown as { readonly showOpenFilePicker: ZipPicker }
    const types = [{ description: 'Study file', accept: { 'application/zip': ['.zip'] } }]
    const [handle] = await showOpenFilePicker({ id: 'texel', types })
    return { file: await handle.getFile(), handle }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    throw error
  }
}

/** Whether this browser lets a person choose a file that it can read again another time. */
export const canPickStudyFile = (): boolean => 'showOpenFilePicker' in window

const isWanted = ({ path }: NamedFile) => !leftByComputers.includes(fileName(path))

/** In every folder that somebody looked at. */
const leftByComputers = ['.DS_Store', 'Thumbs.db']

async function filesOfItem(
  item: DataTransferItem & { getAsFileSystemHandle?(): Promise<FileSystemHandle> },
): Promise<NamedFile[]> {
  const entry = item.webkitGetAsEntry()
  if (!entry?.isDirectory) {
    const file = item.getAsFile()
    if (!file) return []
    // A study file may be read again for its images.
    const handle = /\.zip$/i.test(file.name) ? await item.getAsFileSystemHandle?.() : undefined
    return [{ path: file.name, file, ...(handle && isFile(handle) && { handle }) }]
  }
  // Where a browser has handles they take half the time of entries.
  if (!item.getAsFileSystemHandle) return filesOfEntry(entry)
  const handle = await item.getAsFileSystemHandle()
  return isFile(handle) ? [] : filesOfHandle(handle, entry.name, handle as FileSystemDirectoryHandle)
}

/** All of a folder at once: one file after the other takes three times as long. */
async function filesOfHandle(handle: FileSystemHandle, path: string, root: FileSystemDirectoryHandle): Promise<NamedFile[]> {
  if (isFile(handle)) return [{ path, file: await handle.getFile(), root }]
  const inside: Promise<NamedFile[]>[] = []
  for await (const child of (handle as FileSystemDirectoryHandle).values())
    inside.push(filesOfHandle(child, `${path}/${child.name}`, root))
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
