import type { Kernels } from '../kernels/kernels.ts'
import { discretiseRegion, type LevelImage } from './discretise.ts'
import type { FeatureClassName } from './featureClasses.ts'
import type { FeatureOptions } from './featureOptions.ts'
import { computeFirstOrder } from './firstorder.ts'
import { computeGlcm } from './glcm.ts'
import { computeGldm } from './gldm.ts'
import { computeGlrlm } from './glrlm.ts'
import { computeGlszm } from './glszm.ts'
import { computeNgtdm } from './ngtdm.ts'
import type { RegionImage } from './regionImage.ts'
import { featureDefinitions } from './registry.ts'
import { listEnabledFeatures } from './listEnabledFeatures.ts'

/** Classes that are computed from grey values; shape needs the mask alone (shape.ts, shape2D.ts). */
export type GreyValueClassName = Exclude<FeatureClassName, 'shape' | 'shape2D'>

export interface GreyValueRequest {
  readonly name: GreyValueClassName
  readonly features: 'all' | readonly string[]
}

/**
 * The features of one class as PyRadiomics 3.0.1 computes them, in its order: `[name without class, value]`. A feature
 * that is not defined for the region is NaN.
 * @throws DataError if a feature is unknown, if the region has too many grey levels, grey values that are not
 *   finite, or no two voxels that could be neighbours
 */
export function computeFeatureClass(
  kernels: Kernels,
  region: RegionImage,
  name: GreyValueClassName,
  features: 'all' | readonly string[],
  options: FeatureOptions,
): [string, number][] {
  return kernels.scope(() =>
    computeClass(kernels, region, { name, features }, options, () => discretiseRegion(kernels, region, options)),
  )
}

export interface FeaturesOfImage {
  /** `[class_Feature, value]` */
  readonly features: [string, number][]
  /** Grey levels that occur in the region; undefined if no texture class was asked for. */
  readonly greyLevels: number | undefined
}

/** The same for several classes of one image, which is discretised once. */
export function computeFeatureClasses(
  kernels: Kernels,
  region: RegionImage,
  requests: readonly GreyValueRequest[],
  options: FeatureOptions,
): FeaturesOfImage {
  return kernels.scope(() => {
    const levels = requests.some(({ name }) => name !== 'firstorder') ? discretiseRegion(kernels, region, options) : undefined
    const features = requests.flatMap((request) =>
      computeClass(kernels, region, request, options, () => levels!).map(([feature, value]): [string, number] => [
        `${request.name}_${feature}`,
        value,
      ]),
    )
    return { features, greyLevels: levels?.levelCount }
  })
}

function computeClass(
  kernels: Kernels,
  region: RegionImage,
  { name, features }: GreyValueRequest,
  options: FeatureOptions,
  discretise: () => LevelImage,
): [string, number][] {
  const names = listEnabledFeatures(featureDefinitions[name], features)
  if (names.length === 0) return []
  const values = valuesOf()
  return names.map((feature) => [feature, values[feature]])

  function valuesOf(): Readonly<Record<string, number>> {
    switch (name) {
      case 'firstorder':
        return computeFirstOrder(kernels, region, options)
      case 'glcm':
        return computeGlcm(kernels, discretise(), options, names.includes('MCC'))
      case 'glrlm':
        return computeGlrlm(kernels, discretise(), options)
      case 'glszm':
        return computeGlszm(kernels, discretise(), options)
      case 'gldm':
        return computeGldm(kernels, discretise(), options)
      case 'ngtdm':
        return computeNgtdm(kernels, discretise(), options)
    }
  }
}
