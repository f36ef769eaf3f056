import type { BoundingBox, Grid } from '../image/volume.ts'
import type { RoiProgress } from '../mask/progress.ts'
import type { Triple } from '../numeric/voxelArray.ts'

/*
 * What a study is made of, as plain records: they survive JSON, postMessage and the browser's database.
 */

/** Tells a reader from the others of a study: text, and never a name. */
export type ReaderId = string

/** Who draws. */
export interface Reader {
  readonly id: ReaderId
  readonly name: string
  /** Whose regions this reader does not see before both have locked theirs. */
  readonly blindTo: readonly ReaderId[]
}

export interface Study {
  readonly id: string
  readonly readers: readonly Reader[]
}

/** Tells a lesion from the others of its patient. */
export type LesionId = `L${number}`

/** The same for all images of the patient and for all readers. */
export interface Lesion {
  readonly id: LesionId
}

export interface Patient {
  /** 16 random bytes, in hexadecimal digits. */
  readonly id: string
  /** In file names and tables, `P0001`: never a name or an ID of the clinic. */
  readonly label: string
  readonly lesions: readonly Lesion[]
}

/** What is known of an image without its voxels. */
export interface ImageRecord {
  /** Names it by its content. */
  readonly image: string
  /** As its user knows it: for the screen only, since it may hold a patient's name. */
  readonly imageName: string
  readonly size: Triple
  /** Missing in records of the first versions. */
  readonly grid?: Pick<Grid, 'spacingMm' | 'originMm' | 'direction'>
}

/** Whose region, of which lesion, on which image. */
export interface RegionId {
  /** Of its `ImageRecord`; for a region of the first versions whose image was not opened since, that version's fingerprint. */
  readonly image: string
  readonly reader: ReaderId
  readonly lesion: LesionId
}

/** A region without its voxels. */
export interface Region extends RegionId {
  readonly progress: RoiProgress
  /** What the reader was called who brought it that far. */
  readonly readerName: string
  /** When that was, in milliseconds since 1970. */
  readonly changedAt: number
  /** Milliseconds since 1970. */
  readonly savedAt: number
  readonly voxelCount: number
  readonly volumeCm3: number
  /** SHA-256 of its voxels on their grid; missing in records of the first versions. */
  readonly maskHash?: string
  /** Outside it the region is empty; null for an empty region. */
  readonly box: BoundingBox | null
}
