import type { ScoreKind } from '../evaluate/probabilityScores.ts'
import type { Model } from '../learn/model.ts'
import { logit } from '../statistics/fitGlm.ts'
import { scoreKindOf } from './trainModels.ts'

/** What is to be known of a model to bring its scores to another scale. */
export interface ScoreScale {
  readonly kind: Model['kind']
  readonly scoreKind: ScoreKind
  /** Of a support vector machine with probabilities. */
  readonly platt: { readonly a: number; readonly b: number } | null
  /** Whom a support vector machine learnt from: negative and positive patients. */
  readonly patients: readonly [number, number] | null
}

export function scaleOf(model: Model): ScoreScale {
  const scale = { kind: model.kind, scoreKind: scoreKindOf(model), platt: null, patients: null }
  if (model.kind !== 'svm') return scale
  const { platt, patients } = model
  return { ...scale, platt: platt && { a: platt.a, b: platt.b }, patients: [patients[0], patients[1]] }
}

/** Beyond it a probability differs from 0 or 1 by less than a double can say. */
const greatestLogit = 700

/**
 * Scores of a fold's model on the scale of the model that was trained on everybody, so that folds can stand in one column. The two
 * differ where a support vector machine has a probability in one and none in the other, or a fold kept no feature:
 * - a machine without sigmoid, among probabilities: its sigmoid may not fall, so the best one is flat (a = 0): everybody has the
 *   smoothed share of positives, (n1 + 1) / (n + 2), Platt's own start.
 * - a model of the prevalence alone, among weighted probabilities: balanced weights make the prevalence one half.
 * - probabilities among decision values: Platt's sigmoid is inverted; a model of the prevalence alone gets 0.
 */
export function bringToScale(scale: ScoreScale, scores: readonly number[], wanted: ScoreKind): readonly number[] {
  const { kind, scoreKind, platt, patients } = scale
  if (scoreKind === wanted) return scores
  if (wanted === 'weighted' && kind === 'intercept only') return scores.map(() => 0.5)
  if (wanted === 'probability' && patients) {
    const [negatives, positives] = patients
    return scores.map(() => (positives + 1) / (positives + negatives + 2))
  }
  if (wanted === 'decision' && platt) {
    const { a, b } = platt
    return scores.map((p) => (-Math.max(-greatestLogit, Math.min(greatestLogit, logit(p))) - b) / a)
  }
  if (wanted === 'decision' && kind === 'intercept only') return scores.map(() => 0)
  throw new TypeError(`Scores of the kind ${scoreKind} of a model of the kind ${kind} cannot be brought to ${wanted}.`)
}
