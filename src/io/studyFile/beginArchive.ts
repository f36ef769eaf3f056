import { configure, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js'
import { hashBytes } from '../hashBytes.ts'
import type { Bytes } from '../sourceFile.ts'
import { mostEntries, sumsName } from './archiveLimits.ts'
import { refuse } from './messages.ts'

// Entries are small or packed already: a worker for each would cost more than it saves.
configure({ useWebWorkers: false })

/** A zip that is written entry by entry, and never held as a whole. */
export interface ArchiveWriter {
  /** @param name unlike that of any other entry @throws DataError once there are too many */
  add(name: string, content: Bytes): Promise<void>
  /** With the check sums of all entries. */
  finish(): Promise<void>
}

/** @param modified of all entries, so that equal contents make equal files */
export function beginArchive(target: WritableStream<Uint8Array>, modified: Date): ArchiveWriter {
  const zip = new ZipWriter(target, { lastModDate: modified, extendedTimestamp: false })
  const sums: string[] = []
  const put = (name: string, content: Bytes) =>
    zip.add(name, new Uint8ArrayReader(content), { level: /\.(gz|parquet)$/.test(name) ? 0 : 6 })
  return {
    async add(name, content) {
      if (sums.length + 2 > mostEntries) throw refuse('too-many-entries', { most: mostEntries })
      sums.push(`${await hashBytes(content)}  ${name}\n`)
      await put(name, content)
    },
    async finish() {
      await put(sumsName, new TextEncoder().encode(sums.join('')))
      await zip.close()
    },
  }
}
