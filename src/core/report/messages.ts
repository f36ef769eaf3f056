import type { Protocol, Readings } from '../protocol/protocol.ts'
import type { IccForm } from '../select/iccForms.ts'
import { messagesOf, type Message } from '../messages/message.ts'
import type { ColumnFault } from '../table/screenColumns.ts'
import type { IntervalKind } from './intervalKinds.ts'

/** What was imputed: values in so many features. */
interface Imputed {
  readonly values: number
  readonly features: number
}

interface Kept {
  readonly kept: number
  /** Features that there were. */
  readonly columns: number
}

export interface ReportMessages {
  'cohorts-fixed': { readonly hash: string }
  'not-harmonised': { readonly ids: readonly string[] }
  'missing-values': { readonly values: number; readonly columns: readonly string[]; readonly choice: string }
  'missing-left-out': { readonly cohort: string; readonly ids: readonly string[] }
  'missing-otherwise': {
    readonly choice: string
    readonly aucs: readonly { readonly cohort: string; readonly model: string; readonly auc: number }[]
  }
  'missing-otherwise-failed': { readonly choice: string; readonly reason: Message }
  'rows-copied': {
    readonly cohort: string
    readonly pairs: readonly { readonly judged: string; readonly training: string }[]
  }
  /** Of training patients. */
  'rows-repeated': { readonly twins: readonly { readonly later: string; readonly first: string }[] }
  /** The same two where patients are not named. */
  'rows-copied-counted': { readonly cohort: string; readonly patients: number }
  'rows-repeated-counted': { readonly patients: number }
  'outcome-copied': { readonly columns: readonly string[] }
  'column-faults': { readonly fault: ColumnFault; readonly kept: boolean; readonly columns: readonly string[] }
  'imputed-in-training': Imputed & { readonly method: 'median' | 'mean' }
  'imputed-in-cohort': Imputed & { readonly cohort: string }
  'step-agreement': Kept & {
    readonly form: IccForm
    readonly on: string
    readonly threshold: number
    readonly reread: number
    readonly patients: string
    readonly undefinedColumns: number
    readonly readings: Readings
  }
  'step-rank-sum': Kept & {
    readonly alpha: number
    readonly adjust: string
    readonly expectedByChance: number
    readonly keptAfterBh: number
  }
  'step-boruta': Kept & { readonly name: Message; readonly tentative: number }
  'step-annealing': Kept & { readonly name: Message; readonly iteration: number }
  'step-redundancy': Kept & { readonly limit: number }
  'step-lasso': Kept & { readonly rule: string }
  'step-mrmr': Kept & { readonly association: string; readonly scheme: string }
  'step-elimination': Kept
  'elimination-of-noise': Readonly<Record<never, never>>
  'features-left': {
    readonly candidates: number
    readonly steps: readonly { readonly method: Protocol['select'][number]['method']; readonly kept: number }[]
  }
  'model-note': { readonly model: string; readonly note: Message }
  'likelihood-ratio': {
    readonly small: string
    readonly large: string
    readonly added: readonly string[]
    readonly chiSquare: number
    readonly df: number
    readonly p: number
  }
  /** Repeat and fold count from 1. */
  'fold-failed': { readonly repeat: number; readonly fold: number; readonly reason: Message }
  'auc-within-folds': { readonly model: string; readonly meanAuc: number; readonly folds: number }
  'sample-failed': { readonly sample: number; readonly reason: Message }
  optimism: {
    readonly model: string
    readonly samples: number
    readonly apparent: number
    readonly corrected: number
    readonly outOfBag: number
  }
  'cohort-warning': { readonly cohort: string; readonly warning: Message }
  'cohort-auc': { readonly cohort: string; readonly model: string; readonly estimate: Message }
  auc: { readonly auc: number; readonly lower: number; readonly upper: number; readonly kind: IntervalKind }
}

export const { tell } = messagesOf<ReportMessages>('report')
