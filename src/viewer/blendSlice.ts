import { interpolateLinear } from '../core/image/interpolateLinear.ts'
import { indexToPhysical, physicalToIndex, type Grid, type Volume } from '../core/image/volume.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import { brightnessOf, type GreyScale } from './greyWindow.ts'
import type { PlaneAxes } from './planes.ts'

/** Another image that is shown over the first one, by its place in the patient. */
export interface SecondImage {
  readonly voxels: Volume['voxels']
  /** Where the image stands: its own grid, or that grid as aligned to the first image. */
  readonly grid: Grid
  readonly window: GreyScale
  /** So much of the second image, from 0 to 1; or both by turns in squares of so many mm. */
  readonly way: { readonly kind: 'fade'; readonly share: number } | { readonly kind: 'checkerboard'; readonly squareMm: number }
}

/**
 * Two images in one slice of the first, from black (0) to white (1), each through its own window. The second is interpolated linearly at the
 * place of each voxel of the slice; where it does not reach, the first is shown alone.
 * @param pixels the slice of the first image, see `extractSlice`
 */
export function blendSlice(
  pixels: Float32Array,
  volume: Grid,
  axes: PlaneAxes,
  slice: number,
  window: GreyScale,
  { voxels, grid, window: secondWindow, way }: SecondImage,
): Float32Array<ArrayBuffer> {
  const { across, down, through } = axes
  const [columns, rows] = [volume.size[across.axis], volume.size[down.axis]]
  /** Place in the second image of a pixel counted from the top left corner. */
  const placeOf = (column: number, row: number): Triple => {
    const index: [number, number, number] = [0, 0, 0]
    index[through.axis] = slice
    index[across.axis] = across.sign > 0 ? column : columns - 1 - column
    index[down.axis] = down.sign > 0 ? row : rows - 1 - row
    return physicalToIndex(grid, indexToPhysical(volume, index))
  }
  const corner = placeOf(0, 0)
  const stepTo = (to: Triple): Triple => [to[0] - corner[0], to[1] - corner[1], to[2] - corner[2]]
  const [right, below] = [stepTo(placeOf(1, 0)), stepTo(placeOf(0, 1))]
  const squareOf = (at: number, axis: 0 | 1 | 2, mm: number) => Math.floor((at * volume.spacingMm[axis]) / mm)
  const blended = new Float32Array(columns * rows)
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const first = brightnessOf(pixels[at], window)
      const share =
        way.kind === 'fade'
          ? way.share
          : (squareOf(column, across.axis, way.squareMm) + squareOf(row, down.axis, way.squareMm)) % 2
      const second =
        share === 0
          ? NaN
          : interpolateLinear(
              voxels,
              grid.size,
              corner[0] + column * right[0] + row * below[0],
              corner[1] + column * right[1] + row * below[1],
              corner[2] + column * right[2] + row * below[2],
            )
      blended[at] = Number.isFinite(second) ? (1 - share) * first + share * brightnessOf(second, secondWindow) : first
    }
  }
  return blended
}
