import type { Grid } from '../core/image/volume.ts'
import { indexToPoint, type PixelSize, type Placement } from './placement.ts'
import type { PlaneAxes } from './planes.ts'

/** A canvas over the whole of a view. */
export function createViewCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.style.cssText = 'position:absolute;left:0;top:0;pointer-events:none'
  return canvas
}

/**
 * Empties the canvas of a view, gives it the view's size in device pixels, and lets its context count in voxels of the slice:
 * a canvas with one pixel a voxel, columns and rows by rising index, is drawn at (0, 0).
 */
export function placeSlice(
  canvas: HTMLCanvasElement,
  grid: Grid,
  axes: PlaneAxes,
  placement: Placement,
  view: PixelSize,
): CanvasRenderingContext2D {
  fitCanvas(canvas, view)
  const context = contextOf(canvas)
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, canvas.width, canvas.height)
  // The outer corner of the first voxel, and the size of a voxel, in device pixels; a falling axis has a negative size.
  const { across, down } = axes
  const corner = indexToPoint(grid, axes, placement, view, [-0.5, -0.5, -0.5])
  // Where the screen has fractional pixels, the canvas is a rounding wider or narrower than its place.
  const [ratioX, ratioY] = [canvas.width / view.width, canvas.height / view.height]
  const scaleX = (across.sign * grid.spacingMm[across.axis] * ratioX) / placement.mmPerPixel
  const scaleY = (down.sign * grid.spacingMm[down.axis] * ratioY) / placement.mmPerPixel
  context.setTransform(scaleX, 0, 0, scaleY, corner.x * ratioX, corner.y * ratioY)
  return context
}

/** Kept in the computer's own memory: pixels are written at every stroke and scroll, and a graphics card would fetch them anew. */
export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  return canvas.getContext('2d', { willReadFrequently: true })!
}

function fitCanvas(canvas: HTMLCanvasElement, { width, height }: PixelSize): void {
  const ratio = window.devicePixelRatio || 1
  const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width === columns && canvas.height === rows) return
  canvas.width = columns
  canvas.height = rows
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
}

/** Pixels of a slice, kept from drawing to drawing. */
export interface SlicePixels {
  readonly canvas: HTMLCanvasElement
  /** One 32-bit word a pixel, as it stood before; `show` brings it onto the canvas. */
  words(columns: number, rows: number): Uint32Array
  show(): void
}

export function createSlicePixels(): SlicePixels {
  const canvas = document.createElement('canvas')
  let image: ImageData | undefined
  return {
    canvas,
    words(columns, rows) {
      if (image?.width !== columns || image.height !== rows) {
        canvas.width = columns
        canvas.height = rows
        image = new ImageData(columns, rows)
      }
      return new Uint32Array(image.data.buffer)
    },
    show() {
      if (image) contextOf(canvas).putImageData(image, 0, 0)
    },
  }
}
