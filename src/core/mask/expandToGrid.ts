import { indexToPhysical, physicalToIndex, voxelCount, type Grid } from '../image/volume.ts'
import { newVoxelArray, pixelTypeOf, type Axis, type Triple } from '../numeric/voxelArray.ts'
import type { LabelImage } from './labels.ts'

/** Rounding of positions in files, as a part of a voxel; a mask that lies further off is on another grid. */
const tolerance = 0.01

/** Where an axis of the mask runs on the grid: along which axis, and how many of its voxels at a step, below 0 the other way. */
interface Way {
  readonly axis: Axis
  readonly step: number
}

/**
 * A mask of a block of an image's voxels on the whole grid of that image, 0 around it. DICOM segmentations leave out slices
 * without a segment, so that their own grid is a block of the grid that they were drawn on; and their frames may lie otherwise than
 * the slices of the image: rows upwards, or across them.
 * @param gaps the mask's slices may be only every second one of the grid, or every third
 * @returns undefined if the mask's voxels are not voxels of the grid (to 1 % of a voxel at each corner of the mask), or lie beyond it
 */
export function expandToGrid(mask: LabelImage, grid: Grid, { gaps = false } = {}): LabelImage | undefined {
  const block = blockIn(mask, grid, gaps)
  if (!block) return undefined
  const { size, spacingMm, originMm, direction } = grid
  const voxels = newVoxelArray(pixelTypeOf(mask.voxels), voxelCount(grid))
  const strides = [1, size[0], size[0] * size[1]]
  const [column, row, slice] = block.ways.map(({ axis, step }) => step * strides[axis])
  const start = block.first.reduce((sum, at, axis) => sum + at * strides[axis], 0)
  const [columns, rows, slices] = mask.size
  let from = 0
  for (let k = 0; k < slices; k++)
    for (let j = 0; j < rows; j++) {
      const to = start + j * row + k * slice
      for (let i = 0; i < columns; i++) voxels[to + i * column] = mask.voxels[from++]
    }
  return { voxels, size, spacingMm, originMm, direction }
}

/** Where the mask's first voxel lies on the grid, and its axes. */
function blockIn(mask: Grid, grid: Grid, gaps: boolean): { readonly first: Triple; readonly ways: readonly Way[] } | undefined {
  const first = physicalToIndex(grid, mask.originMm).map(Math.round) as unknown as Triple
  const ways = ([0, 1, 2] as const).map((axis) => wayOn(mask, grid, axis, gaps && axis === 2))
  if (new Set(ways.map(({ axis }) => axis)).size < 3) return undefined
  for (const corner of cornersOf(mask.size)) {
    const found = physicalToIndex(grid, indexToPhysical(mask, corner))
    const expected = [...first]
    ways.forEach(({ axis, step }, own) => (expected[axis] += step * corner[own]))
    if (expected.some((at, axis) => at < 0 || at >= grid.size[axis] || Math.abs(found[axis] - at) > tolerance)) return undefined
  }
  return { first, ways }
}

/** The axis of the grid that one of the mask is nearest to. */
function wayOn(mask: Grid, grid: Grid, own: Axis, gaps: boolean): Way {
  const along = ([0, 1, 2] as const).map((axis) =>
    [0, 3, 6].reduce((sum, row) => sum + mask.direction[row + own] * grid.direction[row + axis], 0),
  )
  const axis = ([0, 1, 2] as const).reduce((best, next) => (Math.abs(along[next]) > Math.abs(along[best]) ? next : best))
  const step = gaps ? Math.max(1, Math.round(mask.spacingMm[own] / grid.spacingMm[axis])) : 1
  return { axis, step: along[axis] < 0 ? -step : step }
}

function cornersOf(size: Triple): Triple[] {
  const [x, y, z] = size.map((count) => [0, count - 1])
  return x.flatMap((i) => y.flatMap((j) => z.map((k): Triple => [i, j, k])))
}
