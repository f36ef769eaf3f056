import type { Kernels } from '../kernels/kernels.ts'
import type { LevelImage } from './discretise.ts'
import { meanWithoutNaN } from './glcm.ts'
import { visitGlrlmMatrices, type GlrlmSettings } from './glrlmMatrix.ts'
import { summariseSizeMatrix, type SizeStatistics } from './sizeMatrix.ts'

const statisticOf = {
  GrayLevelNonUniformity: 'levelNonUniformity',
  GrayLevelNonUniformityNormalized: 'levelNonUniformityNormalized',
  GrayLevelVariance: 'levelVariance',
  HighGrayLevelRunEmphasis: 'highLevelEmphasis',
  LongRunEmphasis: 'largeEmphasis',
  LongRunHighGrayLevelEmphasis: 'largeHighEmphasis',
  LongRunLowGrayLevelEmphasis: 'largeLowEmphasis',
  LowGrayLevelRunEmphasis: 'lowLevelEmphasis',
  RunEntropy: 'entropy',
  RunLengthNonUniformity: 'sizeNonUniformity',
  RunLengthNonUniformityNormalized: 'sizeNonUniformityNormalized',
  RunPercentage: 'percentage',
  RunVariance: 'sizeVariance',
  ShortRunEmphasis: 'smallEmphasis',
  ShortRunHighGrayLevelEmphasis: 'smallHighEmphasis',
  ShortRunLowGrayLevelEmphasis: 'smallLowEmphasis',
} as const satisfies Record<string, keyof SizeStatistics>

/**
 * Features of the grey level run length matrix (IBSI 3.7; Galloway 1975): of each direction apart, then their mean.
 * NaN if no line in any direction meets the region twice.
 */
export function computeGlrlm(kernels: Kernels, levels: LevelImage, settings: GlrlmSettings): Record<string, number> {
  const perDirection: SizeStatistics[] = []
  visitGlrlmMatrices(kernels, levels, settings, (matrix) => {
    const statistics = summariseSizeMatrix(kernels, levels, matrix)
    if (statistics) perDirection.push(statistics)
  })
  return Object.fromEntries(
    Object.entries(statisticOf).map(([name, statistic]) => [name, meanWithoutNaN(perDirection.map((direction) => direction[statistic]))]),
  )
}
