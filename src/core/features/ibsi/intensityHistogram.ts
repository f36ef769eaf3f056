import type { Kernels } from '../../kernels/kernels.ts'
import type { LevelImage } from '../discretise.ts'
import { intensityStatistics } from './intensityStatistics.ts'

/**
 * Features of the levels of a region (IBSI 3.4), by tag: statistics, then those of the histogram over all levels from 1 on, empty ones
 * too. The mode is the most frequent level, of several the one next to the mean; the steepest places of the histogram are the first
 * of several.
 * @param levelCount levels of the histogram: as many as the discretisation has, if it says how many
 */
export function intensityHistogram(
  kernels: Kernels,
  levels: LevelImage,
  levelCount = levels.highestLevel,
): Record<string, number> {
  const { voxelCount: n } = levels
  const present = [...kernels.i32(levels.present, levels.levelCount + 1)].slice(1)
  const counts = [...kernels.i32(levels.counts, levels.levelCount + 1)].slice(1)
  const histogram = new Float64Array(levelCount)
  present.forEach((level, k) => (histogram[level - 1] = counts[k]))
  return kernels.scope(() => {
    const values = kernels.allocate(8 * n)
    let at = 0
    present.forEach((level, k) => kernels.f64(values, n).fill(level, at, (at += counts[k])))
    const statistics = intensityStatistics(kernels, values, n)
    const gradients = Array.from(histogram, (_, i) => gradientAt(histogram, i))
    const steepest = (best: number) => ({ gradient: gradients[best], level: best + 1 })
    const rise = steepest(firstBest(gradients, (a, b) => a > b))
    const fall = steepest(firstBest(gradients, (a, b) => a < b))
    const mostFrequent = Math.max(...counts)
    const distance = (level: number) => Math.abs(level - statistics.mean)
    return {
      ...statistics,
      mode: present
        .filter((_, k) => counts[k] === mostFrequent)
        .reduce((best, level) => (distance(level) < distance(best) ? level : best)),
      entropy: -counts.reduce((sum, count) => sum + (count / n) * kernels.exports.log2(count / n), 0),
      uniformity: counts.reduce((sum, count) => sum + (count / n) * (count / n), 0),
      max_grad: rise.gradient,
      max_grad_g: rise.level,
      min_grad: fall.gradient,
      min_grad_g: fall.level,
    }
  })
}

/** Central differences, one-sided ones at the ends. */
function gradientAt(histogram: Float64Array, i: number): number {
  const last = histogram.length - 1
  if (last === 0) return 0
  if (i === 0) return histogram[1] - histogram[0]
  if (i === last) return histogram[last] - histogram[last - 1]
  return (histogram[i + 1] - histogram[i - 1]) / 2
}

function firstBest(values: readonly number[], isBetter: (a: number, b: number) => boolean): number {
  return values.reduce((best, value, i) => (isBetter(value, values[best]) ? i : best), 0)
}
