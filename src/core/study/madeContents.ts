import type { ExtractionResult } from '../extraction/collectResult.ts'
import { extentOf } from '../mask/boundingBox.ts'
import type { MaskPart } from '../mask/maskPart.ts'
import type { ExtractionParameters } from '../parameters/profiles/pyradiomics/parameters.ts'
import type { StudyContents, TravellingRegion, TravellingTable } from './contents.ts'
import { madeImages, madePatient } from './madeStudy.ts'
import { unnamedStudy } from './unnamedStudy.ts'

/* Test support: a small study that travels. */

export const madeHash = (text: string): string => [...text, ...'0'.repeat(64)].map((sign) => (sign.codePointAt(0)! % 16).toString(16)).join('').slice(0, 64) // prettier-ignore

/** The region of two voxels, from its first one on. */
export const madePart = (x: number): MaskPart => ({
  size: [4, 4, 4],
  box: { lower: [x, 1, 2], upper: [x + 1, 1, 2] },
  voxels: new Uint8Array(extentOf({ lower: [x, 1, 2], upper: [x + 1, 1, 2] })[0]).fill(1),
})

export const madeRegion = (
  label: string,
  image: string,
  about: Partial<TravellingRegion> & Pick<TravellingRegion, 'maskHash'>,
): TravellingRegion => ({
  label,
  image,
  reader: '1',
  lesion: 'L1',
  size: [4, 4, 4],
  grid: { spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] },
  progress: 'complete',
  readerName: 'Reader 1',
  changedAt: 10,
  savedAt: 11,
  voxelCount: 2,
  volumeCm3: 0.002,
  box: madePart(0).box,
  ...about,
})

export const madeTable = (region: TravellingRegion, parameters: ExtractionParameters): TravellingTable => {
  const { label, image, reader, lesion, readerName, voxelCount, maskHash } = region
  return { label, image, reader, lesion, readerName, voxelCount, maskHash, savedAt: 20, featureCount: 3, isPartial: false, seconds: 0.5, parameters, parametersName: 'study', program: '1.2.3' } // prettier-ignore
}

export const madeResult = (value: number): ExtractionResult => ({
  diagnostics: [['diagnostics_Mask-original_VoxelNum', '2']],
  features: [['original_shape_Sphericity', value], ['original_glcm_MCC', NaN], ['original_firstorder_Skewness', -0]],
  failures: [],
  warnings: [{ step: 'extraction', code: 'made', values: { count: 1 } }],
  partial: false,
}) // prettier-ignore

/** Of as many patients, each with three images. */
export function madeContents(count: number): StudyContents {
  const patients = Array.from({ length: count }, (_, i) => madePatient(i + 1))
  return {
    study: unnamedStudy,
    patients,
    images: patients.flatMap((patient) => madeImages(patient)),
    decisions: [],
    regions: [],
    tables: [],
    journal: [],
  }
}
