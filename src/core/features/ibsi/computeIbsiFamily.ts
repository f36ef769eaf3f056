import type { Kernels } from '../../kernels/kernels.ts'
import { discretiseRegion, gather, sortRegionValues, type LevelImage } from '../discretise.ts'
import type { LevelRule } from '../featureOptions.ts'
import { listIbsiFeatures, type IbsiFamily, type IbsiFeatureName } from './definitions.ts'
import type { IbsiRegion } from './ibsiRegion.ts'
import { intensityHistogram } from './intensityHistogram.ts'
import { intensityStatistics } from './intensityStatistics.ts'
import { localIntensity } from './localIntensity.ts'
import { morphology } from './morphology.ts'
import { directionTextures, everyNeighbour, neighbourTextures, type TextureOptions } from './textures.ts'
import { volumeHistogram, type VolumeHistogramAxis } from './volumeHistogram.ts'

export interface IbsiOptions extends TextureOptions {
  readonly discretisation: LevelRule
  readonly volumeHistogram: VolumeHistogramAxis
}

/**
 * The features of one family of the IBSI reference manual (arXiv 1612.07003), in its order. A feature that is not defined for the
 * region is NaN.
 * @throws DataError if the region has too many grey levels, or grey values that cannot be put into levels
 */
export function computeIbsiFamily(
  kernels: Kernels,
  region: IbsiRegion,
  family: IbsiFamily,
  options: IbsiOptions,
): (IbsiFeatureName & { readonly value: number })[] {
  const values = kernels.scope(() => valuesOf(kernels, region, family, options))
  return listIbsiFeatures(family, options.aggregations).map(({ tag, name }) => ({
    tag,
    name,
    value: values[tag.slice(family.length + 1)] ?? NaN,
  }))
}

/** Grey levels that occur in the region. @throws as `computeIbsiFamily` */
export function countIbsiLevels(kernels: Kernels, region: IbsiRegion, options: IbsiOptions): number {
  return kernels.scope(() => discretise(kernels, region, options).levelCount)
}

function valuesOf(kernels: Kernels, region: IbsiRegion, family: IbsiFamily, options: IbsiOptions): Record<string, number> {
  switch (family) {
    case 'morph':
      return morphology(kernels, region)
    case 'loc':
      return localIntensity(kernels, region)
    case 'stat':
      return intensityStatistics(kernels, gathered(kernels, region), region.voxelCount)
    case 'ih': {
      const { discretisation: rule } = options
      return intensityHistogram(
        kernels,
        discretise(kernels, region, options),
        rule.method === 'equalBins' ? rule.count : undefined,
      )
    }
    case 'ivh': {
      const values = gathered(kernels, region)
      sortRegionValues(kernels, values, region.voxelCount)
      return volumeHistogram(kernels.f64(values, region.voxelCount).slice(), options.volumeHistogram)
    }
    case 'cm':
    case 'rlm':
      return directionTextures(kernels, family, discretise(kernels, region, options), options)
    case 'szm':
    case 'dzm':
    case 'ngt':
    case 'ngl':
      return neighbourTextures(kernels, family, region, discretise(kernels, region, options), options)
  }
}

function discretise(kernels: Kernels, region: IbsiRegion, { discretisation, names }: IbsiOptions): LevelImage {
  return discretiseRegion(kernels, region, { discretisation, names, neighbourhood: everyNeighbour })
}

/** The region's grey values (float64), in the caller's scope. */
function gathered(kernels: Kernels, region: IbsiRegion): number {
  const values = kernels.allocate(8 * region.voxelCount)
  gather(kernels, region, values)
  return values
}
