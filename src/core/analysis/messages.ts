import { messagesOf } from '../messages/message.ts'

export interface AnalysisMessages {
  'no-clinical-column': { readonly column: string }
  'nothing-stands-in': { readonly column: string }
  'predictor-missing': { readonly column: string; readonly cohort: string; readonly ids: readonly string[] }
  'level-not-learnt': { readonly column: string; readonly level: string; readonly ids: readonly string[] }
  'nobody-complete': {
    readonly worst: readonly { readonly column: string; readonly missing: number; readonly rows: number }[]
  }
  'features-missing': { readonly features: readonly { readonly column: string; readonly missing: number }[] }
  'not-judgeable': {
    readonly column: string
    readonly fault: 'missing' | 'infinite'
    readonly cohort: string
    readonly ids: readonly string[]
  }
  'no-training-cohort': { readonly training: string; readonly cohorts: readonly string[] }
  'training-one-class': { readonly training: string; readonly positives: number; readonly negatives: number }
  'patients-in-cohorts': {
    readonly patients: readonly { readonly patient: string; readonly cohorts: readonly string[] }[]
  }
  'nobody-read-twice': Readonly<Record<never, never>>
  'no-candidates': { readonly model: string; readonly features: readonly string[] }
}

export const { refuse } = messagesOf<AnalysisMessages>('analysis')
