import type { PixelType } from '../numeric/voxelArray.ts'
import { refuse } from './messages.ts'

export interface ResegmentOptions {
  /** One lower bound, or two bounds in any order; both are inclusive. */
  readonly range: readonly number[]
  readonly mode: 'absolute' | 'relative' | 'sigma'
  /** What the profile calls the range, for messages. */
  readonly name: string
}

export interface Resegmentation {
  readonly voxels: Uint8Array<ArrayBuffer>
  /** In grey levels, ascending. */
  readonly thresholds: readonly number[]
  readonly retained: number
  readonly excluded: number
}

/**
 * Keeps the voxels of a region whose grey level lies in a range, as PyRadiomics 3.0.1 (`imageoperations.resegmentMask`). The range is
 * in grey levels (absolute), in multiples of the region's maximum (relative), or in standard deviations (divided by N) from its mean
 * (sigma). For a float32 image PyRadiomics computes thresholds in float32, summing as numpy does, and so does this.
 *
 * @param values grey levels, on the grid of the mask
 * @param mask 1 inside, 0 outside; is not changed
 * @throws DataError if fewer than 2 voxels remain
 */
export function resegment(
  values: Float64Array,
  mask: Uint8Array,
  pixelType: PixelType,
  { range, mode, name }: ResegmentOptions,
): Resegmentation {
  if (range.length < 1 || range.length > 2) {
    throw refuse('range-bounds', { setting: name, bounds: range.length })
  }
  const round = pixelType === 'float32' ? Math.fround : (value: number) => value
  const toThreshold = thresholdOf(
    mode,
    values.filter((_, i) => mask[i] === 1),
    round,
  )
  const thresholds = range.toSorted((a, b) => a - b).map((bound) => toThreshold(round(bound)))
  const [lower, upper = Infinity] = thresholds
  const voxels = mask.map((inside, i) => (inside === 1 && values[i] >= lower && values[i] <= upper ? 1 : 0))
  const before = mask.reduce((count, inside) => count + inside, 0)
  const retained = voxels.reduce((count, inside) => count + inside, 0)
  if (retained <= 1) {
    throw refuse('range-leaves', { setting: name, range, mode, thresholds, retained, of: before })
  }
  return { voxels, thresholds, retained, excluded: before - retained }
}

function thresholdOf(
  mode: ResegmentOptions['mode'],
  region: Float64Array,
  round: (value: number) => number,
): (bound: number) => number {
  if (mode === 'absolute') return (bound) => bound
  if (mode === 'relative') {
    const maximum = region.reduce((most, value) => Math.max(most, value), -Infinity)
    return (bound) => round(maximum * bound)
  }
  const mean = round(sumPairwise(region, 0, region.length, round) / region.length)
  const squares = region.map((value) => {
    const deviation = round(value - mean)
    return round(deviation * deviation)
  })
  const sd = round(Math.sqrt(round(sumPairwise(squares, 0, squares.length, round) / squares.length)))
  return (bound) => round(mean + round(sd * bound))
}

/** Sum in numpy's order: blocks of at most 128 in eight lanes, then pairwise. */
function sumPairwise(values: Float64Array, start: number, count: number, round: (value: number) => number): number {
  if (count < 8) {
    let sum = 0
    for (let i = start; i < start + count; i++) sum = round(sum + values[i])
    return sum
  }
  if (count <= 128) {
    const lanes = Array.from(values.subarray(start, start + 8))
    const even = count - (count % 8)
    for (let i = 8; i < even; i += 8) {
      for (let lane = 0; lane < 8; lane++) lanes[lane] = round(lanes[lane] + values[start + i + lane])
    }
    const low = round(round(lanes[0] + lanes[1]) + round(lanes[2] + lanes[3]))
    let sum = round(low + round(round(lanes[4] + lanes[5]) + round(lanes[6] + lanes[7])))
    for (let i = even; i < count; i++) sum = round(sum + values[start + i])
    return sum
  }
  const half = Math.floor(count / 2)
  const first = half - (half % 8)
  return round(sumPairwise(values, start, first, round) + sumPairwise(values, start + first, count - first, round))
}
