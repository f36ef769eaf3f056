import { columnAt, type FeatureTable } from '../table/featureTable.ts'
import type { BatchGroups } from './batches.ts'
import type { Message } from '../messages/message.ts'
import { refuse, tell, type UnadjustedColumn } from './messages.ts'

/**
 * Location and scale of every column in every batch, after the covariates: value = batch mean + covariates x coefficients +
 * residual, by least squares. Arrays a batch (`means[b][j]`) or a covariate (`coefficients[k][j]`) over the columns.
 */
export interface BatchMoments {
  readonly columns: readonly string[]
  readonly coefficients: readonly Float64Array[]
  /** Values present. */
  readonly counts: readonly Float64Array[]
  readonly means: readonly Float64Array[]
  /** Sums of squared residuals. */
  readonly squares: readonly Float64Array[]
  readonly missing: number
  readonly unadjusted: readonly UnadjustedColumn[]
}

export interface MomentOptions {
  /** Values that a column needs in every batch: 2, or 1 for mean only. */
  readonly fewestValues: 1 | 2
}

/**
 * @param covariates coded columns over the table's rows, with their names for messages
 * @throws DataError when covariates are confounded with batch or with each other, or a value is infinite
 */
export function measureBatches(
  table: FeatureTable,
  groups: BatchGroups,
  covariates: { readonly names: readonly string[]; readonly values: readonly Float64Array[] },
  { fewestValues }: MomentOptions,
): BatchMoments {
  const order = Int32Array.from(groups.rows.flatMap((rows) => [...rows]))
  const ends = groups.rows.map((rows, b) => groups.rows.slice(0, b).reduce((sum, { length }) => sum + length, rows.length))
  const ordered = covariates.values.map((values) => Float64Array.from(order, (row) => values[row]))
  const whole = projectOutBatches(ordered, ends)
  if (whole.confounded !== undefined) refuseConfounded(whole.confounded, covariates.names, ordered, ends)

  const batches = groups.names.length
  const columns = table.columns.length
  const arrays = (count: number) => Array.from({ length: count }, () => new Float64Array(columns))
  const [coefficients, counts, means, squares] = [arrays(ordered.length), arrays(batches), arrays(batches), arrays(batches)]
  const adjusted: number[] = []
  const unadjusted: UnadjustedColumn[] = []
  let missing = 0
  const values = new Float64Array(order.length)
  for (let j = 0; j < columns; j++) {
    const column = columnAt(table, j)
    let absent = 0
    for (let i = 0; i < order.length; i++) {
      const value = column[order[i]]
      values[i] = value
      if (value !== value) absent++
      else if (value === Infinity || value === -Infinity) refuseInfinite(table, j, order[i])
    }
    const at = adjusted.length
    const reason =
      findFault(values, ends, groups.names, fewestValues) ??
      fitColumn(values, absent === 0 ? whole : undefined, ordered, ends, (k, value) => (coefficients[k][at] = value)) ??
      measureColumn(values, ends, (b, count, mean, square) => {
        counts[b][at] = count
        means[b][at] = mean
        squares[b][at] = square
      })
    if (reason === undefined) {
      adjusted.push(j)
      missing += absent
    } else unadjusted.push({ column: table.columns[j], reason })
  }
  const trim = (all: readonly Float64Array[]) => all.map((array) => array.slice(0, adjusted.length))
  return {
    columns: adjusted.map((j) => table.columns[j]),
    coefficients: trim(coefficients),
    counts: trim(counts),
    means: trim(means),
    squares: trim(squares),
    missing,
    unadjusted,
  }
}

/** Batches that lack values, or hold one value only: with no variance there is no scale (as `sva`, a lone patient is let be). */
function findFault(
  values: Float64Array,
  ends: readonly number[],
  names: readonly string[],
  fewestValues: number,
): Message | undefined {
  for (let b = 0, i = 0; b < ends.length; b++) {
    const patients = ends[b] - i
    let count = 0
    let least = Infinity
    let greatest = -Infinity
    for (; i < ends[b]; i++) {
      const value = values[i]
      if (value !== value) continue
      count++
      if (value < least) least = value
      if (value > greatest) greatest = value
    }
    if (count < Math.min(fewestValues, patients))
      return tell('column-few-values', { count, needed: fewestValues, batch: names[b] })
    if (count > 1 && least === greatest) return tell('column-constant', { batch: names[b] })
  }
  return undefined
}

/** Less than this part of a column's squares left by the covariates is rounding. */
const nothingLeft = 1e-20

/** Takes the covariates' part out of `values`. @returns why it cannot */
function fitColumn(
  values: Float64Array,
  whole: Projection | undefined,
  covariates: readonly Float64Array[],
  ends: readonly number[],
  keep: (covariate: number, coefficient: number) => void,
): Message | undefined {
  if (covariates.length === 0) return undefined
  const projection = whole ?? projectPresent(values, covariates, ends)
  if (projection.confounded !== undefined) return tell('column-confounded', {})
  const before = sumOfSquares(values, ends)
  solveCoefficients(projection, values).forEach((coefficient, k) => {
    keep(k, coefficient)
    const covariate = covariates[k]
    for (let i = 0; i < values.length; i++) values[i] -= covariate[i] * coefficient
  })
  return sumOfSquares(values, ends) <= nothingLeft * before ? tell('column-explained', {}) : undefined
}

function sumOfSquares(values: Float64Array, ends: readonly number[]): number {
  let sum = 0
  measureColumn(values, ends, (_b, _count, _mean, squares) => (sum += squares))
  return sum
}

function measureColumn(
  values: Float64Array,
  ends: readonly number[],
  keep: (batch: number, count: number, mean: number, squares: number) => void,
): undefined {
  for (let b = 0, start = 0; b < ends.length; start = ends[b++]) {
    let count = 0
    let sum = 0
    for (let i = start; i < ends[b]; i++) {
      const value = values[i]
      if (value !== value) continue
      count++
      sum += value
    }
    const mean = sum / count
    let squares = 0
    for (let i = start; i < ends[b]; i++) {
      const off = values[i] - mean
      if (off === off) squares += off * off
    }
    keep(b, count, mean, squares)
  }
}

/** The covariates after the batches: orthonormal columns and the triangle that leads back to them. */
interface Projection {
  readonly orthonormal: readonly Float64Array[]
  /** `triangle[k][l]` for l <= k: how much of orthonormal column l is in covariate k. */
  readonly triangle: readonly Float64Array[]
  /** The first covariate that the batches and the covariates before it already tell. */
  readonly confounded?: number
}

/** R's `qr`: a column that keeps less than this part of its length is told by those before it. */
const rankTolerance = 1e-7

/** Gram and Schmidt, twice for accuracy, of the covariates centred within batches. A zero stays where a value is missing. */
function projectOutBatches(covariates: readonly Float64Array[], ends: readonly number[], present?: Float64Array): Projection {
  const orthonormal: Float64Array[] = []
  const triangle: Float64Array[] = []
  for (let k = 0; k < covariates.length; k++) {
    const column = present ? covariates[k].map((value, i) => (present[i] === present[i] ? value : NaN)) : covariates[k].slice()
    const length = lengthOf(column)
    centreWithin(column, ends)
    const row = new Float64Array(k + 1)
    for (let pass = 0; pass < 2; pass++)
      orthonormal.forEach((unit, l) => {
        const part = innerProduct(unit, column)
        row[l] += part
        for (let i = 0; i < column.length; i++) column[i] -= part * unit[i]
      })
    const left = lengthOf(column)
    if (!(left > rankTolerance * length)) return { orthonormal, triangle, confounded: k }
    row[k] = left
    triangle.push(row)
    orthonormal.push(column.map((value) => value / left))
  }
  return { orthonormal, triangle }
}

function projectPresent(values: Float64Array, covariates: readonly Float64Array[], ends: readonly number[]): Projection {
  return projectOutBatches(covariates, ends, values)
}

function solveCoefficients({ orthonormal, triangle }: Projection, values: Float64Array): Float64Array {
  const coefficients = Float64Array.from(orthonormal, (unit) => innerProduct(unit, values))
  for (let k = coefficients.length - 1; k >= 0; k--) {
    coefficients[k] /= triangle[k][k]
    for (let l = 0; l < k; l++) coefficients[l] -= triangle[k][l] * coefficients[k]
  }
  return coefficients
}

/** Missing values become 0, which weighs nothing in a product. */
function centreWithin(column: Float64Array, ends: readonly number[]): void {
  for (let b = 0, start = 0; b < ends.length; start = ends[b++]) {
    let sum = 0
    let count = 0
    for (let i = start; i < ends[b]; i++)
      if (column[i] === column[i]) {
        sum += column[i]
        count++
      }
    for (let i = start; i < ends[b]; i++) column[i] = column[i] === column[i] ? column[i] - sum / count : 0
  }
}

function lengthOf(column: Float64Array): number {
  return Math.sqrt(innerProduct(column, column))
}

/** Over the places where both have a value. */
function innerProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) {
    const product = a[i] * b[i]
    if (product === product) sum += product
  }
  return sum
}

function refuseConfounded(
  k: number,
  names: readonly string[],
  covariates: readonly Float64Array[],
  ends: readonly number[],
): never {
  if (projectOutBatches([covariates[k]], ends).confounded !== undefined) throw refuse('covariate-is-batch', { name: names[k] })
  throw refuse('covariates-confounded', { others: names.slice(0, k), name: names[k] })
}

function refuseInfinite(table: FeatureTable, column: number, row: number): never {
  throw refuse('value-infinite', { column: table.columns[column], id: table.ids[row] })
}
