export interface ScoreBins {
  /** One more than bins. */
  readonly edges: readonly number[]
  readonly positives: readonly number[]
  readonly negatives: readonly number[]
}

const bins = 24

/** Equal bins from the lowest to the highest score; a constant score has one bin around it. */
export function binScores(scores: Float64Array, outcome: ArrayLike<number>): ScoreBins {
  const lowest = scores.reduce((a, b) => Math.min(a, b), Infinity)
  const highest = scores.reduce((a, b) => Math.max(a, b), -Infinity)
  const [from, to] = lowest < highest ? [lowest, highest] : [lowest - 0.5, highest + 0.5]
  const width = (to - from) / bins
  const positives = new Array<number>(bins).fill(0)
  const negatives = new Array<number>(bins).fill(0)
  scores.forEach((score, i) => {
    const bin = Math.min(bins - 1, Math.floor((score - from) / width))
    ;(outcome[i] === 1 ? positives : negatives)[bin]++
  })
  return { edges: Array.from({ length: bins + 1 }, (_, k) => from + k * width), positives, negatives }
}
