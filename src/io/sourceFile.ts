import { refuse } from './messages.ts'

export type Bytes = Uint8Array<ArrayBuffer>

/** A file to read, wherever it lies: on disk, dropped on the page, or inside a zip. */
export interface SourceFile {
  /** As the user knows it; folders are separated by '/'. */
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** Milliseconds since 1970, where it is known. */
  readonly lastModified?: number
  /** Absolute path, where the file lies on a disk that this process can read; libraries then need no copy of it. */
  readonly diskPath?: string
  /** Another file of the same folder, on disk. */
  sibling?(name: string): Promise<SourceFile | undefined>
  /** The bytes from `start` to before `end`; all of them without arguments. */
  bytes(start?: number, end?: number): Promise<Bytes>
}

export function fileFromBytes(path: string, bytes: Bytes): SourceFile {
  return { path, size: bytes.length, bytes: async (start = 0, end = bytes.length) => bytes.slice(start, end) }
}

export function fileFromBlob(path: string, blob: Blob): SourceFile {
  return {
    path,
    size: blob.size,
    ...(blob instanceof File && { lastModified: blob.lastModified }),
    async bytes(start = 0, end = blob.size) {
      try {
        // The browser takes note of each part that is cut off: of thousands of small files that is a quarter of its work.
        const part = start === 0 && end === blob.size ? blob : blob.slice(start, end)
        return new Uint8Array(await part.arrayBuffer())
      } catch (cause) {
        throw refuse('browser-cannot-read', {}, { cause })
      }
    },
  }
}

/** Last part of the path. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

/** The path without its last part; '' if there is none. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'), 0))
}
