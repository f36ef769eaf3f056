import type { SourceFile } from '../sourceFile.ts'
import type { KnownLooks, Look } from './planReading.ts'

/** What was found in files, by path, size and time of change: plain data, so that it can be kept. */
export type ListingRecords = readonly (readonly [file: string, look: Look])[]

/** With it a second listing reads only what changed. A file whose time of change is not known is always read. */
export interface ListingCache extends KnownLooks {
  /** Of the files that were asked for since it was made: what is gone is forgotten. */
  records(): ListingRecords
}

export function createListingCache(records: ListingRecords = []): ListingCache {
  const before = new Map(records)
  const now = new Map<string, Look>()
  return {
    get(file) {
      const name = nameOf(file)
      const look = name === undefined ? undefined : before.get(name)
      if (look) now.set(name!, look)
      return look
    },
    set(file, look) {
      const name = nameOf(file)
      if (name !== undefined) now.set(name, look)
    },
    records: () => [...now],
  }
}

function nameOf({ path, size, lastModified }: SourceFile): string | undefined {
  return lastModified === undefined ? undefined : JSON.stringify([path, size, lastModified])
}
