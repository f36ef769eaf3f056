import type { CutoffRule } from '../evaluate/cutoffs.ts'
import { mean } from '../numeric/moments.ts'
import type { Protocol } from '../protocol/protocol.ts'

/**
 * How the protocol chooses a cut-off.
 * @param outcome of those who learn, whose share of positives a cost rule takes unless the protocol names another
 */
export function cutoffRule(
  { cutoff, cutoffTarget, costOfMiss, prevalence }: Protocol['evaluate'],
  outcome: ArrayLike<number>,
): CutoffRule {
  if (cutoff === 'youden') return { kind: cutoff }
  if (cutoff === 'cost') return { kind: cutoff, costOfMiss, prevalence: prevalence ?? mean(outcome) }
  return { kind: cutoff, atLeast: cutoffTarget }
}
