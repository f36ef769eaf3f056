import type { Analysis } from '../../../core/analysis/analysis.ts'
import { describeGuard, type LeakGuard } from '../../../core/analysis/leakGuard.ts'
import { formatCount } from '../../shared/formatNumber.ts'

/** By how much it vouches for. */
export const guardLooks: Record<LeakGuard['state'], string> = { closed: 'green', 'values seen': 'amber', open: 'red' }

/** Who all steps learnt from, in one sentence, out of what they recorded. */
export function tellGuard(analysis: Analysis): string {
  const learnt = `learnt from ${formatCount(analysis.split.training.length)} patients of ${analysis.protocol.cohort.training}, or fewer of them.`
  switch (describeGuard(analysis).state) {
    case 'closed':
      return `All steps ${learnt}`
    case 'values seen':
      return `ComBat saw validation values, labels unseen; all other steps ${learnt}`
    default:
      return 'A step learnt from patients outside the training cohort, or did not record from whom.'
  }
}
