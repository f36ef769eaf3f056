import { levelRule } from '../levelRule.ts'

/** The axis of the intensity-volume histogram (IBSI 3.5.1). */
export type VolumeHistogramAxis =
  /** Grey values as they are, in whole steps from the region's least to its greatest: of calibrated whole numbers. */
  | { readonly method: 'wholeSteps' }
  /** Bins of a size over a range of grey values, told by their centres; null: from the region's least, to its greatest one. */
  | { readonly method: 'binsOfSize'; readonly size: number; readonly lower: number | null; readonly upper: number | null }
  /** As many equal bins as that over the region's grey values, told by their numbers. */
  | { readonly method: 'equalBins'; readonly count: number }

/** Rounding may leave a share or a part of the axis just short of the percentage it is. */
const rounding = 1e-12

/**
 * Features of the intensity-volume histogram (IBSI 3.5), by tag: the share of voxels at or above the grey value at 10 % and 90 % of the
 * axis, the least grey value that at most 10 % and 90 % of voxels reach, and their differences.
 * @param sorted grey values of the region, ascending, all finite
 */
export function volumeHistogram(sorted: Float64Array, axis: VolumeHistogramAxis): Record<string, number> {
  const { levels, count, first, greyValueOf } = layAxis(sorted, axis)
  const n = levels.length
  let below = 0
  const shares = Array.from({ length: count }, (_, i) => {
    while (below < n && levels[below] < first + i) below++
    return 1 - below / n
  })
  const volumeAt = (part: number) => {
    const at = shares.findIndex((_, i) => (count === 1 ? 1 : i / (count - 1)) >= part - rounding)
    return shares[at]
  }
  const intensityAt = (part: number) => {
    const at = shares.findIndex((share) => share <= part + rounding)
    // No level is so rare: that is the first one behind the axis.
    return greyValueOf(at < 0 ? count : at)
  }
  const [v10, v90, i10, i90] = [volumeAt(0.1), volumeAt(0.9), intensityAt(0.1), intensityAt(0.9)]
  return { v10, v90, i10, i90, diff_v10_v90: v10 - v90, diff_i10_i90: i10 - i90 }
}

/** Levels of the voxels, ascending, the levels of the axis (`count` from `first` on), and the grey value of each of these. */
function layAxis(sorted: Float64Array, axis: VolumeHistogramAxis) {
  const [minimum, maximum] = [sorted[0], sorted[sorted.length - 1]]
  switch (axis.method) {
    case 'wholeSteps':
      return { levels: sorted, count: Math.floor(maximum - minimum) + 1, first: minimum, greyValueOf: (i: number) => minimum + i }
    case 'binsOfSize': {
      const lower = axis.lower ?? minimum
      const levels = sorted.map(levelRule(sorted, { method: 'binsOfSize', size: axis.size, lower }))
      const count = axis.upper === null ? levels[levels.length - 1] : Math.ceil((axis.upper - lower) / axis.size)
      return { levels, count, first: 1, greyValueOf: (i: number) => lower + (i + 0.5) * axis.size }
    }
    case 'equalBins':
      return { levels: sorted.map(levelRule(sorted, axis)), count: axis.count, first: 1, greyValueOf: (i: number) => i + 1 }
  }
}
