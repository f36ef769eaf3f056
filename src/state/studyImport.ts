import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Answer } from '../core/cohort/proposal/decisions.ts'
import type { ListedImage } from '../core/cohort/proposal/listedImage.ts'
import type { ProposalOptions, ProposedStudy } from '../core/cohort/proposal/proposeStudy.ts'
import type { PatternCount } from '../core/cohort/proposal/readNames.ts'
import type { Message } from '../core/messages/message.ts'
import type { RoleRule } from '../core/study/roles.ts'
import type { ListingRecords } from '../io/importing/listingCache.ts'
import type { LeftOutPath } from '../io/importing/planReading.ts'
import type { NamedFile } from './images.ts'

/** An image that was listed, and the files that hold it. */
export interface ListedImageOfFiles extends ListedImage {
  readonly files: readonly NamedFile[]
  readonly warnings: readonly Message[]
}

/** What lies in files, from their headers alone. */
export interface ListedFiles {
  readonly images: readonly ListedImageOfFiles[]
  readonly masks: number
  readonly leftOut: readonly LeftOutPath[]
  /** How names of files without headers were read. */
  readonly pattern: PatternCount | undefined
}

export type ListFiles = (
  files: readonly NamedFile[],
  known: ListingRecords,
  options: { readonly signal: AbortSignal; readonly onProgress: (done: number, total: number) => void },
) => Promise<ListedFiles & { readonly records: ListingRecords }>

/** Images that were listed, to be asked time and again what study they make with what is said of them; see `proposeStudy`. */
export type OpenProposal = (images: readonly ListedImage[]) => Promise<{
  propose(options: ProposalOptions): Promise<ProposedStudy>
  /** What is asked after that fails. */
  close(): void
}>

/** What was found in folders and what it is proposed to be, until a person takes it. */
export interface ProposedImport {
  readonly status: 'proposed'
  readonly files: readonly NamedFile[]
  readonly listed: ListedFiles
  readonly study: ProposedStudy
  /** Those of the study, and those that were given here. */
  readonly rules: readonly RoleRule[]
  readonly answers: readonly Answer[]
  /** How many patients of the study are taken in; null while nobody has taken the proposal. */
  readonly taking: { readonly done: number; readonly of: number } | null
  readonly problem: Message | null
}

export type StudyImportState =
  | { readonly status: 'none' }
  | { readonly status: 'listing'; readonly name: string; readonly done: number; readonly total: number }
  | ProposedImport

export type StudyImportStore = StoreApi<StudyImportState>

/** Its acts come with the part of the page that shows it: `importing/importStudy.ts`. */
export const createStudyImportStore = (): StudyImportStore => createStore<StudyImportState>()(() => ({ status: 'none' }))
