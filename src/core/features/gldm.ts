import type { Kernels } from '../kernels/kernels.ts'
import type { LevelImage } from './discretise.ts'
import { countGldm, type GldmSettings } from './gldmMatrix.ts'
import { summariseSizeMatrix } from './sizeMatrix.ts'

/** Features of the grey level dependence matrix (IBSI 3.11, there NGLDM; Sun and Wee 1983). */
export function computeGldm(kernels: Kernels, levels: LevelImage, settings: GldmSettings): Record<string, number> {
  return kernels.scope(() => {
    const s = summariseSizeMatrix(kernels, levels, countGldm(kernels, levels, settings))!
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
