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
import { refuse } from '../messages.ts'

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
  /** Region: grows in all grey levels but those. */
  readonly inverted: boolean
}

/** What a contour was started with, to be seen and set anew. Plain data. */
export interface ContourSetup {
  /** Of the box that the contour may fill. */
  readonly levels: LevelHistogram
  /** Grey levels that it was made with, chosen or told by the bubbles; null for edges. */
  readonly range: { readonly low: number; readonly high: number } | null
}

/** Voxels by grey level, in steps of one width from the lowest to the highest. */
export interface LevelHistogram {
  readonly lowest: number
  readonly highest: number
  readonly counts: readonly number[]
}

const histogramSteps = 64

export const defaultContourSettings: ContourSettings = {
  kind: 'region',
  roomMm: 15,
  smoothingMm: 0.8,
  evenShare: 0.8,
  range: null,
  inverted: false,
}

/**
 * Starts a contour with a speed image of the box around its bubbles.
 * @throws DataError if there is no bubble, none holds a voxel of the volume, or the range is empty
 */
export function contourFromBubbles(
  kernels: Kernels,
  volume: Volume,
  bubbles: readonly Bubble[],
  { kind, roomMm, smoothingMm, evenShare, range, inverted }: ContourSettings = defaultContourSettings,
): { readonly state: ContourState; readonly setup: ContourSetup } {
  const box = boxOfBubbles(volume, bubbles, roomMm)
  const levels = countLevels(volume, box)
  if (kind === 'edges') {
    const halfGradient = gradientQuantile(kernels, volume, box, smoothingMm, evenShare)
    const speed = computeEdgeSpeed(kernels, volume, box, { smoothingMm, halfGradient })
    return { state: startContour(volume, speed, bubbles), setup: { levels, range: null } }
  }
  const told = rangeOfBubbles(volume, box, bubbles)
  const { low, high } = range ?? told
  const speed = computeRegionSpeed(kernels, volume, box, { smoothingMm, low, high, softness: told.sd, inverted })
  return { state: startContour(volume, speed, bubbles), setup: { levels, range: { low, high } } }
}

/** The grey levels of a box; what is not finite is left out. */
export function countLevels({ voxels, size }: Pick<Volume, 'voxels' | 'size'>, box: BoundingBox): LevelHistogram {
  const extent = extentOf(box)
  const levels = new Float64Array(extent[0] * extent[1] * extent[2])
  copyBox(voxels, size, box, levels)
  let [lowest, highest] = [Infinity, -Infinity]
  for (const level of levels) {
    if (!Number.isFinite(level)) continue
    lowest = Math.min(lowest, level)
    highest = Math.max(highest, level)
  }
  const counts = new Array<number>(histogramSteps).fill(0)
  if (lowest > highest) return { lowest: 0, highest: 0, counts }
  const perStep = (highest - lowest) / histogramSteps
  for (const level of levels) {
    if (Number.isFinite(level)) counts[Math.min(histogramSteps - 1, Math.floor((level - lowest) / perStep) || 0)]++
  }
  return { lowest, highest, counts }
}

/** The box of the volume that a contour may fill. @throws DataError if there is no bubble */
export function boxOfBubbles(
  { size, spacingMm }: Pick<Volume, 'size' | 'spacingMm'>,
  bubbles: readonly Bubble[],
  roomMm: number,
): BoundingBox {
  if (bubbles.length === 0) throw refuse('no-bubble', {})
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
  if (inBubbles.length === 0) throw refuse('bubbles-empty', {})
  const median = levels.toSorted()[Math.floor(levels.length / 2)]
  const mean = inBubbles.reduce((sum, level) => sum + level, 0) / inBubbles.length
  const variance = inBubbles.reduce((sum, level) => sum + (level - mean) * (level - mean), 0) / inBubbles.length
  const sd = variance > 0 ? Math.sqrt(variance) : 1
  const near = median + (mean - median) / 4
  return mean >= median ? { low: near, high: mean + 4 * sd, sd } : { low: mean - 4 * sd, high: near, sd }
}
