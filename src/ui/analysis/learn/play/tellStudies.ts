import type { DrawnStudy } from '../../../../core/simulate/drawStudies.ts'
import { formatFixed } from '../../../shared/formatNumber.ts'

/** So far from the truth a reader would think of another test. */
const reach = 0.1

/** What the studies would report, in a sentence. @param truth true area under the curve */
export function tellStudies(studies: readonly DrawnStudy[], truth: number): string {
  const [first] = studies
  const { lower, upper } = first.auc.degenerate ? first.auc.newcombe : first.auc.interval
  const method = first.auc.degenerate ? 'Newcombe' : 'DeLong'
  const ofFirst = `${formatFixed(first.auc.auc, 2)}, ${method} 95 % CI ${formatFixed(lower, 2)}–${formatFixed(upper, 2)}`
  if (studies.length === 1) return `This study reports an AUC of ${ofFirst}; the truth is ${formatFixed(truth, 2)}.`
  const [low, high] = [truth - reach, Math.min(1, truth + reach)].map((value) => Math.round(100 * value) / 100)
  const count = (is: (auc: number) => boolean) => studies.filter(({ auc }) => is(auc.auc)).length
  const below = count((auc) => auc < low)
  const over = count((auc) => auc > high)
  return `${below} of these ${studies.length} studies would report an AUC below ${formatFixed(low, 2)}, ${over} above ${formatFixed(high, 2)}. All measured the same test. The first: ${ofFirst}.`
}
