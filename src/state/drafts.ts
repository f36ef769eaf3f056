import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DraftStore } from '../storage/draftStore.ts'
import type { Outline } from '../viewer/index.ts'

/** The open outline of each region, in this session and, through the browser's database, the next one. */
export interface DraftsState {
  /** Whether the outline that was changed last is in the database. */
  readonly keeping: 'nothing' | 'keeping' | 'kept' | 'failed'
  /** @param outline null where it was closed or discarded */
  keep(key: string, outline: Outline | null): Promise<void>
  /** What was kept for a region. */
  find(key: string): Promise<Outline | null>
}

export type DraftsStore = StoreApi<DraftsState>

/** @param onFailed the browser does not keep it: it stays in this session alone */
export function createDraftsStore(store: DraftStore, onFailed: (reason: unknown) => void): DraftsStore {
  const known = new Map<string, Outline | null>()
  /** Regions whose outline is not written yet: what it is when its turn comes is written, not each point on the way. */
  const toKeep = new Set<string>()
  let writing: Promise<void> | undefined

  return createStore<DraftsState>()((set) => {
    const fail = (error: unknown) => {
      set({ keeping: 'failed' })
      onFailed(error)
    }
    const writeAll = async () => {
      try {
        for (const key of toKeep) {
          toKeep.delete(key)
          await store.keep(key, known.get(key) ?? null)
        }
        set({ keeping: 'kept' })
      } catch (error) {
        fail(error)
      } finally {
        writing = undefined
      }
    }
    return {
      keeping: 'nothing',
      keep(key, outline) {
        known.set(key, outline)
        toKeep.add(key)
        set({ keeping: 'keeping' })
        return (writing ??= writeAll())
      },
      async find(key) {
        try {
          const found = known.has(key) ? null : await store.find(key)
          if (found && !known.has(key)) {
            known.set(key, found)
            set({ keeping: 'kept' })
          }
        } catch (error) {
          fail(error)
        }
        // The hand may have been faster than the database.
        return known.get(key) ?? null
      },
    }
  })
}
