import type { Kernels } from '../kernels/kernels.ts'
import type { FeatureDefinition } from './definition.ts'
import type { LevelImage } from './discretise.ts'
import { countNgtdm, type NgtdmOptions } from './ngtdmMatrix.ts'

/**
 * Features of the neighbouring grey tone difference matrix (IBSI 3.10; Amadasun and King 1989). Degenerate cases:
 * Coarseness 1,000,000 where no level differs from its surroundings; Contrast, Busyness and Strength 0 where their denominator is 0.
 */
export function computeNgtdm(kernels: Kernels, levels: LevelImage, options: NgtdmOptions): NgtdmFeatures {
  const { levels: occurring, counts, differences } = countNgtdm(kernels, levels, options)
  return ngtdmFeatures(occurring, counts, differences)
}

export type NgtdmFeatures = Readonly<Record<'Busyness' | 'Coarseness' | 'Complexity' | 'Contrast' | 'Strength', number>>

/** The features of a matrix. @param i levels that occur; @param counts n_i, above 0; @param s summed differences */
export function ngtdmFeatures(i: readonly number[], counts: readonly number[], s: readonly number[]): NgtdmFeatures {
  const n = counts.reduce((sum, count) => sum + count, 0)
  const p = counts.map((count) => count / n)
  let [roughness, total] = [0, 0]
  for (let a = 0; a < p.length; a++) {
    roughness += p[a] * s[a]
    total += s[a]
  }
  // Level times count is a whole number: whether it is the same for all levels is not left to the rounding of shares.
  const weights = i.map((level, a) => level * counts[a])
  let [spread, busyness, complexity, strength] = [0, 0, 0, 0]
  for (let a = 0; a < p.length; a++) {
    const [ia, pa, sa] = [i[a], p[a], s[a]]
    for (let b = 0; b < p.length; b++) {
      const [ib, pb, sb] = [i[b], p[b], s[b]]
      const squared = (ia - ib) * (ia - ib)
      spread += pa * pb * squared
      busyness += Math.abs(weights[a] - weights[b])
      complexity += (Math.abs(ia - ib) * (pa * sa + pb * sb)) / (pa + pb)
      strength += (pa + pb) * squared
    }
  }
  const levelPairs = p.length * (p.length - 1)
  return {
    Busyness: busyness === 0 ? 0 : (roughness * n) / busyness,
    Coarseness: roughness === 0 ? 1e6 : 1 / roughness,
    Complexity: complexity / n,
    Contrast: levelPairs === 0 ? 0 : (spread * total) / n / levelPairs,
    Strength: total === 0 ? 0 : strength / total,
  }
}

/** What each feature is. p_i: share of voxels of level i; s_i: their summed difference from their surroundings; N voxels, Ngp levels that occur. In PyRadiomics's order. */
export const ngtdmDefinitions: readonly FeatureDefinition[] = [
  { featureClass: 'ngtdm', name: 'Busyness', ibsi: 'NQ30', unit: '1', formula: 'sum p_i s_i / sum |i p_i - j p_j|; 0 if one level' },
  { featureClass: 'ngtdm', name: 'Coarseness', ibsi: 'QCDE', unit: '1', formula: '1 / sum p_i s_i; 1,000,000 if the sum is 0' },
  { featureClass: 'ngtdm', name: 'Complexity', ibsi: 'HDEZ', unit: '1', formula: 'sum |i - j| (p_i s_i + p_j s_j) / (p_i + p_j) / N' },
  { featureClass: 'ngtdm', name: 'Contrast', ibsi: '65HE', unit: '1', formula: 'sum p_i p_j (i - j)^2 / (Ngp (Ngp - 1)) * sum s_i / N' },
  { featureClass: 'ngtdm', name: 'Strength', ibsi: '1X9X', unit: '1', formula: 'sum (p_i + p_j) (i - j)^2 / sum s_i; 0 if the sum is 0' },
] // prettier-ignore
