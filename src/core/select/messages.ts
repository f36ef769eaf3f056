import { messagesOf } from '../messages/message.ts'

export interface SelectMessages {
  // Steps, told while they run.
  'step-boruta': { readonly run: number; readonly confirmed: number; readonly rejected: number; readonly open: number }
  'step-annealing': Readonly<Record<never, never>>
  'step-elimination': Readonly<Record<never, never>>

  'agreement-one-reader': Readonly<Record<never, never>>
  'agreement-few-patients': { readonly least: number; readonly of: 'training' | 'all'; readonly patients: number }
  'annealing-count': { readonly name: string; readonly given: number }
  'boruta-runs': { readonly given: number }
  'boruta-significance': { readonly given: number }
  'elimination-size': { readonly given: number }
  'icc-size': { readonly readers: number; readonly patients: number }
  'icc-lengths': { readonly patients: number; readonly readings: number }
  'icc-value': { readonly patient: number; readonly found: number }
  'mrmr-count': { readonly name: string; readonly least: number; readonly most: number; readonly given: number }
  'rank-sum-one-class': { readonly positives: number; readonly negatives: number }
  'votes-few': { readonly metric: 'AUC' | 'Accuracy' }
  'agreement-uncertain': { readonly patients: number; readonly usual: number }
  'icc-few-patients': { readonly fewest: number }
  'icc-infinite': Readonly<Record<never, never>>
  'icc-constant': Readonly<Record<never, never>>
  'icc-patients-equal': Readonly<Record<never, never>>
  'icc-not-finite': Readonly<Record<never, never>>
  'class-without-value': { readonly outcome: 0 | 1 }
  'values-equal': Readonly<Record<never, never>>
  boruta: {
    readonly variant: 'Boruta' | 'BorutaPy'
    readonly significance: number
    readonly trees: number
    readonly maximumRuns: number
    readonly roughFix: boolean
  }
  'boruta-filtered-before': Readonly<Record<never, never>>
  annealing: {
    readonly metric: 'AUC' | 'Accuracy'
    readonly folds: number
    readonly iterations: number
    readonly improve: number
    readonly trees: number
    readonly maximumSize: number | null
  }
}

export const { refuse, tell } = messagesOf<SelectMessages>('select')
