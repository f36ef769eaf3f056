import { messagesOf } from '../messages/message.ts'

/** What asks for training patients of both classes with finite values. */
export type Learner = 'logistic' | 'penalised logistic' | 'svm' | 'elimination' | 'mrmr' | 'annealing'

export interface LearnMessages {
  'step-tuning': Readonly<Record<never, never>>
  'one-class': { readonly learner: Learner; readonly patients: number; readonly outcome: 0 | 1 }
  'class-weights-of-two': { readonly weights: readonly number[] }
  'forest-no-column': Readonly<Record<never, never>>
  'forest-fraction': { readonly given: number }
  'forest-class-weights': { readonly weights: readonly number[] }
  'forest-one-class': { readonly positives: number; readonly rows: number }
  'forest-count': { readonly name: string; readonly most: number; readonly given: number }
  'forest-value': { readonly column: string; readonly id: string; readonly found: 'missing' | 'infinite' }
  'lasso-alpha': { readonly given: number }
  'lasso-lambda': { readonly given: number }
  'lasso-folds': { readonly given: number; readonly rows: number }
  'logistic-columns': { readonly columns: number; readonly rows: number }
  'firth-columns': { readonly columns: readonly string[] }
  'forest-rows': { readonly rows: number }
  'forest-lengths': { readonly rows: number; readonly columns: number; readonly values: number; readonly outcomes: number }
  'forest-finite': { readonly row: number; readonly column: number; readonly found: number }
  'forest-bags': { readonly patients: number; readonly most: number }
  'svm-no-column': Readonly<Record<never, never>>
  'svm-cost': { readonly given: number }
  'svm-gamma': { readonly given: number }
  'svm-folds': { readonly given: number }
  'tuning-no-candidate': Readonly<Record<never, never>>
  'tuning-deviance': Readonly<Record<never, never>>
  'not-finite': {
    readonly learner: Learner
    readonly wrong: readonly { readonly column: string; readonly id: string; readonly is: 'missing' | 'infinite' }[]
  }
  'no-feature-left': Readonly<Record<never, never>>
  'selected-not-corrected': Readonly<Record<never, never>>
  'classes-separated': { readonly columns: readonly string[] }
  'columns-determined': { readonly columns: readonly string[] }
  'class-weights-shift': Readonly<Record<never, never>>
  'svm-lone-patient': Readonly<Record<never, never>>
  'svm-no-rise': Readonly<Record<never, never>>
}

export const { refuse, tell } = messagesOf<LearnMessages>('learn')
