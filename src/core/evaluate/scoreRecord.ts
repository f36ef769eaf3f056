import type { PauseForProgress } from '../numeric/jobs.ts'
import type { EvaluationOptions } from './evaluateModel.ts'
import { evaluateScores, type Evaluation } from './evaluateScores.ts'
import { traceRocBand, type RocBand } from './rocBand.ts'
import { scoresToEvaluate, type ScoreTable } from './scoreTable.ts'

/** The patients of a cohort with what each model says of them, for what is drawn and followed to the row. */
export interface JudgedPatients {
  readonly cohort: string
  readonly ids: readonly string[]
  /** Where each stands in the file of the scores; none of an analysis. */
  readonly rowNumbers?: readonly number[]
  readonly outcome: Float64Array
  /** By model, in the order of `ids`. */
  readonly scores: Readonly<Record<string, Float64Array>>
  /** By model; empty for a cohort of one class. */
  readonly bands: Readonly<Record<string, RocBand>>
  readonly patientOf: readonly string[] | null
}

/** All that is known of a table of scores. Plain data. */
export interface ScoreRecord {
  readonly evaluation: Evaluation
  readonly patients: readonly JudgedPatients[]
  readonly trainCohort: string | null
}

/** @throws as `evaluateScores` */
export async function evaluateScoreTable(
  table: ScoreTable,
  options: EvaluationOptions,
  onProgress: PauseForProgress = () => {},
): Promise<ScoreRecord> {
  const evaluation = await evaluateScores(scoresToEvaluate(table), options, onProgress)
  return {
    evaluation,
    trainCohort: table.trainCohort,
    patients: evaluation.cohorts.map(({ cohort, unusable }) => judgedPatients(table, cohort, unusable === null, options)),
  }
}

function judgedPatients(table: ScoreTable, cohort: string, isUsable: boolean, options: EvaluationOptions): JudgedPatients {
  const rows = table.ids.flatMap((_, i) => (table.cohortOf[i] === cohort ? [i] : []))
  const outcome = Float64Array.from(rows, (row) => table.outcome[row])
  const scores = Object.fromEntries(table.models.map(({ name, scores }) => [name, Float64Array.from(rows, (row) => scores[row])]))
  const clusters = table.patientOf && rows.map((row) => table.patientOf![row])
  const drawing = { ...options, ...(clusters && { clusters }) }
  return {
    cohort,
    ids: rows.map((row) => table.ids[row]),
    ...(table.rowNumbers && { rowNumbers: rows.map((row) => table.rowNumbers![row]) }),
    outcome,
    scores,
    bands: isUsable
      ? Object.fromEntries(table.models.map(({ name }) => [name, traceRocBand(scores[name], outcome, drawing)]))
      : {},
    patientOf: clusters,
  }
}
