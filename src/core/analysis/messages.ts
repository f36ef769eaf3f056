import type { Protocol, SelectionStep } from '../protocol/protocol.ts'
import { messagesOf, type Message } from '../messages/message.ts'

type Nothing = Readonly<Record<never, never>>

export interface AnalysisMessages {
  // Steps, told while they run.
  'step-harmonising': Nothing
  /** @property columns features that it looks at */
  'step-selecting': { readonly method: Protocol['select'][number]['method']; readonly columns: number }
  'step-training': { readonly model: string }
  'step-folds': Nothing
  'step-bootstraps': Nothing
  'step-piece': Nothing
  /** A step of the whole once more, with the other way to deal with missing values. */
  'step-otherwise': { readonly choice: Protocol['missing']; readonly step: Message }

  // Notes of a likelihood-ratio test.
  'no-greatest-likelihood': { readonly model: string }
  'columns-add-nothing': Nothing
  'not-corrected-for-selection': Nothing
  'rows-independent': Nothing

  // Why an analysis cannot be.
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
  'few-for-folds': {
    readonly training: string
    readonly column: string
    /** What stands in the column for the positive class. */
    readonly positive: string
    readonly positives: number
    readonly negatives: number
    readonly folds: number
  }
  'patients-in-cohorts': {
    readonly patients: readonly { readonly patient: string; readonly cohorts: readonly string[] }[]
  }
  'nobody-read-twice': Nothing
  'no-candidates': { readonly model: string; readonly features: readonly string[] }
  /* What speaks against a study or a result: `dataWarnings.ts` and `warnings.ts` have the triggers. */
  'constant-features': { readonly features: readonly string[] }
  'many-candidates': { readonly candidates: number; readonly patients: number }
  chance: { readonly kept: number; readonly expected: number; readonly afterBh: number }
  'prefiltered-boruta': Readonly<Record<never, never>>
  unstable: { readonly folds: number }
  'nothing-kept': { readonly method: SelectionStep['method'] }
  'nothing-kept-in-folds': { readonly empty: number; readonly folds: number }
  twins: { readonly pairs: number; readonly columns: readonly [string, string]; readonly rho: number }
  'few-events': {
    readonly model: string
    readonly events: number
    readonly columns: number
    /** Null where nothing was selected. */
    readonly candidates: number | null
  }
  separation: { readonly model: string; readonly columns: readonly string[] }
  optimism: {
    readonly model: string
    readonly apparent: number
    readonly from: 'apparent' | 'out-of-bag'
    readonly outOfFold: number | null
  }
  degenerate: { readonly cohort: string; readonly model: string; readonly auc: number }
  'not-validated': { readonly cohort: string; readonly model: string }
  'below-none': {
    readonly cohort: string
    readonly model: string
    readonly threshold: number
    readonly benefit: number
    readonly without: number
  }
  miscalibrated: { readonly cohort: string; readonly model: string; readonly slope: number; readonly inTheLarge: number }
  'not-harmonised': { readonly ids: readonly string[] }
}

export const { refuse, tell } = messagesOf<AnalysisMessages>('analysis')
