import type { ScoreKind } from '../evaluate/probabilityScores.ts'
import type { Model } from '../learn/model.ts'
import { logit } from '../statistics/fitGlm.ts'
import { scoreKindOf } from './trainModels.ts'

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
export function bringToScale(model: Model, scores: readonly number[], wanted: ScoreKind): readonly number[] {
  if (scoreKindOf(model) === wanted) return scores
  if (wanted === 'weighted' && model.kind === 'intercept only') return scores.map(() => 0.5)
  if (wanted === 'probability' && model.kind === 'svm') {
    const [negatives, positives] = model.patients
    return scores.map(() => (positives + 1) / (positives + negatives + 2))
  }
  if (wanted === 'decision' && model.kind === 'svm' && model.platt) {
    const { a, b } = model.platt
    return scores.map((p) => (-Math.max(-greatestLogit, Math.min(greatestLogit, logit(p))) - b) / a)
  }
  if (wanted === 'decision' && model.kind === 'intercept only') return scores.map(() => 0)
  throw new TypeError(`Scores of the kind ${model.score} of a model of the kind ${model.kind} cannot be brought to ${wanted}.`)
}
