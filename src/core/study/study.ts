import type { BoundingBox, Grid } from '../image/volume.ts'
import type { TimeSource } from '../image/volumeTiming.ts'
import type { RoiProgress } from '../mask/progress.ts'
import type { Message } from '../messages/message.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { ExtractionParameters } from '../parameters/profiles/pyradiomics/parameters.ts'
import type { Inclusion } from './exclusions.ts'
import type { RoleId, RoleRule, RoleSpec } from './roles.ts'
import type { TechnicalKey } from './technical.ts'

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

/** A question that the study asks of its patients: which values of a variable are its classes. */
export interface TaskSpec {
  readonly id: string
  /** Of the clinical table. */
  readonly variable: string
  readonly positive: readonly string[]
  /** All other values are not part of the task. */
  readonly negative: readonly string[]
}

export type CohortName = 'training' | 'validation'

/** Who learns and who is judged. */
export type CohortPlan =
  /** Patients of these centres learn, those of all others are judged. */
  | { readonly kind: 'centre'; readonly training: readonly string[] }
  /** Patients examined before this day learn; days since 1970. */
  | { readonly kind: 'date'; readonly before: number }
  /** A share of the patients, above 0 and below 1, is judged; drawn by outcome and batch, as near as whole patients allow. */
  | { readonly kind: 'split'; readonly seed: number; readonly share: number }

/** Cohorts as they were fixed before anything was learnt: every record that is learnt names the hash. */
export interface CohortFreeze {
  readonly plan: CohortPlan
  /** Label and cohort of each patient, by label. */
  readonly members: readonly (readonly [label: string, cohort: CohortName])[]
  /** SHA-256 of the members and the plan. */
  readonly hash: string
  readonly by: ReaderId
  /** Milliseconds since 1970. */
  readonly at: number
  /** How often cohorts were fixed before and thawed again. */
  readonly thawedBefore: number
}

export interface Study {
  readonly id: string
  readonly readers: readonly Reader[]
  /** In the order of columns. */
  readonly roles: readonly RoleSpec[]
  /** What a person corrected for all images alike, in the order in which it was said. */
  readonly rules: readonly RoleRule[]
  /** Null until it is drawn. */
  readonly rereading: Rereading | null
  readonly tasks: readonly TaskSpec[]
  readonly inclusion: Inclusion
  /** Null until somebody says who learns and who is judged. */
  readonly cohorts: CohortPlan | null
  /** Null while nobody has fixed them. */
  readonly freeze: CohortFreeze | null
  /** How often cohorts were fixed and thawed again. */
  readonly thaws: number
  /** What is computed of each region; null for the study's own. */
  readonly parameters: { readonly name: string; readonly values: ExtractionParameters } | null
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

/** The dynamic series with contrast: ordered phases of one grid. */
export interface DceSet {
  /** The first is before contrast; seconds from it rise. */
  readonly phases: readonly { readonly image: string; readonly timeS: number }[]
  /** 'order': the files tell no times that can be believed, only an order at most. */
  readonly timesFrom: TimeSource | 'order'
  /** The times are those of the files, and nothing in the files speaks against them. */
  readonly proved: boolean
  /** Seconds from the first phase. Where the files do not tell it, it is assumed just before the second phase. */
  readonly injectionS: number
  readonly injectionProved: boolean
  /** Phases that may be missing, fewer than the protocol's, none before contrast. */
  readonly warnings: readonly Message[]
  /** Counts phases from 0; null until it is known. */
  readonly peak: number | null
  readonly curve: 'I' | 'II' | 'III' | null
}

/** Why an image has its role, or none: the dynamic series, a person, a rule, what its file is called, or points. */
export type RoleFrom = 'dce' | 'person' | 'rule' | 'name' | 'score'

/** One 3D volume of a patient, known before its voxels are read. */
export interface StudyImage {
  /** By its identifiers, see `VolumeIdentity.image`: known before its voxels are. */
  readonly id: string
  /** Of the patient. */
  readonly patient: string
  readonly role: RoleId | null
  readonly roleFrom: RoleFrom
  readonly grid: Grid
  readonly technical: Readonly<Partial<Record<TechnicalKey, string>>>
  /** See `VolumeIdentity.content`; null until it was read once. */
  readonly content: string | null
}

/** What a person is asked, or may say without being asked. */
export type DecisionKind =
  /** Whether the folders, institutions or scanners that images come from are one centre. */
  | 'centres'
  | 'sameIdOtherPerson'
  | 'sameIdOtherPlace'
  | 'equalNames'
  | 'untold'
  /** Several visits: which is the study's. */
  | 'visit'
  /** Equal identifiers and other pixels: which image is right. */
  | 'sameUids'
  /** Several dynamic series, nothing but which is later between them. */
  | 'dce'
  /** Two clocks put the phases in different orders. */
  | 'order'
  /** Which image has a role. */
  | 'role'

export interface DecisionOption {
  /** Within the decision. */
  readonly id: string
  /** Images that come together if it is taken: of each patient, of the visit, phases by time, or the one that has the role. */
  readonly groups: readonly (readonly string[])[]
  /** Of an image that may have a role. */
  readonly score?: number
}

/** Who took which option, and when. */
export interface Choice {
  readonly option: string
  readonly by: ReaderId
  /** Milliseconds since 1970. */
  readonly at: number
}

/** A doubt that waits for a person. It names nobody: its subjects are images. */
export interface Decision {
  /** Stays the same when the study is imported again. */
  readonly id: string
  readonly kind: DecisionKind
  /** The role in question. */
  readonly role?: RoleId
  /** One image of each patient, visit or image in question. */
  readonly subjects: readonly string[]
  readonly options: readonly DecisionOption[]
  /** What holds until it is decided; null where nothing does. */
  readonly proposed: string | null
  /** The answer that is taken; null while it waits. */
  readonly chosen: Choice | null
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
