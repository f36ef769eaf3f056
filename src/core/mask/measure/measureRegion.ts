import type { Volume } from '../../image/volume.ts'
import type { Axis } from '../brush.ts'
import type { Mask } from '../mask.ts'
import { findLongestDiameter, type LongestDiameter } from './axialDiameter.ts'
import { measureMask, type MaskMeasures } from './measureMask.ts'

/** What a reader wants to know of an ROI while drawing it. */
export interface RegionMeasures extends MaskMeasures {
  /** In the slices across the axis given; undefined for an empty mask. */
  readonly diameter: LongestDiameter | undefined
}

/**
 * Volume, grey levels and longest diameter of a mask on the volume's grid, as `measureMask` and `findLongestDiameter` define them.
 * @param sliceAxis the axis across the slices in which the diameter lies
 */
export function measureRegion(image: Volume, mask: Mask, sliceAxis: Axis): RegionMeasures {
  return { ...measureMask(image, mask), diameter: findLongestDiameter(mask, sliceAxis) }
}
