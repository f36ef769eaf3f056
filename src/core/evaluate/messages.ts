import { messagesOf } from '../messages/message.ts'

export interface EvaluateMessages {
  // Steps, told while they run: how well a model tells the classes apart, and what deciding by it is worth.
  'step-judging': { readonly part: 'discrimination' | 'decisions'; readonly model: string; readonly cohort: string }
  'step-optimism': Readonly<Record<never, never>>

  'cutoff-missing': Readonly<Record<never, never>>
  prevalence: { readonly given: number }
  'no-training-scores': { readonly column: string; readonly columns: readonly string[] }
  'cost-of-miss': { readonly given: number }
  'fixed-rate': { readonly name: 'sensitivity' | 'specificity'; readonly given: number }
  'thresholds-spread': { readonly least: number; readonly from: number; readonly to: number; readonly step: number }
  'thresholds-ascend': Readonly<Record<never, never>>
  'cluster-lengths': { readonly patients: number; readonly rows: number }
  'nothing-to-evaluate': Readonly<Record<never, never>>
  'recalibrate-without-training': { readonly model: string }
  'out-of-bag-one-class': {
    readonly cohort: string
    readonly scored: number
    readonly patients: number
    readonly models: readonly string[]
  }
  'no-scores-of-model': { readonly cohort: string; readonly model: string; readonly columns: readonly string[] }
  'cohort-lengths': { readonly cohort: string; readonly patients: number; readonly outcomes: number }
  'scores-unusable-of-model': {
    readonly cohort: string
    readonly patients: number
    readonly model: string
    readonly ids: readonly string[]
  }
  'names-repeated': { readonly what: 'models' | 'cohorts'; readonly names: readonly string[] }
  'confidence-level': { readonly given: number }
  'probability-outside': { readonly patient: number; readonly found: number }
  'recalibrate-constant': { readonly column: string }
  'recalibrate-separated': { readonly column: string }
  'recalibrate-probability': { readonly given: number }
  'score-lengths': { readonly scores: number; readonly outcome: number }
  'outcome-not-binary': { readonly patient: number; readonly patients: number; readonly found: number }
  'roc-one-class': { readonly positives: number; readonly negatives: number }
  resamples: { readonly given: number }
  'scores-unusable': { readonly missing: number; readonly infinite: number; readonly patients: number; readonly first: number }
  'no-probabilities': { readonly kind: 'decision' | 'weighted' | 'undeclared' }
  'no-useful-cutoff': Readonly<Record<never, never>>
  'calibrated-by-construction': Readonly<Record<never, never>>
  'comparison-favours-fit': Readonly<Record<never, never>>
  'one-class': { readonly cohort: string; readonly positives: number; readonly negatives: number }
  'rows-of-patients': { readonly rows: number; readonly patients: number }
  /** Held out only from folds that kept no feature. */
  'not-pooled': { readonly model: string; readonly ids: readonly string[] }
  'drawn-by-every-tree': { readonly model: string; readonly ids: readonly string[] }
  'few-patients': { readonly outcome: 'positive' | 'negative'; readonly count: number }
  'learnt-from': { readonly ids: readonly string[]; readonly patients: number }
}

export const { refuse, tell } = messagesOf<EvaluateMessages>('evaluate')
