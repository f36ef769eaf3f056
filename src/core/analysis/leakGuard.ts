import type { SelectionStep } from '../protocol/protocol.ts'
import type { Analysis } from './analysis.ts'

/** A step of the path that learnt from patients. */
export type GuardedStep =
  | { readonly kind: 'combat' | 'screening' | 'imputation' | 'cut-offs' }
  | { readonly kind: 'selection'; readonly method: SelectionStep['method'] }
  | { readonly kind: 'model'; readonly name: string }

export interface GuardRow {
  readonly step: GuardedStep
  /** Null where it was not recorded. */
  readonly learntFrom: readonly string[] | null
  /** Of them, those that are judged later. */
  readonly outside: number
  /** The step looks at outcomes; ComBat does not. */
  readonly sawLabels: boolean
}

/** `values seen`: ComBat took the values of judged patients, as its mode says, and nothing else did. */
export interface LeakGuard {
  readonly state: 'closed' | 'values seen' | 'open'
  readonly rows: readonly GuardRow[]
}

/** Who every step learnt from, out of the records alone: what was not recorded is not vouched for. */
export function describeGuard({ path, split, protocol, evaluation }: Analysis): LeakGuard {
  const judged = new Set(split.judged.flatMap(({ ids }) => ids))
  const row = (step: GuardedStep, learntFrom: readonly string[] | undefined, looksAtOutcome: boolean): GuardRow => {
    const outside = (learntFrom ?? []).filter((id) => judged.has(id)).length
    return { step, learntFrom: learntFrom ?? null, outside, sawLabels: looksAtOutcome && outside > 0 }
  }
  const { harmonisation, screening, selection, models } = path
  const pooled = harmonisation && [
    ...harmonisation.learntFrom,
    ...(harmonisation.reference?.joined.flatMap(({ learntFrom }) => learntFrom) ?? []),
  ]
  const rows = [
    ...(pooled ? [row({ kind: 'combat' }, pooled, false)] : []),
    row({ kind: 'screening' }, screening.columns.learntFrom, true),
    ...(screening.imputation ? [row({ kind: 'imputation' }, screening.imputation.learntFrom, true)] : []),
    ...selection.steps.map(({ learntFrom }, i) =>
      row({ kind: 'selection', method: protocol.select[i].method }, learntFrom, true),
    ),
    ...models.map(({ name, model }) => row({ kind: 'model', name }, model.learntFrom, true)),
    row({ kind: 'cut-offs' }, evaluation.learntFrom, true),
  ]
  const isOpen = rows.some(({ step, learntFrom, outside }) => learntFrom === null || (outside > 0 && step.kind !== 'combat'))
  return { state: isOpen ? 'open' : rows.some(({ outside }) => outside > 0) ? 'values seen' : 'closed', rows }
}
