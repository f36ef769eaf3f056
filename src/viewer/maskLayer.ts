import type { Mask } from '../core/mask/mask.ts'
import type { PixelSize, Placement } from './placement.ts'
import { contextOf, createSlicePixels, createViewCanvas, placeSlice } from './placeSlice.ts'
import type { PlaneAxes } from './planes.ts'

/** Colour of the ROI: red, green, blue from 0 to 255. */
export type Colour = readonly [number, number, number]

/** The mask of one view, on a canvas of its own above the image, so that a stroke redraws the mask alone. */
export interface MaskLayer {
  readonly canvas: HTMLCanvasElement
  /** Draws nothing anew where everything is as it was. @param look.revision another number where the mask's voxels changed */
  draw(
    mask: Mask | null,
    axes: PlaneAxes,
    placement: Placement,
    view: PixelSize,
    slice: number,
    /** Voxels that hold 2 have the second colour, which is the first where none is given. */
    look: { readonly colour: Colour; readonly secondColour?: Colour; readonly opacity: number; readonly revision: number },
  ): void
}

export function createMaskLayer(): MaskLayer {
  const canvas = createViewCanvas()
  const pixels = createSlicePixels()
  /** What the pixels of the slice were made from, and what the canvas was drawn from. */
  let colouredFrom: readonly unknown[] = []
  let drawnFrom: readonly unknown[] = []
  let any = false
  return {
    canvas,
    draw(mask, axes, placement, view, slice, { colour, secondColour = colour, opacity, revision }) {
      const voxels = [mask, axes, slice, colour, secondColour, revision]
      const drawing = mask ? [...voxels, placement, view, opacity] : [mask]
      if (areSame(drawing, drawnFrom)) return
      drawnFrom = drawing
      if (!mask) {
        clear(canvas)
        return
      }
      if (!areSame(voxels, colouredFrom)) {
        const words = pixels.words(mask.size[axes.across.axis], mask.size[axes.down.axis])
        any = colourSlice(mask, axes, slice, [colour, secondColour], words)
        pixels.show()
        colouredFrom = voxels
      }
      const context = placeSlice(canvas, mask, axes, placement, view)
      if (!any) return
      context.imageSmoothingEnabled = false
      context.globalAlpha = opacity
      context.drawImage(pixels.canvas, 0, 0)
      context.globalAlpha = 1
    },
  }
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((value, i) => value === others[i])
}

function clear(canvas: HTMLCanvasElement): void {
  const context = contextOf(canvas)
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, canvas.width, canvas.height)
}

/**
 * A slice as pixels, columns along the across axis and rows along the down axis, both by rising index: opaque colour inside
 * the mask, nothing outside. Voxels that hold 2 have the second colour.
 * @param words one 32-bit pixel a voxel
 * @returns whether any voxel is inside
 */
export function colourSlice(
  { voxels, size }: Pick<Mask, 'voxels' | 'size'>,
  { across, down, through }: PlaneAxes,
  slice: number,
  [first, second]: readonly [Colour, Colour],
  words: Uint32Array,
): boolean {
  const strides = [1, size[0], size[0] * size[1]]
  const [columns, rows] = [size[across.axis], size[down.axis]]
  const [columnStep, rowStep] = [strides[across.axis], strides[down.axis]]
  const [inside, insideSecond] = [first, second].map((colour) => new Uint32Array(Uint8Array.of(...colour, 255).buffer)[0])
  let any = false
  for (let row = 0, at = 0; row < rows; row++) {
    let from = slice * strides[through.axis] + row * rowStep
    for (let column = 0; column < columns; column++, at++, from += columnStep) {
      const isInside = voxels[from] !== 0
      words[at] = isInside ? (voxels[from] === 2 ? insideSecond : inside) : 0
      any ||= isInside
    }
  }
  return any
}
