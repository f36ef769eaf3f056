import type { Axis } from '../../../numeric/voxelArray.ts'

/*
 * The settings of PyRadiomics 3.0.1 that are no image type's own: their defaults and the values they may have. Ranges and names
 * are those of its parameter schema. An image type's own stand in its row (`imageTypes.ts`), the words for all in `messages/en/settings.ts`.
 */

export type Interpolator =
  | 'sitkNearestNeighbor'
  | 'sitkLinear'
  | 'sitkBSpline'
  | 'sitkBSpline1'
  | 'sitkBSpline2'
  | 'sitkBSpline3'
  | 'sitkBSpline4'
  | 'sitkBSpline5'
  | 'sitkGaussian'
  | 'sitkLabelGaussian'
  | 'sitkHammingWindowedSinc'
  | 'sitkCosineWindowedSinc'
  | 'sitkWelchWindowedSinc'
  | 'sitkLanczosWindowedSinc'
  | 'sitkBlackmanWindowedSinc'

export interface GeneralSettings {
  readonly minimumROIDimensions: 1 | 2 | 3
  readonly minimumROISize: number | null
  /** Null means PyRadiomics's 1e-6 (the tolerance SimpleITK's filters use). */
  readonly geometryTolerance: number | null
  readonly correctMask: boolean
  readonly additionalInfo: boolean
  readonly label: number
  readonly label_channel: number
  readonly binWidth: number
  /** If set it takes the place of binWidth. */
  readonly binCount: number | null
  readonly normalize: boolean
  readonly normalizeScale: number
  readonly removeOutliers: number | null
  /** In mm along x, y, z; 0 keeps an axis. Null: no resampling. */
  readonly resampledPixelSpacing: readonly [number, number, number] | null
  /** Null: no resampling. */
  readonly interpolator: Interpolator | null
  /** Voxels of the new grid around the ROI that filters see. */
  readonly padDistance: number
  readonly preCrop: boolean
  readonly distances: readonly number[]
  readonly force2D: boolean
  /** 0 = z, 1 = y, 2 = x. */
  readonly force2Ddimension: 0 | 1 | 2
  readonly resegmentRange: readonly [number] | readonly [number, number] | null
  readonly resegmentMode: 'absolute' | 'relative' | 'sigma'
  readonly resegmentShape: boolean
  readonly voxelArrayShift: number
  readonly symmetricalGLCM: boolean
  readonly weightingNorm: 'manhattan' | 'euclidean' | 'infinity' | 'no_weighting' | null
  readonly gldm_a: number
}

export interface NumberRange {
  /** Lowest value allowed. */
  readonly minimum?: number
  /** Values must be greater than this. */
  readonly above?: number
  readonly maximum?: number
  /** Infinity has a meaning here. */
  readonly infinite?: true
}

export type SettingType =
  | { readonly kind: 'boolean' }
  | ({ readonly kind: 'integer' | 'number' } & NumberRange)
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  /** Of these lengths; of any, where none are told, and also of none, where that is told. */
  | ({
      readonly kind: 'list'
      readonly of: 'integer' | 'number'
      readonly lengths?: readonly number[]
      readonly mayBeEmpty?: true
    } & NumberRange)

/**
 * What PyRadiomics makes of `null` (measured): 'off' is the setting's own "none", 'false' counts as false, 'unset' is the
 * default, and 'fails' is accepted by its schema but stops the extraction wherever the setting is used; 'refused' is not accepted.
 */
export type NullMeaning = 'off' | 'false' | 'unset' | 'fails' | 'refused'

/** What a setting may be. */
export interface SettingRow {
  readonly type: SettingType
  readonly nullMeans: NullMeaning
}

export interface GeneralSetting extends SettingRow {
  readonly group: GeneralGroup
  /** Read only if one of these settings is on. */
  readonly onlyWith?: readonly (keyof GeneralSettings)[]
  /** Not read if that setting is on. */
  readonly notWith?: keyof GeneralSettings
}

export const generalGroups = [
  'mask',
  'normalisation',
  'resampling',
  'resegmentation',
  'discretisation',
  'texture',
  'output',
] as const
export type GeneralGroup = (typeof generalGroups)[number]

/** PyRadiomics's defaults: `featureextractor._getDefaultSettings`, and those that stand where a setting is read. */
export const generalDefaults: GeneralSettings = {
  minimumROIDimensions: 2,
  minimumROISize: null,
  geometryTolerance: null,
  correctMask: false,
  additionalInfo: true,
  label: 1,
  label_channel: 0,
  binWidth: 25,
  binCount: null,
  normalize: false,
  normalizeScale: 1,
  removeOutliers: null,
  resampledPixelSpacing: null,
  interpolator: 'sitkBSpline',
  padDistance: 5,
  preCrop: false,
  distances: [1],
  force2D: false,
  force2Ddimension: 0,
  resegmentRange: null,
  resegmentMode: 'absolute',
  resegmentShape: false,
  voxelArrayShift: 0,
  symmetricalGLCM: true,
  weightingNorm: null,
  gldm_a: 0,
}

const interpolators: readonly Interpolator[] = [
  'sitkNearestNeighbor', 'sitkLinear', 'sitkBSpline', 'sitkGaussian', 'sitkLabelGaussian', 'sitkHammingWindowedSinc', 'sitkCosineWindowedSinc',
  'sitkWelchWindowedSinc', 'sitkLanczosWindowedSinc', 'sitkBlackmanWindowedSinc', 'sitkBSpline1', 'sitkBSpline2', 'sitkBSpline3', 'sitkBSpline4', 'sitkBSpline5',
] // prettier-ignore

/** PyRadiomics takes 1 to 10: SimpleITK's numbers for the first ten names. */
export const numberedInterpolators = interpolators.slice(0, 10)

export const generalSettings: Readonly<Record<keyof GeneralSettings, GeneralSetting>> = {
  label: { group: 'mask', type: { kind: 'integer', above: 0 }, nullMeans: 'fails' },
  label_channel: { group: 'mask', type: { kind: 'integer', minimum: 0 }, nullMeans: 'unset' },
  minimumROIDimensions: { group: 'mask', type: { kind: 'integer', minimum: 1, maximum: 3 }, nullMeans: 'fails' },
  minimumROISize: { group: 'mask', type: { kind: 'integer', above: 0 }, nullMeans: 'off' },
  geometryTolerance: { group: 'mask', type: { kind: 'number', above: 0, infinite: true }, nullMeans: 'off' },
  correctMask: { group: 'mask', type: { kind: 'boolean' }, nullMeans: 'false' },
  preCrop: { group: 'mask', type: { kind: 'boolean' }, nullMeans: 'false' },
  normalize: { group: 'normalisation', type: { kind: 'boolean' }, nullMeans: 'false' },
  normalizeScale: { group: 'normalisation', type: { kind: 'number', above: 0 }, nullMeans: 'fails', onlyWith: ['normalize'] },
  removeOutliers: { group: 'normalisation', type: { kind: 'number', above: 0, infinite: true }, nullMeans: 'off', onlyWith: ['normalize'] },
  resampledPixelSpacing: { group: 'resampling', type: { kind: 'list', of: 'number', lengths: [3], minimum: 0 }, nullMeans: 'off' },
  interpolator: { group: 'resampling', type: { kind: 'choice', choices: interpolators }, nullMeans: 'off', onlyWith: ['resampledPixelSpacing'] },
  padDistance: { group: 'resampling', type: { kind: 'integer', minimum: 0 }, nullMeans: 'fails', onlyWith: ['resampledPixelSpacing', 'preCrop'] },
  resegmentRange: { group: 'resegmentation', type: { kind: 'list', of: 'number', lengths: [1, 2], infinite: true }, nullMeans: 'off' },
  resegmentMode: { group: 'resegmentation', type: { kind: 'choice', choices: ['absolute', 'relative', 'sigma'] }, nullMeans: 'fails', onlyWith: ['resegmentRange'] },
  resegmentShape: { group: 'resegmentation', type: { kind: 'boolean' }, nullMeans: 'false', onlyWith: ['resegmentRange'] },
  binWidth: { group: 'discretisation', type: { kind: 'number', above: 0 }, nullMeans: 'fails', notWith: 'binCount' },
  binCount: { group: 'discretisation', type: { kind: 'integer', above: 0 }, nullMeans: 'off' },
  voxelArrayShift: { group: 'texture', type: { kind: 'integer' }, nullMeans: 'fails' },
  force2D: { group: 'texture', type: { kind: 'boolean' }, nullMeans: 'fails' },
  force2Ddimension: { group: 'texture', type: { kind: 'integer', minimum: 0, maximum: 2 }, nullMeans: 'fails' },
  distances: { group: 'texture', type: { kind: 'list', of: 'integer', above: 0 }, nullMeans: 'fails' },
  symmetricalGLCM: { group: 'texture', type: { kind: 'boolean' }, nullMeans: 'false' },
  weightingNorm: { group: 'texture', type: { kind: 'choice', choices: ['manhattan', 'euclidean', 'infinity', 'no_weighting'] }, nullMeans: 'off' },
  gldm_a: { group: 'texture', type: { kind: 'integer', minimum: 0 }, nullMeans: 'fails' },
  additionalInfo: { group: 'output', type: { kind: 'boolean' }, nullMeans: 'false' },
} // prettier-ignore

/** Slices lie across it: PyRadiomics counts axes as numpy does, z first. */
export function axisAcrossSlices({ force2Ddimension }: GeneralSettings): Axis {
  return (2 - force2Ddimension) as Axis
}

/** Planes across this axis stand alone; null: the volume is one. */
export function planeAxis(settings: GeneralSettings): Axis | null {
  return settings.force2D ? axisAcrossSlices(settings) : null
}
