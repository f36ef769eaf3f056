import type { Mask } from '../core/mask/mask.ts'
import { indexToPoint, type PixelSize, type Placement } from './placement.ts'
import type { PlaneAxes } from './planes.ts'

/** Colour of the ROI: red, green, blue from 0 to 255. */
export type Colour = readonly [number, number, number]

/**
 * The mask of one view, on a canvas of its own above the image. A stroke redraws a slice of the mask in a few milliseconds,
 * where a labelmap inside the image renderer redraws the image with it (108-215 ms a move with software rendering).
 */
export interface MaskLayer {
  readonly canvas: HTMLCanvasElement
  draw(
    mask: Mask | null,
    axes: PlaneAxes,
    placement: Placement,
    view: PixelSize,
    slice: number,
    look: { colour: Colour; opacity: number },
  ): void
}

export function createMaskLayer(): MaskLayer {
  const canvas = document.createElement('canvas')
  canvas.style.cssText = 'position:absolute;left:0;top:0;pointer-events:none'
  const voxels = document.createElement('canvas')
  return {
    canvas,
    draw(mask, axes, placement, view, slice, look) {
      const ratio = window.devicePixelRatio || 1
      fitCanvas(canvas, view, ratio)
      const context = canvas.getContext('2d')!
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.clearRect(0, 0, canvas.width, canvas.height)
      if (!mask || !drawVoxels(voxels, mask, axes, slice, look.colour)) return
      // The outer corner of the first voxel, and the size of a voxel, in device pixels; a falling axis has a negative size.
      const { across, down } = axes
      const corner = indexToPoint(mask, axes, placement, view, [-0.5, -0.5, -0.5])
      // Where the screen has fractional pixels, the canvas is a rounding wider or narrower than its place.
      const [ratioX, ratioY] = [canvas.width / view.width, canvas.height / view.height]
      const scaleX = (across.sign * mask.spacingMm[across.axis] * ratioX) / placement.mmPerPixel
      const scaleY = (down.sign * mask.spacingMm[down.axis] * ratioY) / placement.mmPerPixel
      context.setTransform(scaleX, 0, 0, scaleY, corner.x * ratioX, corner.y * ratioY)
      context.imageSmoothingEnabled = false
      context.globalAlpha = look.opacity
      context.drawImage(voxels, 0, 0)
    },
  }
}

function fitCanvas(canvas: HTMLCanvasElement, { width, height }: PixelSize, ratio: number): void {
  const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width === columns && canvas.height === rows) return
  canvas.width = columns
  canvas.height = rows
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
}

/** One pixel a voxel, columns along the across axis, rows along the down axis, both by rising index. @returns whether any is set. */
function drawVoxels(
  canvas: HTMLCanvasElement,
  mask: Mask,
  { across, down, through }: PlaneAxes,
  slice: number,
  colour: Colour,
): boolean {
  const { pixels, any } = colourSlice(mask, across.axis, down.axis, through.axis, slice, colour)
  if (!any) return false
  const [columns, rows] = [mask.size[across.axis], mask.size[down.axis]]
  if (canvas.width !== columns || canvas.height !== rows) {
    canvas.width = columns
    canvas.height = rows
  }
  canvas.getContext('2d')!.putImageData(new ImageData(pixels, columns, rows), 0, 0)
  return true
}

/** The slice as RGBA: opaque colour inside the mask, nothing outside. */
export function colourSlice(
  { voxels, size }: Mask,
  across: number,
  down: number,
  through: number,
  slice: number,
  [red, green, blue]: Colour,
): { pixels: Uint8ClampedArray<ArrayBuffer>; any: boolean } {
  const strides = [1, size[0], size[0] * size[1]]
  const [columns, rows] = [size[across], size[down]]
  const pixels = new Uint8ClampedArray(columns * rows * 4)
  const words = new Uint32Array(pixels.buffer)
  const inside = new Uint32Array(Uint8Array.of(red, green, blue, 255).buffer)[0]
  let any = false
  for (let row = 0, at = 0; row < rows; row++) {
    let from = slice * strides[through] + row * strides[down]
    for (let column = 0; column < columns; column++, at++, from += strides[across]) {
      if (voxels[from] === 0) continue
      words[at] = inside
      any = true
    }
  }
  return { pixels, any }
}
