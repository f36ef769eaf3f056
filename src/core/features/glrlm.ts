import type { Kernels } from '../kernels/kernels.ts'
import type { FeatureDefinition } from './definition.ts'
import type { LevelImage } from './discretise.ts'
import { meanWithoutNaN } from './glcm.ts'
import { visitGlrlmMatrices, type GlrlmOptions } from './glrlmMatrix.ts'
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
 * NaN if no line in any direction meets the region twice; of a single such matrix (one direction, or merged ones) RunEntropy
 * and RunVariance are the 0 of an empty sum, as in PyRadiomics.
 */
export function computeGlrlm(kernels: Kernels, levels: LevelImage, options: GlrlmOptions): Record<string, number> {
  const { perDirection, matrices } = summariseRuns(kernels, levels, options)
  const empty = perDirection.length === 0 && matrices === 1 ? { RunEntropy: 0, RunVariance: 0 } : {}
  const features = Object.fromEntries(
    Object.entries(statisticOf).map(([name, statistic]) => [
      name,
      meanWithoutNaN(perDirection.map((direction) => direction[statistic])),
    ]),
  )
  return { ...features, ...empty }
}

/** Statistics of each matrix that has runs, and how many matrices there were. */
export function summariseRuns(kernels: Kernels, levels: LevelImage, options: GlrlmOptions) {
  const perDirection: SizeStatistics[] = []
  let matrices = 0
  visitGlrlmMatrices(kernels, levels, options, (matrix) => {
    matrices++
    const statistics = summariseSizeMatrix(kernels, levels, matrix)
    if (statistics) perDirection.push(statistics)
  })
  return { perDirection, matrices }
}

/** What each feature is. P(i, j): runs of level i and length j, N of them; p = P / N. In PyRadiomics's order. */
export const glrlmDefinitions: readonly FeatureDefinition[] = [
  { featureClass: 'glrlm', name: 'GrayLevelNonUniformity', ibsi: 'R5YN', unit: '1', formula: 'sum_i (sum_j P(i,j))^2 / N' },
  { featureClass: 'glrlm', name: 'GrayLevelNonUniformityNormalized', ibsi: 'OVBL', unit: '1', formula: 'sum_i (sum_j P(i,j))^2 / N^2' },
  { featureClass: 'glrlm', name: 'GrayLevelVariance', ibsi: '8CE5', unit: '1', formula: 'sum p(i,j) (i - mean i)^2' },
  { featureClass: 'glrlm', name: 'HighGrayLevelRunEmphasis', ibsi: 'G3QZ', unit: '1', formula: 'sum P(i,j) i^2 / N' },
  { featureClass: 'glrlm', name: 'LongRunEmphasis', ibsi: 'W4KF', unit: '1', formula: 'sum P(i,j) j^2 / N' },
  { featureClass: 'glrlm', name: 'LongRunHighGrayLevelEmphasis', ibsi: '3KUM', unit: '1', formula: 'sum P(i,j) i^2 j^2 / N' },
  { featureClass: 'glrlm', name: 'LongRunLowGrayLevelEmphasis', ibsi: 'IVPO', unit: '1', formula: 'sum P(i,j) j^2 / i^2 / N' },
  { featureClass: 'glrlm', name: 'LowGrayLevelRunEmphasis', ibsi: 'V3SW', unit: '1', formula: 'sum P(i,j) / i^2 / N' },
  { featureClass: 'glrlm', name: 'RunEntropy', ibsi: 'HJ9O', unit: 'bit', formula: '-sum p(i,j) log2(p(i,j) + eps)' },
  { featureClass: 'glrlm', name: 'RunLengthNonUniformity', ibsi: 'W92Y', unit: '1', formula: 'sum_j (sum_i P(i,j))^2 / N' },
  { featureClass: 'glrlm', name: 'RunLengthNonUniformityNormalized', ibsi: 'IC23', unit: '1', formula: 'sum_j (sum_i P(i,j))^2 / N^2' },
  { featureClass: 'glrlm', name: 'RunPercentage', ibsi: '9ZK5', unit: '1', formula: 'N / number of voxels' },
  { featureClass: 'glrlm', name: 'RunVariance', ibsi: 'SXLW', unit: '1', formula: 'sum p(i,j) (j - mean j)^2' },
  { featureClass: 'glrlm', name: 'ShortRunEmphasis', ibsi: '22OV', unit: '1', formula: 'sum P(i,j) / j^2 / N' },
  { featureClass: 'glrlm', name: 'ShortRunHighGrayLevelEmphasis', ibsi: 'GD3A', unit: '1', formula: 'sum P(i,j) i^2 / j^2 / N' },
  { featureClass: 'glrlm', name: 'ShortRunLowGrayLevelEmphasis', ibsi: 'HTZT', unit: '1', formula: 'sum P(i,j) / (i^2 j^2) / N' },
] // prettier-ignore
