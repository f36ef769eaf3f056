import { extentOf, gridOfBox } from '../boundingBox.ts'
import { copyBox, pasteBox, wholeBox } from '../boxVoxels.ts'
import { combineMasks } from '../edit/combineMasks.ts'
import { fillHoles } from '../edit/fillHoles.ts'
import { keepIslandAt } from '../edit/islands.ts'
import { growMargin, openMask } from '../edit/margin.ts'
import type { BoundingBox, Mask } from '../mask.ts'
import { smoothBox } from '../smoothBox.ts'
import { otsuThreshold } from './otsuThreshold.ts'
import type { Volume } from '../../image/volume.ts'
import type { Kernels } from '../../kernels/kernels.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { refuse } from '../messages.ts'

export interface EnhancementOptions {
  /** The proposal stays in a box of the volume that goes so far from the click on every side. */
  readonly boxMm: number
  /** Radius around the click whose enhancement stands for the tumour's. */
  readonly neighbourhoodMm: number
  /** Gaussian on the subtraction. */
  readonly smoothingMm: number
  /** What a ball of this radius does not fit in is opened away (vessels); 0 for nothing. */
  readonly openingMm: number
}

export const defaultEnhancementOptions: EnhancementOptions = { boxMm: 25, neighbourhoodMm: 3, smoothingMm: 0.5, openingMm: 1.7 }

export interface EnhancementProposal {
  /** Of the volumes' grid, 0 or 1; empty if nothing around the click enhances enough. */
  readonly voxels: Uint8Array<ArrayBuffer>
  /** Post minus pre above which a voxel counts as enhancing. */
  readonly threshold: number
  readonly box: BoundingBox
}

/**
 * Proposes a tumour from its enhancement, for one click:
 * 1. post minus pre, smoothed, in a box around the click;
 * 2. threshold between the click's neighbourhood and the whole box by Otsu, both weighed alike (`otsuThreshold`);
 * 3. an opening in mm cuts vessels; the part with the click (or its nearest voxel within the neighbourhood) is kept;
 * 4. enhancing voxels within the opening's radius of that part come back, so that its own edge is not rounded off;
 * 5. holes are filled in 3D and in each slice: a core that takes no contrast up is tumour.
 *
 * @param click a voxel of the volumes' grid
 * @throws DataError if the grids differ in size, the click is outside, or a grey level in the box is not finite
 */
export function proposeFromEnhancement(
  kernels: Kernels,
  pre: Volume,
  post: Volume,
  click: Triple,
  { boxMm, neighbourhoodMm, smoothingMm, openingMm }: EnhancementOptions = defaultEnhancementOptions,
): EnhancementProposal {
  const { size, spacingMm } = post
  if (pre.size.some((n, axis) => n !== size[axis])) {
    throw refuse('phases-differ', { before: pre.size, after: size })
  }
  if (!click.every((at, axis) => Number.isInteger(at) && at >= 0 && at < size[axis])) {
    throw refuse('click-outside', { click, size })
  }
  const reach = spacingMm.map((mm) => Math.floor(boxMm / mm))
  const box: BoundingBox = {
    lower: click.map((at, axis) => Math.max(0, at - reach[axis])) as unknown as Triple,
    upper: click.map((at, axis) => Math.min(size[axis] - 1, at + reach[axis])) as unknown as Triple,
  }
  const extent = extentOf(box)
  const enhancement = subtractBox(kernels, pre, post, box, smoothingMm)
  const seed = click.map((at, axis) => at - box.lower[axis]) as unknown as Triple
  const near = voxelsNear(extent, spacingMm, seed, neighbourhoodMm)
  const threshold = otsuThreshold(
    Float64Array.from(near, ({ position }) => enhancement[position]),
    enhancement,
  )

  const part = (voxels: Uint8Array<ArrayBuffer>): Mask => ({ ...gridOfBox(post, box), voxels })
  const enhancing = part(Uint8Array.from(enhancement, (value) => (value > threshold ? 1 : 0)))
  const opened = part(openMask(kernels, enhancing, openingMm))
  const start = near.find(({ position }) => opened.voxels[position] === 1)
  const voxels = new Uint8Array(size[0] * size[1] * size[2])
  if (!start) return { voxels, threshold, box }
  const tumour = part(keepIslandAt(kernels, opened, start.voxel, 6)!)
  const edge = part(combineMasks(growMargin(kernels, tumour, openingMm), enhancing.voxels, 'intersection'))
  const whole = part(keepIslandAt(kernels, edge, start.voxel, 26)!)
  const filled = part(fillHoles(kernels, whole))
  pasteBox(fillHoles(kernels, filled, 2), box, voxels, size)
  return { voxels, threshold, box }
}

/** Post minus pre in a box, smoothed. */
function subtractBox(kernels: Kernels, pre: Volume, post: Volume, box: BoundingBox, smoothingMm: number): Float64Array {
  const extent = extentOf(box)
  const count = extent[0] * extent[1] * extent[2]
  const before = new Float64Array(count)
  const difference = new Float64Array(count)
  copyBox(pre.voxels, pre.size, box, before)
  copyBox(post.voxels, post.size, box, difference)
  for (let i = 0; i < count; i++) difference[i] -= before[i]
  return kernels.scope(() => {
    const pointer = kernels.allocate(8 * count)
    kernels.f64(pointer, count).set(difference)
    smoothBox(kernels, pointer, extent, post.spacingMm, smoothingMm)
    return kernels.f64(pointer, count).slice()
  })
}

/** Voxels within a radius of a voxel, nearest first, in voxel order where equally near. */
function voxelsNear(size: Triple, spacingMm: Triple, centre: Triple, radiusMm: number): { position: number; voxel: Triple }[] {
  const reach = spacingMm.map((mm) => Math.floor(radiusMm / mm))
  const { upper } = wholeBox(size)
  const found: { position: number; voxel: Triple; mm2: number }[] = []
  const range = (axis: number) => [Math.max(0, centre[axis] - reach[axis]), Math.min(upper[axis], centre[axis] + reach[axis])]
  const [[x0, x1], [y0, y1], [z0, z1]] = [range(0), range(1), range(2)]
  for (let z = z0; z <= z1; z++) {
    for (let y = y0; y <= y1; y++) {
      for (let x = x0; x <= x1; x++) {
        const [dx, dy, dz] = [x - centre[0], y - centre[1], z - centre[2]].map((d, axis) => d * spacingMm[axis])
        const mm2 = dx * dx + dy * dy + dz * dz
        if (mm2 <= radiusMm * radiusMm) found.push({ position: x + size[0] * (y + size[1] * z), voxel: [x, y, z], mm2 })
      }
    }
  }
  return found.sort((a, b) => a.mm2 - b.mm2 || a.position - b.position)
}
