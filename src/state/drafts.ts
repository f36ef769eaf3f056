import type { DraftStore } from '../storage/draftStore.ts'
import type { Outline } from '../viewer/index.ts'

/** The open outline of each region, in this session and, through the browser's database, the next one. */
export interface Drafts {
  /** @param outline null where it was closed or discarded */
  keep(key: string, outline: Outline | null): Promise<void>
  /** What was kept for a region. */
  find(key: string): Promise<Outline | null>
}

/** @param onFailed the browser does not keep it: it stays in this session alone */
export function createDrafts(store: DraftStore, onFailed: (reason: string) => void): Drafts {
  const known = new Map<string, Outline | null>()
  /** One after the other, so that the last change is what stays. */
  let last: Promise<void> = Promise.resolve()
  const tell = (error: unknown): null => {
    onFailed(error instanceof Error ? error.message : String(error))
    return null
  }
  return {
    keep(key, outline) {
      known.set(key, outline)
      return (last = last.then(() => store.keep(key, outline)).catch((error: unknown) => void tell(error)))
    },
    async find(key) {
      const found = known.has(key) ? null : await store.find(key).catch(tell)
      // The hand may have been faster than the database.
      return known.has(key) ? known.get(key)! : found
    },
  }
}
