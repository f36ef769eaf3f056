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
  /** For a second reading by the same person: the reader of the first, which is locked before. */
  readonly rereads?: ReaderId
}

/** What an image is for, `T1WI+C`: text that names it in files and columns. */
export type RoleId = string

export interface RoleSpec {
  readonly id: RoleId
  /** The phase of the dynamic set that it refers to, if it does. */
  readonly phase?: 'first' | 'peak'
}

/** The patients that are read twice, as a seed drew them. */
export interface Rereading {
  readonly seed: number
  readonly from: 'training' | 'all'
  /** IDs, sorted. */
  readonly patients: readonly string[]
  /** Milliseconds since 1970. */
  readonly at: number
  /** How often there was another one before, each given up for a reason. */
  readonly drawnBefore: number
}

export interface Study {
  readonly id: string
  readonly readers: readonly Reader[]
  /** In the order of columns. */
  readonly roles: readonly RoleSpec[]
  /** Null until it is drawn. */
  readonly rereading: Rereading | null
}

/** Tells a lesion from the others of its patient. */
export type LesionId = `L${number}`

/** The same for all images of the patient and for all readers. */
export interface Lesion {
  readonly id: LesionId
  /** As its readers call it, `upper outer`; missing while nobody named it. */
  readonly name?: string
  /** What is known of the patient as a whole is said of it; where none is marked, of the first one. */
  readonly isIndex?: true
  /** Milliseconds since 1970, for one that was deleted: its ID is given to no other one. */
  readonly deletedAt?: number
}

export interface Patient {
  /** 16 random bytes, in hexadecimal digits. */
  readonly id: string
  /** In file names and tables, `P0001`: never a name or an ID of the clinic. */
  readonly label: string
  readonly lesions: readonly Lesion[]
  /** As the study counts them, `I`; '' while there is one only. */
  readonly centre: string
  /** Scanner and protocol; '' where they are not told apart. */
  readonly batch: string
  /** Set when cohorts are frozen. */
  readonly cohort: string | null
  readonly exclusion: Exclusion | null
  /** Why somebody should look again; changes nothing else. */
  readonly flag: string | null
  readonly note: string
  readonly dce: DceSet | null
}

export interface Exclusion {
  readonly reason: string
  /** Of the reader who said so. */
  readonly by: ReaderId
  /** Milliseconds since 1970. */
  readonly at: number
}

/** Ordered phases of one grid. */
export interface DceSet {
  /** The first is before contrast; seconds from it rise. */
  readonly phases: readonly { readonly image: string; readonly timeS: number }[]
  /** Counts phases from 0; null until it is known. */
  readonly peak: number | null
  readonly curve: 'I' | 'II' | 'III' | null
}

/** What is taken from a header and may leave with the study: nothing else of it stands in an image's record. */
export const technicalKeys = [
  'Modality', 'Manufacturer', 'ManufacturerModelName', 'MagneticFieldStrength', 'SequenceName', 'ScanningSequence', 'SequenceVariant',
  'ScanOptions', 'MRAcquisitionType', 'ImageType', 'RepetitionTime', 'EchoTime', 'FlipAngle', 'InversionTime', 'SliceThickness',
  'SpacingBetweenSlices', 'PixelSpacing', 'Rows', 'Columns', 'NumberOfTemporalPositions', 'TemporalPositionIdentifier',
  'TemporalResolution', 'DiffusionBValue', 'AcquisitionMatrix', 'ReceiveCoilName', 'PatientPosition',
] as const // prettier-ignore

export type TechnicalKey = (typeof technicalKeys)[number]

/** One 3D volume of a patient, known before its voxels are read. */
export interface StudyImage {
  /** By its identifiers, see `VolumeIdentity.image`: known before its voxels are. */
  readonly id: string
  /** Of the patient. */
  readonly patient: string
  readonly role: RoleId | null
  readonly roleFrom: 'rule' | 'score' | 'person'
  readonly grid: Grid
  readonly technical: Readonly<Partial<Record<TechnicalKey, string>>>
  /** See `VolumeIdentity.content`; null until it was read once. */
  readonly content: string | null
}

/** A doubt that waits for a person. */
export interface Decision {
  /** Made of kind and subjects, so that nobody is asked twice. */
  readonly id: string
  readonly kind: string
  /** IDs of patients and images. */
  readonly subjects: readonly string[]
  readonly options: readonly string[]
  readonly proposed: string | null
  readonly chosen: { readonly option: string; readonly by: ReaderId; readonly at: number } | null
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

/** The ID of the image that a region is kept for: what comes before the hash of the voxels that it was drawn on. */
export const imageIdOf = (image: string): string => image.replace(/\..*/s, '')

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
