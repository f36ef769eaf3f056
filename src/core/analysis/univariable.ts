import type { ColumnAgreement } from '../select/agreementFilter.ts'
import type { BorutaDecision } from '../select/boruta.ts'
import { testColumns } from '../select/rankSumFilter.ts'
import { adjustP } from '../statistics/adjustP.ts'
import type { TrainingTable } from '../table/trainingTable.ts'
import type { Resampling } from './resamplePath.ts'
import type { Selection } from './selectFeatures.ts'
import type { Message } from '../messages/message.ts'

/** What is known of one candidate feature by itself, from the training patients. */
export interface UnivariableRow {
  readonly feature: string
  /** Null where no step asked for it, or the feature did not get so far. */
  readonly agreement: ColumnAgreement | null
  /** R's W with the positive patients as first group; over the number of pairs it is the AUC. */
  readonly w: number
  readonly p: number
  readonly exact: boolean
  /** Why there is no P. */
  readonly reason: Message | null
  /** P adjusted by Benjamini and Hochberg among the features that the step rankSum tested (all candidates where there is no such step); NaN for others. */
  readonly adjusted: number
  readonly auc: number
  readonly boruta: BorutaDecision | null
  /** The first step that did not keep it; null where all did. */
  readonly leftOutBy: string | null
  /** In how many of the folds it was kept at the end; null without nested cross-validation. */
  readonly folds: number | null
}

/** @param training the candidates, harmonised and screened */
export function describeUnivariable(
  training: TrainingTable,
  { steps, candidates }: Selection,
  resampling: Resampling | null,
): UnivariableRow[] {
  const agreements = indexBy(steps.flatMap((step) => (step.method === 'agreement' ? step.columns : [])), ({ column }) => column) // prettier-ignore
  const verdicts = indexBy(
    steps.flatMap((step) => (step.method === 'boruta' ? step.details : [])),
    ({ name }) => name,
  )
  const frequency = indexBy(resampling?.frequency ?? [], ({ name }) => name)
  const rankSum = steps.find((step) => step.method === 'rankSum')
  const tested = new Set(rankSum ? rankSum.columns.map(({ column }) => column) : candidates)
  const tests = testColumns(training, training.outcome)
  const ofTested = tests.filter(({ column }) => tested.has(column))
  const adjusted = adjustP(
    ofTested.map(({ p }) => p),
    'BH',
  )
  const adjustedOf = new Map(ofTested.map(({ column }, i) => [column, adjusted[i]]))
  return tests.map(({ column, statistic, p, exact, auc, reason }) => ({
    feature: column,
    agreement: agreements.get(column) ?? null,
    w: statistic,
    p,
    exact,
    reason: reason ?? null,
    adjusted: adjustedOf.get(column) ?? NaN,
    auc,
    boruta: verdicts.get(column)?.decision ?? null,
    leftOutBy: steps.find(({ kept }) => !kept.includes(column))?.method ?? null,
    folds: resampling && (frequency.get(column)?.folds ?? 0),
  }))
}

function indexBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [keyOf(item), item]))
}
