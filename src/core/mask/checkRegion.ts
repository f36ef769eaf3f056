import { continuousIndexToPhysical, physicalToContinuousIndex } from '../image/gridTransform.ts'
import type { BoundingBox, Grid } from '../image/volume.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { extentOf, findBoundingBox } from './boundingBox.ts'
import type { Message } from '../messages/message.ts'
import { refuse, tell, type RegionStep } from './messages.ts'

export interface RegionLimits {
  /** Axes along which the region must be larger than one voxel. */
  readonly dimensions: 1 | 2 | 3
  /** The region must have more voxels than this; null: no limit. */
  readonly voxels: number | null
  /** What the profile calls these limits and what helps a region that does not keep them, for messages. */
  readonly names: {
    readonly dimensions: string
    readonly voxels: string
    readonly newSpacing: string
    readonly ofFlatRegions: string
  }
}

export interface RegionCheck {
  readonly boundingBox: BoundingBox
  readonly voxelCount: number
  /** What may be meant otherwise, but is computed as PyRadiomics does. */
  readonly warnings: readonly Message[]
}

/**
 * The checks of PyRadiomics 3.0.1 (`imageoperations.checkMask`) on a mask (1 inside, 0 outside).
 * @param after what was done to the mask before, for the message
 * @throws DataError if the region is empty, one voxel, of too few dimensions, or too small
 */
export function checkRegion(
  voxels: Uint8Array,
  size: Triple,
  { dimensions: fewestDimensions, voxels: mostTooFew, names }: RegionLimits,
  after: RegionStep | null = null,
): RegionCheck {
  const boundingBox = findBoundingBox(voxels, size)
  if (!boundingBox) throw refuse('region-empty', { spacing: names.newSpacing, after })
  const voxelCount = countInside(voxels, size, boundingBox)
  const extent = extentOf(boundingBox)
  const dimensions = extent.filter((n) => n > 1).length
  if (dimensions === 0) throw refuse('region-one-voxel', { after })
  if (dimensions < fewestDimensions) {
    throw refuse('region-dimensions', { dimensions, extent, setting: names.dimensions, fewest: fewestDimensions, after })
  }
  if (mostTooFew !== null && voxelCount <= mostTooFew) {
    throw refuse('region-small', { voxels: voxelCount, setting: names.voxels, mostTooFew, after })
  }
  const warnings = dimensions < 3 ? [tell('region-flat', { extent, settings: names.ofFlatRegions, after })] : []
  return { boundingBox, voxelCount, warnings }
}

function countInside(voxels: Uint8Array, [nx, ny]: Triple, { lower, upper }: BoundingBox): number {
  let count = 0
  for (let z = lower[2]; z <= upper[2]; z++) {
    for (let y = lower[1]; y <= upper[1]; y++) {
      const row = nx * (y + ny * z)
      for (let x = lower[0]; x <= upper[0]; x++) count += voxels[row + x]
    }
  }
  return count
}

/** Parts of an image voxel by which a region may reach over the image's edge, as in PyRadiomics. */
const edgeTolerance = 1e-3

/**
 * Checks that the box of a region on a mask of another grid lies in the image, before the mask is brought onto the image's grid or both
 * are resampled (PyRadiomics's `imageoperations._checkROI`: the first and the last corner of the box are looked at).
 * @throws DataError if it reaches over the edge
 */
export function checkInsideImage(maskGrid: Grid, { lower, upper }: BoundingBox, image: Grid): void {
  const first = physicalToContinuousIndex(
    image,
    continuousIndexToPhysical(maskGrid, [lower[0] - 0.5, lower[1] - 0.5, lower[2] - 0.5]),
  )
  const last = physicalToContinuousIndex(
    image,
    continuousIndexToPhysical(maskGrid, [upper[0] + 0.5, upper[1] + 0.5, upper[2] + 0.5]),
  )
  const outside = [0, 1, 2].some(
    (axis) =>
      Math.min(first[axis], last[axis]) < -0.5 - edgeTolerance ||
      Math.max(first[axis], last[axis]) > image.size[axis] - 0.5 + edgeTolerance,
  )
  if (!outside) return
  throw refuse('region-outside', { first, last, size: image.size })
}
