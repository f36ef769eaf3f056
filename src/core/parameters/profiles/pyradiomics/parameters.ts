/**
 * What an extraction is asked to compute, as a PyRadiomics 3.0.1 parameter file says it. Names and defaults are
 * PyRadiomics's (Customizing the extraction). `io/records/parameterFile.ts` reads and writes the YAML.
 */
export interface ExtractionParameters {
  /** In the order of the file; every entry may override settings for its own images. */
  readonly imageTypes: readonly ImageTypeRequest[]
  /** In the order of the file; 'all' leaves out deprecated features, as PyRadiomics does. */
  readonly featureClasses: readonly FeatureClassRequest[]
  readonly settings: ExtractionSettings
}

export const imageTypeNames = [
  'Original',
  'LoG',
  'Wavelet',
  'Square',
  'SquareRoot',
  'Logarithm',
  'Exponential',
  'Gradient',
  'LBP2D',
  'LBP3D',
] as const
export type ImageTypeName = (typeof imageTypeNames)[number]

export const featureClassNames = ['shape', 'shape2D', 'firstorder', 'glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm'] as const
export type FeatureClassName = (typeof featureClassNames)[number]

export interface ImageTypeRequest {
  readonly type: ImageTypeName
  readonly overrides: Partial<ExtractionSettings>
}

export interface FeatureClassRequest {
  readonly name: FeatureClassName
  readonly features: 'all' | readonly string[]
}

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

export interface ExtractionSettings {
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
  /** LoG filter widths. */
  readonly sigma: readonly LoGSigma[]
  readonly start_level: number
  readonly level: number
  readonly wavelet: string
  readonly gradientUseSpacing: boolean
  readonly lbp2DRadius: number
  readonly lbp2DSamples: number
  readonly lbp2DMethod: 'default' | 'ror' | 'uniform' | 'nri_uniform' | 'var'
  readonly lbp3DLevels: number
  readonly lbp3DIcosphereRadius: number
  readonly lbp3DIcosphereSubdivision: number
  readonly voxelArrayShift: number
  readonly symmetricalGLCM: boolean
  readonly weightingNorm: 'manhattan' | 'euclidean' | 'infinity' | 'no_weighting' | null
  readonly gldm_a: number
}

/** PyRadiomics names a LoG image by Python's str() of the number, which tells 1 from 1.0. */
export interface LoGSigma {
  readonly mm: number
  /** As Python prints it: `1` for an integer in the file, `1.0` for a float. */
  readonly label: string
}
