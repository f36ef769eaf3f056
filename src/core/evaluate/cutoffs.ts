import { columnAt } from '../table/featureTable.ts'
import { requireTraining, type TrainingTable } from '../table/trainingTable.ts'
import { traceRoc, type RocCurve } from './roc.ts'
import type { Message } from '../messages/message.ts'
import { refuse, tell } from './messages.ts'

/**
 * How a cut-off is chosen. `youden` makes sensitivity + specificity greatest. `cost` weighs them as pROC's
 * `best.weights = c(costOfMiss, prevalence)`: a missed positive costs `costOfMiss` times a false alarm, in a population where
 * `prevalence` are positive. `sensitivity` and `specificity` ask for at least a value and make the other greatest.
 */
export type CutoffRule =
  | { readonly kind: 'youden' }
  | { readonly kind: 'cost'; readonly costOfMiss: number; readonly prevalence: number }
  | { readonly kind: 'sensitivity'; readonly atLeast: number }
  | { readonly kind: 'specificity'; readonly atLeast: number }

/** Positive is score >= threshold. */
export interface Cutoff {
  readonly rule: CutoffRule
  /** NaN when there is none; then `problem` says why. */
  readonly threshold: number
  /** Every threshold that is equally good, ascending, the infinite ones included; the lowest finite one is used. */
  readonly ties: readonly number[]
  /** Of the patients it was chosen on, so too good. */
  readonly sensitivity: number
  readonly specificity: number
  readonly problem: Message | null
}

/** A cut-off chosen on training patients, to be carried to others. */
export interface LearntCutoff extends Cutoff {
  readonly column: string
  readonly learntFrom: readonly string[]
}

export const defaultCutoffRule: CutoffRule = { kind: 'youden' }

/**
 * Chooses a cut-off from the training patients' scores.
 * @param column of the table, that holds the scores of the model
 * @throws TypeError unless the table is a training table; DataError as `findCutoff` and `splitByOutcome`, or when there is
 *   no such column
 */
export function fitCutoff(training: TrainingTable, column: string, rule: CutoffRule = defaultCutoffRule): LearntCutoff {
  requireTraining(training)
  const at = training.columns.indexOf(column)
  if (at < 0) throw refuse('no-training-scores', { column, columns: training.columns })
  const curve = traceRoc(columnAt(training, at), training.outcome)
  return { ...findCutoff(curve, rule), column, learntFrom: training.ids }
}

/**
 * Chooses a cut-off on a curve. Numerators are compared, not rounded rates, so that ties are exact (R's rounding may break
 * one). If only infinite thresholds are best, calling everybody the same is as good as the score and there is no useful
 * cut-off. Source: Youden 1950, Cancer 3, 32-35; Perkins and Schisterman 2006, Am J Epidemiol 163, 670-675 (weights).
 * @throws DataError when a rule's number is outside its range
 */
export function findCutoff(curve: RocCurve, rule: CutoffRule = defaultCutoffRule): Cutoff {
  const best = bestPoints(curve, rule)
  const used = best.find((i) => Number.isFinite(curve.thresholds[i]))
  const ties = best.map((i) => curve.thresholds[i])
  if (used === undefined)
    return {
      rule,
      threshold: NaN,
      ties,
      sensitivity: NaN,
      specificity: NaN,
      problem: tell('no-useful-cutoff', {}),
    }
  const { thresholds, sensitivity, specificity } = curve
  return {
    rule,
    threshold: thresholds[used],
    ties,
    sensitivity: sensitivity[used],
    specificity: specificity[used],
    problem: null,
  }
}

function bestPoints(curve: RocCurve, rule: CutoffRule): number[] {
  const { sensitivity, specificity } = curve
  switch (rule.kind) {
    case 'youden':
      return greatest(curve, 1)
    case 'cost': {
      const { costOfMiss, prevalence } = rule
      if (!(costOfMiss > 0 && costOfMiss < Infinity)) throw refuse('cost-of-miss', { given: costOfMiss })
      if (!(prevalence > 0 && prevalence < 1)) throw refuse('prevalence', { given: prevalence })
      return greatest(curve, (1 - prevalence) / (costOfMiss * prevalence))
    }
    case 'sensitivity':
      requireRate(rule.atLeast, 'sensitivity')
      return [sensitivity.findLastIndex((value) => value >= rule.atLeast)]
    case 'specificity':
      requireRate(rule.atLeast, 'specificity')
      return [specificity.findIndex((value) => value >= rule.atLeast)]
  }
}

/** Points where sensitivity + weight x specificity is greatest, both brought to the common denominator. */
function greatest({ truePositives, trueNegatives, positives, negatives }: RocCurve, weight: number): number[] {
  const gains = truePositives.map((count, i) => count * negatives + weight * trueNegatives[i] * positives)
  const most = gains.reduce((a, b) => Math.max(a, b))
  const rounding = 1e-12 * most
  return gains.flatMap((gain, i) => (gain >= most - rounding ? [i] : []))
}

function requireRate(rate: number, name: 'sensitivity' | 'specificity'): void {
  if (!(rate > 0 && rate <= 1)) throw refuse('fixed-rate', { name, given: rate })
}
