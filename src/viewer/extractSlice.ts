import type { Volume } from '../core/image/volume.ts'
import type { PlaneAxes } from './planes.ts'

/**
 * Grey levels of a slice as a view shows it: row by row from the top, each from the left. As float32, for display only;
 * what is not finite is shown as 0.
 */
export function extractSlice(
  { voxels, size }: Pick<Volume, 'voxels' | 'size'>,
  axes: PlaneAxes,
  slice: number,
): Float32Array<ArrayBuffer> {
  const { across, down, through } = axes
  const strides = [1, size[0], size[0] * size[1]]
  const [columns, rows] = [size[across.axis], size[down.axis]]
  const first = (axis: number, sign: number) => (sign > 0 ? 0 : (size[axis] - 1) * strides[axis])
  const corner = slice * strides[through.axis] + first(across.axis, across.sign) + first(down.axis, down.sign)
  const [columnStep, rowStep] = [across.sign * strides[across.axis], down.sign * strides[down.axis]]
  const pixels = new Float32Array(columns * rows)
  for (let row = 0, at = 0; row < rows; row++) {
    let from = corner + row * rowStep
    for (let column = 0; column < columns; column++, at++, from += columnStep) {
      const value = voxels[from]
      pixels[at] = Number.isFinite(value) ? value : 0
    }
  }
  return pixels
}
