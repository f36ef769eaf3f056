import type { Axis } from '../../../numeric/voxelArray.ts'

/*
 * The settings of PyRadiomics 3.0.1 that are no image type's own: their words for the reader, defaults and the values they may have.
 * Ranges and names are those of its parameter schema. An image type's own stand in its row (`imageTypes.ts`).
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
  | ({ readonly kind: 'list'; readonly of: 'integer' | 'number'; readonly lengths?: readonly number[] } & NumberRange)

/**
 * What PyRadiomics makes of `null` (measured): 'off' is the setting's own "none", 'false' counts as false, 'unset' is the
 * default, and 'fails' is accepted by its schema but stops the extraction wherever the setting is used; 'refused' is not accepted.
 */
export type NullMeaning = 'off' | 'false' | 'unset' | 'fails' | 'refused'

/** What a setting is. */
export interface SettingHelp {
  readonly label: string
  readonly help: string
  readonly unit?: string
  readonly type: SettingType
  readonly nullMeans: NullMeaning
}

export interface GeneralSettingHelp extends SettingHelp {
  readonly group: GeneralGroup
  /** Read only if one of these settings is on. */
  readonly onlyWith?: readonly (keyof GeneralSettings)[]
  /** Not read if that setting is on. */
  readonly notWith?: keyof GeneralSettings
}

export const generalGroups = {
  mask: 'Region of interest',
  normalisation: 'Normalisation',
  resampling: 'Resampling',
  resegmentation: 'Resegmentation',
  discretisation: 'Grey levels',
  texture: 'Feature classes',
  output: 'Output',
} as const
export type GeneralGroup = keyof typeof generalGroups

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

export const generalHelp: Readonly<Record<keyof GeneralSettings, GeneralSettingHelp>> = {
  label: {
    group: 'mask', label: 'Label', type: { kind: 'integer', above: 0 }, nullMeans: 'fails',
    help: 'Value that marks the region in the mask. Voxels with other values are not part of it.',
  },
  label_channel: {
    group: 'mask', label: 'Mask channel', type: { kind: 'integer', minimum: 0 }, nullMeans: 'unset',
    help: 'Which channel to use if a mask file holds several values for each voxel; 0 is the first.',
  },
  minimumROIDimensions: {
    group: 'mask', label: 'Smallest number of dimensions', type: { kind: 'integer', minimum: 1, maximum: 3 }, nullMeans: 'fails',
    help: 'How many directions the region must extend in: 1 allows a line, 2 a single slice, 3 asks for more than one slice.',
  },
  minimumROISize: {
    group: 'mask', label: 'Smallest region', unit: 'voxels', type: { kind: 'integer', above: 0 }, nullMeans: 'off',
    help: 'A region of this many voxels or fewer is refused. Empty: no such check.',
  },
  geometryTolerance: {
    group: 'mask', label: 'Geometry tolerance', type: { kind: 'number', above: 0, infinite: true }, nullMeans: 'off',
    help: 'How far the positions of image and mask may differ, as a fraction of a voxel, and still count as the same grid. Empty: 0.000001.',
  },
  correctMask: {
    group: 'mask', label: 'Fit mask to image', type: { kind: 'boolean' }, nullMeans: 'false',
    help: 'If the mask lies on another grid, it is resampled onto the image’s (nearest voxel) instead of being refused.',
  },
  preCrop: {
    group: 'mask', label: 'Crop before filtering', type: { kind: 'boolean' }, nullMeans: 'false',
    help: 'Cuts the image to the region and its padding before filters run. Saves time and memory; filters see less around the region. Without effect when resampling, which crops anyway.',
  },
  normalize: {
    group: 'normalisation', label: 'Normalise grey values', type: { kind: 'boolean' }, nullMeans: 'false',
    help: 'Shifts and scales the whole image to mean 0 and standard deviation 1 (times the scale below). For MRI, whose grey values have no unit.',
  },
  normalizeScale: {
    group: 'normalisation', label: 'Normalisation scale', type: { kind: 'number', above: 0 }, nullMeans: 'fails', onlyWith: ['normalize'],
    help: 'Standard deviation of the image after normalisation. 100 lets whole-number bin widths be used.',
  },
  removeOutliers: {
    group: 'normalisation', label: 'Clip outliers at', unit: 'standard deviations', type: { kind: 'number', above: 0, infinite: true }, nullMeans: 'off', onlyWith: ['normalize'],
    help: 'Grey values further than this from the mean are set to the limit. Empty: nothing is clipped.',
  },
  resampledPixelSpacing: {
    group: 'resampling', label: 'Voxel size', unit: 'mm', type: { kind: 'list', of: 'number', lengths: [3], minimum: 0 }, nullMeans: 'off',
    help: 'Image and mask are resampled to this voxel size along x, y and z, so that cases with different voxels compare. 0 keeps an axis. Empty: no resampling.',
  },
  interpolator: {
    group: 'resampling', label: 'Interpolation', type: { kind: 'choice', choices: interpolators }, nullMeans: 'off', onlyWith: ['resampledPixelSpacing'],
    help: 'How grey values between voxels are found when resampling; B-spline (cubic) is usual. The mask always takes the nearest voxel. Empty: no resampling.',
  },
  padDistance: {
    group: 'resampling', label: 'Padding', unit: 'voxels', type: { kind: 'integer', minimum: 0 }, nullMeans: 'fails', onlyWith: ['resampledPixelSpacing', 'preCrop'],
    help: 'How many voxels of the new grid are kept around the region when resampling (or cropping): all that filters see. Changes wavelet, LoG and LBP features.',
  },
  resegmentRange: {
    group: 'resegmentation', label: 'Grey-value range', type: { kind: 'list', of: 'number', lengths: [1, 2], infinite: true }, nullMeans: 'off',
    help: 'Voxels of the region outside this range are left out: one number is a lower bound, two are both bounds (included). Empty: the region stays as drawn.',
  },
  resegmentMode: {
    group: 'resegmentation', label: 'Range is meant', type: { kind: 'choice', choices: ['absolute', 'relative', 'sigma'] }, nullMeans: 'fails', onlyWith: ['resegmentRange'],
    help: 'absolute: grey values. relative: fractions of the region’s maximum. sigma: standard deviations from the region’s mean.',
  },
  resegmentShape: {
    group: 'resegmentation', label: 'Shape of the smaller region', type: { kind: 'boolean' }, nullMeans: 'false', onlyWith: ['resegmentRange'],
    help: 'On: shape is that of the voxels left after resegmentation. Off: that of the region as drawn.',
  },
  binWidth: {
    group: 'discretisation', label: 'Bin width', unit: 'grey values', type: { kind: 'number', above: 0 }, nullMeans: 'fails', notWith: 'binCount',
    help: 'Grey values within one bin count as the same level in texture, Entropy and Uniformity. Choose it so that regions have about 16 to 128 levels.',
  },
  binCount: {
    group: 'discretisation', label: 'Number of bins', type: { kind: 'integer', above: 0 }, nullMeans: 'off',
    help: 'Divides each region’s own range into this many levels, instead of bins of fixed width. Empty: bin width is used.',
  },
  voxelArrayShift: {
    group: 'texture', label: 'Shift for energy', unit: 'grey values', type: { kind: 'integer' }, nullMeans: 'fails',
    help: 'Added to grey values in Energy, TotalEnergy and RootMeanSquared, so that negative ones (as in CT) do not count as bright.',
  },
  force2D: {
    group: 'texture', label: 'Texture within slices only', type: { kind: 'boolean' }, nullMeans: 'fails',
    help: 'Texture and wavelets look only within planes, not across them: for thick slices. Needed by shape2D and LBP2D.',
  },
  force2Ddimension: {
    group: 'texture', label: 'Axis across the plane', type: { kind: 'integer', minimum: 0, maximum: 2 }, nullMeans: 'fails',
    help: '0: across slices (z), planes are axial in an axial series. 1: y. 2: x.',
  },
  distances: {
    group: 'texture', label: 'Distances', unit: 'voxels', type: { kind: 'list', of: 'integer', above: 0 }, nullMeans: 'fails',
    help: 'How far apart voxels may be to count as neighbours in GLCM, GLDM and NGTDM.',
  },
  symmetricalGLCM: {
    group: 'texture', label: 'Symmetric GLCM', type: { kind: 'boolean' }, nullMeans: 'false',
    help: 'Counts every pair of neighbours both ways round, so that direction has no sign.',
  },
  weightingNorm: {
    group: 'texture', label: 'Weight by distance', type: { kind: 'choice', choices: ['manhattan', 'euclidean', 'infinity', 'no_weighting'] }, nullMeans: 'off',
    help: 'Sums the directions of GLCM and GLRLM into one matrix, weighted by the length of a step in mm in this norm. Empty: features are the mean over directions.',
  },
  gldm_a: {
    group: 'texture', label: 'GLDM tolerance', unit: 'levels', type: { kind: 'integer', minimum: 0 }, nullMeans: 'fails',
    help: 'Neighbours whose level differs by at most this much count as dependent in GLDM.',
  },
  additionalInfo: {
    group: 'output', label: 'Diagnostics', type: { kind: 'boolean' }, nullMeans: 'false',
    help: 'Adds versions, settings and facts about image and mask to the result.',
  },
} // prettier-ignore

/** Slices lie across it: PyRadiomics counts axes as numpy does, z first. */
export function axisAcrossSlices({ force2Ddimension }: GeneralSettings): Axis {
  return (2 - force2Ddimension) as Axis
}

/** Planes across this axis stand alone; null: the volume is one. */
export function planeAxis(settings: GeneralSettings): Axis | null {
  return settings.force2D ? axisAcrossSlices(settings) : null
}
