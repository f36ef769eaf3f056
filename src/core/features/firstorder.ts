import type { Kernels } from '../kernels/kernels.ts'
import type { FeatureDefinition } from './definition.ts'
import { binEdgesOf, gather, histogramOfSorted, sortRegionValues } from './discretise.ts'
import type { FeatureOptions } from './featureOptions.ts'
import type { RegionImage } from './regionImage.ts'

/** 2^-52: PyRadiomics adds it inside every logarithm. */
const epsilon = Number.EPSILON

/** What statistics of grey values are made of; moments are about the mean. */
export interface ValueStatistics {
  readonly mean: number
  readonly median: number
  readonly minimum: number
  readonly maximum: number
  readonly percentiles: { readonly p10: number; readonly p25: number; readonly p75: number; readonly p90: number }
  readonly m2: number
  readonly m3: number
  readonly m4: number
  /** Sum of (x + shift)^2. */
  readonly energy: number
  readonly meanDeviation: number
  /** Mean deviation of the values from P10 to P90 from their own mean. */
  readonly robustDeviation: number
}

/** Statistics of `n` values (float64, none of them NaN), which are sorted. @param shift added before values are squared for the energy */
export function describeValues(kernels: Kernels, values: number, n: number, shift = 0): ValueStatistics {
  const { exports } = kernels
  return kernels.scope(() => {
    const scratch = kernels.allocate(8 * n)
    const sums = kernels.allocate(8 * 5)
    const unsorted = kernels.allocate(8 * n)
    const mean = exports.pairwiseSum(values, n) / n
    exports.firstOrderSums(values, n, shift, mean, scratch, sums)
    const [energy, deviation, ...powers] = kernels.f64(sums, 5) as unknown as [number, number, number, number, number]
    const [m2, m3, m4] = powers.map((sum) => sum / n) as [number, number, number]
    kernels.f64(unsorted, n).set(kernels.f64(values, n))
    sortRegionValues(kernels, values, n)
    const sorted = kernels.f64(values, n)
    const [p10, p25, p75, p90] = [0.1, 0.25, 0.75, 0.9].map((fraction) => percentile(sorted, fraction)) as [
      number,
      number,
      number,
      number,
    ]
    return {
      mean, median: median(sorted), minimum: sorted[0], maximum: sorted[n - 1], percentiles: { p10, p25, p75, p90 }, m2, m3, m4, energy,
      meanDeviation: deviation / n, robustDeviation: exports.robustDeviation(unsorted, n, p10, p90, scratch),
    } // prettier-ignore
  })
}

/** Mean of |x - centre| over `n` values (float64). */
export function meanDeviationFrom(kernels: Kernels, values: number, n: number, centre: number): number {
  return kernels.scope(() => {
    const sums = kernels.allocate(8 * 5)
    kernels.exports.firstOrderSums(values, n, 0, centre, kernels.allocate(8 * n), sums)
    return kernels.f64(sums, 5)[1] / n
  })
}

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
    gather(kernels, region, values)
    const edges = binEdgesOf(kernels, region, values, discretisation)
    const missing = region.voxelCount - exports.dropNaN(values, region.voxelCount)
    const n = region.voxelCount - missing
    const { mean, median, minimum, maximum, percentiles, m2, m3, m4, energy, meanDeviation, robustDeviation } = describeValues(kernels, values, n, energyShift) // prettier-ignore
    const counts = [...histogramOfSorted(kernels, values, n, edges), ...(missing > 0 ? [missing] : [])]
    const shares = counts.map((count) => count / region.voxelCount)
    const spread = Math.sqrt(m2)
    const [sx, sy, sz] = region.image.spacingMm
    return {
      '10Percentile': percentiles.p10,
      '90Percentile': percentiles.p90,
      Energy: energy,
      Entropy: -shares.reduce((sum, p) => sum + p * exports.log2(p + epsilon), 0),
      InterquartileRange: percentiles.p75 - percentiles.p25,
      Kurtosis: m4 / (m2 === 0 ? 1 : exports.pow(m2, 2)),
      Maximum: maximum,
      MeanAbsoluteDeviation: meanDeviation,
      Mean: mean,
      Median: median,
      Minimum: minimum,
      Range: maximum - minimum,
      RobustMeanAbsoluteDeviation: robustDeviation,
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
