import type { EvaluationOptions } from '../evaluate/evaluateModel.ts'
import type { Evaluation } from '../evaluate/evaluateScores.ts'
import { traceRocBand } from '../evaluate/rocBand.ts'
import type { JudgedPatients, ScoreRecord } from '../evaluate/scoreRecord.ts'
import { nameScores } from '../evaluate/scoresFrom.ts'
import type { Analysis } from './analysis.ts'
import { groupScores, type ScoreGroup } from './scoreColumns.ts'
import { patientBehind, type StudyData } from './studyData.ts'

/** What of an analysis has scores. */
export type ScoredAnalysis = Pick<Analysis, 'path' | 'resampling' | 'evaluation'>

/**
 * The scores of an analysis as those of a table are shown. The training patients stand there by where their scores come from; each
 * source is a cohort of its own name, its numbers are those of the evaluation.
 */
export function recordScores({ path, resampling, evaluation }: ScoredAnalysis, study: StudyData): ScoreRecord {
  const groups = groupScores(path, resampling)
  const named: Evaluation = {
    ...evaluation,
    cohorts: evaluation.cohorts.map((cohort) => ({ ...cohort, cohort: nameScores(cohort) })),
  }
  return {
    evaluation: named,
    trainCohort: groups[0].cohort,
    patients: groups.map((group, g) => judgedPatients(group, study, evaluation.cohorts[g].unusable === null, evaluation.options)),
  }
}

function judgedPatients(group: ScoreGroup, study: StudyData, isUsable: boolean, options: EvaluationOptions): JudgedPatients {
  const [{ ids }] = group.columns
  const outcome = Float64Array.from(ids, (id) => study.outcomeOf.get(id)!)
  const scores = Object.fromEntries(group.columns.map(({ model, scores }) => [model, Float64Array.from(scores)]))
  const clusters = study.patientOf && ids.map((id) => patientBehind(study, id))
  /** A patient whom every tree of a forest drew has no out-of-bag score, one of a fold that kept nothing none out of fold. */
  const bandOf = (model: string) => {
    const rows = [...ids.keys()].filter((row) => !Number.isNaN(scores[model][row]))
    const drawing = { ...options, ...(clusters && { clusters: rows.map((row) => clusters[row]) }) }
    return traceRocBand(Float64Array.from(rows, (row) => scores[model][row]), Float64Array.from(rows, (row) => outcome[row]), drawing) // prettier-ignore
  }
  return {
    cohort: nameScores(group),
    ids,
    outcome,
    scores,
    bands: Object.fromEntries(isUsable ? group.columns.map(({ model }) => [model, bandOf(model)]) : []),
    patientOf: clusters ?? null,
  }
}
