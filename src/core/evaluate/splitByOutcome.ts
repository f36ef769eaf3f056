import type { DataError } from '../messages/message.ts'
import { refuse } from './messages.ts'

/** Scores of the two classes, each in the order of the patients. */
export interface SplitScores {
  readonly positives: Float64Array
  readonly negatives: Float64Array
}

/**
 * Parts scores by outcome (0 or 1), after looking at each of them. Every function of this stage that takes scores comes
 * through here, so that what cannot be ranked is refused in one place and in the same words.
 * @throws DataError for unequal lengths, a score that is missing or infinite, an outcome other than 0 or 1, and when a
 *   class has no patient
 */
export function splitByOutcome(scores: ArrayLike<number>, outcome: ArrayLike<number>): SplitScores {
  if (scores.length !== outcome.length) throw refuse('score-lengths', { scores: scores.length, outcome: outcome.length })
  const positives = new Float64Array(scores.length)
  const negatives = new Float64Array(scores.length)
  let ones = 0
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i])) throw refuseUnusable(scores)
    if (outcome[i] !== 0 && outcome[i] !== 1)
      throw refuse('outcome-not-binary', { patient: i + 1, patients: outcome.length, found: outcome[i] })
    if (outcome[i] === 1) positives[ones++] = scores[i]
    else negatives[i - ones] = scores[i]
  }
  const zeros = scores.length - ones
  if (ones === 0 || zeros === 0) throw refuse('roc-one-class', { positives: ones, negatives: zeros })
  return { positives: positives.slice(0, ones), negatives: negatives.slice(0, zeros) }
}

function refuseUnusable(scores: ArrayLike<number>): DataError {
  const all = Array.from(scores)
  return refuse('scores-unusable', {
    missing: all.filter((score) => Number.isNaN(score)).length,
    infinite: all.filter((score) => Math.abs(score) === Infinity).length,
    patients: all.length,
    first: all.findIndex((score) => !Number.isFinite(score)) + 1,
  })
}
