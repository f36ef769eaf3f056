import type { Kernels } from '../kernels/kernels.ts'
import type { LevelImage } from './discretise.ts'
import { countGlszm, type GlszmSettings } from './glszmMatrix.ts'
import { summariseSizeMatrix } from './sizeMatrix.ts'

/** Features of the grey level size zone matrix (IBSI 3.8; Thibault 2009), one matrix for all directions. */
export function computeGlszm(kernels: Kernels, levels: LevelImage, settings: GlszmSettings): Record<string, number> {
  return kernels.scope(() => {
    const s = summariseSizeMatrix(kernels, levels, countGlszm(kernels, levels, settings))!
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
