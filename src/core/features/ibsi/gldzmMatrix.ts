import type { Kernels, MaskBlock } from '../../kernels/kernels.ts'
import type { LevelImage } from '../discretise.ts'
import { countZones, type GlszmOptions } from '../glszmMatrix.ts'
import type { RegionImage } from '../regionImage.ts'
import type { SizeMatrix } from '../sizeMatrix.ts'

/**
 * City-block distance of each voxel of the region from the outside of the morphological mask (int32, in the order of the region's
 * voxels; 1 at its border), in the caller's scope.
 * @param inSlices the outside is sought in the voxel's slice
 */
export function borderDistances(
  kernels: Kernels,
  { mask, voxelCount }: RegionImage,
  morphology: MaskBlock,
  inSlices: boolean,
): { readonly pointer: number; readonly largest: number } {
  const pointer = kernels.allocate(4 * voxelCount)
  return kernels.scope(() => {
    const count = mask.size[0] * mask.size[1] * mask.size[2]
    const distances = kernels.allocate(4 * count)
    kernels.exports.cityBlockDistances(morphology.pointer, ...mask.size, inSlices, distances)
    const [inside, all, own] = [kernels.u8(mask.pointer, count), kernels.i32(distances, count), kernels.i32(pointer, voxelCount)]
    let largest = 0
    for (let i = 0, at = 0; i < count; i++) {
      if (inside[i] === 0) continue
      own[at++] = all[i]
      if (all[i] > largest) largest = all[i]
    }
    return { pointer, largest }
  })
}

/**
 * Counts zones by level and distance from the border, that of their nearest voxel (IBSI 3.9). Allocates the matrix in the caller's scope.
 * @param distances of `borderDistances`, of the first voxel of `levels`
 */
export function countGldzm(
  kernels: Kernels,
  levels: LevelImage,
  options: GlszmOptions,
  { pointer, largest }: { readonly pointer: number; readonly largest: number },
): SizeMatrix {
  return countZones(kernels, levels, options, { largest, columns: largest }, ({ count, parents, voxels }) => {
    const nearest = kernels.allocate(4 * count)
    kernels.exports.leastOfZones(levels.places, levels.voxelCount, parents, voxels, pointer, nearest)
    return nearest
  })
}
