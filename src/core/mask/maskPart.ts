import type { Triple } from '../numeric/voxelArray.ts'
import { extentOf } from './boundingBox.ts'
import type { MaskDifference } from './difference.ts'
import type { BoundingBox, Mask } from './mask.ts'

/** A mask without the empty room around its region, which is most of it. Plain data. */
export interface MaskPart {
  /** Of the whole grid. */
  readonly size: Triple
  /** What `voxels` cover; outside it the mask is empty. Null: all of it is. */
  readonly box: BoundingBox | null
  readonly voxels: Uint8Array<ArrayBuffer>
}

/** The part of a mask in a box; the same cost however large the grid is. */
export function cutMask({ voxels, size }: Pick<Mask, 'voxels' | 'size'>, box: BoundingBox | null): MaskPart {
  if (!box) return { size, box, voxels: new Uint8Array(0) }
  const extent = extentOf(box)
  const part = new Uint8Array(extent[0] * extent[1] * extent[2])
  eachRow(size, box, (from, to) => part.set(voxels.subarray(from, from + extent[0]), to))
  return { size, box, voxels: part }
}

/** The whole mask again, one byte a voxel. */
export function placeMask({ size, box, voxels }: MaskPart): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size[0] * size[1] * size[2])
  if (box) eachRow(size, box, (to, from, length) => whole.set(voxels.subarray(from, from + length), to))
  return whole
}

/** Whether every voxel of the part's region lies in the mask's region too. */
export function isInsideMask(part: MaskPart, { voxels }: Pick<Mask, 'voxels'>): boolean {
  let isInside = true
  if (part.box)
    eachRow(part.size, part.box, (at, from, length) => {
      for (let i = 0; isInside && i < length; i++) isInside = part.voxels[from + i] === 0 || voxels[at + i] !== 0
    })
  return isInside
}

/** The smallest box that holds another one and all voxels of a change. */
export function growBox(box: BoundingBox | null, { starts, lengths }: MaskDifference, [nx, ny]: Triple): BoundingBox | null {
  if (starts.length === 0) return box
  const [lower, upper] = box
    ? [[...box.lower], [...box.upper]]
    : [
        [Infinity, Infinity, Infinity],
        [-1, -1, -1],
      ]
  const reach = (axis: number, first: number, last: number) => {
    lower[axis] = Math.min(lower[axis], first)
    upper[axis] = Math.max(upper[axis], last)
  }
  for (let run = 0; run < starts.length; run++) {
    const [first, last] = [starts[run], starts[run] + lengths[run] - 1]
    const [firstRow, lastRow] = [Math.floor(first / nx), Math.floor(last / nx)]
    const [firstSlice, lastSlice] = [Math.floor(firstRow / ny), Math.floor(lastRow / ny)]
    // A run that goes on in the next row, or the next slice, reaches over the whole of it.
    if (firstRow === lastRow) reach(0, first % nx, last % nx)
    else reach(0, 0, nx - 1)
    if (firstSlice === lastSlice) reach(1, firstRow % ny, lastRow % ny)
    else reach(1, 0, ny - 1)
    reach(2, firstSlice, lastSlice)
  }
  return { lower: lower as unknown as Triple, upper: upper as unknown as Triple }
}

function eachRow([nx, ny]: Triple, box: BoundingBox, visit: (atGrid: number, atPart: number, length: number) => void): void {
  const [x, y, z] = box.lower
  const [mx, my, mz] = extentOf(box)
  for (let k = 0, at = 0; k < mz; k++) for (let j = 0; j < my; j++, at += mx) visit(x + nx * (y + j + ny * (z + k)), at, mx)
}
