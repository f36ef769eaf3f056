import { fitGlm, inverseLogit, logit } from '../statistics/fitGlm.ts'
import { columnAt } from '../table/featureTable.ts'
import { requireTraining, type TrainingTable } from '../table/trainingTable.ts'
import { declareProbabilities, type ProbabilityScores } from './probabilityScores.ts'
import { splitByOutcome } from './splitByOutcome.ts'
import { refuse } from './messages.ts'

/** Scores become probabilities: 1 / (1 + exp(-(intercept + slope x score))), or of logit(score) on the scale `logit`. */
export interface Recalibration {
  readonly kind: 'recalibration'
  readonly column: string
  /** `logit` is for shifted probabilities, `score` for anything else. */
  readonly scale: 'score' | 'logit'
  readonly intercept: number
  readonly slope: number
  readonly learntFrom: readonly string[]
}

/**
 * Learns from training patients what a score means as a probability (logistic recalibration, Cox 1958; on decision values it
 * is Platt's sigmoid without his smoothed targets).
 * @param column of the table, that holds the scores; out-of-fold ones, or the probabilities come out too extreme
 * @throws TypeError unless the table is a training table; DataError as `splitByOutcome`, and when there is no such column,
 *   the scores are constant or separate the classes (no likelihood has a maximum then), or a logit is not finite
 */
export function fitRecalibration(training: TrainingTable, column: string, scale: 'score' | 'logit' = 'score'): Recalibration {
  requireTraining(training)
  const at = training.columns.indexOf(column)
  if (at < 0) throw refuse('no-training-scores', { column, columns: training.columns })
  const scores = columnAt(training, at)
  splitByOutcome(scores, training.outcome)
  const predictor = scale === 'logit' ? scores.map(finiteLogit) : scores
  const ones = new Float64Array(scores.length).fill(1)
  const { coefficients, rank, converged, zeroOrOne } = fitGlm({
    design: Float64Array.of(...ones, ...predictor),
    outcome: training.outcome,
  })
  if (rank < 2) throw refuse('recalibrate-constant', { column })
  if (!converged || zeroOrOne) throw refuse('recalibrate-separated', { column })
  return { kind: 'recalibration', column, scale, intercept: coefficients[0], slope: coefficients[1], learntFrom: training.ids }
}

/** @throws DataError for a score that is no finite number, or has no finite logit on that scale */
export function applyRecalibration(record: Recalibration, scores: ArrayLike<number>): ProbabilityScores {
  const { intercept, slope, scale } = record
  const values = Float64Array.from(scores, (score) =>
    inverseLogit(intercept + slope * (scale === 'logit' ? finiteLogit(score) : score)),
  )
  return declareProbabilities(values, 'probability')
}

function finiteLogit(p: number): number {
  if (!(p > 0 && p < 1)) throw refuse('recalibrate-probability', { given: p })
  return logit(p)
}
