import { relativeEnhancement } from '../core/cohort/timeIntensity.ts'
import type { Volume } from '../core/image/volume.ts'
import { colourAt } from './colourMap.ts'
import type { PixelSize, Placement } from './placement.ts'
import { contextOf, createSlicePixels, createViewCanvas, placeSlice } from './placeSlice.ts'
import type { PlaneAxes } from './planes.ts'

/** Enhancement over a pre-contrast phase, coloured. The phases stand on the grid of the image that is shown. */
export interface EnhancementMap {
  readonly pre: Volume
  readonly post: Volume
  /** Below it nothing is coloured; there the colours begin. */
  readonly lowPercent: number
  /** From here on all has the last colour. */
  readonly highPercent: number
  /** Grey levels before contrast up to this are air: left out. */
  readonly smallestLevel: number
  /** From 0 to 1. */
  readonly opacity: number
}

/** The colours of one view, on a canvas between image and mask. */
export interface EnhancementLayer {
  readonly canvas: HTMLCanvasElement
  draw(map: EnhancementMap | null, axes: PlaneAxes, placement: Placement, view: PixelSize, slice: number): void
}

export function createEnhancementLayer(): EnhancementLayer {
  const canvas = createViewCanvas()
  const pixels = createSlicePixels()
  let drawnFrom: readonly unknown[] = [null]
  return {
    canvas,
    draw(map, axes, placement, view, slice) {
      const drawing = map ? [map, axes, placement, view, slice] : [null]
      if (drawing.length === drawnFrom.length && drawing.every((part, i) => part === drawnFrom[i])) return
      drawnFrom = drawing
      if (!map) {
        const context = contextOf(canvas)
        context.setTransform(1, 0, 0, 1, 0, 0)
        context.clearRect(0, 0, canvas.width, canvas.height)
        return
      }
      const { pre } = map
      colourEnhancement(map, axes, slice, pixels.words(pre.size[axes.across.axis], pre.size[axes.down.axis]))
      pixels.show()
      const context = placeSlice(canvas, pre, axes, placement, view)
      context.imageSmoothingEnabled = false
      context.globalAlpha = map.opacity
      context.drawImage(pixels.canvas, 0, 0)
      context.globalAlpha = 1
    },
  }
}

const steps = 256
const palette = new Uint32Array(
  Uint8Array.from(Array.from({ length: steps }, (_, i) => [...colourAt(i / (steps - 1)), 255]).flat()).buffer,
)

/** A slice as pixels, columns along the across axis and rows along the down axis, both by rising index. @param words one 32-bit pixel a voxel */
export function colourEnhancement(
  { pre, post, lowPercent, highPercent, smallestLevel }: Omit<EnhancementMap, 'opacity'>,
  { across, down, through }: PlaneAxes,
  slice: number,
  words: Uint32Array,
): void {
  const { size } = pre
  const strides = [1, size[0], size[0] * size[1]]
  for (let row = 0, at = 0; row < size[down.axis]; row++) {
    let from = slice * strides[through.axis] + row * strides[down.axis]
    for (let column = 0; column < size[across.axis]; column++, at++, from += strides[across.axis]) {
      const percent = relativeEnhancement(pre.voxels[from], post.voxels[from], smallestLevel)
      const place = (percent - lowPercent) / (highPercent - lowPercent)
      words[at] = place >= 0 ? palette[Math.min(steps - 1, Math.floor(place * steps))] : 0
    }
  }
}
