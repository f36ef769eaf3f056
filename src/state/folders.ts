import { createStore, type StoreApi } from 'zustand/vanilla'

/** A folder whose images are not at hand. */
export interface StudyFolder {
  /** Of the link; null for files that were given on an earlier visit, which the browser cannot read again by itself, and for images of a study file. */
  readonly id: string | null
  /** '' where files were given without a folder that the browser remembers. */
  readonly name: string
  /** It is a study file that was saved with images. */
  readonly isFile?: true
  /** 'never': its images came with a study file, and no folder of them was given here. 'asks': a person has to allow it again. 'refused': was asked for on this visit, and not allowed. 'gone': it is not where it was, or its drive is not there. 'again': a file that the browser cannot read by itself. */
  readonly state: 'never' | 'asks' | 'refused' | 'gone' | 'again'
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
