import type { Grid } from '../image/volume.ts'
import type { ExtractionParameters } from '../parameters/profiles/pyradiomics/parameters.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { JournalLine } from './journal.ts'
import type { Decision, Patient, Region, RegionId, Study, StudyImage } from './study.ts'

/*
 * All that a study is, voxels and numbers apart: what travels from one machine to another. Nothing in it names a patient.
 */

/** A region as it travels: what was drawn, never an empty one. */
export interface TravellingRegion extends Region {
  /** Of its patient. */
  readonly label: string
  readonly size: Triple
  /** Missing in records of the first versions. */
  readonly grid?: Pick<Grid, 'spacingMm' | 'originMm' | 'direction'>
  readonly maskHash: string
}

/** Features that were computed of a region, and from what; without the numbers. */
export interface TravellingTable extends RegionId {
  /** Of its patient. */
  readonly label: string
  /** Milliseconds since 1970. */
  readonly savedAt: number
  readonly readerName: string
  readonly voxelCount: number
  readonly featureCount: number
  readonly isPartial: boolean
  readonly seconds: number
  readonly maskHash: string
  readonly parameters: ExtractionParameters
  readonly parametersName: string
  /** Version. */
  readonly program: string
}

export interface StudyContents {
  readonly study: Study
  readonly patients: readonly Patient[]
  readonly images: readonly StudyImage[]
  readonly decisions: readonly Decision[]
  readonly regions: readonly TravellingRegion[]
  readonly tables: readonly TravellingTable[]
  readonly journal: readonly JournalLine[]
}

/** The same for a region wherever it is kept. */
export const nameOfRegion = ({ image, lesion, reader }: RegionId): string => JSON.stringify([image, lesion, reader])
