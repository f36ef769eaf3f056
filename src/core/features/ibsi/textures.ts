import type { Kernels } from '../../kernels/kernels.ts'
import type { LevelImage } from '../discretise.ts'
import type { FeatureOptionNames, FeatureOptions, Neighbourhood } from '../featureOptions.ts'
import { computeGlcm, meanWithoutNaN } from '../glcm.ts'
import { summariseRuns } from '../glrlm.ts'
import { countGldm } from '../gldmMatrix.ts'
import { countGlszm } from '../glszmMatrix.ts'
import { ngtdmFeatures, type NgtdmFeatures } from '../ngtdm.ts'
import { countNgtdm } from '../ngtdmMatrix.ts'
import { summariseSizeMatrix, type SizeStatistics } from '../sizeMatrix.ts'
import { dimensionOf, type Aggregation, type Dimension } from './aggregations.ts'
import { borderDistances, countGldzm } from './gldzmMatrix.ts'
import type { IbsiRegion } from './ibsiRegion.ts'
import { listSlices } from './slices.ts'

/** Under which of PyRadiomics's names the same computation stands. */
const cooccurrence: Readonly<Record<string, string>> = {
  joint_max: 'MaximumProbability',
  joint_avg: 'JointAverage',
  joint_var: 'SumSquares',
  joint_entr: 'JointEntropy',
  diff_avg: 'DifferenceAverage',
  diff_var: 'DifferenceVariance',
  diff_entr: 'DifferenceEntropy',
  sum_avg: 'SumAverage',
  // (i + j) has the mean mx + my: its variance is the cluster tendency, as |i - j| has the difference average for its mean.
  sum_var: 'ClusterTendency',
  sum_entr: 'SumEntropy',
  energy: 'JointEnergy',
  contrast: 'Contrast',
  dissimilarity: 'DifferenceAverage',
  inv_diff: 'Id',
  inv_diff_norm: 'Idn',
  inv_diff_mom: 'Idm',
  inv_diff_mom_norm: 'Idmn',
  inv_var: 'InverseVariance',
  corr: 'Correlation',
  auto_corr: 'Autocorrelation',
  clust_tend: 'ClusterTendency',
  clust_shade: 'ClusterShade',
  clust_prom: 'ClusterProminence',
  info_corr1: 'Imc1',
  info_corr2: 'Imc2',
}

type SizeTags = Readonly<Record<string, keyof SizeStatistics>>

const byLevel = { glnu: 'levelNonUniformity', glnu_norm: 'levelNonUniformityNormalized', gl_var: 'levelVariance' } as const
const runs: SizeTags = {
  ...byLevel,
  sre: 'smallEmphasis',
  lre: 'largeEmphasis',
  lgre: 'lowLevelEmphasis',
  hgre: 'highLevelEmphasis',
  srlge: 'smallLowEmphasis',
  srhge: 'smallHighEmphasis',
  lrlge: 'largeLowEmphasis',
  lrhge: 'largeHighEmphasis',
  rlnu: 'sizeNonUniformity',
  rlnu_norm: 'sizeNonUniformityNormalized',
  r_perc: 'percentage',
  rl_var: 'sizeVariance',
  rl_entr: 'entropy',
}
const zones: SizeTags = {
  ...byLevel,
  sze: 'smallEmphasis',
  lze: 'largeEmphasis',
  lgze: 'lowLevelEmphasis',
  hgze: 'highLevelEmphasis',
  szlge: 'smallLowEmphasis',
  szhge: 'smallHighEmphasis',
  lzlge: 'largeLowEmphasis',
  lzhge: 'largeHighEmphasis',
  zsnu: 'sizeNonUniformity',
  zsnu_norm: 'sizeNonUniformityNormalized',
  z_perc: 'percentage',
  zs_var: 'sizeVariance',
  zs_entr: 'entropy',
}
const distances: SizeTags = {
  ...byLevel,
  sde: 'smallEmphasis',
  lde: 'largeEmphasis',
  lgze: 'lowLevelEmphasis',
  hgze: 'highLevelEmphasis',
  sdlge: 'smallLowEmphasis',
  sdhge: 'smallHighEmphasis',
  ldlge: 'largeLowEmphasis',
  ldhge: 'largeHighEmphasis',
  zdnu: 'sizeNonUniformity',
  zdnu_norm: 'sizeNonUniformityNormalized',
  // The size of a zone is not in this matrix: see `distanceZones`.
  z_perc: 'percentage',
  zd_var: 'sizeVariance',
  zd_entr: 'entropy',
}
const dependences: SizeTags = {
  ...byLevel,
  lde: 'smallEmphasis',
  hde: 'largeEmphasis',
  lgce: 'lowLevelEmphasis',
  hgce: 'highLevelEmphasis',
  ldlge: 'smallLowEmphasis',
  ldhge: 'smallHighEmphasis',
  hdlge: 'largeLowEmphasis',
  hdhge: 'largeHighEmphasis',
  dcnu: 'sizeNonUniformity',
  dcnu_norm: 'sizeNonUniformityNormalized',
  dc_var: 'sizeVariance',
  dc_entr: 'entropy',
  dc_energy: 'energy',
}

export interface TextureOptions {
  readonly aggregations: readonly Aggregation[]
  readonly names: FeatureOptionNames
}

/** Neighbours at distance 1; all directions count, also where the region is flat. */
export const everyNeighbour: Neighbourhood = { distances: [1], acrossAxis: null, evenAlone: true }

type MatrixOptions = Pick<FeatureOptions, 'neighbourhood' | 'names' | 'symmetricPairs' | 'directions' | 'dependenceTolerance'>

function matrixOptions(dimension: Dimension, merged: boolean, { names }: TextureOptions): MatrixOptions {
  return {
    neighbourhood: dimension === '3D' ? everyNeighbour : { ...everyNeighbour, acrossAxis: 2 },
    symmetricPairs: true,
    directions: merged ? 'unweighted' : null,
    dependenceTolerance: 0,
    names,
  }
}

/** Features of the co-occurrence (cm) and run length (rlm) matrices, by tag with its aggregation. */
export function directionTextures(
  kernels: Kernels,
  family: 'cm' | 'rlm',
  levels: LevelImage,
  options: TextureOptions,
): Record<string, number> {
  const features = options.aggregations.map((aggregation) => {
    const dimension = dimensionOf(aggregation)
    const pieces = dimension === '2D' ? listSlices(kernels, levels) : [levels]
    const own = matrixOptions(dimension, aggregation.endsWith('comb'), options)
    return suffixed(family === 'cm' ? pairFeatures(kernels, levels, own, pieces) : runFeatures(kernels, pieces, own), aggregation)
  })
  return Object.assign({}, ...features) as Record<string, number>
}

function pairFeatures(
  kernels: Kernels,
  levels: LevelImage,
  options: MatrixOptions,
  pieces: readonly LevelImage[],
): Record<string, number> {
  const values = computeGlcm(kernels, levels, options, false, pieces)
  // Without a single pair PyRadiomics's values of empty arrays are none of the IBSI's.
  const hasPairs = !Number.isNaN(values.JointEnergy)
  return Object.fromEntries(Object.entries(cooccurrence).map(([tag, name]) => [tag, hasPairs ? values[name] : NaN]))
}

function runFeatures(kernels: Kernels, pieces: readonly LevelImage[], options: MatrixOptions): Record<string, number> {
  return meansOf(pieces.flatMap((piece) => sizeFeatures(runs, summariseRuns(kernels, piece, options).perDirection)))
}

/** Features of the zone (szm), distance zone (dzm), grey tone difference (ngt) and dependence (ngl) matrices, by tag with its aggregation. */
export function neighbourTextures(
  kernels: Kernels,
  family: 'szm' | 'dzm' | 'ngt' | 'ngl',
  region: IbsiRegion,
  levels: LevelImage,
  options: TextureOptions,
): Record<string, number> {
  const features = [...new Set(options.aggregations.map(dimensionOf))].map((dimension) => {
    const own = matrixOptions(dimension, false, options)
    const pieces = dimension === '2D' ? listSlices(kernels, levels) : [{ ...levels, voxelsBefore: 0 }]
    return kernels.scope(() => {
      const border = family === 'dzm' ? borderDistances(kernels, region, region.morphology, dimension !== '3D') : undefined
      const perPiece = pieces.flatMap((piece) =>
        kernels.scope((): readonly Record<string, number>[] => {
          switch (family) {
            case 'szm':
              return sizeFeatures(zones, [summariseSizeMatrix(kernels, piece, countGlszm(kernels, piece, own))!])
            case 'ngl':
              return sizeFeatures(dependences, [summariseSizeMatrix(kernels, piece, countGldm(kernels, piece, own))!]).map((values) => ({
                ...values,
                // Every voxel has a dependence.
                dc_perc: 1,
              }))
            case 'ngt':
              return differenceFeatures(kernels, piece, own)
            case 'dzm': {
              const pointer = border!.pointer + 4 * piece.voxelsBefore
              const s = summariseSizeMatrix(kernels, piece, countGldzm(kernels, piece, own, { ...border!, pointer }))!
              return sizeFeatures(distances, [{ ...s, percentage: s.total / piece.voxelCount }])
            }
          } // prettier-ignore
        }),
      )
      return suffixed(meansOf(perPiece), dimension)
    })
  })
  return Object.assign({}, ...features) as Record<string, number>
}

/** Of the voxels that have neighbours; none where no voxel has one. */
function differenceFeatures(kernels: Kernels, levels: LevelImage, options: MatrixOptions): Record<string, number>[] {
  const matrix = countNgtdm(kernels, levels, options)
  const used = matrix.levels.flatMap((_, k) => (matrix.withNeighbours[k] > 0 ? [k] : []))
  if (used.length === 0) return []
  const of = (values: readonly number[]) => used.map((k) => values[k])
  const features: NgtdmFeatures = ngtdmFeatures(of(matrix.levels), of(matrix.withNeighbours), of(matrix.differences))
  return [Object.fromEntries(Object.entries(features).map(([name, value]) => [name.toLowerCase(), value]))]
}

function sizeFeatures(tags: SizeTags, statistics: readonly SizeStatistics[]): Record<string, number>[] {
  return statistics.map((s) => Object.fromEntries(Object.entries(tags).map(([tag, key]) => [tag, s[key]])))
}

function meansOf(perMatrix: readonly Record<string, number>[]): Record<string, number> {
  const tags = Object.keys(perMatrix[0] ?? {})
  return Object.fromEntries(tags.map((tag) => [tag, meanWithoutNaN(perMatrix.map((features) => features[tag]))]))
}

function suffixed(features: Record<string, number>, suffix: string): Record<string, number> {
  return Object.fromEntries(Object.entries(features).map(([tag, value]) => [`${tag}_${suffix}`, value]))
}
