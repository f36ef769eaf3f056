import { formatFixed, formatSeconds } from '../shared/formatNumber.ts'

/** Speed and time left of work of which `done` of `total` pieces took `elapsedMs`; '' before the first piece. */
export function describeRate({ done, total }: { done: number; total: number }, elapsedMs: number): string {
  if (done === 0 || elapsedMs <= 0) return ''
  const perSecond = (1000 * done) / elapsedMs
  const left = (total - done) / perSecond
  return `${perSecond >= 10 ? Math.round(perSecond) : formatFixed(perSecond, 1)} images/s, ${formatSeconds(left)} left`
}
