import { createStore, type StoreApi } from 'zustand/vanilla'
import { renameReader } from '../core/study/readers.ts'
import type { ReaderId, Study } from '../core/study/study.ts'

export interface ReadersState {
  /** Whose ROIs are shown and drawn. */
  readonly reader: ReaderId
  readonly study: Study
  /** Of its readers. */
  readonly names: Readonly<Record<ReaderId, string>>
  /** With whom a reader is compared. */
  other(reader: ReaderId): ReaderId
  choose(reader: ReaderId): void
  /** An empty name is put back to "Reader 1" or "Reader 2". */
  rename(reader: ReaderId, name: string): void
  /** The study has other readers now. */
  take(study: Study): void
}

export type ReadersStore = StoreApi<ReadersState>

const namesOf = ({ readers }: Study) => Object.fromEntries(readers.map(({ id, name }) => [id, name]))

/** Who draws; kept with the study, so that a reload does not turn one reader into the other. */
export function createReadersStore(
  { reader, study }: Pick<ReadersState, 'reader' | 'study'>,
  keep: { readonly choose: (reader: ReaderId) => void; readonly rename: (reader: ReaderId, name: string) => void },
): ReadersStore {
  return createStore<ReadersState>()((set, get) => ({
    reader,
    study,
    names: namesOf(study),
    other(of) {
      const { readers } = get().study
      return readers.find(({ id }) => id === of)?.rereads ?? readers.find(({ id }) => id !== of)!.id
    },
    choose(chosen) {
      keep.choose(chosen)
      set({ reader: chosen })
    },
    rename(id, entered) {
      keep.rename(id, entered)
      const renamed = renameReader(get().study, id, entered)
      set({ study: renamed, names: namesOf(renamed) })
    },
    take: (changed) => set({ study: changed, names: namesOf(changed) }),
  }))
}
