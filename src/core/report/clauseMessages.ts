import type { CutoffRule } from '../evaluate/cutoffs.ts'
import type { CombatMode, CombatOptions } from '../harmonise/combatRecord.ts'
import type { LogisticModel } from '../learn/logistic.ts'
import type { SvmKernel } from '../learn/solveSvm.ts'
import type { CohortPlan } from '../study/study.ts'
import { messagesOf, type Message } from '../messages/message.ts'

/** What the report alone says: its sentences are loaded where one is written. What notes say too stands in `messages.ts`. */
export interface ClauseMessages {
  'abstract-cohort': { readonly cohort: string; readonly patients: number; readonly rows: number; readonly positives: number }
  'abstract-features': { readonly candidates: number; readonly kept: number }
  'abstract-models': { readonly models: readonly string[] }
  'abstract-result': {
    readonly cohort: string
    readonly model: string
    readonly estimate: Message
    /** The protocol's first one; null where there is none. */
    readonly atCutoff: { readonly sensitivity: number; readonly specificity: number } | null
  }
  'cohort-counted': {
    readonly cohort: string
    readonly learns: boolean
    readonly rows: number
    readonly patients: number
    readonly positives: number
  }
  'cohort-unusable': { readonly cohort: string; readonly reason: Message }
  /** How many rows learnt and how many were judged. */
  'rows-split': { readonly learning: number; readonly judged: readonly { readonly cohort: string; readonly rows: number }[] }
  'cohorts-by': { readonly cohortsBy: CohortPlan['kind'] }
  /** Measured by Texel, or by whoever made the table. */
  'features-read': { readonly file: string; readonly sha256: string; readonly isMeasured: boolean }
  'features-equal': { readonly to: string; readonly relative: number; readonly absoluteWhereCancelling: number }
  candidates: { readonly candidates: number }
  'combat-fitted': {
    readonly mode: CombatMode
    readonly prior: CombatOptions['prior']
    readonly meanOnly: boolean
    readonly batches: number
    /** Batches that joined a frozen reference. */
    readonly joined: number
    readonly columns: number
    readonly learntFrom: number
    readonly covariates: readonly string[]
  }
  'combat-warning': { readonly warning: Message }
  'model-logistic': Fitted & { readonly method: LogisticModel['method']; readonly standardised: boolean }
  'model-penalised': Fitted & { readonly alpha: number; readonly lambda: number; readonly folds: number | null }
  'model-forest': Fitted & {
    readonly engine: 'wasm' | 'ml-random-forest'
    readonly trees: number
    readonly mtry: number | null
    readonly minimumNodeSize: number | null
  }
  'model-svm': Fitted & {
    readonly kernel: SvmKernel
    readonly cost: number
    readonly standardised: boolean
    /** Of Platt's scaling; null where the score is the decision value. */
    readonly plattFolds: number | null
  }
  'model-of-prevalence': { readonly model: string; readonly learntFrom: number; readonly prevalence: number }
  'model-clinical': {
    readonly model: string
    readonly terms: readonly { readonly column: string; readonly reference: string | null }[]
  }
  'model-weighted': { readonly model: string; readonly weights: 'balanced' | readonly [number, number] }
  'folds-followed': { readonly folds: number; readonly failed: number }
  'evaluation-settings': {
    readonly level: number
    readonly aucResamples: number
    readonly resamples: number
    readonly rules: readonly CutoffRule[]
    /** To the other cohorts, from the patients who learnt; else each cohort has its own. */
    readonly areCarried: boolean
  }
  'prevalence-set': { readonly prevalence: number }
  'cohort-calibration': {
    readonly cohort: string
    readonly model: string
    readonly slope: NamedEstimate
    readonly inTheLarge: NamedEstimate
    readonly note: Message | null
  }
  'cohort-judged': {
    readonly cohort: string
    readonly looks: number
    readonly protocolChanges: number
    readonly at: string
    /** Null where it was not written down. */
    readonly protocolSha256: string | null
  }
  /** Cohorts that were fixed, opened and fixed again. */
  'cohorts-thawed': { readonly thaws: number }
  'written-by': { readonly texel: string; readonly at: string | null }
  engine: { readonly sha256: string }
  'run-input': { readonly role: string; readonly file: string; readonly bytes: number; readonly sha256: string }
  'protocol-hash': { readonly sha256: string }
  'run-seeds': { readonly seeds: Readonly<Record<string, number>> }
  /** What to type for the same digits. */
  'run-again': { readonly features: string; readonly clinical: string }
  'not-done': { readonly what: NotDone }
  question: { readonly of: Question }
  heading: { readonly of: ReportPart }
  'figure-word': { readonly of: FigureWord }
  'figure-caption': { readonly of: FigureKind }
  'figure-number': { readonly number: number; readonly caption: string }
  'table-word': { readonly of: TableWord }
  /** What was expected of a cohort before there was one. */
  'expected-before': { readonly prevalence: number; readonly auc: number; readonly parameters: number | null }
  'nothing-to-ask': Readonly<Record<never, never>>
  'everything-done': Readonly<Record<never, never>>
  'how-to-read': Readonly<Record<never, never>>
}

/** What a model was learnt from, and of how many columns it was made. */
interface Fitted {
  readonly model: string
  readonly columns: number
  readonly learntFrom: number
}

interface NamedEstimate {
  readonly estimate: number
  readonly lower: number
  readonly upper: number
}

/** What a reader looks for, and no record has. */
export type NotDone =
  | 'validation'
  | 'fixed cohorts'
  | 'harmonisation'
  | 'agreement'
  | 'resampling'
  | 'optimism'
  | 'calibration'
  | 'decision curves'
  | 'run record'

export type FigureKind = 'flow' | 'roc' | 'bands' | 'benefit' | 'calibration' | 'scores'
/** On axes and beside curves. */
export type FigureWord =
  | 'sensitivity'
  | 'false positive rate'
  | 'threshold probability'
  | 'net benefit'
  | 'treat all'
  | 'treat none'
  | 'predicted'
  | 'observed'
  | 'score'
  | 'patients'
  | 'positive'
  | 'negative'
  | 'data'

/** Heads and notes of the small tables of models. */
export type TableWord =
  | 'model'
  | 'columns'
  | 'candidates'
  | 'events'
  | 'per column'
  | 'width'
  | 'sample size note'
  | 'no plan note'
  | 'reached size'
  | 'planned size'
  | 'planned size note'
  | 'cohort'
  | 'expected'
  | 'patients planned'
  | 'events planned'
  | 'patients reached'
  | 'events reached'
  | 'feature'
  | 'term'
  | 'coefficient'
  | 'interval'
  | 'odds ratio'
  | 'mean'
  | 'sd'
  | 'importance'
  | 'icc'
  | 'folds'
  | 'features chosen'
  | 'logistic note'
  | 'forest note'
  | 'svm note'
  | 'use note'

/** What no record can answer: a person must. In the order in which a paper needs them. */
export const questions = [
  'authors',
  'background',
  'rationale',
  'objective',
  'use',
  'design',
  'recruitment',
  'overlap',
  'ethics',
  'reference standard',
  'imaging',
  'segmentation',
  'extraction',
  'overview',
  'earlier work',
  'practice',
  'example images',
  'fairness',
  'involvement',
  'registration',
  'sharing',
  'funding',
] as const
export type Question = (typeof questions)[number]

/** In the order in which they stand. */
export const clauseTopics = [
  'abstract',
  'data',
  'features',
  'harmonisation',
  'selection',
  'models',
  'resampling',
  'evaluation',
  'results',
  'looks',
  'reproducibility',
] as const
export type ClauseTopic = (typeof clauseTopics)[number]

export type ReportPart =
  | ClauseTopic
  | 'title page'
  | 'flow'
  | 'sample size'
  | 'figures'
  | 'model cards'
  | 'clear'
  | 'metrics'
  | 'tripod'
  | 'rqs'
  | 'table 1'
  | 'table 2'
  | 'table 3'
  | 'table 4'
  | 'not done'
  | 'reviewer'
  | 'questions'

export const { tell } = messagesOf<ClauseMessages>('clauses')
