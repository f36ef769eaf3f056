import { Zip, ZipPassThrough } from 'fflate'
import { pieces } from './inPieces.ts'

/** A zip that is made file by file; the files are taken as they are, as those that are worth it are packed already. */
export interface GrowingZip {
  /** @param name unlike that of any other file */
  add(name: string, content: Uint8Array<ArrayBuffer>): Promise<void>
  finish(): Blob
}

/** Piece by piece, so that the page is not held up by large files. */
export function beginZip(modified: Date): GrowingZip {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let failure: Error | null = null
  const zip = new Zip((error, chunk) => {
    failure ??= error
    chunks.push(chunk)
  })
  return {
    async add(name, content) {
      const file = new ZipPassThrough(name)
      file.mtime = modified
      zip.add(file)
      for await (const [from, to] of pieces(content)) file.push(content.subarray(from, to), false)
      file.push(new Uint8Array(0), true)
      if (failure) throw failure
    },
    finish() {
      zip.end()
      if (failure) throw failure
      return new Blob(chunks, { type: 'application/zip' })
    },
  }
}
