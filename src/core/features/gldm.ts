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
  { featureClass: 'gldm', name: 'DependenceEntropy', ibsi: 'FCBV', unit: 'bit', formula: '-sum p(i,j) log2(p(i,j) + eps)', meaning: 'How unpredictable level and size of a dependence are.' },
  { featureClass: 'gldm', name: 'DependenceNonUniformity', ibsi: 'Z87G', unit: '1', formula: 'sum_j (sum_i P(i,j))^2 / N', meaning: 'Low if sizes of the dependences vary evenly; grows with their number.' },
  { featureClass: 'gldm', name: 'DependenceNonUniformityNormalized', ibsi: 'OKJI', unit: '1', formula: 'sum_j (sum_i P(i,j))^2 / N^2', meaning: 'Low if sizes of the dependences vary evenly.' },
  { featureClass: 'gldm', name: 'DependencePercentage', ibsi: '6XV8', unit: '1', formula: 'N / number of voxels', meaning: 'Always 1: every voxel has a dependence.', deprecated: true, replacedBy: 'always 1' },
  { featureClass: 'gldm', name: 'DependenceVariance', ibsi: 'DNX2', unit: '1', formula: 'sum p(i,j) (j - mean j)^2', meaning: 'Spread of the sizes of the dependences.' },
  { featureClass: 'gldm', name: 'GrayLevelNonUniformity', ibsi: 'FP8K', unit: '1', formula: 'sum_i (sum_j P(i,j))^2 / N', meaning: 'Low if dependences spread evenly over the grey levels; grows with their number.' },
  { featureClass: 'gldm', name: 'GrayLevelNonUniformityNormalized', ibsi: '5SPA', unit: '1', formula: 'sum_i (sum_j P(i,j))^2 / N^2', meaning: 'Equal to Uniformity of the first order.', deprecated: true, replacedBy: 'firstorder_Uniformity' },
  { featureClass: 'gldm', name: 'GrayLevelVariance', ibsi: '1PFV', unit: '1', formula: 'sum p(i,j) (i - mean i)^2', meaning: 'Spread of the grey levels of the dependences.' },
  { featureClass: 'gldm', name: 'HighGrayLevelEmphasis', ibsi: 'OAE7', unit: '1', formula: 'sum P(i,j) i^2 / N', meaning: 'High if the dependences are bright.' },
  { featureClass: 'gldm', name: 'LargeDependenceEmphasis', ibsi: 'IMOQ', unit: '1', formula: 'sum P(i,j) j^2 / N', meaning: 'High if dependences are large: coarse texture.' },
  { featureClass: 'gldm', name: 'LargeDependenceHighGrayLevelEmphasis', ibsi: '9QMG', unit: '1', formula: 'sum P(i,j) i^2 j^2 / N', meaning: 'High if large dependences are bright.' },
  { featureClass: 'gldm', name: 'LargeDependenceLowGrayLevelEmphasis', ibsi: 'NBZI', unit: '1', formula: 'sum P(i,j) j^2 / i^2 / N', meaning: 'High if large dependences are dark.' },
  { featureClass: 'gldm', name: 'LowGrayLevelEmphasis', ibsi: 'TL9H', unit: '1', formula: 'sum P(i,j) / i^2 / N', meaning: 'High if the dependences are dark.' },
  { featureClass: 'gldm', name: 'SmallDependenceEmphasis', ibsi: 'SODN', unit: '1', formula: 'sum P(i,j) / j^2 / N', meaning: 'High if dependences are small: fine texture.' },
  { featureClass: 'gldm', name: 'SmallDependenceHighGrayLevelEmphasis', ibsi: 'JA6D', unit: '1', formula: 'sum P(i,j) i^2 / j^2 / N', meaning: 'High if small dependences are bright.' },
  { featureClass: 'gldm', name: 'SmallDependenceLowGrayLevelEmphasis', ibsi: 'EQ3F', unit: '1', formula: 'sum P(i,j) / (i^2 j^2) / N', meaning: 'High if small dependences are dark.' },
] // prettier-ignore
