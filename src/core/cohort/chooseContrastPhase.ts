import { refuse } from './messages.ts'
import type { CurveType } from './timeIntensity.ts'

/** Which phases stand for T1WI and T1WI+C; phases are counted from 0. */
export interface ContrastPhases {
  readonly before: number
  readonly after: number
  /** The curve goes on rising (type I), yet its highest phase is not the last: a person decides between the two. */
  readonly decision?: { readonly code: 'risingCurve'; readonly options: readonly [highest: number, last: number] }
}

/**
 * T1WI is the phase before contrast, T1WI+C the one where the region's mean is highest, the earlier of equals.
 * @param means of a region, one a phase by time; at least two
 * @throws DataError if there are fewer, or one is not finite
 */
export function chooseContrastPhase(means: readonly number[], type: CurveType | undefined): ContrastPhases {
  if (means.length < 2 || !means.every(Number.isFinite)) throw refuse('means-not-finite', { means })
  const after = means.reduce((best, mean, phase) => (phase > 1 && mean > means[best] ? phase : best), 1)
  const last = means.length - 1
  return {
    before: 0,
    after,
    ...(type === 'I' && after !== last && { decision: { code: 'risingCurve', options: [after, last] } }),
  }
}
