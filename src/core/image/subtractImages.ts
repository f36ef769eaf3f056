import type { Triple } from '../numeric/voxelArray.ts'
import { interpolateLinear } from './interpolateLinear.ts'
import { moveGrid, type RigidMove } from './rigidMove.ts'
import { indexToPhysical, physicalToIndex, voxelCount, type Volume } from './volume.ts'

/**
 * One image less another one, on the grid of the first. Voxel for voxel where both stand on one grid and nobody moved one of them; else the
 * other is interpolated linearly at the place of each voxel, as aligned.
 * @param taken what is subtracted
 * @param move how `taken` is moved onto the image; null as their scanner placed them
 * @returns grey levels of `image` minus those of `taken`; 0 where `taken` does not reach
 */
export function subtractImages(image: Volume, taken: Volume, move: RigidMove | null): Float32Array<ArrayBuffer> {
  const difference = new Float32Array(voxelCount(image))
  const grid = move ? moveGrid(taken, move) : taken
  const placeOf = (index: Triple) => physicalToIndex(grid, indexToPhysical(image, index))
  const corner = placeOf([0, 0, 0])
  const stepTo = (index: Triple): Triple => {
    const [x, y, z] = placeOf(index)
    return [x - corner[0], y - corner[1], z - corner[2]]
  }
  const steps = [stepTo([1, 0, 0]), stepTo([0, 1, 0]), stepTo([0, 0, 1])] as const
  const [nx, ny, nz] = image.size
  if (isOneGrid(image, taken, corner, steps)) {
    for (let at = 0; at < difference.length; at++) difference[at] = image.voxels[at] - taken.voxels[at]
    return difference
  }
  for (let k = 0, at = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const [x, y, z] = [0, 1, 2].map((axis) => corner[axis] + j * steps[1][axis] + k * steps[2][axis])
      for (let i = 0; i < nx; i++, at++) {
        const before = interpolateLinear(taken.voxels, taken.size, x + i * steps[0][0], y + i * steps[0][1], z + i * steps[0][2])
        difference[at] = Number.isNaN(before) ? 0 : image.voxels[at] - before
      }
    }
  }
  return difference
}

/** Of a voxel, over the whole image: what headers round is not interpolated. */
const roundingVoxels = 1e-3

/** Whether every voxel of an image stands where the one of the same index does in the other. */
function isOneGrid({ size }: Volume, other: Volume, corner: Triple, steps: readonly Triple[]): boolean {
  if (size.some((count, axis) => count !== other.size[axis])) return false
  const isNear = (a: number, b: number) => Math.abs(a - b) <= roundingVoxels
  return (
    corner.every((at) => isNear(at, 0)) &&
    steps.every((step, axis) => step.every((at, to) => isNear(at * size[axis], axis === to ? size[axis] : 0)))
  )
}
