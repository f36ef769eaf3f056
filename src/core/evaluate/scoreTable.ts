import { makeFeatureTable, pickRows } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import type { ScoredModel, ScoresToEvaluate } from './evaluateScores.ts'

/** Scores that came from elsewhere, with what they are to be judged by. Plain data; one entry a row in each list. */
export interface ScoreTable {
  readonly ids: readonly string[]
  /** Where each stands in its file, counted as a sheet counts them. */
  readonly rowNumbers?: readonly number[]
  /** 0 or 1. */
  readonly outcome: Float64Array
  readonly cohortOf: readonly string[]
  /** Where patients have several rows: whose each row is; null where each row is a patient. */
  readonly patientOf: readonly string[] | null
  readonly models: readonly (Pick<ScoredModel, 'name' | 'kind' | 'recalibrate'> & { readonly scores: Float64Array })[]
  /** The cohort that the models learnt from: cut-offs are chosen there and carried to the others. Null: none of them. */
  readonly trainCohort: string | null
}

/** What `evaluateScores` takes: the cohort that was learnt from for training, each other one for validation, in the order of their rows. */
export function scoresToEvaluate(table: ScoreTable): ScoresToEvaluate {
  const { ids, outcome, cohortOf, patientOf, models, trainCohort } = table
  const names = [...new Set(cohortOf)]
  const scores = makeFeatureTable(ids, models.map(({ name }) => name), Float64Array.from(models.flatMap((model) => [...model.scores]))) // prettier-ignore
  const idsOf = (cohort: string) => ids.filter((_, i) => cohortOf[i] === cohort)
  const outcomeOf = new Map(ids.map((id, i) => [id, outcome[i]]))
  const validation = names.filter((name) => name !== trainCohort)
  return {
    ...(patientOf && { patientOf: new Map(ids.map((id, i) => [id, patientOf[i]])) }),
    models: models.map(({ name, kind, recalibrate = false }) => ({ name, kind, logistic: false, recalibrate })),
    training: names
      .filter((name) => name === trainCohort)
      .map((name) => ({
        name,
        scoresFrom: {},
        table: takeTraining(scores, outcome, { training: idsOf(name), validation: validation.flatMap(idsOf) }),
      })),
    validation: validation.map((name) => ({
      name,
      scores: pickRows(scores, idsOf(name)),
      outcome: idsOf(name).map((id) => outcomeOf.get(id)!),
    })),
  }
}
