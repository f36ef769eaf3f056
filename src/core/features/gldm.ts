import type { Kernels } from '../kernels/kernels.ts'
import type { FeatureDefinition } from './definition.ts'
import type { LevelImage } from './discretise.ts'
import { countGldm, type GldmOptions } from './gldmMatrix.ts'
import { summariseSizeMatrix } from './sizeMatrix.ts'

/** Features of the grey level dependence matrix (IBSI 3.11, there NGLDM; Sun and Wee 1983). */
export function computeGldm(kernels: Kernels, levels: LevelImage, options: GldmOptions): Record<string, number> {
  return kernels.scope(() => {
    const s = summariseSizeMatrix(kernels, levels, countGldm(kernels, levels, options))!
    return {
      DependenceEntropy: s.entropy,
      DependenceNonUniformity: s.sizeNonUniformity,
      DependenceNonUniformityNormalized: s.sizeNonUniformityNormalized,
      DependenceVariance: s.sizeVariance,
      GrayLevelNonUniformity: s.levelNonUniformity,
      GrayLevelVariance: s.levelVariance,
      HighGrayLevelEmphasis: s.highLevelEmphasis,
      LargeDependenceEmphasis: s.largeEmphasis,
      LargeDependenceHighGrayLevelEmphasis: s.largeHighEmphasis,
      LargeDependenceLowGrayLevelEmphasis: s.largeLowEmphasis,
      LowGrayLevelEmphasis: s.lowLevelEmphasis,
      SmallDependenceEmphasis: s.smallEmphasis,
      SmallDependenceHighGrayLevelEmphasis: s.smallHighEmphasis,
      SmallDependenceLowGrayLevelEmphasis: s.smallLowEmphasis,
    }
  })
}

/** What each feature is. P(i, j): voxels of level i with j - 1 dependent neighbours, N of them; p = P / N. In PyRadiomics's order. */
export const gldmDefinitions: readonly FeatureDefinition[] = [
  { featureClass: 'gldm', name: 'DependenceEntropy', ibsi: 'FCBV', unit: 'bit', formula: '-sum p(i,j) log2(p(i,j) + eps)' },
  { featureClass: 'gldm', name: 'DependenceNonUniformity', ibsi: 'Z87G', unit: '1', formula: 'sum_j (sum_i P(i,j))^2 / N' },
  { featureClass: 'gldm', name: 'DependenceNonUniformityNormalized', ibsi: 'OKJI', unit: '1', formula: 'sum_j (sum_i P(i,j))^2 / N^2' },
  { featureClass: 'gldm', name: 'DependencePercentage', ibsi: '6XV8', unit: '1', formula: 'N / number of voxels', deprecated: true, replacedBy: 'always 1' },
  { featureClass: 'gldm', name: 'DependenceVariance', ibsi: 'DNX2', unit: '1', formula: 'sum p(i,j) (j - mean j)^2' },
  { featureClass: 'gldm', name: 'GrayLevelNonUniformity', ibsi: 'FP8K', unit: '1', formula: 'sum_i (sum_j P(i,j))^2 / N' },
  { featureClass: 'gldm', name: 'GrayLevelNonUniformityNormalized', ibsi: '5SPA', unit: '1', formula: 'sum_i (sum_j P(i,j))^2 / N^2', deprecated: true, replacedBy: 'firstorder_Uniformity' },
  { featureClass: 'gldm', name: 'GrayLevelVariance', ibsi: '1PFV', unit: '1', formula: 'sum p(i,j) (i - mean i)^2' },
  { featureClass: 'gldm', name: 'HighGrayLevelEmphasis', ibsi: 'OAE7', unit: '1', formula: 'sum P(i,j) i^2 / N' },
  { featureClass: 'gldm', name: 'LargeDependenceEmphasis', ibsi: 'IMOQ', unit: '1', formula: 'sum P(i,j) j^2 / N' },
  { featureClass: 'gldm', name: 'LargeDependenceHighGrayLevelEmphasis', ibsi: '9QMG', unit: '1', formula: 'sum P(i,j) i^2 j^2 / N' },
  { featureClass: 'gldm', name: 'LargeDependenceLowGrayLevelEmphasis', ibsi: 'NBZI', unit: '1', formula: 'sum P(i,j) j^2 / i^2 / N' },
  { featureClass: 'gldm', name: 'LowGrayLevelEmphasis', ibsi: 'TL9H', unit: '1', formula: 'sum P(i,j) / i^2 / N' },
  { featureClass: 'gldm', name: 'SmallDependenceEmphasis', ibsi: 'SODN', unit: '1', formula: 'sum P(i,j) / j^2 / N' },
  { featureClass: 'gldm', name: 'SmallDependenceHighGrayLevelEmphasis', ibsi: 'JA6D', unit: '1', formula: 'sum P(i,j) i^2 / j^2 / N' },
  { featureClass: 'gldm', name: 'SmallDependenceLowGrayLevelEmphasis', ibsi: 'EQ3F', unit: '1', formula: 'sum P(i,j) / (i^2 j^2) / N' },
] // prettier-ignore
