import { groupByRisk } from '../evaluate/hosmerLemeshow.ts'
import type { Interval } from '../evaluate/interval.ts'
import { clopperPearsonInterval } from '../evaluate/proportionIntervals.ts'

/** Training patients of similar scores, (from, to] but for the first group, which holds `from` too. */
export interface ScoreTenth {
  readonly from: number
  readonly to: number
  readonly patients: number
  readonly positives: number
}

/** What became of training patients with a score like that of a new one. */
export interface ReadTenth extends ScoreTenth {
  /** Clopper and Pearson's, of the share of positives. */
  readonly interval: Interval
  /** The score lies below or above all of these patients' scores: the nearest tenth stands in. */
  readonly isBeyond: boolean
}

const tenths = 10
const level = 0.95

/**
 * Groups by the tenths (quantiles of type 7) of the scores; tied ones are merged. Rows without a score (NaN) are left out.
 * @param outcome 0 or 1 a row
 */
export function countTenths(scores: ArrayLike<number>, outcome: ArrayLike<number>): ScoreTenth[] {
  const rows = Array.from(scores, (_, row) => row).filter((row) => !Number.isNaN(scores[row]))
  const present = Float64Array.from(rows, (row) => scores[row])
  const labels = rows.map((row) => outcome[row])
  return groupByRisk(present, labels, tenths, level).map(({ from, to, patients, events }) => ({ from, to, patients, positives: events })) // prettier-ignore
}

/** @param groups of `countTenths`, at least one */
export function readTenth(groups: readonly ScoreTenth[], score: number): ReadTenth {
  const last = groups[groups.length - 1]
  const group = groups.find(({ to }) => score <= to) ?? last
  const { positives, patients } = group
  return { ...group, interval: clopperPearsonInterval(positives, patients, level), isBeyond: score < groups[0].from || score > last.to } // prettier-ignore
}
