import { messagesOf } from '../messages/message.ts'

export interface NumericMessages {
  'eigenvalue-unsettled': { readonly size: number }
  'quantile-probability': { readonly given: number }
  'quantile-of-missing': Readonly<Record<never, never>>
  'root-not-between': { readonly lower: number; readonly upper: number; readonly atLower: number; readonly atUpper: number }
  'scores-and-outcomes': { readonly scores: number; readonly outcomes: number }
  'score-missing': { readonly row: number; readonly rows: number }
  seed: { readonly given: number }
}

export const { refuse } = messagesOf<NumericMessages>('numeric')
