import type { Kernels } from '../kernels/kernels.ts'
import type { Triple } from '../numeric/voxelArray.ts'

/**
 * Exact squared Euclidean distance in mm² from each voxel centre to the centre of the nearest voxel inside (or outside) a mask;
 * infinite if there is none. What lies beyond the array is neither. (Felzenszwalb and Huttenlocher 2012; kernel `distanceTransform.ts`.)
 *
 * @param mask place of the mask in WASM memory (0 outside, anything else inside)
 * @returns the place of float64 values; they belong to the enclosing `scope`
 */
export function computeSquaredDistances(
  kernels: Kernels,
  mask: number,
  nearest: 'inside' | 'outside',
  [nx, ny, nz]: Triple,
  [sx, sy, sz]: Triple,
): number {
  const target = kernels.allocate(8 * nx * ny * nz)
  kernels.scope(() => {
    const scratch = kernels.allocate(kernels.exports.squaredDistancesScratch(nx, ny, nz))
    kernels.exports.squaredDistances(mask, nearest === 'inside' ? 1 : 0, nx, ny, nz, sx, sy, sz, scratch, target)
  })
  return target
}
