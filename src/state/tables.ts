import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ExtractionResult } from '../core/extraction/collectResult.ts'
import { ageOfTable } from '../core/study/tableAge.ts'
import type { KeptTable } from '../storage/schema.ts'
import type { TableStore } from '../storage/tableStore.ts'

export interface TablesState {
  /** One a region, of all images and readers, newest first. */
  readonly tables: readonly KeptTable[]
  /** By `key` of the table; read when one is to be shown. */
  readonly results: Readonly<Record<string, ExtractionResult>>
  /** The table that the user chose to see; null for that of the region in hand. */
  readonly chosen: string | null
  choose(key: string | null): void
  /** Takes the place of the region's table before, unless that says more: a run that was cancelled does not end a whole one that is up to date. */
  keep(table: KeptTable, result: ExtractionResult): Promise<void>
  /** A table that is kept already: its numbers are read when they are shown. */
  take(table: KeptTable): void
  /** The numbers of a table; undefined where they are gone. */
  read(key: string): Promise<ExtractionResult | undefined>
}

export type TablesStore = StoreApi<TablesState>

/** Tables of this session and, through the browser's database, of earlier ones. @param onNotKept what the browser refused: it stays in this session */
export function createTablesStore(
  store: Pick<TableStore, 'keep' | 'list' | 'find'>,
  onNotKept: (reason: unknown) => void,
): TablesStore {
  const tables = createStore<TablesState>()((set, get) => ({
    tables: [],
    results: {},
    chosen: null,
    choose: (chosen) => set({ chosen }),
    async keep(table, result) {
      const before = get().tables.find(({ key }) => key === table.key)
      if (table.isPartial && before && !before.isPartial && isOfSameInputs(before, table)) return
      set({
        tables: [table, ...get().tables.filter((one) => one !== before)],
        results: { ...get().results, [table.key]: result },
      })
      await store.keep(table, result).catch(onNotKept)
    },
    take(table) {
      const results = Object.fromEntries(Object.entries(get().results).filter(([key]) => key !== table.key))
      set({ tables: [table, ...get().tables.filter(({ key }) => key !== table.key)], results })
    },
    async read(key) {
      const known = get().results[key]
      if (known) return known
      try {
        const found = await store.find(key)
        // A run may have ended meanwhile.
        if (found && !get().results[key]) set({ results: { ...get().results, [key]: found } })
      } catch (reason) {
        onNotKept(reason)
      }
      return get().results[key]
    },
  }))
  void store.list().then((kept) => {
    const known = new Set(tables.getState().tables.map(({ key }) => key))
    tables.setState({ tables: [...tables.getState().tables, ...kept.filter(({ key }) => !known.has(key))] })
  }, onNotKept)
  return tables
}

const isOfSameInputs = (a: KeptTable, b: KeptTable) => ageOfTable(a, b).length === 0
