import { solveLeastSquares } from '../numeric/leastSquares.ts'
import { kruskalTest } from '../statistics/kruskalTest.ts'
import { columnAt, type FeatureTable } from '../table/featureTable.ts'
import { groupByBatch, type BatchOf } from './batches.ts'
import { codeCovariates, encodeCovariates, type Covariate } from './covariates.ts'

/** How much of a feature the batch explains. */
export interface BatchEffect {
  readonly feature: string
  /**
   * Of the batch beside the covariates: its share of what they leave unexplained, 0 to 1. NaN where the feature does not vary or too few
   * patients have a value.
   */
  readonly partialEtaSquared: number
  /** H / (n - 1) of Kruskal and Wallis's test, by ranks and without covariates, 0 to 1; NaN as above. */
  readonly epsilonSquared: number
}

/** From here on an effect is called large (Cohen 1988, Statistical Power Analysis, section 8.2: f = 0.4). */
export const largeEffect = 0.14

/**
 * Partial eta squared (Cohen 1973, Educational and Psychological Measurement 33(1), 107-112; SS of the batch, fitted last, over itself
 * and the residual) and epsilon squared (Tomczak and Tomczak 2014, Trends in Sport Sciences 1(21), 19-25) of every column. Patients who
 * lack a value are left out of that column; no outcome is seen.
 * @throws DataError as `groupByBatch` and `encodeCovariates` do
 */
export function measureBatchEffect(table: FeatureTable, batchOf: BatchOf, covariates: readonly Covariate[] = []): BatchEffect[] {
  const { ids } = table
  const { names, rows } = groupByBatch(ids, batchOf)
  const batch = new Int32Array(ids.length)
  rows.forEach((of, b) => of.forEach((row) => (batch[row] = b)))
  const coded = encodeCovariates(codeCovariates(covariates, ids), covariates, ids)
  return table.columns.map((feature, j) => {
    const values = columnAt(table, j)
    const present = Int32Array.from(ids.keys()).filter((row) => Number.isFinite(values[row]))
    const y = Float64Array.from(present, (row) => values[row])
    const groups = names.map((_, b) => y.filter((_, i) => batch[present[i]] === b)).filter(({ length }) => length > 0)
    if (groups.length < 2 || y.every((value) => value === y[0])) return { feature, partialEtaSquared: NaN, epsilonSquared: NaN }
    const without = [y.map(() => 1), ...coded.map((column) => Float64Array.from(present, (row) => column[row]))]
    const contrasts = names.slice(1).map((_, b) => Float64Array.from(present, (row) => Number(batch[row] === b + 1)))
    return {
      feature,
      partialEtaSquared: partialEtaSquared(y, without, contrasts),
      epsilonSquared: kruskalTest(groups).statistic / (y.length - 1),
    }
  })
}

function partialEtaSquared(y: Float64Array, without: readonly Float64Array[], contrasts: readonly Float64Array[]): number {
  const rest = residualSquares(y, without)
  const residual = residualSquares(y, [...without, ...contrasts])
  // What rounding leaves where covariates explain everything is no variation.
  if (!(rest > 1e-20 * residualSquares(y, without.slice(0, 1))) || y.length <= without.length + contrasts.length) return NaN
  return Math.max(0, 1 - residual / rest)
}

function residualSquares(y: Float64Array, design: readonly Float64Array[]): number {
  const rows = y.length
  const matrix = new Float64Array(rows * design.length)
  design.forEach((column, j) => matrix.set(column, j * rows))
  const rotated = y.slice()
  const { pivots } = solveLeastSquares(matrix, rotated, design.length)
  // The reflections leave in the rows below the rank what no column explains.
  return rotated.subarray(pivots.length).reduce((sum, value) => sum + value * value, 0)
}
