import { boxAround, editBox } from '../boxVoxels.ts'
import type { Mask } from '../mask.ts'
import type { Kernels } from '../../kernels/kernels.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { refuse } from '../messages.ts'

/** Neighbours that make two voxels one part: across faces (6), or across edges and corners too (26). */
export type Connectivity = 6 | 26

/** 26, as `countConnectedComponents` and PyRadiomics's check of a mask count parts. */
const defaultConnectivity: Connectivity = 26

/** Keeps the part with the most voxels; of equal ones the first in voxel order. @returns the new voxels */
export function keepLargestIsland(kernels: Kernels, mask: Mask, connectivity = defaultConnectivity): Uint8Array<ArrayBuffer> {
  return keepIslands(kernels, mask, connectivity, (sizes) => {
    const largest = sizes.reduce((best, size, label) => (label > 0 && size > (best === 0 ? 0 : sizes[best]) ? label : best), 0)
    return (label) => label === largest
  })
}

/**
 * Removes parts smaller than a volume; a part of exactly that volume stays.
 * @returns the new voxels
 * @throws DataError if the volume is not a number of at least 0
 */
export function removeSmallIslands(
  kernels: Kernels,
  mask: Mask,
  smallestMm3: number,
  connectivity = defaultConnectivity,
): Uint8Array<ArrayBuffer> {
  if (!(smallestMm3 >= 0)) throw refuse('smallest-volume', { smallestMm3 })
  const [sx, sy, sz] = mask.spacingMm
  // The smallest count whose volume is enough, but for the rounding of the product.
  const smallest = smallestMm3 / (sx * sy * sz) - 1e-9
  return keepIslands(kernels, mask, connectivity, (sizes) => (label) => sizes[label] >= smallest)
}

/** Keeps the part that the voxel belongs to. @returns the new voxels, or undefined if the voxel is not in the mask */
export function keepIslandAt(
  kernels: Kernels,
  mask: Mask,
  [x, y, z]: Triple,
  connectivity = defaultConnectivity,
): Uint8Array<ArrayBuffer> | undefined {
  const [nx, ny, nz] = mask.size
  const inVolume = x >= 0 && x < nx && y >= 0 && y < ny && z >= 0 && z < nz
  if (!inVolume || mask.voxels[x + nx * (y + ny * z)] === 0) return undefined
  return keepIslands(kernels, mask, connectivity, (_, labelAt) => {
    const clicked = labelAt([x, y, z])
    return (label) => label === clicked
  })
}

/** @param choose gets the sizes by label (0 is outside) and says which labels stay */
function keepIslands(
  kernels: Kernels,
  mask: Mask,
  connectivity: Connectivity,
  choose: (sizes: Int32Array, labelAt: (voxel: Triple) => number) => (label: number) => boolean,
): Uint8Array<ArrayBuffer> {
  const box = boxAround(mask, [0, 0, 0])
  if (!box) return mask.voxels.slice()
  return editBox(kernels, mask, box, (source, [nx, ny, nz], count) => {
    const labels = kernels.allocate(4 * count)
    const parts = kernels.exports.labelComponents(source, nx, ny, nz, connectivity === 26 ? 1 : 0, labels)
    const sizes = kernels.allocate(4 * (parts + 1))
    kernels.exports.countLabels(labels, count, parts, sizes)
    const labelOf = kernels.i32(labels, count)
    const [x, y, z] = box.lower
    const stays = choose(kernels.i32(sizes, parts + 1), ([i, j, k]) => labelOf[i - x + nx * (j - y + ny * (k - z))])
    const kept = Uint8Array.from({ length: parts + 1 }, (_, label) => (label > 0 && stays(label) ? 1 : 0))
    const voxels = kernels.u8(source, count)
    for (let i = 0; i < count; i++) voxels[i] = kept[labelOf[i]]
    return source
  })
}
