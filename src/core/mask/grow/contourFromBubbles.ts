import { extentOf } from '../boundingBox.ts'
import { copyBox } from '../boxVoxels.ts'
import type { BoundingBox } from '../mask.ts'
import type { Volume } from '../../image/volume.ts'
import type { Kernels } from '../../kernels/kernels.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import {
  computeEdgeSpeed,
  computeRegionSpeed,
  gradientQuantile,
  startContour,
  type Bubble,
  type ContourState,
} from './activeContour.ts'

/** What a contour needs beside its bubbles, when a hand sets them. Plain data. */
export interface ContourSettings {
  readonly kind: 'edges' | 'region'
  /** The contour stays in the box of all bubbles with so much more on every side. */
  readonly roomMm: number
  readonly smoothingMm: number
  /** Edges: half speed at the gradient that this share of the box stays below. */
  readonly evenShare: number
  /** Region: grey levels to grow in; null for those that the bubbles tell, see `rangeOfBubbles`. */
  readonly range: { readonly low: number; readonly high: number } | null
}

export const defaultContourSettings: ContourSettings = {
  kind: 'region',
  roomMm: 15,
  smoothingMm: 0.8,
  evenShare: 0.8,
  range: null,
}

/**
 * Starts a contour with a speed image of the box around its bubbles.
 * @throws if there is no bubble, none holds a voxel of the volume, or the range is empty
 */
export function contourFromBubbles(
  kernels: Kernels,
  volume: Volume,
  bubbles: readonly Bubble[],
  { kind, roomMm, smoothingMm, evenShare, range }: ContourSettings = defaultContourSettings,
): ContourState {
  const box = boxOfBubbles(volume, bubbles, roomMm)
  if (kind === 'edges') {
    const halfGradient = gradientQuantile(kernels, volume, box, smoothingMm, evenShare)
    return startContour(volume, computeEdgeSpeed(kernels, volume, box, { smoothingMm, halfGradient }), bubbles)
  }
  const told = rangeOfBubbles(volume, box, bubbles)
  const { low, high } = range ?? told
  return startContour(volume, computeRegionSpeed(kernels, volume, box, { smoothingMm, low, high, softness: told.sd }), bubbles)
}

/** The box of the volume that a contour may fill. @throws if there is no bubble */
export function boxOfBubbles(
  { size, spacingMm }: Pick<Volume, 'size' | 'spacingMm'>,
  bubbles: readonly Bubble[],
  roomMm: number,
): BoundingBox {
  if (bubbles.length === 0) throw new Error('There is no bubble: put at least one into the tumour.')
  const bound = (axis: number, side: 1 | -1) => {
    const ends = bubbles.map(({ centre, radiusMm }) => centre[axis] + (side * (radiusMm + roomMm)) / spacingMm[axis])
    const end = side > 0 ? Math.ceil(Math.max(...ends)) : Math.floor(Math.min(...ends))
    return Math.min(size[axis] - 1, Math.max(0, end))
  }
  return {
    lower: [0, 1, 2].map((axis) => bound(axis, -1)) as unknown as Triple,
    upper: [0, 1, 2].map((axis) => bound(axis, 1)) as unknown as Triple,
  }
}

/**
 * The grey levels that bubbles stand for: from a quarter of the way between the box's median and their mean, to four standard
 * deviations beyond their mean; mirrored for a tumour darker than what lies around it.
 * @returns the range, and the SD in the bubbles (1 where all their voxels are the same)
 */
export function rangeOfBubbles(
  { voxels, size, spacingMm }: Pick<Volume, 'voxels' | 'size' | 'spacingMm'>,
  box: BoundingBox,
  bubbles: readonly Bubble[],
): { low: number; high: number; sd: number } {
  const extent = extentOf(box)
  const levels = new Float64Array(extent[0] * extent[1] * extent[2])
  copyBox(voxels, size, box, levels)
  const inBubbles = levels.filter((_, i) => {
    const at = [i % extent[0], Math.floor(i / extent[0]) % extent[1], Math.floor(i / extent[0] / extent[1])]
    return bubbles.some(({ centre, radiusMm }) => {
      const mm = at.map((index, axis) => (index + box.lower[axis] - centre[axis]) * spacingMm[axis])
      return mm[0] * mm[0] + mm[1] * mm[1] + mm[2] * mm[2] <= radiusMm * radiusMm
    })
  })
  if (inBubbles.length === 0) throw new Error('No bubble holds a voxel of the image: give them a larger radius.')
  const median = levels.toSorted()[Math.floor(levels.length / 2)]
  const mean = inBubbles.reduce((sum, level) => sum + level, 0) / inBubbles.length
  const variance = inBubbles.reduce((sum, level) => sum + (level - mean) * (level - mean), 0) / inBubbles.length
  const sd = variance > 0 ? Math.sqrt(variance) : 1
  const near = median + (mean - median) / 4
  return mean >= median ? { low: near, high: mean + 4 * sd, sd } : { low: mean - 4 * sd, high: near, sd }
}
