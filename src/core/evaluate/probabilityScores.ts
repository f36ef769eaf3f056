import { DataError, type Message } from '../messages/message.ts'
import { refuse, tell } from './messages.ts'

declare const probability: unique symbol

/** Scores that may be read as probabilities: what calibration, Brier's score and decision curves alone accept. */
export interface ProbabilityScores {
  readonly [probability]: true
  /** From 0 to 1, one a patient. */
  readonly values: Float64Array
}

/**
 * What a column of scores is. `probability`: of a model fitted without weights, Platt's of an SVM, or recalibrated. `decision`:
 * a distance from a border. `weighted`: probabilities of a model with class weights or resampled classes, which are shifted.
 * `undeclared`: of unknown origin, such as uploaded scores.
 */
export type ScoreKind = 'probability' | 'decision' | 'weighted' | 'undeclared'

const known = new WeakSet<object>()

/** Why calibration and decision curves are empty for scores of this kind; null for probabilities. */
export function whyNoProbability(kind: ScoreKind): Message | null {
  return kind === 'probability' ? null : tell('no-probabilities', { kind })
}

/**
 * Declares scores to be probabilities.
 * @throws DataError with the reason for another kind, and for values outside [0, 1]
 */
export function declareProbabilities(scores: ArrayLike<number>, kind: ScoreKind): ProbabilityScores {
  const reason = whyNoProbability(kind)
  if (reason !== null) throw new DataError(reason)
  const wrong = Array.from(scores).findIndex((p) => !(p >= 0 && p <= 1))
  if (wrong >= 0) throw refuse('probability-outside', { patient: wrong + 1, found: scores[wrong] })
  const declared = { values: Float64Array.from(scores) } as unknown as ProbabilityScores
  known.add(declared)
  return declared
}

/** @throws TypeError when the scores were not made by `declareProbabilities` */
export function requireProbabilities(scores: ProbabilityScores): void {
  if (!known.has(scores)) throw new TypeError('These scores were not declared to be probabilities: declareProbabilities does.')
}
