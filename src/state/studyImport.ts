import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Answer } from '../core/cohort/proposal/decisions.ts'
import type { ListedImage } from '../core/cohort/proposal/listedImage.ts'
import type { ProposalOptions, ProposedStudy } from '../core/cohort/proposal/proposeStudy.ts'
import type { PatternCount } from '../core/cohort/proposal/readNames.ts'
import type { Message } from '../core/messages/message.ts'
import type { RoleId, RoleRule } from '../core/study/roles.ts'
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
  /** In files of their own. */
  readonly masks: readonly { readonly path: string; readonly files: readonly NamedFile[] }[]
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

/** A mask that lies in a file of its own, and the image of the study that it is taken to be of. */
export interface ProposedMask {
  readonly path: string
  readonly files: readonly NamedFile[]
  /** IDs of the images that it may be of; none where it stands on no image of the study. */
  readonly images: readonly string[]
  /** One of these; null while nobody said which, and for a mask that is left. */
  readonly chosen: string | null
  /** What became of it; null before it was its turn. */
  readonly outcome: MaskOutcome | null
}

/** 'drawn': what the reader had drawn there stays; so does what is locked. */
export type MaskOutcome =
  | { readonly kind: 'laid'; readonly lesions: number }
  | { readonly kind: 'drawn' | 'locked' }
  | { readonly kind: 'failed'; readonly reason: Message }

/** Masks among the files, of patients who are in the study: before anything else of these files is looked at. */
export interface ProposedMasks {
  readonly status: 'masks'
  readonly masks: readonly ProposedMask[]
  /** Those images. */
  readonly images: readonly { readonly id: string; readonly label: string; readonly role: RoleId | null }[]
  /** Other files that came with them. */
  readonly rest: readonly NamedFile[]
  /** How many masks are laid; null while nobody has taken the proposal. */
  readonly laying: { readonly done: number; readonly of: number } | null
}

export type StudyImportState =
  | { readonly status: 'none' }
  /** Headers of files are read, or those files whole that may be masks. */
  | {
      readonly status: 'listing'
      readonly reads: 'headers' | 'masks'
      readonly name: string
      readonly done: number
      readonly total: number
    }
  | ProposedMasks
  | ProposedImport

export type StudyImportStore = StoreApi<StudyImportState>

/** Its acts come with the part of the page that shows it: `importing/importStudy.ts`. */
export const createStudyImportStore = (): StudyImportStore => createStore<StudyImportState>()(() => ({ status: 'none' }))
