import type { Volume } from '../core/image/volume.ts'
import { copyBox } from '../core/mask/boxVoxels.ts'
import { extentOf } from '../core/mask/boundingBox.ts'
import type { BoundingBox, Mask } from '../core/mask/mask.ts'
import { findLongestDiameter, type LongestDiameter } from '../core/mask/measure/axialDiameter.ts'
import { measureMask, type MaskMeasures } from '../core/mask/measure/measureMask.ts'
import { gridPlanes } from '../viewer/planes.ts'

export interface RegionMeasures extends MaskMeasures {
  /** In the axial planes of the view; its slice is one of the image. */
  readonly diameter: LongestDiameter | undefined
}

/** Measures the region within the box that was drawn in: a large image is not gone through after each stroke. */
export function measureRegion(image: Volume, mask: Mask, box: BoundingBox): RegionMeasures {
  const size = extentOf(box)
  const count = size[0] * size[1] * size[2]
  const region = { ...mask, size, voxels: new Uint8Array(count) }
  copyBox(mask.voxels, mask.size, box, region.voxels)
  const levels = new Float64Array(count)
  copyBox(image.voxels, image.size, box, levels)
  const { axis } = gridPlanes(image.direction).axial.through
  const found = findLongestDiameter(region, axis)
  const diameter = found && { ...found, slice: found.slice + box.lower[axis] }
  return { ...measureMask({ ...image, size, voxels: levels }, region), diameter }
}
