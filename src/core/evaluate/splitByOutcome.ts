/** Scores of the two classes, each in the order of the patients. */
export interface SplitScores {
  readonly positives: Float64Array
  readonly negatives: Float64Array
}

/**
 * Parts scores by outcome (0 or 1), after looking at each of them. Every function of this stage that takes scores comes
 * through here, so that what cannot be ranked is refused in one place and in the same words.
 * @throws RangeError for unequal lengths, a score that is missing or infinite, an outcome other than 0 or 1, and when a
 *   class has no patient
 */
export function splitByOutcome(scores: ArrayLike<number>, outcome: ArrayLike<number>): SplitScores {
  if (scores.length !== outcome.length)
    throw new RangeError(
      `Each patient has one score and one outcome; ${scores.length} scores and ${outcome.length} outcomes were given.`,
    )
  const positives = new Float64Array(scores.length)
  const negatives = new Float64Array(scores.length)
  let ones = 0
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i])) throw new RangeError(describeUnusable(scores))
    if (outcome[i] !== 0 && outcome[i] !== 1)
      throw new RangeError(`An outcome is 0 or 1; that of patient ${i + 1} of ${outcome.length} is ${outcome[i]}.`)
    if (outcome[i] === 1) positives[ones++] = scores[i]
    else negatives[i - ones] = scores[i]
  }
  const zeros = scores.length - ones
  if (ones === 0 || zeros === 0)
    throw new RangeError(`A ROC curve needs patients of both classes; there are ${ones} positive and ${zeros} negative patients.`)
  return { positives: positives.slice(0, ones), negatives: negatives.slice(0, zeros) }
}

function describeUnusable(scores: ArrayLike<number>): string {
  const all = Array.from(scores)
  const missing = all.filter((score) => Number.isNaN(score)).length
  const infinite = all.filter((score) => Math.abs(score) === Infinity).length
  const first = all.findIndex((score) => !Number.isFinite(score)) + 1
  return `Scores are finite numbers; ${missing} are missing and ${infinite} infinite of ${all.length} (the first is that of patient ${first}). Leave these patients out or give them a score.`
}
