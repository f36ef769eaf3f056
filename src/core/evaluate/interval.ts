import { refuse } from './messages.ts'

/** A confidence interval; NaN ends when it is not defined. */
export interface Interval {
  readonly lower: number
  readonly upper: number
}

export const undefinedInterval: Interval = { lower: NaN, upper: NaN }

/** A bootstrap in which nothing varied, as where everybody is called rightly, says nothing of how sure the figure is. */
export const hasNoWidth = ({ lower, upper }: Interval): boolean => lower === upper

/** Keeps an interval inside the range of what it is for. NaN stays. */
export function clipInterval({ lower, upper }: Interval, least: number, greatest: number): Interval {
  const clip = (x: number) => Math.min(Math.max(x, least), greatest)
  return { lower: clip(lower), upper: clip(upper) }
}

/** @throws DataError unless 0 < level < 1 */
export function requireLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw refuse('confidence-level', { given: level })
}
