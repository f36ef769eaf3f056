import type { Mask } from '../core/mask/mask.ts'
import type { PixelSize, Placement } from './placement.ts'
import { contextOf, createSlicePixels, createViewCanvas, placeSlice } from './placeSlice.ts'
import type { PlaneAxes } from './planes.ts'

/** Colour of the ROI: red, green, blue from 0 to 255. */
export type Colour = readonly [number, number, number]

/** The inside laid over the image, or its border alone. */
export type MaskStyle = 'fill' | 'outline'

/** Of an outline, in CSS pixels. */
const lineWidth = 2

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
    look: {
      readonly colour: Colour
      readonly secondColour?: Colour
      readonly opacity: number
      readonly style: MaskStyle
      readonly revision: number
    },
  ): void
}

export function createMaskLayer(): MaskLayer {
  const canvas = createViewCanvas()
  const pixels = createSlicePixels()
  /** What the pixels of the slice were made from, and what the canvas was drawn from. */
  let colouredFrom: readonly unknown[] = []
  let drawnFrom: readonly unknown[] = []
  let any = false
  /** Of the slice's pixels, by voxel value; made when they are first drawn as outlines. */
  let borders: readonly [number[], number[]] | undefined
  return {
    canvas,
    draw(mask, axes, placement, view, slice, { colour, secondColour = colour, opacity, style, revision }) {
      const voxels = [mask, axes, slice, colour, secondColour, revision]
      const drawing = mask ? [...voxels, placement, view, opacity, style] : [mask]
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
        borders = undefined
      }
      const context = placeSlice(canvas, mask, axes, placement, view)
      if (!any) return
      if (style === 'outline') {
        borders ??= findBorders(mask, axes, slice)
        strokeBorders(context, borders, [colour, secondColour], opacity)
        return
      }
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

/**
 * The borders of a mask's slice along the faces of its voxels, for voxels that hold 2 apart from all others: straight lines
 * (from column, from row, to column, to row), columns and rows by rising index, 0 being the outer face of the first voxel.
 * @returns the lines round voxels that hold 1, and those round voxels that hold 2
 */
export function findBorders(
  { voxels, size }: Pick<Mask, 'voxels' | 'size'>,
  { across, down, through }: PlaneAxes,
  slice: number,
): readonly [number[], number[]] {
  const strides = [1, size[0], size[0] * size[1]]
  const [columns, rows] = [size[across.axis], size[down.axis]]
  // With a frame of nothing around, so that every face has a voxel on both sides.
  const width = columns + 2
  const framed = new Uint8Array(width * (rows + 2))
  for (let row = 0; row < rows; row++) {
    let from = slice * strides[through.axis] + row * strides[down.axis]
    for (let column = 0; column < columns; column++, from += strides[across.axis]) {
      if (voxels[from] !== 0) framed[column + 1 + width * (row + 1)] = voxels[from] === 2 ? 2 : 1
    }
  }
  const linesOf = (value: number) => {
    const lines: number[] = []
    /** Along one line of faces, `step` apart, with the voxels `back` behind them. */
    const follow = (first: number, count: number, step: number, back: number, add: (from: number, to: number) => void) => {
      let from = -1
      for (let i = 0, at = first; i <= count; i++, at += step) {
        const isBorder = i < count && (framed[at] === value) !== (framed[at - back] === value)
        if (isBorder && from < 0) from = i
        else if (!isBorder && from >= 0) {
          add(from, i)
          from = -1
        }
      }
    }
    for (let row = 0; row <= rows; row++)
      follow(1 + width * (row + 1), columns, 1, width, (from, to) => lines.push(from, row, to, row))
    for (let column = 0; column <= columns; column++)
      follow(column + 1 + width, rows, width, 1, (from, to) => lines.push(column, from, column, to))
    return lines
  }
  return [linesOf(1), linesOf(2)]
}

/** @param context counts in voxels of the slice; lines are as wide wherever it is magnified */
function strokeBorders(
  context: CanvasRenderingContext2D,
  borders: readonly [number[], number[]],
  colours: readonly [Colour, Colour],
  opacity: number,
): void {
  const { a, d, e, f } = context.getTransform()
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.lineWidth = lineWidth * (window.devicePixelRatio || 1)
  context.lineCap = 'square'
  // A thin line as faint as a fill would be lost on the image.
  context.globalAlpha = (2 + opacity) / 3
  borders.forEach((lines, which) => {
    if (lines.length === 0) return
    context.strokeStyle = `rgb(${colours[which].join(' ')})`
    context.beginPath()
    for (let i = 0; i < lines.length; i += 4) {
      context.moveTo(e + a * lines[i], f + d * lines[i + 1])
      context.lineTo(e + a * lines[i + 2], f + d * lines[i + 3])
    }
    context.stroke()
  })
  context.globalAlpha = 1
}
