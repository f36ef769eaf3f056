import type { Triple } from '../numeric/voxelArray.ts'
import { locateVoxel } from './normalise.ts'
import type { BoundingBox } from './volume.ts'

/** NaN and infinite voxels of a part of an image. Plain data. */
export interface NonFiniteVoxels {
  readonly count: number
  /** Where the first of them are, as voxels (x, y, z) of the whole image. */
  readonly first: readonly Triple[]
}

/** Most places that are listed. */
const listed = 5

/**
 * Counts and locates the voxels that would spoil a result: in the region, or in all that interpolation and filters read.
 * @param values grey levels of the box, in the order of `volume.ts`
 * @param mask if given, only voxels that are 1 in it count
 */
export function findNonFinite(values: ArrayLike<number>, { lower, upper }: BoundingBox, mask?: Uint8Array): NonFiniteVoxels {
  const size: Triple = [upper[0] - lower[0] + 1, upper[1] - lower[1] + 1, upper[2] - lower[2] + 1]
  const first: Triple[] = []
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (value - value === 0 || mask?.[i] === 0) continue
    count++
    if (first.length < listed) {
      const [x, y, z] = locateVoxel(i, size)
      first.push([lower[0] + x, lower[1] + y, lower[2] + z])
    }
  }
  return { count, first }
}
