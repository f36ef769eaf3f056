import type { Volume } from '../core/image/volume.ts'
import type { GreyWindow } from './greyWindow.ts'
import type { PixelSize, Placement } from './placement.ts'
import { createSlicePixels, createViewCanvas, placeSlice } from './placeSlice.ts'
import type { PlaneAxes } from './planes.ts'

export type Interpolation = 'nearest' | 'linear'

/**
 * The image of one view, a slice at a time, on a canvas of its own below the mask. Grey levels go through the window voxel by
 * voxel and are then stretched by the browser: a few milliseconds a slice without a graphics card, and nothing to set up.
 */
export interface ImageLayer {
  readonly canvas: HTMLCanvasElement
  draw(
    volume: Volume,
    axes: PlaneAxes,
    placement: Placement,
    view: PixelSize,
    slice: number,
    look: { readonly window: GreyWindow; readonly interpolation: Interpolation },
  ): void
}

export function createImageLayer(): ImageLayer {
  const canvas = createViewCanvas()
  const pixels = createSlicePixels()
  /** What the pixels hold: panning and zooming do not make them anew. */
  let held: { volume: Volume; axes: PlaneAxes; slice: number; window: GreyWindow } | undefined
  return {
    canvas,
    draw(volume, axes, placement, view, slice, { window, interpolation }) {
      if (held?.volume !== volume || held.axes !== axes || held.slice !== slice || held.window !== window) {
        const words = pixels.words(volume.size[axes.across.axis], volume.size[axes.down.axis])
        greySlice(volume, axes, slice, window, words)
        pixels.show()
        held = { volume, axes, slice, window }
      }
      const context = placeSlice(canvas, volume, axes, placement, view)
      context.imageSmoothingEnabled = interpolation === 'linear'
      context.drawImage(pixels.canvas, 0, 0)
    },
  }
}

/**
 * A slice as opaque grey pixels, columns along the across axis and rows along the down axis, both by rising index. What is
 * not finite is black.
 * @param words one 32-bit pixel a voxel
 */
export function greySlice(
  { voxels, size }: Pick<Volume, 'voxels' | 'size'>,
  { across, down, through }: PlaneAxes,
  slice: number,
  { centre, width }: GreyWindow,
  words: Uint32Array,
): void {
  const strides = [1, size[0], size[0] * size[1]]
  const [columns, rows] = [size[across.axis], size[down.axis]]
  const [columnStep, rowStep] = [strides[across.axis], strides[down.axis]]
  const [black, scale] = [centre - width / 2, 255 / width]
  const opaque = 0xff000000
  for (let row = 0, at = 0; row < rows; row++) {
    let from = slice * strides[through.axis] + row * rowStep
    for (let column = 0; column < columns; column++, at++, from += columnStep) {
      const level = (voxels[from] - black) * scale
      // Comparisons are false for what is no number.
      const grey = level > 0 ? (level < 255 ? (level + 0.5) | 0 : 255) : 0
      words[at] = opaque | (grey * 0x010101)
    }
  }
}
