import { messagesOf, type Message } from '../../core/messages/message.ts'
import type { BenefitRanges } from '../../core/evaluate/benefitRanges.ts'
import type { CutoffRule } from '../../core/evaluate/cutoffs.ts'
import type { CutoffEvaluation } from '../../core/evaluate/evaluateModel.ts'
import type { ScoresFrom } from '../../core/evaluate/scoresFrom.ts'
import type { IntervalKind } from '../../core/report/intervalKinds.ts'

type Nothing = Readonly<Record<never, never>>

export type FlowLine =
  | 'found'
  | 'rows'
  | 'measured'
  | 'without ID'
  | 'included'
  | 'left out'
  | 'with outcome'
  | 'without outcome'
  | 'cohort'
  | 'incomplete'
  | 'learns'
  | 'judged'

export interface ResultsMessages {
  'table1-leaves-out': { readonly columns: readonly string[] }
  'table1-impossible': { readonly reason: Message }
  'auc-variance-undefined': Nothing
  'difference-undefined': Nothing
  /** `accuracy` where it has another kind than the other figures; `exact`: those whose bootstrap has no width. */
  'interval-kinds': {
    readonly auc: IntervalKind
    readonly accuracy: IntervalKind | null
    readonly others: IntervalKind
    readonly exact: readonly string[]
  }
  'rows-share-patients': Nothing
  'shrunken-terms': Nothing
  'scores-from': { readonly scoresFrom: ScoresFrom | null }
  'cutoff-rule': { readonly rule: CutoffRule }
  'chosen-cutoff': { readonly source: CutoffEvaluation['source']; readonly rule: CutoffRule }
  /** What a model is worth more than, in a range of thresholds. */
  'worth-more': { readonly than: keyof BenefitRanges & `above${string}` }
  'at-no-threshold': Nothing
  /** A line of a box of the flow chart; some are two lines. */
  'flow-line': { readonly of: FlowLine; readonly count: number; readonly positives: number }
  'importance-measure': { readonly measure: 'permutation' | 'gini' }
  /** Several sentences, or several clauses, in one cell. */
  sentences: { readonly parts: readonly Message[] }
  clauses: { readonly parts: readonly Message[] }
}

export const { tell } = messagesOf<ResultsMessages>('results')

/** @param scoresFrom null where nobody said */
export const tellScoresFrom = (scoresFrom: ScoresFrom | null): Message => tell('scores-from', { scoresFrom })
