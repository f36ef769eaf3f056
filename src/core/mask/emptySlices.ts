import type { BoundingBox } from './mask.ts'
import type { Triple } from '../numeric/voxelArray.ts'

/** Gaps of no more slices than this look like slices left out; longer ones lie between two parts of a region. */
const shortGap = 3

export interface EmptySlices {
  /** Along which they are counted: 2 is that of the slices of the file. */
  readonly axis: 0 | 1 | 2
  /** Indices from 0, increasing. */
  readonly slices: readonly number[]
}

/**
 * Slices within the extent of a region (1 inside, 0 outside) that hold no voxel of it, as where contours were drawn on every second slice.
 * Across the slices of the file every gap counts; along the other axes several short ones do, since one between two parts is no fault.
 * @param box outside it the region is empty; it may be larger than the region
 */
export function findEmptySlices(voxels: Uint8Array, size: Triple, box: BoundingBox): EmptySlices | undefined {
  const held = heldSlices(voxels, size, box)
  for (const axis of [2, 1, 0] as const) {
    const [first, last] = [held[axis].indexOf(1), held[axis].lastIndexOf(1)]
    const slices = Array.from(held[axis].keys()).filter((slice) => slice > first && slice < last && held[axis][slice] === 0)
    const gaps = gapsOf(slices)
    if (axis === 2 ? gaps.length > 0 : gaps.length > 1 && gaps.every((length) => length <= shortGap)) return { axis, slices }
  }
  return undefined
}

/** For each axis, which slices up to the end of the box hold a voxel. */
function heldSlices(voxels: Uint8Array, [nx, ny]: Triple, { lower, upper }: BoundingBox): [Uint8Array, Uint8Array, Uint8Array] {
  const [x, y, z] = upper.map((last) => new Uint8Array(last + 1)) as [Uint8Array, Uint8Array, Uint8Array]
  for (let k = lower[2]; k <= upper[2]; k++)
    for (let j = lower[1]; j <= upper[1]; j++) {
      const row = nx * (j + ny * k)
      for (let i = lower[0]; i <= upper[0]; i++) {
        if (voxels[row + i] === 0) continue
        x[i] = 1
        y[j] = 1
        z[k] = 1
      }
    }
  return [x, y, z]
}

/** Lengths of runs of neighbours. */
function gapsOf(slices: readonly number[]): number[] {
  const gaps: number[] = []
  slices.forEach((slice, i) => {
    if (i > 0 && slices[i - 1] === slice - 1) gaps[gaps.length - 1]++
    else gaps.push(1)
  })
  return gaps
}
