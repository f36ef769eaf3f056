import type { FeatureClassRequest } from '../features/featureClasses.ts'
import type { FeatureOptionNames, FeatureOptions } from '../features/featureOptions.ts'
import type { Shape2DPlane } from '../features/shape2D.ts'
import type { ImageFilter } from '../image/filters/filters.ts'
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
  readonly names: GeometryNames
}

export interface Resampling {
  /** 0 keeps the spacing of an axis. */
  readonly spacingMm: Triple
  readonly interpolation: Interpolation
}

export interface Surroundings {
  /** Voxels of the grid around the region. */
  readonly padding: number
  /** Also where nothing is resampled, filters see no more. */
  readonly crop: boolean
}

export interface Resegmentation extends ResegmentOptions {
  /** Shape is that of the voxels left; else of the region as drawn. */
  readonly shape: boolean
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
