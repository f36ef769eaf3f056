import type { StageKey } from '../core/analysis/stages/stageKey.ts'
import type { StageRecord } from '../core/analysis/stages/stageStore.ts'
import type { Protocol } from '../core/protocol/protocol.ts'
import type { ReportAnswers } from '../core/report/answers.ts'
import type { ListingRecords } from '../io/importing/listingCache.ts'
import type { ScoreChoice } from '../io/tables/roles/scoreChoice.ts'
import type { StudyChoice, StudyFiles } from '../io/tables/roles/studyChoice.ts'
import type { StudyTask } from '../io/tables/roles/studyTask.ts'
import type { Dexie } from 'dexie'
import { type EntityTable } from 'dexie'
import { z } from '../core/messages/zod.ts'
import type { ClinicalAnswers } from '../core/cohort/clinical/readClinical.ts'
import type { VariableSpec } from '../core/cohort/clinical/variables.ts'
import type { TimeIntensityCurve, TimeIntensityDescription } from '../core/cohort/timeIntensity.ts'
import type { TimeIntensityOptions } from '../core/cohort/timeIntensityOptions.ts'
import type { Message } from '../core/messages/message.ts'
import type { ExtractionResult } from '../core/extraction/collectResult.ts'
import type { MaskHint } from '../core/mask/looksLikeMask.ts'
import type { ExtractionParameters } from '../core/parameters/profiles/pyradiomics/parameters.ts'
import type { JournalLine } from '../core/study/journal.ts'
import type { RoleRule } from '../core/study/roles.ts'
import { box, direction, lesion, triple } from '../core/study/recordSchemas.ts'
import type { ComputedOn } from '../core/study/batchRows.ts'
import type { Decision, ImageRecord, Patient, Region, RegionId, Study, StudyImage } from '../core/study/study.ts'

/*
 * What the browser keeps of a study, store by store. Records are checked where they come from elsewhere: from an earlier version
 * or another place of the browser.
 */

/** What stands once in a database. */
export type KeptMeta =
  | { readonly key: 'study'; readonly value: Study }
  | { readonly key: 'import'; readonly value: KeptImport }
  | { readonly key: 'saved'; readonly value: KeptSave }
  /** How often the lock that `key` names was taken, see `commit.ts`. */
  | { readonly key: `turn ${string}`; readonly value: number }

/** Where an image was found and what it is called there, which may be the patient's name: for the screen of this machine alone. */
export interface KeptPlace {
  /** `id` of the image. */
  readonly image: string
  readonly name: string
  /** `id` of what the browser may read it from again, and its files in that folder; missing where files are given each time. */
  readonly link?: string
  readonly files?: readonly FileRef[]
}

/** What an image is called on the screen, which may be the patient's name: for what is kept of images that are not open. */
export interface KeptName {
  /** As in `KeptRegion` and `KeptTable`. */
  readonly image: string
  readonly name: string
}

/** A record as it stands in its store: the name of its image stands apart, see `imageNames.ts`. */
export type Nameless<T> = Omit<T, 'imageName'>

/** A file as it was listed: no path is ever an identity, but where nothing changed it is found by it. */
export interface FileRef {
  /** With the name of the folder that was given at its start. */
  readonly path: string
  readonly size: number
  /** Milliseconds since 1970. */
  readonly lastModified: number
}

/** A folder on disk that the browser may be allowed to read again. */
export interface KeptFolderLink {
  readonly id: string
  readonly name: string
  readonly kind?: never
  readonly handle: FileSystemDirectoryHandle
}

/** A study file in which images of the study lie. */
export interface KeptFileLink {
  readonly id: string
  readonly name: string
  readonly kind: 'studyFile'
  /** Null where the browser cannot keep one: it is given at each visit. */
  readonly handle: FileSystemFileHandle | null
}

/** What the browser may read images from again. */
export type KeptLink = KeptFolderLink | KeptFileLink

/** What was found in the files of a folder, for a second listing: it names patients, as headers do. */
export interface KeptListing {
  /** Path. */
  readonly folder: string
  /** Of the program that listed it: another one looks again. */
  readonly program: string
  readonly looks: ListingRecords
}

/** What images say of a patient, see `groupPatients`: of all records these and what was answered of patients tell who that is. */
export interface KeptIdentity {
  readonly key: string
  /** `id` of the patient. */
  readonly patient: string
}
export const identity: z.ZodType<KeptIdentity> = z.object({ key: z.string(), patient: z.string() })

/** What an import changed, so that it can be taken back. */
export interface KeptImport {
  /** Milliseconds since 1970. */
  readonly at: number
  /** IDs of those that came with it. */
  readonly patients: readonly string[]
  readonly images: readonly string[]
  /** As they were before it. */
  readonly before: {
    readonly patients: readonly Patient[]
    readonly images: readonly StudyImage[]
    readonly decisions: readonly Decision[]
    readonly rules: readonly RoleRule[]
  }
}

/** The last copy of the study outside the browser, that is known to be whole. */
export interface KeptSave {
  /** Milliseconds since 1970. */
  readonly at: number
  /** The last line of the journal that is in it. */
  readonly seq: number
}

/** A hospital's table, as its cells were written, and what was said of it: it may name people. */
export interface KeptClinical {
  /** The study has one. */
  readonly key: 'clinical'
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Which variable each column is, see `guessVariables`; columns that are none are not in the rows. */
  readonly variables: readonly VariableSpec[]
  /** Of the column of IDs. */
  readonly id: string
  readonly answers: ClinicalAnswers
  /** Its values came with a study file, as they had been read there; its IDs are those of the study's own patients. */
  readonly isOfFile?: true
}

/** Names of features in the order of the values of a table, once for all tables that have them. */
export interface KeptColumns {
  /** SHA-256 of the names as JSON. */
  readonly hash: string
  readonly names: readonly string[]
}

/** A row of a batch that is being computed, or that did not end well. */
export interface KeptBatchRow extends RegionId {
  /** `keptKey` of the region. */
  readonly key: string
  /** 'running' when the page opens: it died on this row. */
  readonly state: 'running' | 'failed' | 'setAside'
  /** How often it was begun. */
  readonly attempts: number
  /** See `hashInputs`. */
  readonly inputs: string
  readonly reason?: Message
  /** Milliseconds since 1970. */
  readonly at: number
}

/** The numbers of a table of features: their names stand once for all tables that have them. */
export interface KeptNumbers extends Omit<ExtractionResult, 'features'> {
  /** `hash` of the names. */
  readonly columns: string
  /** In the order of the names. */
  readonly values: Float64Array<ArrayBuffer>
}

/** A region as it is kept, without its voxels. */
export interface KeptRegion extends Region, ImageRecord {
  /** `keptKey` of the region, or beside it. */
  readonly key: string
  readonly image: string
  /** In file names and tables: of its patient, and `<patient>_<sequence>_<reader>`. Missing in records of the first versions. */
  readonly called?: { readonly label: string; readonly stem: string }
  /** The user deleted it a moment ago: under which key and of which image it was kept, and when, in milliseconds since 1970. */
  readonly deleted?: { readonly key: string; readonly image: string; readonly at: number }
}
export const region: z.ZodType<KeptRegion> = z.object({
  key: z.string(),
  image: z.string(),
  reader: z.string(),
  lesion,
  imageName: z.string(),
  size: triple,
  grid: z.object({ spacingMm: triple, originMm: triple, direction }).exactOptional(),
  progress: z.enum(['empty', 'inProgress', 'complete', 'locked']),
  readerName: z.string(),
  changedAt: z.number(),
  savedAt: z.number(),
  voxelCount: z.number(),
  volumeCm3: z.number(),
  maskHash: z.string().exactOptional(),
  box: box.nullable(),
  called: z.object({ label: z.string(), stem: z.string() }).exactOptional(),
  deleted: z.object({ key: z.string(), image: z.string(), at: z.number() }).exactOptional(),
})

/** Of a region, apart from it: a list of regions is read without them. */
export interface KeptVoxels {
  /** Of the region. */
  readonly key: string
  /** One byte a voxel of its box in the order of `volume.ts`, gzipped. */
  readonly voxels: Uint8Array<ArrayBuffer>
}
export const voxels: z.ZodType<KeptVoxels> = z.object({
  key: z.string(),
  voxels: z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array),
})

/** A region with its voxels. */
export type KeptMask = KeptRegion & KeptVoxels

/** An outline that was begun and not closed yet. */
export interface KeptDraft {
  /** Of the region that it is drawn for, see `keptKey`, and what it is for. */
  readonly key: string
  readonly outline: {
    readonly plane: 'axial' | 'sagittal' | 'coronal'
    readonly slice: number
    readonly value: 0 | 1
    readonly points: readonly { readonly at: readonly [number, number, number]; readonly isVertex: boolean }[]
  }
}
export const draft: z.ZodType<KeptDraft> = z.object({
  key: z.string(),
  outline: z.object({
    plane: z.enum(['axial', 'sagittal', 'coronal']),
    slice: z.number(),
    value: z.literal([0, 1]),
    points: z.array(z.object({ at: triple, isVertex: z.boolean() })),
  }),
})

/** What a person said, by whom or what it is about: see `answers.ts`. */
export interface KeptAnswer {
  readonly key: string
  /** Plain data. */
  readonly value: unknown
}

/** A table of features, without its numbers, and from what it was made. */
export interface KeptTable extends RegionId {
  /** `keptKey` of the region. */
  readonly key: string
  /** Milliseconds since 1970. */
  readonly savedAt: number
  /** The patient's, `P0001`: in files. */
  readonly label: string
  /** `<patient>_<sequence>_<reader>`: in files. */
  readonly stem: string
  /** As its user knows it: for the screen only. */
  readonly imageName: string
  readonly readerName: string
  readonly voxelCount: number
  readonly featureCount: number
  /** The run was cancelled before all was computed. */
  readonly isPartial: boolean
  readonly seconds: number
  /** What was said of the extraction; earlier versions kept it with the numbers alone. */
  readonly warnings?: readonly Message[]
  /** Of the region, see `hashMask`; that of the image is in `image`. */
  readonly maskHash: string
  readonly parameters: ExtractionParameters
  readonly parametersName: string
  /** Version. */
  readonly program: string
  /** Missing where it was computed in this browser. It stays here: a machine may be called by the name of its owner. */
  readonly computedOn?: ComputedOn
}

/** The course of a region's signal over the phases of a dynamic series, and from what it was made. */
export interface KeptCurve extends RegionId, TimeIntensityCurve {
  /** `keptKey` of the region. */
  readonly key: string
  /** Milliseconds since 1970. */
  readonly savedAt: number
  /** The images, one a time. */
  readonly phases: readonly string[]
  readonly options: TimeIntensityOptions
  readonly description: TimeIntensityDescription
}

/** An image or mask that is open, to be read again when the page is. */
export interface KeptImage {
  /** Tells nothing of it, unlike that of its `KeptOpenedPlace`. */
  readonly key: string
  readonly kind: 'image' | 'mask'
  /** Why a person should be asked whether it is a mask, until one has answered. */
  readonly maskHint?: MaskHint
  /** What was opened at once is read at once: names of phases go by what else there is. */
  readonly opening: string
  /** Milliseconds since 1970. */
  readonly openedAt: number
  /** Of `openedFiles`: those that hold it, with others it may be. */
  readonly files: readonly number[]
}

/** Where an open image was found: a path may be the patient's name. */
export interface KeptOpenedPlace {
  /** See `FoundVolume.keptAs`. */
  readonly key: string
  /** Shared by the parts of a series, which are told apart by the files of all of them. Earlier versions kept none. */
  readonly path?: string
  /** `key` of the image. */
  readonly opened: string
}

/** A file that was opened, itself: the browser keeps a copy of it. */
export interface KeptFile {
  readonly id: number
  readonly path: string
  readonly file: Blob
}

/**
 * The tables of what is in hand, as files. They are large and stay as they are; what is said of them is kept at every act, so they lie
 * apart from it.
 */
export interface KeptTablesInHand {
  readonly key: (KeptAnalysis | KeptScoreTable)['key']
  readonly files: readonly (File | null)[]
}

/** What an analysis begins with: the tables as files, what was said of them, and what is to be done. */
export interface KeptAnalysis {
  /** One analysis is in hand. */
  readonly key: 'study'
  readonly files: StudyFiles
  readonly choice: StudyChoice
  /** Null while the tables are being chosen. */
  readonly protocol: Protocol | null
  readonly firstLook: {
    readonly at: number
    readonly changes: number
    readonly decided?: string | undefined
    readonly protocol?: Protocol | undefined
  } | null
  /** While an analysis runs: when it began. */
  readonly runningSince?: number | null
  /** What persons added to the report; none before somebody did. */
  readonly answers?: ReportAnswers
  /** Where several questions are put to it: `choice`, `protocol` and `firstLook` are those of the one in hand. */
  readonly tasks?: {
    readonly inHand: number
    readonly all: readonly {
      readonly task: StudyTask
      readonly protocol: Protocol
      readonly firstLook: KeptAnalysis['firstLook']
    }[]
  }
}

/** The table of scores in hand. */
export interface KeptScoreTable {
  readonly key: 'scores'
  readonly file: File
  readonly choice: ScoreChoice
  readonly firstLook: KeptAnalysis['firstLook']
  /** The choice as it stands was evaluated. */
  readonly isEvaluated: boolean
  /** See `KeptAnalysis`. */
  readonly answers?: ReportAnswers
}

/** The result of a stage, under its key. */
export interface KeptStage {
  readonly key: StageKey
  readonly record: StageRecord
}

/** What was copied from the places of earlier versions, so that each state of a record is copied once. */
export interface CopiedRecord {
  /** Place and key of the record. */
  readonly key: string
  readonly state: string
}

/** A record of an earlier version that could not be understood, as it was: nothing is thrown away. */
export interface UnreadRecord {
  readonly id: number
  readonly place: string
  readonly record: unknown
}

export type Database = Dexie & {
  meta: EntityTable<KeptMeta, 'key'>
  patients: EntityTable<Patient, 'id'>
  identities: EntityTable<KeptIdentity, 'key'>
  images: EntityTable<StudyImage, 'id'>
  places: EntityTable<KeptPlace, 'image'>
  decisions: EntityTable<Decision, 'id'>
  links: EntityTable<KeptLink, 'id'>
  listings: EntityTable<KeptListing, 'folder'>
  imageNames: EntityTable<KeptName, 'image'>
  regions: EntityTable<Nameless<KeptRegion>, 'key'>
  masks: EntityTable<KeptVoxels, 'key'>
  drafts: EntityTable<KeptDraft, 'key'>
  answers: EntityTable<KeptAnswer, 'key'>
  patientAnswers: EntityTable<KeptAnswer, 'key'>
  featureTables: EntityTable<Nameless<KeptTable>, 'key'>
  /** Earlier versions kept each number beside its name. */
  featureResults: EntityTable<{ readonly key: string; readonly result: KeptNumbers | ExtractionResult }, 'key'>
  curves: EntityTable<KeptCurve, 'key'>
  journal: EntityTable<JournalLine, 'seq'>
  openedImages: EntityTable<KeptImage, 'key'>
  openedPlaces: EntityTable<KeptOpenedPlace, 'key'>
  openedFiles: EntityTable<KeptFile, 'id'>
  analyses: EntityTable<Omit<KeptAnalysis, 'files'> | Omit<KeptScoreTable, 'file'>, 'key'>
  tablesInHand: EntityTable<KeptTablesInHand, 'key'>
  stageRecords: EntityTable<KeptStage, 'key'>
  clinicalTables: EntityTable<KeptClinical, 'key'>
  featureColumns: EntityTable<KeptColumns, 'hash'>
  batchRows: EntityTable<KeptBatchRow, 'key'>
  copied: EntityTable<CopiedRecord, 'key'>
  unread: EntityTable<UnreadRecord, 'id'>
}
