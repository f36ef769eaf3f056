import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { columnAt, type FeatureTable } from './featureTable.ts'
import { applyStandardise, fitStandardise, type Standardisation } from './standardise.ts'
import { pickTrainingColumns, type TrainingTable } from './trainingTable.ts'

/** Directions in which the training patients differ most. */
export interface PrincipalComponents {
  readonly standardisation: Standardisation
  /** One array a component, one number a column of the standardisation; of length 1, the first number that is not 0 is positive. */
  readonly loadings: readonly Float64Array[]
  /** Of the training patients' variance, each 0 to 1. */
  readonly explained: readonly number[]
  /** Columns that do not vary, or lack a value, in training. */
  readonly leftOut: readonly string[]
}

/**
 * Principal components of standardised columns, as R's `prcomp(scale. = TRUE)` (Jolliffe 2002, Principal Component Analysis, chapter 3), by
 * the products of the patients, who are fewer than the columns.
 * @returns null where fewer than 2 columns vary, or fewer than 3 patients are there
 */
export function fitComponents(training: TrainingTable, count: number): PrincipalComponents | null {
  const complete = training.columns.filter((_, j) => columnAt(training, j).every(Number.isFinite))
  const whole = pickTrainingColumns(training, complete)
  const constant = new Set(fitStandardise(whole).constant)
  const used = pickTrainingColumns(
    whole,
    complete.filter((column) => !constant.has(column)),
  )
  const [patients, columns] = [used.ids.length, used.columns.length]
  if (columns < 2 || patients < 3) return null
  const standardisation = fitStandardise(used)
  const { values } = applyStandardise(standardisation, used)
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gramOf(values, patients), { assumeSymmetric: true })
  const order = realEigenvalues.map((_, at) => at).sort((a, b) => realEigenvalues[b] - realEigenvalues[a])
  const taken = order.slice(0, Math.min(count, columns, patients - 1))
  return {
    standardisation,
    loadings: taken.map((at) => loadingOf(values, eigenvectorMatrix.getColumn(at), columns)),
    // The variances of standardised columns add to their number.
    explained: taken.map((at) => realEigenvalues[at] / (patients - 1) / columns),
    leftOut: training.columns.filter((column) => !used.columns.includes(column)),
  }
}

/**
 * Where patients lie along the components. @returns one array a component, one number a row; NaN where a patient lacks a value
 * @throws DataError that names the columns that are not in the table
 */
export function projectOnComponents({ standardisation, loadings }: PrincipalComponents, table: FeatureTable): Float64Array[] {
  const rows = table.ids.length
  const { values } = applyStandardise(standardisation, table)
  return loadings.map((loading) => {
    const scores = new Float64Array(rows)
    loading.forEach((weight, j) => {
      for (let i = 0; i < rows; i++) scores[i] += weight * values[j * rows + i]
    })
    return scores
  })
}

function gramOf(values: Float64Array, rows: number): Matrix {
  const gram = Matrix.zeros(rows, rows)
  for (let a = 0; a < rows; a++) {
    for (let b = a; b < rows; b++) {
      let sum = 0
      for (let at = 0; at < values.length; at += rows) sum += values[at + a] * values[at + b]
      gram.set(a, b, sum)
      gram.set(b, a, sum)
    }
  }
  return gram
}

function loadingOf(values: Float64Array, patients: readonly number[], columns: number): Float64Array {
  const rows = patients.length
  const loading = new Float64Array(columns)
  for (let j = 0; j < columns; j++) for (let i = 0; i < rows; i++) loading[j] += patients[i] * values[j * rows + i]
  const length = Math.sqrt(loading.reduce((sum, value) => sum + value * value, 0))
  const sign = Math.sign(loading.find((value) => value !== 0) ?? 1)
  return loading.map((value) => (sign * value) / length)
}
