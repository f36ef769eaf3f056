import { continuousIndexToPhysical, physicalToContinuousIndex } from '../image/gridTransform.ts'
import type { BoundingBox, Grid } from '../image/volume.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { extentOf, findBoundingBox } from './boundingBox.ts'

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
  readonly warnings: readonly string[]
}

/**
 * The checks of PyRadiomics 3.0.1 (`imageoperations.checkMask`) on a mask (1 inside, 0 outside).
 * @param step what was done to the mask before, for the message: 'resampling', 'resegmentation'
 * @throws if the region is empty, one voxel, of too few dimensions, or too small
 */
export function checkRegion(
  voxels: Uint8Array,
  size: Triple,
  { dimensions: fewestDimensions, voxels: mostTooFew, names }: RegionLimits,
  step?: string,
): RegionCheck {
  const after = step ? ` after ${step}` : ''
  const boundingBox = findBoundingBox(voxels, size)
  if (!boundingBox) {
    const hint = step === 'resampling' ? ` It is smaller than a voxel of the new grid: use a finer ${names.newSpacing}.` : ''
    throw new Error(`The region is empty${after}: no voxel has the label.${hint}`)
  }
  const voxelCount = countInside(voxels, size, boundingBox)
  const extent = extentOf(boundingBox)
  const dimensions = extent.filter((n) => n > 1).length
  const found = `${extent.join(' x ')} voxels`
  if (dimensions === 0) throw new Error(`The region is a single voxel${after}: features need at least two.`)
  if (dimensions < fewestDimensions) {
    throw new Error(
      `The region has ${dimensions} dimension${dimensions === 1 ? '' : 's'}${after} (its box is ${found}), ${names.dimensions} asks for ${fewestDimensions}.`,
    )
  }
  if (mostTooFew !== null && voxelCount <= mostTooFew) {
    throw new Error(`The region has ${voxelCount} voxels${after}, ${names.voxels} asks for more than ${mostTooFew}.`)
  }
  const warnings: string[] = []
  if (dimensions < 3)
    warnings.push(
      `The region is flat${after} (its box is ${found}): 3D shape and 3D texture mean little. Consider ${names.ofFlatRegions}.`,
    )
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
 * @throws if it reaches over the edge
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
  const corner = (index: Triple) => index.map((value) => value.toFixed(1)).join(', ')
  throw new Error(
    `The region lies outside the image: its box goes from voxel (${corner(first)}) to (${corner(last)}) of the image, which has ${image.size.join(' x ')}. Was the mask drawn on another image?`,
  )
}
