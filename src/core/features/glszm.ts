import type { Kernels } from '../kernels/kernels.ts'
import type { FeatureDefinition } from './definition.ts'
import type { LevelImage } from './discretise.ts'
import { countGlszm, type GlszmOptions } from './glszmMatrix.ts'
import { summariseSizeMatrix } from './sizeMatrix.ts'

/** Features of the grey level size zone matrix (IBSI 3.8; Thibault 2009), one matrix for all directions. */
export function computeGlszm(kernels: Kernels, levels: LevelImage, options: GlszmOptions): Record<string, number> {
  return kernels.scope(() => {
    const s = summariseSizeMatrix(kernels, levels, countGlszm(kernels, levels, options))!
    return {
      GrayLevelNonUniformity: s.levelNonUniformity,
      GrayLevelNonUniformityNormalized: s.levelNonUniformityNormalized,
      GrayLevelVariance: s.levelVariance,
      HighGrayLevelZoneEmphasis: s.highLevelEmphasis,
      LargeAreaEmphasis: s.largeEmphasis,
      LargeAreaHighGrayLevelEmphasis: s.largeHighEmphasis,
      LargeAreaLowGrayLevelEmphasis: s.largeLowEmphasis,
      LowGrayLevelZoneEmphasis: s.lowLevelEmphasis,
      SizeZoneNonUniformity: s.sizeNonUniformity,
      SizeZoneNonUniformityNormalized: s.sizeNonUniformityNormalized,
      SmallAreaEmphasis: s.smallEmphasis,
      SmallAreaHighGrayLevelEmphasis: s.smallHighEmphasis,
      SmallAreaLowGrayLevelEmphasis: s.smallLowEmphasis,
      ZoneEntropy: s.entropy,
      ZonePercentage: s.percentage,
      ZoneVariance: s.sizeVariance,
    }
  })
}

/** What each feature is. P(i, j): zones of level i and j voxels, N of them; p = P / N. In PyRadiomics's order. */
export const glszmDefinitions: readonly FeatureDefinition[] = [
  { featureClass: 'glszm', name: 'GrayLevelNonUniformity', ibsi: 'JNSA', unit: '1', formula: 'sum_i (sum_j P(i,j))^2 / N' },
  { featureClass: 'glszm', name: 'GrayLevelNonUniformityNormalized', ibsi: 'Y1RO', unit: '1', formula: 'sum_i (sum_j P(i,j))^2 / N^2' },
  { featureClass: 'glszm', name: 'GrayLevelVariance', ibsi: 'BYLV', unit: '1', formula: 'sum p(i,j) (i - mean i)^2' },
  { featureClass: 'glszm', name: 'HighGrayLevelZoneEmphasis', ibsi: '5GN9', unit: '1', formula: 'sum P(i,j) i^2 / N' },
  { featureClass: 'glszm', name: 'LargeAreaEmphasis', ibsi: '48P8', unit: '1', formula: 'sum P(i,j) j^2 / N' },
  { featureClass: 'glszm', name: 'LargeAreaHighGrayLevelEmphasis', ibsi: 'J17V', unit: '1', formula: 'sum P(i,j) i^2 j^2 / N' },
  { featureClass: 'glszm', name: 'LargeAreaLowGrayLevelEmphasis', ibsi: 'YH51', unit: '1', formula: 'sum P(i,j) j^2 / i^2 / N' },
  { featureClass: 'glszm', name: 'LowGrayLevelZoneEmphasis', ibsi: 'XMSY', unit: '1', formula: 'sum P(i,j) / i^2 / N' },
  { featureClass: 'glszm', name: 'SizeZoneNonUniformity', ibsi: '4JP3', unit: '1', formula: 'sum_j (sum_i P(i,j))^2 / N' },
  { featureClass: 'glszm', name: 'SizeZoneNonUniformityNormalized', ibsi: 'VB3A', unit: '1', formula: 'sum_j (sum_i P(i,j))^2 / N^2' },
  { featureClass: 'glszm', name: 'SmallAreaEmphasis', ibsi: '5QRC', unit: '1', formula: 'sum P(i,j) / j^2 / N' },
  { featureClass: 'glszm', name: 'SmallAreaHighGrayLevelEmphasis', ibsi: 'HW1V', unit: '1', formula: 'sum P(i,j) i^2 / j^2 / N' },
  { featureClass: 'glszm', name: 'SmallAreaLowGrayLevelEmphasis', ibsi: '5RAI', unit: '1', formula: 'sum P(i,j) / (i^2 j^2) / N' },
  { featureClass: 'glszm', name: 'ZoneEntropy', ibsi: 'GU8N', unit: 'bit', formula: '-sum p(i,j) log2(p(i,j) + eps)' },
  { featureClass: 'glszm', name: 'ZonePercentage', ibsi: 'P30P', unit: '1', formula: 'N / number of voxels' },
  { featureClass: 'glszm', name: 'ZoneVariance', ibsi: '3NSA', unit: '1', formula: 'sum p(i,j) (j - mean j)^2' },
] // prettier-ignore
