import type { FeatureClassRequest } from '../features/featureClasses.ts'
import type { IbsiOptions } from '../features/ibsi/computeIbsiFamily.ts'
import type { IbsiFamily } from '../features/ibsi/definitions.ts'
import type { FeatureOptionNames, FeatureOptions } from '../features/featureOptions.ts'
import type { Shape2DPlane } from '../features/shape2D.ts'
import type { ImageFilter } from '../image/filters/filters.ts'
import type { IbsiImageFilter } from '../image/filters/ibsiFilters.ts'
import type { NormalisationOptions } from '../image/normalise.ts'
import type { Interpolation } from '../image/resample.ts'
import type { RegionLimits } from '../mask/checkRegion.ts'
import type { GeometryNames } from '../mask/compareGeometry.ts'
import type { ResegmentOptions } from '../mask/resegment.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { Message } from '../messages/message.ts'

/**
 * What an extraction computes, step by step, in the terms of the field (IBSI reference manual, arXiv 1612.07003); plain data.
 *
 * A profile makes it of its own settings; the steps know the plan alone. What the profile calls its settings goes along as `names`,
 * for messages. A step that another profile takes otherwise (IBSI's grid of common centres, its mask by interpolation, bins from the
 * lower bound of the range) becomes another case of that step here, and the profile says which.
 */
export interface ExtractionPlan {
  readonly geometry: GeometryRules
  /** The type in which grey values are computed: that of the image, as ITK and numpy do, or always float64. */
  readonly greyValues: 'asImage' | 'float64'
  /** Of grey levels, by those of the whole image; null: none. */
  readonly normalisation: NormalisationOptions | null
  /** Image and region on another grid; null: on the image's own. */
  readonly resampling: Resampling | null
  /** What filters see of the image. */
  readonly surroundings: Surroundings
  readonly region: RegionLimits
  /** Null: all voxels of the region are measured. */
  readonly resegmentation: Resegmentation | null
  /** In the order of the features. */
  readonly images: readonly ImagePlan[]
  /** In the order of the features. */
  readonly featureClasses: readonly FeatureClassRequest[]
  /** Features by the IBSI's definitions, in their order; where there are any, `images` and `featureClasses` are empty. */
  readonly ibsi: readonly IbsiImagePlan[]
  /** Null: 2D shape is left out. */
  readonly shape2D: Shape2DPlane | null
  /** Facts about image and mask at every step. */
  readonly diagnostics: boolean
  /** Diagnostics that tell the profile and its settings. */
  readonly configuration: readonly (readonly [name: string, value: string])[]
  /** What is asked for and will not be done as it seems. */
  readonly notices: readonly Message[]
  /** What the profile calls the options of features, for what is said of all images. */
  readonly names: FeatureOptionNames
  /** What the profile advises where memory is short. */
  readonly memoryAdvice: Message
}

export interface GeometryRules {
  /** Parts of a voxel by which the grids of image and mask may differ and count as one, greater than 0. */
  readonly tolerance: number
  /** A mask on another grid is brought onto the image's (nearest voxel) instead of being refused. */
  readonly resampleMask: boolean
  /** Digits that spacings keep, where headers in single precision hold a decimal (0.977 as 0.97699999809); null: all. */
  readonly spacingDigits: number | null
  readonly names: GeometryNames
}

export interface Resampling {
  /** 0 keeps the spacing of an axis. */
  readonly spacingMm: Triple
  readonly interpolation: Interpolation
  /** The new grid shares the outer corner of the mask's first voxel, and points outside the image get 0 (PyRadiomics); or the centre of the image, and such points get the nearest value (IBSI). */
  readonly grid: 'sharedCorner' | 'commonCentre'
  /** The region is that of the nearest voxels, or of linear interpolation to at least a half. */
  readonly mask: 'nearest' | 'linear'
  /** Interpolated grey values become whole numbers, a half the next one above. */
  readonly wholeNumbers: boolean
}

export interface Surroundings {
  /** Voxels of the grid around the region; Infinity: the whole image. */
  readonly padding: number
  /** Millimetres more. */
  readonly paddingMm: number
  /** Only filters look around: without them the region is all that is seen where nothing is resampled. */
  readonly forFiltersOnly: boolean
  /** Also where nothing is resampled, filters see no more. */
  readonly crop: boolean
}

export interface Resegmentation {
  /** One after another, each of the voxels that the one before left. */
  readonly steps: readonly ResegmentOptions[]
  /** Shape is that of the voxels left, of the region as drawn, or of what of that lies in the box of the voxels left (PyRadiomics). */
  readonly shape: 'left' | 'drawn' | 'drawnInBoxOfLeft'
}

/** One image that features are computed from by the IBSI's definitions. */
export interface IbsiImagePlan {
  /** The first part of its features' names. */
  readonly name: string
  readonly filter: IbsiImageFilter
  readonly families: readonly IbsiFamily[]
  readonly options: IbsiOptions
}

/** One image that features are computed from. */
export interface ImagePlan {
  /** The first part of its features' names. */
  readonly name: string
  readonly filter: ImageFilter
  /** Name of the sampling that the image is made of; images of one sampling share its values. */
  readonly sampling?: string
  readonly features: FeatureOptions
}
