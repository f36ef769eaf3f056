import type { Kernels } from '../kernels/kernels.ts'
import type { LevelImage } from './discretise.ts'
import { countNgtdm, type NgtdmSettings } from './ngtdmMatrix.ts'

/**
 * Features of the neighbouring grey tone difference matrix (IBSI 3.10; Amadasun and King 1989). Degenerate cases:
 * Coarseness 1,000,000 where no level differs from its surroundings; Contrast, Busyness and Strength 0 where their denominator is 0.
 */
export function computeNgtdm(kernels: Kernels, levels: LevelImage, settings: NgtdmSettings): Record<string, number> {
  const { levels: i, counts, differences: s } = countNgtdm(kernels, levels, settings)
  const n = levels.voxelCount
  const p = counts.map((count) => count / n)
  let [roughness, total] = [0, 0]
  for (let a = 0; a < p.length; a++) {
    roughness += p[a]! * s[a]!
    total += s[a]!
  }
  let [spread, busyness, complexity, strength] = [0, 0, 0, 0]
  for (let a = 0; a < p.length; a++) {
    const [ia, pa, sa] = [i[a]!, p[a]!, s[a]!]
    for (let b = 0; b < p.length; b++) {
      const [ib, pb, sb] = [i[b]!, p[b]!, s[b]!]
      const squared = (ia - ib) * (ia - ib)
      spread += pa * pb * squared
      busyness += Math.abs(ia * pa - ib * pb)
      complexity += (Math.abs(ia - ib) * (pa * sa + pb * sb)) / (pa + pb)
      strength += (pa + pb) * squared
    }
  }
  const levelPairs = p.length * (p.length - 1)
  return {
    Busyness: busyness === 0 ? 0 : roughness / busyness,
    Coarseness: roughness === 0 ? 1e6 : 1 / roughness,
    Complexity: complexity / n,
    Contrast: levelPairs === 0 ? 0 : (spread * total) / n / levelPairs,
    Strength: total === 0 ? 0 : strength / total,
  }
}
