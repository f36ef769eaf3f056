import { waveletNames } from '../../waveletNames.ts'
import type { ExtractionSettings, FeatureClassName, ImageTypeName, Interpolator } from './parameters.ts'

/*
 * What every setting is: its words for the reader, its default and the values it may have. The parameter file's reader and
 * the form in the page both work from this table. Ranges and names are those of PyRadiomics 3.0.1's parameter schema.
 */

export type SettingName = keyof ExtractionSettings

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

export interface SettingHelp {
  readonly group: SettingGroup
  readonly label: string
  readonly help: string
  readonly unit?: string
  readonly type: SettingType
  readonly nullMeans: NullMeaning
  /** Only this filter reads the setting. */
  readonly imageType?: ImageTypeName
  /** Read only if one of these settings is on. */
  readonly onlyWith?: readonly SettingName[]
  /** Not read if that setting is on. */
  readonly notWith?: SettingName
}

export const settingGroups = {
  mask: 'Region of interest',
  normalisation: 'Normalisation',
  resampling: 'Resampling',
  resegmentation: 'Resegmentation',
  discretisation: 'Grey levels',
  texture: 'Feature classes',
  log: 'Laplacian of Gaussian',
  wavelet: 'Wavelet',
  gradient: 'Gradient',
  lbp2D: 'Local binary pattern 2D',
  lbp3D: 'Local binary pattern 3D',
  output: 'Output',
} as const
export type SettingGroup = keyof typeof settingGroups

/** PyRadiomics's defaults: `featureextractor._getDefaultSettings`, and those that stand where a setting is read. */
export const defaultSettings: ExtractionSettings = {
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
  sigma: [],
  start_level: 0,
  level: 1,
  wavelet: 'coif1',
  gradientUseSpacing: true,
  lbp2DRadius: 1,
  lbp2DSamples: 8,
  lbp2DMethod: 'uniform',
  lbp3DLevels: 2,
  lbp3DIcosphereRadius: 1,
  lbp3DIcosphereSubdivision: 1,
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

export const settingsHelp: Readonly<Record<SettingName, SettingHelp>> = {
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
  sigma: {
    group: 'log', label: 'Widths', unit: 'mm', type: { kind: 'list', of: 'number', above: 0 }, nullMeans: 'fails', imageType: 'LoG',
    help: 'One filtered image for each width: small ones show fine detail, large ones coarse. Widths that need more voxels than there are around the region give no image. Empty: no image.',
  },
  wavelet: {
    group: 'wavelet', label: 'Wavelet', type: { kind: 'choice', choices: waveletNames }, nullMeans: 'refused', imageType: 'Wavelet',
    help: 'Shape of the filter, by the names of PyWavelets (discrete ones).',
  },
  start_level: {
    group: 'wavelet', label: 'First level', type: { kind: 'integer', minimum: 0 }, nullMeans: 'fails', imageType: 'Wavelet',
    help: 'How many times the image is smoothed by the filter’s low-pass half before the first level is given out.',
  },
  level: {
    group: 'wavelet', label: 'Levels', type: { kind: 'integer', above: 0 }, nullMeans: 'fails', imageType: 'Wavelet',
    help: 'How many levels of detail are given out, each coarser than the one before.',
  },
  gradientUseSpacing: {
    group: 'gradient', label: 'Gradient for each mm', type: { kind: 'boolean' }, nullMeans: 'fails', imageType: 'Gradient',
    help: 'On: change of grey value for each mm. Off: for each voxel.',
  },
  lbp2DRadius: {
    group: 'lbp2D', label: 'Radius', unit: 'voxels', type: { kind: 'number', above: 0 }, nullMeans: 'fails', imageType: 'LBP2D',
    help: 'Radius of the circle of samples that each voxel is compared with.',
  },
  lbp2DSamples: {
    group: 'lbp2D', label: 'Samples', type: { kind: 'integer', minimum: 1 }, nullMeans: 'fails', imageType: 'LBP2D',
    help: 'Number of samples on that circle.',
  },
  lbp2DMethod: {
    group: 'lbp2D', label: 'Method', type: { kind: 'choice', choices: ['default', 'ror', 'uniform', 'var'] }, nullMeans: 'fails', imageType: 'LBP2D',
    help: 'How the comparisons become one number: default (as they are), ror (independent of rotation), uniform (independent of rotation, fewer patterns), var (variance of the samples).',
  },
  lbp3DLevels: {
    group: 'lbp3D', label: 'Levels', type: { kind: 'integer', minimum: 1 }, nullMeans: 'fails', imageType: 'LBP3D',
    help: 'Number of spherical harmonic levels; each gives one image, and the kurtosis of the samples one more.',
  },
  lbp3DIcosphereRadius: {
    group: 'lbp3D', label: 'Radius', unit: 'voxels', type: { kind: 'number', above: 0 }, nullMeans: 'fails', imageType: 'LBP3D',
    help: 'Radius of the sphere of samples that each voxel is compared with.',
  },
  lbp3DIcosphereSubdivision: {
    group: 'lbp3D', label: 'Subdivisions', type: { kind: 'integer', minimum: 0 }, nullMeans: 'fails', imageType: 'LBP3D',
    help: 'Fineness of that sphere: 0 has 12 samples, 1 has 42, 2 has 162.',
  },
  additionalInfo: {
    group: 'output', label: 'Diagnostics', type: { kind: 'boolean' }, nullMeans: 'false',
    help: 'Adds versions, settings and facts about image and mask to the result.',
  },
} // prettier-ignore

/** Does an image of this type read the setting, given the settings in force for it? */
export function isSettingUsed(name: SettingName, imageType: ImageTypeName, settings: ExtractionSettings): boolean {
  const { imageType: only, onlyWith, notWith } = settingsHelp[name]
  if (only !== undefined && only !== imageType) return false
  if (onlyWith !== undefined && !onlyWith.some((other) => settings[other])) return false
  return notWith === undefined || settings[notWith] === null
}

export interface Help {
  readonly label: string
  readonly help: string
}

export const imageTypeHelp: Readonly<Record<ImageTypeName, Help>> = {
  Original: { label: 'Original', help: 'The image itself, normalised and resampled as asked.' },
  LoG: { label: 'Laplacian of Gaussian', help: 'Shows edges and blobs of a chosen width: one image for each sigma.' },
  Wavelet: {
    label: 'Wavelet',
    help: 'Splits the image into smooth (L) and detailed (H) parts along each axis: eight images a level, four with force2D.',
  },
  Square: { label: 'Square', help: 'Squares grey values and scales them back to the same range: bright parts stand out.' },
  SquareRoot: { label: 'Square root', help: 'Square root of grey values, scaled back to the same range: dark parts are spread.' },
  Logarithm: {
    label: 'Logarithm',
    help: 'Logarithm of grey values plus 1, scaled back to the same range: dark parts are spread strongly.',
  },
  Exponential: {
    label: 'Exponential',
    help: 'Exponential of grey values, scaled to the same maximum: bright parts stand out strongly.',
  },
  Gradient: { label: 'Gradient', help: 'How fast grey values change around each voxel: edges are bright.' },
  LBP2D: {
    label: 'Local binary pattern 2D',
    help: 'Compares each voxel with a circle of samples in its slice: fine pattern, whatever the brightness.',
  },
  LBP3D: {
    label: 'Local binary pattern 3D',
    help: 'Compares each voxel with a sphere of samples: fine pattern, whatever the brightness.',
  },
}

export const featureClassHelp: Readonly<Record<FeatureClassName, Help>> = {
  shape: { label: 'Shape', help: 'Size and form of the region in 3D; does not depend on grey values.' },
  shape2D: { label: 'Shape 2D', help: 'Size and form of a region drawn in one slice. Needs force2D.' },
  firstorder: { label: 'First order', help: 'Which grey values the region has, wherever they are: mean, spread, extremes.' },
  glcm: { label: 'Co-occurrence (GLCM)', help: 'Which grey levels lie next to each other.' },
  glrlm: { label: 'Run length (GLRLM)', help: 'How long the straight runs of one grey level are.' },
  glszm: { label: 'Size zone (GLSZM)', help: 'How large the connected zones of one grey level are.' },
  gldm: { label: 'Dependence (GLDM)', help: 'How many neighbours of a voxel have a similar grey level.' },
  ngtdm: { label: 'Neighbourhood difference (NGTDM)', help: 'How much a voxel differs from the mean of its neighbours.' },
}
