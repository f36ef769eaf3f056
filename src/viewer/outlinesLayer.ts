import type { Mask } from '../core/mask/mask.ts'
import { createMaskLayer, type Colour, type MaskLayer } from './maskLayer.ts'
import type { PixelSize, Placement } from './placement.ts'
import type { PlaneAxes } from './planes.ts'

/** A mask that is shown by its border alone, and never painted on. */
export interface OutlinedMask {
  readonly mask: Mask
  readonly colour: Colour
}

/** The borders of several masks, which may overlap, each on a canvas of its own. */
export interface OutlinesLayer {
  readonly root: HTMLDivElement
  /** @param look.revision another number where voxels changed */
  draw(
    outlined: readonly OutlinedMask[],
    axes: PlaneAxes,
    placement: Placement,
    view: PixelSize,
    slice: number,
    look: { readonly opacity: number; readonly revision: number },
  ): void
}

export function createOutlinesLayer(): OutlinesLayer {
  const root = document.createElement('div')
  root.style.cssText = 'position:absolute;inset:0;pointer-events:none'
  /** As many as were ever shown at once. */
  const layers: MaskLayer[] = []
  return {
    root,
    draw(outlined, axes, placement, view, slice, look) {
      while (layers.length < outlined.length) {
        const layer = createMaskLayer()
        layers.push(layer)
        root.append(layer.canvas)
      }
      for (const [i, layer] of layers.entries()) {
        const { mask, colour } = outlined.at(i) ?? { mask: null, colour: [0, 0, 0] as Colour }
        layer.draw(mask, axes, placement, view, slice, { ...look, colour, style: 'outline' })
      }
    },
  }
}
