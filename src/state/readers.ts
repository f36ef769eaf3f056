import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Reader } from '../storage/regionKey.ts'

export interface ReadersState {
  /** Whose ROIs are shown and drawn. */
  readonly reader: Reader
  readonly names: Readonly<Record<Reader, string>>
  choose(reader: Reader): void
  /** An empty name is put back to "Reader 1" or "Reader 2". */
  rename(reader: Reader, name: string): void
}

export type ReadersStore = StoreApi<ReadersState>

const readerKey = 'texel.reader'
const nameKey = (reader: Reader) => `texel.reader.${reader}`

export const otherReader = (reader: Reader): Reader => (reader === 1 ? 2 : 1)

/** Who draws; kept in the browser, so that a reload does not turn one reader into the other. */
export function createReadersStore(storage: Pick<Storage, 'getItem' | 'setItem'>): ReadersStore {
  const nameOf = (reader: Reader) => storage.getItem(nameKey(reader)) ?? `Reader ${reader}`
  return createStore<ReadersState>()((set, get) => ({
    reader: storage.getItem(readerKey) === '2' ? 2 : 1,
    names: { 1: nameOf(1), 2: nameOf(2) },
    choose(reader) {
      storage.setItem(readerKey, String(reader))
      set({ reader })
    },
    rename(reader, entered) {
      const name = entered.trim() || `Reader ${reader}`
      storage.setItem(nameKey(reader), name)
      set({ names: { ...get().names, [reader]: name } })
    },
  }))
}
