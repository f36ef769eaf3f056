import { checkTraining } from '../learn/checkTraining.ts'
import { log } from '../numeric/functions.ts'
import { mean, sumOfSquares } from '../numeric/moments.ts'
import { quantile } from '../numeric/quantile.ts'
import { columnAt } from '../table/featureTable.ts'
import type { TrainingTable } from '../table/trainingTable.ts'
import { refuse } from './messages.ts'

export interface MrmrOptions {
  /** How many columns are kept, if there are as many that vary. */
  readonly keep: number
  /**
   * - `F and correlation`: relevance is the F statistic of the outcome's classes, redundancy |Pearson r| (at least 0.001);
   * - `correlation information`: both are -ln(1 - r^2) / 2, the mutual information of normal variables (as the R package mRMRe);
   * - `binned information`: both are the mutual information (in nats) of values cut at quantiles.
   */
  readonly association: 'F and correlation' | 'correlation information' | 'binned information'
  /** Relevance divided by mean redundancy, or less it. */
  readonly scheme: 'quotient' | 'difference'
  /** Of about equal counts; for `binned information`. */
  readonly bins: number
}

/** FCQ of Ding and Peng. */
export const defaultMrmr: MrmrOptions = { keep: 10, association: 'F and correlation', scheme: 'quotient', bins: 5 }

export interface MrmrColumn {
  readonly name: string
  readonly relevance: number
  /** Place in the order of selection, from 1; absent when dropped. */
  readonly rank?: number
  /** Mean redundancy with the columns kept before it, or with all kept ones when dropped; absent for the first and constants. */
  readonly redundancy?: number
  readonly score?: number
  readonly dropped?: 'constant' | 'lower score'
}

export interface MrmrSelection {
  readonly method: 'mrmr'
  readonly options: MrmrOptions
  /** In table order. */
  readonly kept: readonly string[]
  /** In the order in which they were chosen. */
  readonly order: readonly string[]
  readonly details: readonly MrmrColumn[]
  readonly learntFrom: readonly string[]
}

interface Association {
  relevance(column: number): number
  redundancy(a: number, b: number): number
}

/**
 * Minimum redundancy, maximum relevance (Ding and Peng 2005, J Bioinform Comput Biol 3:185; Peng, Long and Ding 2005, IEEE
 * TPAMI 27:1226): takes the most relevant column, then again and again the one whose relevance over (or less) its mean
 * redundancy with those taken is greatest. Ties go to the earlier column. A constant column is never taken. A redundancy that
 * is divided by is at least 0.001; r^2 inside a logarithm at most 1 - 1e-12.
 * @throws DataError when a value is not finite, an outcome has no patient, or an option is out of its range
 */
export function selectMrmr(training: TrainingTable, options: MrmrOptions = defaultMrmr): MrmrSelection {
  checkTraining(training, 'mrmr')
  requireWhole('keep', options.keep, 1, Number.MAX_SAFE_INTEGER)
  requireWhole('bins', options.bins, 2, 255)
  const { relevance, redundancy } = associate(training, options)
  const constant = training.columns.map((_, j) => columnAt(training, j).every((value, _row, all) => value === all[0]))
  const relevances = training.columns.map((_, j) => (constant[j] ? 0 : relevance(j)))
  const redundancySums = new Float64Array(training.columns.length)
  const chosen: number[] = []
  const scoreOf = (j: number) => scoreColumn(relevances[j], redundancySums[j] / chosen.length, chosen.length, options.scheme)
  const open = new Set(training.columns.map((_, j) => j).filter((j) => !constant[j]))
  const details: MrmrColumn[] = training.columns.map((name) => ({ name, relevance: 0, dropped: 'constant' }))
  const describe = (j: number): MrmrColumn => ({
    name: training.columns[j],
    relevance: relevances[j],
    score: scoreOf(j),
    ...(chosen.length > 0 && { redundancy: redundancySums[j] / chosen.length }),
  })
  while (chosen.length < options.keep && open.size > 0) {
    const best = [...open].reduce((a, b) => (scoreOf(b) > scoreOf(a) ? b : a))
    open.delete(best)
    details[best] = { ...describe(best), rank: chosen.length + 1 }
    chosen.push(best)
    for (const j of open) redundancySums[j] += redundancy(j, best)
  }
  for (const j of open) details[j] = { ...describe(j), dropped: 'lower score' }
  return {
    method: 'mrmr',
    options,
    kept: training.columns.filter((_, j) => chosen.includes(j)),
    order: chosen.map((j) => training.columns[j]),
    details,
    learntFrom: training.ids,
  }
}

function scoreColumn(relevance: number, redundancy: number, chosen: number, scheme: MrmrOptions['scheme']): number {
  if (chosen === 0) return relevance
  return scheme === 'difference' ? relevance - redundancy : relevance / Math.max(redundancy, 0.001)
}

function associate(training: TrainingTable, { association, bins }: MrmrOptions): Association {
  const { columns, outcome } = training
  if (association === 'binned information') {
    const binned = columns.map((_, j) => cutAtQuantiles(columnAt(training, j), bins))
    return {
      relevance: (j) => mutualInformation(binned[j], outcome, bins),
      redundancy: (a, b) => mutualInformation(binned[a], binned[b], bins),
    }
  }
  const scaled = columns.map((_, j) => scaleToUnitLength(columnAt(training, j)))
  const scaledOutcome = scaleToUnitLength(outcome)
  if (association === 'correlation information')
    return {
      relevance: (j) => correlationInformation(dot(scaled[j], scaledOutcome)),
      redundancy: (a, b) => correlationInformation(dot(scaled[a], scaled[b])),
    }
  return {
    relevance: (j) => fStatistic(columnAt(training, j), outcome),
    redundancy: (a, b) => Math.max(Math.abs(dot(scaled[a], scaled[b])), 0.001),
  }
}

/** Of two classes, with 1 and n - 2 degrees of freedom; infinite when the classes differ and neither varies. */
function fStatistic(values: Float64Array, outcome: Uint8Array): number {
  const classes = [0, 1].map((label) => values.filter((_, row) => outcome[row] === label))
  const within = sumOfSquares(classes[0]) + sumOfSquares(classes[1])
  const difference = mean(classes[1]) - mean(classes[0])
  const between = (difference * difference * classes[0].length * classes[1].length) / values.length
  return between === 0 ? 0 : between / (within / (values.length - 2))
}

function correlationInformation(correlation: number): number {
  return -0.5 * log(1 - Math.min(correlation * correlation, 1 - 1e-12))
}

/** Centred and divided by its length, so that Pearson's r is a dot product; zeros for a constant. */
function scaleToUnitLength(values: ArrayLike<number>): Float64Array {
  const centre = mean(values)
  const length = Math.sqrt(sumOfSquares(values))
  return Float64Array.from(values, (value) => (length > 0 ? (value - centre) / length : 0))
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

/** The bin of each value, 0 to bins - 1: how many of the bins - 1 inner quantiles (type 7) lie below it. */
function cutAtQuantiles(values: Float64Array, bins: number): Uint8Array {
  const cuts = Array.from({ length: bins - 1 }, (_, i) => quantile(values, (i + 1) / bins))
  return Uint8Array.from(values, (value) => cuts.filter((cut) => cut < value).length)
}

/** Of two columns of labels below `levels`, by their joint counts, in nats. */
function mutualInformation(a: Uint8Array, b: Uint8Array, levels: number): number {
  const joint = new Float64Array(levels * levels)
  const ofA = new Float64Array(levels)
  const ofB = new Float64Array(levels)
  for (let i = 0; i < a.length; i++) {
    joint[a[i] * levels + b[i]]++
    ofA[a[i]]++
    ofB[b[i]]++
  }
  let sum = 0
  joint.forEach((count, at) => {
    if (count > 0) sum += count * log((count * a.length) / (ofA[Math.floor(at / levels)] * ofB[at % levels]))
  })
  return sum / a.length
}

function requireWhole(name: string, value: number, least: number, most: number) {
  if (!Number.isInteger(value) || value < least || value > most) throw refuse('mrmr-count', { name, least, most, given: value })
}
