import { useStore } from 'zustand'
import type { TableAge } from '../../core/study/tableAge.ts'
import type { KeptTable } from '../../storage/schema.ts'
import { compareLesions } from '../../core/study/lesions.ts'
import { useSession } from '../shared/session.ts'

export interface ShownTable {
  /** Of the reader in hand: one reader is not told what the other measures. Newest first. */
  readonly tables: readonly KeptTable[]
  /** The one that was chosen, else that of the region in hand, or of another lesion where nothing is in hand yet, else the newest one. */
  readonly table: KeptTable | undefined
  /** The tables of its image and reader, a lesion each, in the order of lesions. */
  readonly lesions: readonly KeptTable[]
  /** In what it differs from what an extraction would give now. */
  readonly age: readonly TableAge[]
}

export function useShownTable(): ShownTable {
  const { ageOf, extractionStore, readersStore, roiStore, tablesStore } = useSession()
  const { tables: all, chosen } = useStore(tablesStore)
  const { reader } = useStore(readersStore)
  const open = useStore(roiStore, (state) => state.open)
  const isEmpty = useStore(roiStore, ({ voxelCount }) => voxelCount === 0)
  const maskHashes = useStore(roiStore, (state) => state.maskHashes)
  const parameters = useStore(extractionStore, (state) => state.parameters)
  const tables = all.filter((table) => table.reader === reader)
  const key = chosen ?? open?.key ?? tables.at(0)?.key
  const table =
    tables.find((one) => one.key === key) ??
    (chosen === null && isEmpty ? tables.find(({ image }) => image === open?.imageKey) : undefined)
  const lesions = tables.filter(({ image }) => image === table?.image).sort((a, b) => compareLesions(a.lesion, b.lesion))
  return { tables, table, lesions, age: table ? ageOf(table, maskHashes, parameters) : [] }
}
