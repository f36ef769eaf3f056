import { indexToPhysical, physicalToIndex, voxelCount, type Grid } from '../image/volume.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { newVoxelArray, pixelTypeOf } from '../numeric/voxelArray.ts'
import type { LabelImage } from './labels.ts'

/** Rounding of positions in files, as a part of a voxel; a mask that lies further off is on another grid. */
const tolerance = 0.01

/**
 * A mask of a block of an image's voxels on the whole grid of that image, 0 around it. DICOM segmentations leave out slices
 * without a segment, so that their own grid is a block of the grid that they were drawn on.
 * @returns undefined if the mask's voxels are not voxels of the grid (to 1 % of a voxel at each corner of the mask), or lie beyond it
 */
export function expandToGrid(mask: LabelImage, grid: Grid): LabelImage | undefined {
  const lower = blockIn(mask, grid)
  if (!lower) return undefined
  const { size, spacingMm, originMm, direction } = grid
  const voxels = newVoxelArray(pixelTypeOf(mask.voxels), voxelCount(grid))
  const [columns, rows, slices] = mask.size
  for (let k = 0; k < slices; k++)
    for (let j = 0; j < rows; j++) {
      const from = columns * (j + rows * k)
      voxels.set(mask.voxels.subarray(from, from + columns), lower[0] + size[0] * (lower[1] + j + size[1] * (lower[2] + k)))
    }
  return { voxels, size, spacingMm, originMm, direction }
}

/** Where the mask's first voxel lies on the grid. */
function blockIn(mask: Grid, grid: Grid): Triple | undefined {
  const [x, y, z] = physicalToIndex(grid, mask.originMm).map(Math.round) as [number, number, number]
  const isInside = [x, y, z].every((at, axis) => at >= 0 && at + mask.size[axis] <= grid.size[axis])
  if (!isInside) return undefined
  const ends = mask.size.map((count) => [0, count - 1])
  for (const i of ends[0])
    for (const j of ends[1])
      for (const k of ends[2]) {
        const found = physicalToIndex(grid, indexToPhysical(mask, [i, j, k]))
        const expected = [x + i, y + j, z + k]
        if (found.some((at, axis) => Math.abs(at - expected[axis]) > tolerance)) return undefined
      }
  return [x, y, z]
}
