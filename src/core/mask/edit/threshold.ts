import { copyBox, wholeBox } from '../boxVoxels.ts'
import { extentOf } from '../boundingBox.ts'
import type { BoundingBox, Mask } from '../mask.ts'
import type { Volume } from '../../image/volume.ts'
import { refuse } from '../messages.ts'
import type { Triple } from '../../numeric/voxelArray.ts'

/** Grey levels, both ends included. */
export interface GreyRange {
  readonly low: number
  readonly high: number
}

export interface ThresholdOptions {
  /** Only in this box; without it everywhere. */
  readonly box?: BoundingBox
  /** Only inside this mask, of the volume's grid. */
  readonly within?: Pick<Mask, 'voxels'>
}

/**
 * The voxels whose grey level lies in a range, within a region. NaN lies in no range.
 * @returns voxels of the volume's grid, 0 or 1
 * @throws DataError if the range is empty or the box goes beyond the volume
 */
export function selectThreshold(
  volume: Volume,
  range: GreyRange,
  { box, within }: ThresholdOptions = {},
): Uint8Array<ArrayBuffer> {
  const { size } = volume
  const selected = new Uint8Array(size[0] * size[1] * size[2])
  const region = box ?? wholeBox(size)
  const [mx, my] = extentOf(region)
  const part = thresholdBox(volume, range, region)
  for (let row = 0, rows = part.length / mx; row < rows; row++) {
    const [y, z] = [region.lower[1] + (row % my), region.lower[2] + Math.floor(row / my)]
    selected.set(part.subarray(row * mx, (row + 1) * mx), region.lower[0] + size[0] * (y + size[1] * z))
  }
  if (within) for (let i = 0; i < selected.length; i++) if (within.voxels[i] === 0) selected[i] = 0
  return selected
}

/** The same for a box alone: an array of the box's size. */
export function thresholdBox(volume: Volume, { low, high }: GreyRange, box: BoundingBox): Uint8Array<ArrayBuffer> {
  if (!(low <= high)) throw refuse('range-reversed', { low, high })
  checkBox(box, volume.size)
  const [mx, my, mz] = extentOf(box)
  const selected = new Uint8Array(mx * my * mz)
  // A slice at a time as float64: one loop for all types of voxels, without a copy of the volume.
  const slice = new Float64Array(mx * my)
  for (let k = 0; k < mz; k++) {
    const z = box.lower[2] + k
    copyBox(volume.voxels, volume.size, { lower: [box.lower[0], box.lower[1], z], upper: [box.upper[0], box.upper[1], z] }, slice)
    for (let i = 0; i < slice.length; i++) selected[i + slice.length * k] = slice[i] >= low && slice[i] <= high ? 1 : 0
  }
  return selected
}

/** @throws DataError if the box is empty, not of whole voxels, or goes beyond the volume */
export function checkBox(box: BoundingBox, size: Triple): void {
  const { lower, upper } = box
  const fits = [0, 1, 2].every(
    (a) =>
      Number.isInteger(lower[a]) && Number.isInteger(upper[a]) && lower[a] >= 0 && lower[a] <= upper[a] && upper[a] < size[a],
  )
  if (!fits) {
    throw refuse('box-outside', { box, size })
  }
}
