import { createStore, type StoreApi } from 'zustand/vanilla'

/** A folder whose images are not at hand. */
export interface StudyFolder {
  /** Of the link; null for files that were given on an earlier visit, which the browser cannot read again by itself, and for images of a study file. */
  readonly id: string | null
  /** '' where files were given without a folder that the browser remembers. */
  readonly name: string
  /** 'never': its images came with a study file, and no folder of them was given here. 'asks': a person has to allow it again. 'refused': was asked for on this visit, and not allowed. 'gone': it is not where it was, or its drive is not there. */
  readonly state: 'never' | 'asks' | 'refused' | 'gone'
  /** Of the study. */
  readonly images: number
}

export interface FoldersState {
  /** None while all images are at hand. */
  readonly folders: readonly StudyFolder[]
}

export type FoldersStore = StoreApi<FoldersState>

/** What is done with them comes later: `importing/linkedFolders.ts`. */
export const createFoldersStore = (): FoldersStore => createStore<FoldersState>()(() => ({ folders: [] }))
