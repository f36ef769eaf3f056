import { messagesOf } from '../../../core/messages/message.ts'

export interface RolesMessages {
  'no-outcome': Readonly<Record<never, never>>
  'no-scores': Readonly<Record<never, never>>
  'two-of': {
    readonly role: 'id' | 'outcome' | 'cohort' | 'patient' | 'reader' | 'sequence'
    readonly columns: readonly string[]
  }
  'outcome-values': { readonly column: string; readonly values: readonly string[] }
  'which-positive': { readonly column: string; readonly values: readonly string[] }
  'outcome-missing': { readonly column: string; readonly places: readonly Place[]; readonly count: number }
  'outcome-third': { readonly column: string; readonly text: string; readonly place: Place }
  'no-number': { readonly column: string; readonly places: readonly Place[]; readonly count: number }
  'decimal-comma': { readonly column: string; readonly places: readonly Place[]; readonly count: number }
  'score-missing': { readonly column: string; readonly places: readonly Place[]; readonly count: number }
  'no-probability': { readonly column: string; readonly places: readonly Place[]; readonly count: number }
  'no-id': Readonly<Record<never, never>>
  'empty-id': { readonly places: readonly Place[]; readonly count: number }
  'repeated-id': { readonly ids: readonly string[]; readonly count: number }
  'no-cohort': { readonly column: string; readonly places: readonly Place[]; readonly count: number }
  'no-patient': { readonly column: string; readonly places: readonly Place[]; readonly count: number }
  'which-learnt': { readonly cohorts: readonly string[] }
  'no-features': Readonly<Record<never, never>>
  'feature-cells': {
    /** `comma`: decimal commas. */
    readonly kind: 'comma' | 'text'
    readonly columns: readonly string[]
    readonly columnCount: number
    readonly places: readonly (Place & { readonly column: string })[]
    readonly count: number
  }
  'which-cohorts': Readonly<Record<never, never>>
  'second-missing': Readonly<Record<never, never>>
  'second-lacks': { readonly path: string; readonly columns: readonly string[]; readonly count: number }
  'which-trains': { readonly cohorts: readonly string[] }
  'rows-disagree': { readonly column: string; readonly ids: readonly string[]; readonly count: number }
  'clinical-without-id': { readonly path: string }
  'shared-patient': { readonly patients: readonly string[]; readonly count: number }
}

/** Where a cell stands: the row of the file, counted from 1 as Excel shows it, and what is written there. */
export interface Place {
  readonly row: number
  readonly text: string
  /** Where there are several. */
  readonly file?: string
}

export const { tell } = messagesOf<RolesMessages>('roles')
