import { newVoxelArray, pixelTypeOf, type Axis, type VoxelArray } from '../numeric/voxelArray.ts'
import type { Volume } from './volume.ts'

/**
 * An image with its two ends along an index axis exchanged, on the same grid: each voxel holds what lies as far from the middle of the
 * image on the other side.
 */
export function mirrorImage({ voxels, size }: Volume, axis: Axis): VoxelArray {
  const mirrored = newVoxelArray(pixelTypeOf(voxels), voxels.length)
  const stride = [1, size[0], size[0] * size[1]][axis]
  const last = (size[axis] - 1) * stride
  for (let at = 0; at < voxels.length; at++) {
    const along = (Math.floor(at / stride) % size[axis]) * stride
    mirrored[at] = voxels[at + last - 2 * along]
  }
  return mirrored
}
