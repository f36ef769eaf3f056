import { createStore } from 'zustand/vanilla'
import type { Counts } from '../../core/evaluate/classification.ts'
import type { EvaluatedStores } from './evaluated.ts'
import type { ScoresStore } from './scores.ts'

/** A table of calls by outcome that a person typed; a field that is empty is null. */
export interface TypedTable {
  readonly id: number
  readonly name: string
  readonly counts: { readonly [Cell in keyof Counts]: number | null }
}

export interface TypedCountsState {
  /** They are shown in place of what else there is. */
  readonly isOpen: boolean
  readonly tables: readonly TypedTable[]
  /** The one that is drawn. */
  readonly chosen: number
  open(isOpen: boolean): void
  choose(id: number): void
  add(tables: readonly Omit<TypedTable, 'id'>[]): void
  change(id: number, change: Partial<Omit<TypedTable, 'id'>>): void
  remove(id: number): void
}

const emptyCounts: TypedTable['counts'] = { truePositives: null, falseNegatives: null, falsePositives: null, trueNegatives: null }

export const emptyTable = { name: '', counts: emptyCounts }

const createTypedCounts = () =>
  createStore<TypedCountsState>()((set, get) => ({
    isOpen: false,
    tables: [{ id: 0, ...emptyTable }],
    chosen: 0,
    open: (isOpen) => set({ isOpen }),
    choose: (chosen) => set({ chosen }),
    add(added) {
      // A row that nothing was typed into gives way.
      const kept = get().tables.filter(({ name, counts }) => name !== '' || Object.values(counts).some((count) => count !== null))
      const first = 1 + Math.max(-1, ...get().tables.map(({ id }) => id))
      const tables = added.map((table, at) => ({ id: first + at, ...table }))
      if (tables.length > 0) set({ tables: [...kept, ...tables], chosen: first })
    },
    change: (id, change) => set({ tables: get().tables.map((table) => (table.id === id ? { ...table, ...change } : table)), chosen: id }), // prettier-ignore
    remove(id) {
      const tables = get().tables.filter((table) => table.id !== id)
      const left = tables.length > 0 ? tables : [{ id: id + 1, ...emptyTable }]
      set({ tables: left, chosen: left.some((table) => table.id === get().chosen) ? get().chosen : left[0].id })
    },
  }))

export type TypedCountsStore = ReturnType<typeof createTypedCounts>

const made = new WeakMap<ScoresStore, TypedCountsStore>()

/** Of a page there is one: another screen in between loses nothing. They make room for a table or a study that is opened. */
export function typedCountsOf({ scoresStore, studyStore }: EvaluatedStores): TypedCountsStore {
  const known = made.get(scoresStore)
  if (known) return known
  const store = createTypedCounts()
  made.set(scoresStore, store)
  scoresStore.subscribe(({ table }, before) => void (table && table !== before.table && store.getState().open(false)))
  studyStore.subscribe(({ door }, before) => void (door && door.files !== before.door?.files && store.getState().open(false)))
  return store
}

/** The counts once all four are typed. */
export function wholeCounts({ counts }: Pick<TypedTable, 'counts'>): Counts | null {
  return Object.values(counts).every((count) => count !== null) ? (counts as Counts) : null
}
