import type { Kernels } from '../kernels/kernels.ts'
import type { FeatureDefinition } from './definition.ts'
import { binEdgesOf, gather, histogram } from './discretise.ts'
import type { FeatureOptions } from './featureOptions.ts'
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
  { discretisation, energyShift }: Pick<FeatureOptions, 'discretisation' | 'energyShift'>,
): Record<string, number> {
  const { exports } = kernels
  return kernels.scope(() => {
    const values = kernels.allocate(8 * region.voxelCount)
    const scratch = kernels.allocate(8 * region.voxelCount)
    const sums = kernels.allocate(8 * 5)
    gather(kernels, region, values)
    const edges = binEdgesOf(kernels, region, values, discretisation)
    const missing = region.voxelCount - exports.dropNaN(values, region.voxelCount)
    const n = region.voxelCount - missing

    const mean = exports.pairwiseSum(values, n) / n
    exports.firstOrderSums(values, n, energyShift, mean, scratch, sums)
    const [energy, deviation, ...powers] = kernels.f64(sums, 5) as unknown as [number, number, number, number, number]
    const [m2, m3, m4] = powers.map((sum) => sum / n) as [number, number, number]
    const unsorted = kernels.allocate(8 * n)
    kernels.f64(unsorted, n).set(kernels.f64(values, n))

    const counts = [...histogram(kernels, values, n, edges), ...(missing > 0 ? [missing] : [])]
    const shares = counts.map((count) => count / region.voxelCount)
    const sorted = kernels.f64(values, n)
    const p10 = percentile(sorted, 0.1)
    const p90 = percentile(sorted, 0.9)
    const [minimum, maximum] = [sorted[0], sorted[n - 1]]
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
  const [a, b] = [sorted[below], sorted[above]]
  return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t
}

function median(sorted: Float64Array): number {
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** What each feature is. X: grey values in the region; p: shares of the discretised levels; m2, m3, m4: central moments; eps = 2^-52. In PyRadiomics's order. */
export const firstorderDefinitions: readonly FeatureDefinition[] = [
  { featureClass: 'firstorder', name: '10Percentile', ibsi: 'QG58', unit: 'grey level', formula: '10th percentile of X, linear between ranks' },
  { featureClass: 'firstorder', name: '90Percentile', ibsi: '8DWT', unit: 'grey level', formula: '90th percentile of X, linear between ranks' },
  { featureClass: 'firstorder', name: 'Energy', ibsi: 'N8CA', unit: 'grey level²', formula: 'sum (X + c)^2, c = {energyShift}' },
  { featureClass: 'firstorder', name: 'Entropy', ibsi: 'TLU2', unit: 'bit', formula: '-sum p(i) log2(p(i) + eps) over the discretised levels' },
  { featureClass: 'firstorder', name: 'InterquartileRange', ibsi: 'SALO', unit: 'grey level', formula: 'P75 - P25' },
  { featureClass: 'firstorder', name: 'Kurtosis', ibsi: 'IPH6', unit: '1', formula: 'm4 / m2^2, not reduced by 3 (IBSI subtracts 3)' },
  { featureClass: 'firstorder', name: 'Maximum', ibsi: '84IY', unit: 'grey level', formula: 'max X' },
  { featureClass: 'firstorder', name: 'MeanAbsoluteDeviation', ibsi: '4FUA', unit: 'grey level', formula: 'mean |X - mean X|' },
  { featureClass: 'firstorder', name: 'Mean', ibsi: 'Q4LE', unit: 'grey level', formula: 'mean X' },
  { featureClass: 'firstorder', name: 'Median', ibsi: 'Y12H', unit: 'grey level', formula: '50th percentile of X' },
  { featureClass: 'firstorder', name: 'Minimum', ibsi: '1GSF', unit: 'grey level', formula: 'min X' },
  { featureClass: 'firstorder', name: 'Range', ibsi: '2OJQ', unit: 'grey level', formula: 'max X - min X' },
  { featureClass: 'firstorder', name: 'RobustMeanAbsoluteDeviation', ibsi: '1128', unit: 'grey level', formula: 'mean |Y - mean Y|, Y = values of X in [P10, P90]' },
  { featureClass: 'firstorder', name: 'RootMeanSquared', ibsi: '5ZWQ', unit: 'grey level', formula: 'sqrt(mean (X + c)^2), c = {energyShift}' },
  { featureClass: 'firstorder', name: 'Skewness', ibsi: 'KE2A', unit: '1', formula: 'm3 / m2^1.5' },
  { featureClass: 'firstorder', name: 'StandardDeviation', unit: 'grey level', formula: 'sqrt(mean (X - mean X)^2)', deprecated: true },
  { featureClass: 'firstorder', name: 'TotalEnergy', unit: 'grey level² mm³', formula: 'voxel volume * sum (X + c)^2' },
  { featureClass: 'firstorder', name: 'Uniformity', ibsi: 'BJ5W', unit: '1', formula: 'sum p(i)^2 over the discretised levels' },
  { featureClass: 'firstorder', name: 'Variance', ibsi: 'ECT3', unit: 'grey level²', formula: 'mean (X - mean X)^2' },
] // prettier-ignore
