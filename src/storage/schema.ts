import type { Dexie } from 'dexie'
import { type EntityTable } from 'dexie'
import type { ExtractionResult } from '../core/extraction/collectResult.ts'
import type { Grid } from '../core/image/volume.ts'
import type { MaskHint } from '../core/mask/looksLikeMask.ts'
import type { BoundingBox } from '../core/mask/mask.ts'
import type { RoiProgress } from '../core/mask/progress.ts'
import type { ExtractionParameters } from '../core/parameters/profiles/pyradiomics/parameters.ts'
import type { RegionId } from './regionKey.ts'

/** A mask as it is kept in the browser. */
export interface KeptMask extends RegionId {
  /** `keptKey` of the region, or beside it. */
  readonly key: string
  /** What the reader was called when it was kept. */
  readonly readerName?: string
  /** Missing in masks kept before there were readers: in progress. */
  readonly progress?: RoiProgress
  /** When it got that far, in milliseconds since 1970. */
  readonly changedAt?: number
  /** The image's name as its user knows it. */
  readonly imageName: string
  /** Milliseconds since 1970. */
  readonly savedAt: number
  readonly size: readonly [number, number, number]
  readonly voxelCount: number
  readonly volumeCm3: number
  /** See `hashMask`; missing in masks kept by earlier versions. */
  readonly maskHash?: string
  /** What `voxels` cover, null for an empty mask; the whole grid where it is missing (masks kept by the first version). */
  readonly box?: BoundingBox | null
  /** Of the image; missing in masks of earlier versions, which lie on their image alone. */
  readonly grid?: Pick<Grid, 'spacingMm' | 'originMm' | 'direction'>
  /** In file names and tables: of its patient, and `<patient>_<sequence>_<reader>`. Missing in masks of earlier versions. */
  readonly called?: { readonly label: string; readonly stem: string }
  /** The user deleted it a moment ago: under which key and of which image it was kept, and when, in milliseconds since 1970. */
  readonly deleted?: { readonly key: string; readonly image: string; readonly at: number }
  /** One byte a voxel in the order of `volume.ts`, gzipped. */
  readonly voxels: Uint8Array<ArrayBuffer>
}

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

/** What a person said, by whom or what it is about. */
export interface KeptAnswer {
  readonly key: string
  /** Plain data. */
  readonly value: unknown
}

/** The number of a patient in file names and tables, see `labelStore.ts`. */
export interface KeptLabel {
  /** What the images say of the patient, see `groupPatients`. */
  readonly key: string
  readonly number: number
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
  /** Of the region, see `hashMask`; that of the image is in `image`. */
  readonly maskHash: string
  readonly parameters: ExtractionParameters
  readonly parametersName: string
  /** Version. */
  readonly program: string
}

/** An image or mask that is open, to be read again when the page is. */
export interface KeptImage {
  /** See `FoundVolume.keptAs`. */
  readonly key: string
  readonly kind: 'image' | 'mask'
  /** Why a person should be asked whether it is a mask, until one has answered. */
  readonly maskHint?: MaskHint
  /** What was opened at once is read at once: names of phases go by what else there is. */
  readonly opening: string
  /** Shared by the parts of a series, which are told apart by the files of all of them. Earlier versions kept none. */
  readonly path?: string
  /** Milliseconds since 1970. */
  readonly openedAt: number
  /** Of `openedFiles`: those that hold it, with others it may be. */
  readonly files: readonly number[]
}

/** A file that was opened, itself: the browser keeps a copy of it. */
export interface KeptFile {
  readonly id: number
  readonly path: string
  readonly file: Blob
}

/** What was copied from the database of earlier versions, so that each state of a record is copied once. */
export interface CopiedRecord {
  /** Store and key of the record. */
  readonly key: string
  readonly state: string
}

export type Database = Dexie & {
  masks: EntityTable<KeptMask, 'key'>
  drafts: EntityTable<KeptDraft, 'key'>
  answers: EntityTable<KeptAnswer, 'key'>
  labels: EntityTable<KeptLabel, 'key'>
  featureTables: EntityTable<KeptTable, 'key'>
  featureResults: EntityTable<{ readonly key: string; readonly result: ExtractionResult }, 'key'>
  openedImages: EntityTable<KeptImage, 'key'>
  openedFiles: EntityTable<KeptFile, 'id'>
  copied: EntityTable<CopiedRecord, 'key'>
}
