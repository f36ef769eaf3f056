import { messagesOf, type Message } from '../../core/messages/message.ts'
import type { IntervalKind } from '../../core/report/intervalKinds.ts'

export interface ResultsMessages {
  'table1-leaves-out': { readonly columns: readonly string[] }
  'table1-impossible': { readonly reason: Message }
  'auc-variance-undefined': Readonly<Record<never, never>>
  'difference-undefined': Readonly<Record<never, never>>
  /** `accuracy` where it has another kind than the other figures. */
  'interval-kinds': { readonly auc: IntervalKind; readonly accuracy: IntervalKind | null; readonly others: IntervalKind }
  'rows-share-patients': Readonly<Record<never, never>>
  'shrunken-terms': Readonly<Record<never, never>>
  /** Several sentences, or several clauses, in one cell. */
  sentences: { readonly parts: readonly Message[] }
  clauses: { readonly parts: readonly Message[] }
}

export const { tell } = messagesOf<ResultsMessages>('results')
