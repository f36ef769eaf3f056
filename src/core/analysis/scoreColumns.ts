import type { ScoredCohort, ScoresFrom } from '../evaluate/scoresFrom.ts'
import type { Path } from './followPath.ts'
import type { Resampling } from './resamplePath.ts'

/** Scores of one model in one cohort, and by row whence they are. */
export interface ScoreColumn {
  readonly model: string
  readonly cohort: string
  readonly scoresFrom: ScoresFrom
  readonly ids: readonly string[]
  readonly scores: readonly number[]
  /** Of each row, whom each model that gave the score learnt from: of out-of-fold scores one list a repeat, of others one. */
  readonly learntFrom: readonly (readonly (readonly string[])[])[]
}

/** Columns of the same rows. */
export interface ScoreGroup extends ScoredCohort {
  readonly role: 'training' | 'validation'
  readonly columns: readonly ScoreColumn[]
}

/**
 * All scores of an analysis. The training cohort stands there up to three times: first each model's own scores, from which cut-offs are
 * carried on (out-of-bag of forests), then the apparent ones of the models of which these differ, then the out-of-fold ones.
 */
export function groupScores({ models, scores, learntFrom }: Path, resampling: Resampling | null): ScoreGroup[] {
  const [own, ...others] = scores
  const byModels = (rows: readonly string[]) => rows.map(() => [learntFrom])
  const training = (from: ScoresFrom | null, columns: readonly ScoreColumn[]): ScoreGroup => ({ role: 'training', cohort: own.cohort, scoresFrom: from, columns }) // prettier-ignore
  const ofOwn = { cohort: own.cohort, ids: own.ids, learntFrom: byModels(own.ids) }
  const carried = models.map(({ name, scoresFrom, training }) => ({ ...ofOwn, model: name, scoresFrom, scores: training }))
  const apparent = models.flatMap(({ name, scoresFrom, apparent }) =>
    scoresFrom === 'apparent' ? [] : [{ ...ofOwn, model: name, scoresFrom: 'apparent' as const, scores: apparent }],
  )
  return [
    training(null, carried),
    ...(apparent.length > 0 ? [training('apparent', apparent)] : []),
    ...(resampling && resampling.ids.length > 0 ? [training('out-of-fold', outOfFold(own.cohort, models, resampling))] : []),
    ...others.map(({ cohort, ids, scores }) => ({
      role: 'validation' as const,
      cohort,
      scoresFrom: 'new' as const,
      columns: models.map(({ name }) => ({ model: name, cohort, scoresFrom: 'new' as const, ids, scores: scores[name], learntFrom: byModels(ids) })), // prettier-ignore
    })),
  ]
}

function outOfFold(cohort: string, models: Path['models'], { folds, ids, scores }: Resampling): ScoreColumn[] {
  const heldOutIn = new Map<string, (readonly string[])[]>()
  for (const { heldOut, learntFrom } of folds)
    for (const id of heldOut) heldOutIn.set(id, [...(heldOutIn.get(id) ?? []), learntFrom])
  const learntFrom = ids.map((id) => heldOutIn.get(id)!)
  return models.map(({ name }) => ({ model: name, cohort, scoresFrom: 'out-of-fold', ids, scores: scores[name], learntFrom }))
}
