import type { Kernels } from '../kernels/kernels.ts'
import type { ExtractionSettings } from '../parameters.ts'
import { binEdgesOf, gather, histogram } from './discretise.ts'
import type { RegionImage } from './regionImage.ts'

/** 2^-52: PyRadiomics adds it inside every logarithm. */
const epsilon = Number.EPSILON

/**
 * First-order statistics of the grey values in the region (IBSI 3.3, 3.4). Values that are NaN are passed over; in the
 * histogram of Entropy and Uniformity they form a level of their own, as in PyRadiomics. A flat region has Variance,
 * Skewness and Kurtosis 0 where its mean is exact.
 */
export function computeFirstOrder(
  kernels: Kernels,
  region: RegionImage,
  settings: Pick<ExtractionSettings, 'binWidth' | 'binCount' | 'voxelArrayShift'>,
): Record<string, number> {
  const { exports } = kernels
  return kernels.scope(() => {
    const values = kernels.allocate(8 * region.voxelCount)
    const scratch = kernels.allocate(8 * region.voxelCount)
    const sums = kernels.allocate(8 * 5)
    gather(kernels, region, values)
    const edges = binEdgesOf(kernels, region, values, settings)
    const missing = region.voxelCount - exports.dropNaN(values, region.voxelCount)
    const n = region.voxelCount - missing

    const mean = exports.pairwiseSum(values, n) / n
    exports.firstOrderSums(values, n, settings.voxelArrayShift, mean, scratch, sums)
    const [energy, deviation, ...powers] = kernels.f64(sums, 5) as unknown as [number, number, number, number, number]
    const [m2, m3, m4] = powers.map((sum) => sum / n) as [number, number, number]
    const unsorted = kernels.allocate(8 * n)
    kernels.f64(unsorted, n).set(kernels.f64(values, n))

    const counts = [...histogram(kernels, values, n, edges), ...(missing > 0 ? [missing] : [])]
    const shares = counts.map((count) => count / region.voxelCount)
    const sorted = kernels.f64(values, n)
    const p10 = percentile(sorted, 0.1)
    const p90 = percentile(sorted, 0.9)
    const [minimum, maximum] = [sorted[0]!, sorted[n - 1]!]
    const robust = exports.robustDeviation(unsorted, n, p10, p90, scratch)
    const spread = Math.sqrt(m2)
    const [sx, sy, sz] = region.image.spacingMm
    return {
      '10Percentile': p10,
      '90Percentile': p90,
      Energy: energy,
      Entropy: -shares.reduce((sum, p) => sum + p * exports.log2(p + epsilon), 0),
      InterquartileRange: percentile(sorted, 0.75) - percentile(sorted, 0.25),
      Kurtosis: m4 / (m2 === 0 ? 1 : exports.pow(m2, 2)),
      Maximum: maximum,
      MeanAbsoluteDeviation: deviation / n,
      Mean: mean,
      Median: median(sorted),
      Minimum: minimum,
      Range: maximum - minimum,
      RobustMeanAbsoluteDeviation: robust,
      RootMeanSquared: Math.sqrt(energy / n),
      Skewness: m3 / (m2 === 0 ? 1 : exports.pow(m2, 1.5)),
      StandardDeviation: spread,
      TotalEnergy: energy * (sx * sy * sz),
      Uniformity: shares.reduce((sum, p) => sum + p * p, 0),
      Variance: spread * spread,
    }
  })
}

/** numpy.percentile of ascending values, linear between neighbours, interpolated from the nearer one. */
function percentile(sorted: Float64Array, fraction: number): number {
  const position = fraction * (sorted.length - 1)
  const below = Math.floor(position)
  const above = Math.min(below + 1, sorted.length - 1)
  const t = position - below
  const [a, b] = [sorted[below]!, sorted[above]!]
  return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t
}

function median(sorted: Float64Array): number {
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
