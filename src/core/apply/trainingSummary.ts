import type { ScoresFrom } from '../evaluate/scoresFrom.ts'
import { mean, standardDeviation } from '../numeric/moments.ts'
import { quantileOfSorted } from '../numeric/quantile.ts'
import { columnAt } from '../table/featureTable.ts'
import type { TrainingTable } from '../table/trainingTable.ts'
import { countTenths, type ScoreTenth } from './scoreTenths.ts'

/** Of which quantiles (R's type 7) a summary holds the values. */
export const summaryShares = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1] as const

/** Values of some training patients. NaN where there is none, the SD (n - 1) also of one. */
export interface ValueSummary {
  readonly n: number
  readonly mean: number
  readonly sd: number
  /** One each of `summaryShares`, ascending. */
  readonly quantiles: readonly number[]
}

/** A column of the model as it learnt from it: harmonised, completed, in its own unit. */
export interface FeatureSummary {
  readonly column: string
  readonly all: ValueSummary
  readonly negative: ValueSummary
  readonly positive: ValueSummary
}

/** Scores of the training patients, by class. */
export interface ScoreSummary {
  readonly scoresFrom: ScoresFrom
  readonly negative: ValueSummary
  readonly positive: ValueSummary
}

/** What is kept of the patients a model learnt from, where they themselves are not: enough to say where a new one stands among them. */
export interface TrainingSummary {
  /** Rows of the training table. */
  readonly patients: number
  readonly positives: number
  /** Share of positives. */
  readonly prevalence: number
  readonly features: readonly FeatureSummary[]
  readonly scores: ScoreSummary
  /** How many were positive by tenths of scores that the patients' own values had no part in; null where there are no such scores. */
  readonly tenths: { readonly scoresFrom: ScoresFrom; readonly groups: readonly ScoreTenth[] } | null
}

/** Scores of the training patients in their order; NaN for whom there is none. */
export interface TrainingScores {
  readonly scoresFrom: ScoresFrom
  readonly scores: ArrayLike<number>
}

/**
 * @param training the model's own columns, as it learnt from them
 * @param own the model's scores of the training patients, as its cut-offs are chosen by them
 * @param unseen scores of the same patients by models or trees that had not seen them; null where there are none
 */
export function summariseTraining(training: TrainingTable, own: TrainingScores, unseen: TrainingScores | null): TrainingSummary {
  const { ids, columns, outcome } = training
  const positives = outcome.reduce((sum, label) => sum + label, 0)
  const ofClass = (values: ArrayLike<number>, label: number) => summariseValues(Array.from(values).filter((_, row) => outcome[row] === label)) // prettier-ignore
  return {
    patients: ids.length,
    positives,
    prevalence: positives / ids.length,
    features: columns.map((column, j) => {
      const values = columnAt(training, j)
      return { column, all: summariseValues(values), negative: ofClass(values, 0), positive: ofClass(values, 1) }
    }),
    scores: { scoresFrom: own.scoresFrom, negative: ofClass(own.scores, 0), positive: ofClass(own.scores, 1) },
    tenths: unseen && { scoresFrom: unseen.scoresFrom, groups: countTenths(unseen.scores, outcome) },
  }
}

/** Of the values that are there. */
function summariseValues(values: ArrayLike<number>): ValueSummary {
  const sorted = Float64Array.from(values).filter((value) => !Number.isNaN(value)).sort() // prettier-ignore
  return {
    n: sorted.length,
    mean: mean(sorted),
    sd: standardDeviation(sorted),
    quantiles: summaryShares.map((share) => quantileOfSorted(sorted, share)),
  }
}
