import type { LassoModel } from '../learn/lasso.ts'
import type { LogisticModel } from '../learn/logistic.ts'
import { applyModel, type Model } from '../learn/model.ts'
import { copyRows, makeFeatureTable, type FeatureTable } from '../table/featureTable.ts'
import { summaryShares, type FeatureSummary, type TrainingSummary, type ValueSummary } from './trainingSummary.ts'

/** `usual`: from the 1st to the 99th percentile of training; `rare`: beyond them, in the range; `outside` it. */
export type Zone = 'usual' | 'rare' | 'outside'

/** A value of a new patient among those of the training patients. */
export interface PlacedValue {
  readonly value: number
  /** From 0 to 1, as far as the quantiles of the summary tell: between two of them in proportion. */
  readonly percentile: number
  readonly zone: Zone
}

export function placeValue(value: number, { quantiles }: Pick<ValueSummary, 'quantiles'>): PlacedValue {
  const [least, low, high, greatest] = [0, 1, quantiles.length - 2, quantiles.length - 1].map((at) => quantiles[at])
  const zone = value < least || value > greatest ? 'outside' : value < low || value > high ? 'rare' : 'usual'
  return { value, percentile: percentileOf(value, quantiles), zone }
}

function percentileOf(value: number, quantiles: readonly number[]): number {
  const first = quantiles.findIndex((quantile) => quantile >= value)
  if (first < 0) return 1
  // Of tied quantiles the middle.
  const last = quantiles.findLastIndex((quantile) => quantile <= value)
  if (first <= last) return (summaryShares[first] + summaryShares[last]) / 2
  if (first === 0) return 0
  const share = (value - quantiles[last]) / (quantiles[first] - quantiles[last])
  return summaryShares[last] + share * (summaryShares[first] - summaryShares[last])
}

/** How much each column moved the score of one patient. */
export interface Contributions {
  /** `log odds`: beta times the distance from the training mean, which add up. `score`: how much it changes when the column is set to the training median. */
  readonly scale: 'log odds' | 'score'
  /** One a column of the model. NaN for a column that has no coefficient. */
  readonly values: readonly number[]
}

/**
 * @param patient the model's columns as it sees them, one row
 * @returns null without a training summary, whose means and medians it is measured from
 */
export function contributionsOf(model: Model, patient: FeatureTable, training: TrainingSummary | null): Contributions | null {
  if (!training) return null
  const summaries = model.columns.map((column) => training.features.find((feature) => feature.column === column)!)
  if (model.kind === 'logistic' || model.kind === 'lasso')
    return {
      scale: 'log odds',
      values: model.columns.map((_, j) => slopeOf(model, j) * (patient.values[j] - summaries[j].all.mean)),
    }
  const [score] = applyModel(model, patient)
  const medians = atMedians(patient, summaries)
  const changed = applyModel(model, medians)
  return { scale: 'score', values: Array.from(changed, (other) => score - other) }
}

/** A unit of the column, on the scale of log odds. */
function slopeOf(model: LogisticModel | LassoModel, j: number): number {
  if (model.kind === 'lasso') return model.coefficients[j]
  return model.terms[j].coefficient / (model.standardisation?.sd[j] ?? 1)
}

/** A row a column: the patient with that column at the training median. */
function atMedians(patient: FeatureTable, summaries: readonly FeatureSummary[]): FeatureTable {
  const rows = patient.columns.map((_, j) => `${j}`)
  const { columns, values } = copyRows(patient, rows.map(() => 0), rows) // prettier-ignore
  const at = summaryShares.indexOf(0.5)
  return makeFeatureTable(rows, columns, values.map((value, place) => {
    const [row, column] = [place % rows.length, Math.floor(place / rows.length)]
    return row === column ? summaries[column].all.quantiles[at] : value
  })) // prettier-ignore
}

/** By column of the model, what the axis of a nomogram shows: the 1st to the 99th percentile; least to greatest where these are equal. */
export function axisRanges({ features }: Pick<TrainingSummary, 'features'>): (readonly [number, number])[] {
  return features.map(({ all: { quantiles } }) => {
    const [low, high] = [quantiles[1], quantiles[quantiles.length - 2]]
    return low < high ? [low, high] : [quantiles[0], quantiles[quantiles.length - 1]]
  })
}
