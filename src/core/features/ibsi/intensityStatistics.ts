import type { Kernels } from '../../kernels/kernels.ts'
import { describeValues, meanDeviationFrom } from '../firstorder.ts'

/**
 * The statistics that grey values and levels have in common (IBSI 3.3, 3.4), by tag. Kurtosis is in excess of 3. Of a flat region
 * skewness and kurtosis are 0.
 * @param values float64, none of them NaN; are sorted
 */
export function intensityStatistics(kernels: Kernels, values: number, n: number): Record<string, number> {
  const { exports } = kernels
  const s = describeValues(kernels, values, n)
  const { p10, p25, p75, p90 } = s.percentiles
  return {
    mean: s.mean,
    var: s.m2,
    skew: s.m2 === 0 ? 0 : s.m3 / exports.pow(s.m2, 1.5),
    kurt: s.m2 === 0 ? 0 : s.m4 / (s.m2 * s.m2) - 3,
    median: s.median,
    min: s.minimum,
    p10,
    p90,
    max: s.maximum,
    iqr: p75 - p25,
    range: s.maximum - s.minimum,
    mad: s.meanDeviation,
    rmad: s.robustDeviation,
    medad: meanDeviationFrom(kernels, values, n, s.median),
    cov: Math.sqrt(s.m2) / s.mean,
    qcod: (p75 - p25) / (p75 + p25),
    energy: s.energy,
    rms: Math.sqrt(s.energy / n),
  }
}
