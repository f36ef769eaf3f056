import { formatFixed, formatSeconds } from '../shared/formatNumber.ts'
import { appWords } from '../../messages/words/appWords.ts'

/** Speed and time left of work of which `done` of `total` pieces took `elapsedMs`; '' before the first piece. */
export function describeRate({ done, total }: { done: number; total: number }, elapsedMs: number): string {
  if (done === 0 || elapsedMs <= 0) return ''
  const perSecond = (1000 * done) / elapsedMs
  const left = (total - done) / perSecond
  return appWords().rate(perSecond >= 10 ? String(Math.round(perSecond)) : formatFixed(perSecond, 1), formatSeconds(left))
}
