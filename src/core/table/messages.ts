import { messagesOf } from '../messages/message.ts'

export interface TableMessages {
  'table-size': { readonly rows: number; readonly columns: number; readonly given: number }
  'unknown-names': { readonly what: 'ID' | 'column'; readonly names: readonly string[] }
  'repeated-names': { readonly what: 'ID' | 'column'; readonly names: readonly string[] }
  'fold-count': { readonly folds: number }
  'folds-of-outcome': { readonly folds: number; readonly withZero: number; readonly withOne: number }
  'folds-outcome': { readonly row: number; readonly found: number }
  'fold-lengths': { readonly rows: number; readonly what: 'batches' | 'patients'; readonly given: number }
  'impute-empty': { readonly columns: readonly string[] }
  'impute-infinite': { readonly column: string; readonly id: string }
  'imputed-lacking': { readonly columns: readonly string[] }
  'join-nobody': { readonly names: readonly string[] }
  'standardise-infinite': { readonly column: string; readonly id: string }
  'cohorts-overlap': { readonly ids: readonly string[] }
  'outcome-not-binary': { readonly id: string; readonly found: number }
  'unlabelled-known': { readonly ids: readonly string[] }
  'join-unmatched': { readonly lacking: readonly { readonly name: string; readonly lacks: readonly string[] }[] }
}

export const { refuse } = messagesOf<TableMessages>('table')
