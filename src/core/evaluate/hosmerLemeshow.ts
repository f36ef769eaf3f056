import { chiSquareProbability } from '../numeric/distributions.ts'
import { quantileOfSorted } from '../numeric/quantile.ts'
import { wilsonInterval } from './proportionIntervals.ts'
import type { Interval } from './interval.ts'

/** Patients of similar predicted probability, (from, to] but for the first, which holds `from` too. */
export interface RiskGroup {
  readonly from: number
  readonly to: number
  readonly patients: number
  readonly events: number
  readonly meanPredicted: number
  readonly observed: number
  /** Wilson's, of the observed share. */
  readonly interval: Interval
}

export interface HosmerLemeshow {
  readonly statistic: number
  readonly groups: number
  /** Groups - 2 for the patients the model was fitted on, groups for others. */
  readonly df: number
  /** NaN without degrees of freedom. */
  readonly p: number
}

/**
 * Groups by the quantiles (type 7) of the predicted probability; equal quantiles are merged, so that fewer groups may come
 * out than were asked for. A group without patients cannot arise.
 */
export function groupByRisk(p: Float64Array, outcome: ArrayLike<number>, groups: number, level: number): RiskGroup[] {
  const sorted = p.toSorted()
  const breaks = [...new Set(Array.from({ length: groups + 1 }, (_, k) => quantileOfSorted(sorted, k / groups)))]
  const ends = breaks.length > 1 ? breaks.slice(1) : breaks
  return ends
    .map((to, k) => {
      const from = breaks[k]
      const rows = Array.from(p, (_, i) => i).filter((i) => p[i] <= to && (k === 0 || p[i] > from))
      const events = rows.filter((i) => outcome[i] === 1).length
      const meanPredicted = rows.reduce((sum, i) => sum + p[i], 0) / rows.length
      const observed = events / rows.length
      return {
        from,
        to,
        patients: rows.length,
        events,
        meanPredicted,
        observed,
        interval: wilsonInterval(events, rows.length, level),
      }
    })
    .filter((group) => group.patients > 0)
}

/**
 * Hosmer and Lemeshow's chi-square over risk groups: sum (events - expected)^2 / (expected (1 - expected / patients)).
 * A group that expects no event or only events, and has just that, adds 0.
 * Source: Hosmer and Lemeshow 1980, Communications in Statistics A 9, 1043-1069; df on other patients: Hosmer, Lemeshow,
 * Sturdivant 2013, section 5.2.2.
 */
export function testHosmerLemeshow(groups: readonly RiskGroup[], role: 'training' | 'validation'): HosmerLemeshow {
  const statistic = groups.reduce((sum, { events, patients, meanPredicted }) => {
    const expected = meanPredicted * patients
    const away = events - expected
    return away === 0 ? sum : sum + (away * away) / (expected * (1 - meanPredicted))
  }, 0)
  const df = role === 'training' ? groups.length - 2 : groups.length
  return { statistic, groups: groups.length, df, p: df > 0 ? chiSquareProbability(statistic, df, true) : NaN }
}
