import { indexToPhysical, type Grid } from '../image/volume.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { BoundingBox } from './mask.ts'

/**
 * Bounds of the voxels that are not 0, or undefined if there is none.
 * @param within a box outside which there is none, where one is known: the rest of the mask is not looked at then
 */
export function findBoundingBox(mask: Uint8Array, [nx, ny, nz]: Triple, within?: BoundingBox): BoundingBox | undefined {
  const lower: [number, number, number] = [nx, ny, nz]
  const upper: [number, number, number] = [-1, -1, -1]
  const [firstSlice, lastSlice] = within ? [within.lower[2], within.upper[2]] : findSlices(mask, nx * ny)
  const [firstRow, lastRow] = within ? [within.lower[1], within.upper[1]] : [0, ny - 1]
  const [left, right] = within ? [within.lower[0], within.upper[0]] : [0, nx - 1]
  for (let z = firstSlice; z <= lastSlice; z++) {
    for (let y = firstRow; y <= lastRow; y++) {
      const row = nx * (y + ny * z)
      let first = left
      while (first <= right && mask[row + first] === 0) first++
      if (first > right) continue
      let last = right
      while (mask[row + last] === 0) last--
      lower[0] = Math.min(lower[0], first)
      upper[0] = Math.max(upper[0], last)
      lower[1] = Math.min(lower[1], y)
      upper[1] = Math.max(upper[1], y)
      lower[2] = Math.min(lower[2], z)
      upper[2] = z
    }
  }
  return upper[2] < 0 ? undefined : { lower, upper }
}

/** The voxels of a box as a grid of their own, in their place. */
export function gridOfBox(grid: Grid, box: BoundingBox): Grid {
  const { spacingMm, direction } = grid
  return { size: extentOf(box), spacingMm, originMm: indexToPhysical(grid, box.lower), direction }
}

/** First and last slice that can hold a voxel that is not 0, looking at four voxels at a time; none if the mask is empty. */
function findSlices(mask: Uint8Array, plane: number): [first: number, last: number] {
  const canBeWords = mask.byteOffset % 4 === 0 && mask.length % 4 === 0
  const words = canBeWords ? new Uint32Array(mask.buffer, mask.byteOffset, mask.length / 4) : mask
  const wordsPerSlice = plane / (mask.length / words.length)
  let first = 0
  while (first < words.length && words[first] === 0) first++
  let last = words.length - 1
  while (last >= first && words[last] === 0) last--
  return last < first
    ? [0, -1]
    : [Math.floor(first / wordsPerSlice), Math.min(mask.length / plane - 1, Math.floor((last + 1) / wordsPerSlice))]
}

export function extentOf({ lower, upper }: BoundingBox): Triple {
  return [upper[0] - lower[0] + 1, upper[1] - lower[1] + 1, upper[2] - lower[2] + 1]
}

/** The box with `margin` voxels more on every side, as far as the grid goes. */
export function padBoundingBox({ lower, upper }: BoundingBox, margin: number, size: Triple): BoundingBox {
  const low = (axis: number) => Math.max(0, lower[axis] - margin)
  const high = (axis: number) => Math.min(size[axis] - 1, upper[axis] + margin)
  return { lower: [low(0), low(1), low(2)], upper: [high(0), high(1), high(2)] }
}
