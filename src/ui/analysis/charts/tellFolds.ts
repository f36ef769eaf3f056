import type { Resampling } from '../../../core/analysis/resamplePath.ts'
import { listSome } from '../../../messages/listSome.ts'
import { say } from '../../../messages/say.ts'
import '../../../messages/sayAnalysis.ts'

/** Why folds could not go the whole way, those of the same reason together; '' where all did. */
export function tellFailures({ folds, failures }: Pick<Resampling, 'folds' | 'failures'>): string {
  if (failures.length === 0) return ''
  const all = folds.length + failures.length
  const isRepeated = [...folds, ...failures].some(({ repeat }) => repeat > 0)
  const named = new Map<string, string[]>()
  for (const { repeat, fold, reason } of failures) {
    const name = `${fold + 1}${isRepeated ? ` of repeat ${repeat + 1}` : ''}`
    named.set(say(reason), [...(named.get(say(reason)) ?? []), name])
  }
  const reasons = [...named].map(([reason, names]) => (named.size === 1 ? reason : `${names.length === 1 ? 'Fold' : 'Folds'} ${listSome(names)}: ${reason}`)) // prettier-ignore
  const who = failures.length === all ? (all === 1 ? 'The fold' : `All ${all} folds`) : `${failures.length} of ${all} folds`
  return `${who} failed. ${reasons.join(' ')}`
}

/** Why folds have nothing to show of the features that they kept. */
export function tellNoFold(resampling: Pick<Resampling, 'folds' | 'failures'>): string {
  const failed = tellFailures(resampling)
  return resampling.folds.length === 0 ? failed : `No fold kept a feature.${failed && ` ${failed}`}`
}
