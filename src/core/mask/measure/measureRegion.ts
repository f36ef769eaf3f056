import type { Volume } from '../../image/volume.ts'
import type { Mask } from '../mask.ts'
import { findLongestDiameter, type LongestDiameter } from './axialDiameter.ts'
import { measureMask, type MaskMeasures } from './measureMask.ts'

/** In the slices across each index axis. */
export type Diameters = readonly [x: LongestDiameter, y: LongestDiameter, z: LongestDiameter]

/** What a reader wants to know of an ROI while drawing it. */
export interface RegionMeasures extends MaskMeasures {
  /** Undefined for an empty mask. */
  readonly diameters: Diameters | undefined
}

/** Volume, grey levels and longest diameters of a mask on the volume's grid, as `measureMask` and `findLongestDiameter` define them. */
export function measureRegion(image: Volume, mask: Mask): RegionMeasures {
  const [x, y, z] = [findLongestDiameter(mask, 0), findLongestDiameter(mask, 1), findLongestDiameter(mask, 2)]
  return { ...measureMask(image, mask), diameters: x && y && z && [x, y, z] }
}
