import { mean } from '../numeric/moments.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { refuse } from './messages.ts'

/** AUC of the probabilities, or Accuracy of the majority of votes (a tie counts half; randomForest tosses a coin). */
export type SelectionMetric = 'AUC' | 'Accuracy'

/** NaN where nobody voted: with few trees a row may never be out of bag. */
export interface Votes {
  readonly probability: Float64Array
  /** Share of votes for class 1. */
  readonly votes: Float64Array
}

/** @throws DataError when no row, or for AUC no row of one outcome, has votes */
export function scoreVotes({ probability, votes }: Votes, outcome: Uint8Array, metric: SelectionMetric): number {
  const rows = Array.from(outcome, (_, row) => row).filter((row) => !Number.isNaN(votes[row]))
  const labels = rows.map((row) => outcome[row])
  const ofRows = (values: Float64Array) => rows.map((row) => values[row])
  const score = metric === 'AUC' ? rocAuc(ofRows(probability), labels) : mean(ofRows(votes).map((vote, i) => agreement(vote, labels[i]))) // prettier-ignore
  if (Number.isNaN(score)) throw refuse('votes-few', { metric })
  return score
}

function agreement(vote: number, label: number): number {
  return vote === 0.5 ? 0.5 : Number(vote > 0.5 === (label === 1))
}
