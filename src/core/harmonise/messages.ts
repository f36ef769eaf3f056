import { messagesOf, type Message } from '../messages/message.ts'

/** A column that is returned as it came, and why. */
export interface UnadjustedColumn {
  readonly column: string
  readonly reason: Message
}

/** Positive patients of a batch among those with a known outcome; no batch where outcomes are not known. */
export interface BatchPrevalence {
  readonly batch: string
  readonly positives: number
  readonly patients: number
}

export interface HarmoniseMessages {
  'covariate-is-batch': { readonly name: string }
  'covariates-confounded': { readonly others: readonly string[]; readonly name: string }
  'value-infinite': { readonly column: string; readonly id: string }
  'batch-missing': { readonly ids: readonly string[] }
  'join-needs-reference': { readonly mode: string }
  'training-cannot-join': { readonly ids: readonly string[] }
  'new-batch-small': {
    readonly least: number
    readonly batches: readonly { readonly batch: string; readonly patients: number }[]
  }
  'columns-lacking': { readonly fitted: number; readonly columns: readonly string[] }
  'reference-unknown': { readonly batch: string; readonly batches: readonly string[] }
  'one-batch': { readonly batches: readonly string[] }
  'lone-patients': { readonly batches: readonly string[] }
  'covariate-not-given': { readonly kind: string; readonly name: string }
  'covariate-level-unknown': {
    readonly name: string
    readonly id: string
    readonly found: unknown
    readonly levels: readonly string[]
  }
  'covariate-is-outcome': { readonly name: string }
  'covariate-missing': {
    readonly name: string
    readonly id: string
    readonly value: number | string | undefined
    readonly kind: 'numeric' | 'factor'
  }
  'not-settled': { readonly iterations: number }
  'few-columns': { readonly adjusted: number; readonly columns: number; readonly unadjusted: readonly UnadjustedColumn[] }
  'batches-unseen': { readonly unseen: readonly string[]; readonly known: readonly string[]; readonly mode: string }
  'no-reference': { readonly unadjusted: readonly UnadjustedColumn[] }
  'batch-cannot-join': {
    readonly batch: string
    readonly adjusted: number
    readonly columns: number
    readonly unadjusted: readonly UnadjustedColumn[]
  }
  'lone-patient-mean-only': Readonly<Record<never, never>>
  'column-few-values': { readonly count: number; readonly needed: number; readonly batch: string }
  'column-constant': { readonly batch: string }
  'column-confounded': Readonly<Record<never, never>>
  'column-explained': Readonly<Record<never, never>>
  'batches-small': { readonly fewest: number; readonly batches: readonly { readonly batch: string; readonly patients: number }[] }
  'batch-is-cohort': { readonly prevalences: readonly BatchPrevalence[] }
  'batch-is-outcome': { readonly batches: readonly string[]; readonly prevalences: readonly BatchPrevalence[] }
}

export const { refuse, tell } = messagesOf<HarmoniseMessages>('harmonise')
