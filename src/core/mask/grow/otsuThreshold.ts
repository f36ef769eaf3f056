import { refuse } from '../messages.ts'

/**
 * Otsu's threshold between two samples (Otsu 1979, IEEE SMC 9): the grey level that parts them with the largest variance between the
 * two sides, in a histogram of 256 bins over both. Each sample has the same total weight, however many values it has, so that a small
 * tumour weighs as much as the whole ground around it. Of equally good bins the middle is taken.
 * @returns the level; values above it are the upper side. The level itself if all values are the same.
 * @throws DataError if a sample is empty or a value is not finite
 */
export function otsuThreshold(a: Float64Array, b: Float64Array): number {
  let [low, high] = [Infinity, -Infinity]
  for (const sample of [a, b]) {
    if (sample.length === 0) throw refuse('sample-empty', {})
    for (const value of sample) {
      if (!Number.isFinite(value)) throw refuse('sample-not-finite', { level: value })
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  if (low === high) return low
  const width = (high - low) / bins
  const weights = new Float64Array(bins)
  for (const sample of [a, b])
    for (const value of sample) weights[Math.min(bins - 1, Math.floor((value - low) / width))] += 0.5 / sample.length
  const mean = weights.reduce((sum, weight, bin) => sum + weight * (bin + 0.5), 0)
  let [below, sumBelow, best, first, last] = [0, 0, -1, 0, 0]
  for (let bin = 0; bin < bins - 1; bin++) {
    below += weights[bin]
    sumBelow += weights[bin] * (bin + 0.5)
    const above = 1 - below
    if (below <= 0 || above <= 1e-12) continue
    const gap = mean * below - sumBelow
    const between = (gap * gap) / (below * above)
    if (between > best * (1 + 1e-12)) [best, first] = [between, bin]
    if (between >= best * (1 - 1e-12)) last = bin
  }
  return low + width * ((first + last) / 2 + 1)
}

const bins = 256
