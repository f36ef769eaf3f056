import { extentOf, findBoundingBox, padBoundingBox } from './boundingBox.ts'
import type { BoundingBox, Mask } from './mask.ts'
import type { Kernels } from '../kernels/kernels.ts'
import type { Triple, VoxelArray } from '../numeric/voxelArray.ts'

/*
 * Tools work on the box that a mask fills (and as much around it as they reach), not on the whole volume: what they cost depends on
 * the tumour, not on the series.
 */

/** Copies a box out of a volume into an array of the box's own size; converts to the target's type. */
export function copyBox(
  voxels: VoxelArray,
  size: Triple,
  box: BoundingBox,
  target: Uint8Array | Float32Array | Float64Array,
): void {
  const [mx, my, mz] = extentOf(box)
  const [x, y, z] = box.lower
  for (let k = 0; k < mz; k++) {
    for (let j = 0; j < my; j++) {
      const start = x + size[0] * (y + j + size[1] * (z + k))
      target.set(voxels.subarray(start, start + mx), mx * (j + my * k))
    }
  }
}

/** Writes the voxels of a box back into a volume, in place. */
export function pasteBox(part: Uint8Array, box: BoundingBox, voxels: Uint8Array, size: Triple): void {
  const [mx, my, mz] = extentOf(box)
  const [x, y, z] = box.lower
  for (let k = 0; k < mz; k++) {
    for (let j = 0; j < my; j++) {
      const from = mx * (j + my * k)
      voxels.set(part.subarray(from, from + mx), x + size[0] * (y + j + size[1] * (z + k)))
    }
  }
}

/** A box of a mask in WASM memory; belongs to the enclosing `scope`. */
export function loadMaskBox(kernels: Kernels, voxels: Uint8Array<ArrayBuffer>, size: Triple, box: BoundingBox): number {
  const count = extentOf(box).reduce((product, n) => product * n, 1)
  const pointer = kernels.allocate(count)
  copyBox(voxels, size, box, kernels.u8(pointer, count))
  return pointer
}

/** Grey levels of a box as float64 in WASM memory; belongs to the enclosing `scope`. */
export function loadImageBox(kernels: Kernels, voxels: VoxelArray, size: Triple, box: BoundingBox): number {
  const count = extentOf(box).reduce((product, n) => product * n, 1)
  const pointer = kernels.allocate(8 * count)
  copyBox(voxels, size, box, kernels.f64(pointer, count))
  return pointer
}

/**
 * A new mask whose voxels in the box are what `work` made of them.
 * @param work gets the box in WASM memory and gives the place of its result, of the same size
 */
export function editBox(
  kernels: Kernels,
  { voxels, size }: Pick<Mask, 'voxels' | 'size'>,
  box: BoundingBox,
  work: (source: number, extent: Triple, count: number) => number,
): Uint8Array<ArrayBuffer> {
  const extent = extentOf(box)
  const count = extent[0] * extent[1] * extent[2]
  return kernels.scope(() => {
    const target = work(loadMaskBox(kernels, voxels, size, box), extent, count)
    const edited = voxels.slice()
    pasteBox(kernels.u8(target, count), box, edited, size)
    return edited
  })
}

/** The box of the mask with a margin in voxels an axis, as far as the volume goes; undefined for an empty mask. */
export function boxAround({ voxels, size }: Pick<Mask, 'voxels' | 'size'>, margin: Triple): BoundingBox | undefined {
  const box = findBoundingBox(voxels, size)
  if (!box) return undefined
  const along = margin.map((voxelsMore, axis) => {
    const padded = padBoundingBox(box, voxelsMore, size)
    return [padded.lower[axis], padded.upper[axis]]
  })
  return { lower: along.map(([low]) => low) as unknown as Triple, upper: along.map(([, high]) => high) as unknown as Triple }
}

/** The whole volume as a box. */
export function wholeBox([nx, ny, nz]: Triple): BoundingBox {
  return { lower: [0, 0, 0], upper: [nx - 1, ny - 1, nz - 1] }
}
