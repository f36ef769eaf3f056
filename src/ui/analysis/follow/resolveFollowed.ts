import type { Analysis } from '../../../core/analysis/analysis.ts'
import { describeGuard, type GuardedStep } from '../../../core/analysis/leakGuard.ts'
import type { StudyData } from '../../../core/analysis/studyData.ts'
import type { ScoreRecord } from '../../../core/evaluate/scoreRecord.ts'
import type { Followed, FollowedCell } from '../../../state/analysis/follow.ts'
import { formatCount, formatFixed } from '../../shared/formatNumber.ts'
import { nameGuarded } from '../study/nameGuarded.ts'

/** What a trail is looked up in: the study and its results, or a table of scores. */
export interface FollowSources {
  /** Of all patients, in the order that places count in. */
  readonly ids: readonly string[]
  readonly study: StudyData | undefined
  readonly analysis: Analysis | undefined
  readonly scores: ScoreRecord | null
  /** As features are called on this screen. */
  readonly nameOf: (name: string) => string
}

/** What is looked at: patients with the scores that they are sorted by, a feature, or a patient. */
export type Resolved =
  | { readonly kind: 'patients'; readonly title: string; readonly ids: readonly string[]; readonly cohort: string | null }
  | { readonly kind: 'feature'; readonly title: string; readonly name: string }
  | { readonly kind: 'patient'; readonly title: string; readonly id: string }

const cellNames: Readonly<Record<FollowedCell, readonly [one: string, several: string]>> = {
  tp: ['true positive', 'true positives'],
  fp: ['false positive', 'false positives'],
  fn: ['false negative', 'false negatives'],
  tn: ['true negative', 'true negatives'],
}

const count = (n: number, [one, several]: readonly [string, string] = ['patient', 'patients']) => `${formatCount(n)} ${n === 1 ? one : several}` // prettier-ignore

/** @returns null where the results of today have no such thing */
export function resolveFollowed(followed: Followed, sources: FollowSources): Resolved | null {
  const { ids, study, analysis, scores, nameOf } = sources
  switch (followed.kind) {
    case 'cell':
      return scores && resolveCell(followed, scores)
    case 'auc':
      return scores && resolveAuc(followed, scores)
    case 'step': {
      const row = analysis && describeGuard(analysis).rows[followed.at]
      return row?.learntFrom ? ofPatients(nameStepTrail(row.step), row.learntFrom) : null
    }
    case 'fold': {
      const fold = analysis?.resampling?.folds.find(({ repeat, fold }) => repeat === followed.repeat && fold === followed.fold)
      const name = `Fold ${followed.fold + 1}${followed.repeat > 0 ? ` of repeat ${followed.repeat + 1}` : ''}`
      return fold ? ofPatients(`${name}, held out`, fold.heldOut) : null
    }
    case 'cohort': {
      const members = study?.features.ids.filter((id) => study.cohortOf.get(id) === followed.cohort) ?? []
      return members.length > 0 ? ofPatients(followed.cohort, members) : null
    }
    case 'feature':
      return study?.features.columns.includes(followed.name)
        ? { kind: 'feature', title: nameOf(followed.name), name: followed.name }
        : null
    case 'patient': {
      const id = ids[followed.at] as string | undefined
      return id === undefined ? null : { kind: 'patient', title: id, id }
    }
  }
}

const nameStepTrail = (step: GuardedStep) => `${nameGuarded(step)} learnt from`
const ofPatients = (name: string, ids: readonly string[]): Resolved => ({ kind: 'patients', title: `${name}: ${count(ids.length)}`, ids, cohort: null }) // prettier-ignore

/** The patients of a cell, the highest score first. */
function resolveCell({ cell, cohort, model, index }: Extract<Followed, { kind: 'cell' }>, { evaluation, patients }: ScoreRecord): Resolved | null {
  const found = patients.find((one) => one.cohort === cohort)
  const threshold = evaluation.cohorts.find((one) => one.cohort === cohort)?.models.find((one) => one.model === model)?.roc.thresholds[index] // prettier-ignore
  const scores = found?.scores[model]
  if (!found || !scores || threshold === undefined) return null
  const isCalled = cell === 'tp' || cell === 'fp'
  const isPositive = cell === 'tp' || cell === 'fn'
  const rows = found.ids.flatMap((_, row) => (!Number.isNaN(scores[row]) && scores[row] >= threshold === isCalled && (found.outcome[row] === 1) === isPositive ? [row] : [])) // prettier-ignore
  const sorted = rows.sort((a, b) => scores[b] - scores[a] || a - b)
  return { kind: 'patients', title: `${count(rows.length, cellNames[cell])} of ${model}, ${cohort}`, ids: sorted.map((row) => found.ids[row]), cohort } // prettier-ignore
} // prettier-ignore

/** Everybody whom an AUC is of, the highest score first. */
function resolveAuc({ cohort, model }: Extract<Followed, { kind: 'auc' }>, { evaluation, patients }: ScoreRecord): Resolved | null {
  const found = patients.find((one) => one.cohort === cohort)
  const judged = evaluation.cohorts.find((one) => one.cohort === cohort)?.models.find((one) => one.model === model)
  const scores = found?.scores[model]
  if (!found || !scores || !judged) return null
  const rows = [...found.ids.keys()].filter((row) => !Number.isNaN(scores[row])).sort((a, b) => scores[b] - scores[a] || a - b)
  return { kind: 'patients', title: `AUC ${formatFixed(judged.auc.auc, 3)} of ${model}, ${cohort}: ${count(rows.length)}`, ids: rows.map((row) => found.ids[row]), cohort } // prettier-ignore
} // prettier-ignore

/** A patient's scores, by whence they are. */
export interface ScoresOfPatient {
  readonly cohort: string
  readonly isPositive: boolean
  readonly scores: readonly { readonly model: string; readonly score: number }[]
}

export function scoresOfPatient(record: ScoreRecord, id: string): ScoresOfPatient[] {
  return record.patients.flatMap(({ cohort, ids, outcome, scores }) => {
    const row = ids.indexOf(id)
    if (row < 0) return []
    const found = Object.entries(scores).flatMap(([model, values]) => (Number.isNaN(values[row]) ? [] : [{ model, score: values[row] }])) // prettier-ignore
    return [{ cohort, isPositive: outcome[row] === 1, scores: found }]
  })
}

/** Share of `among` that is not above `value`; NaN where nobody is there. */
export function percentileOf(value: number, among: readonly number[]): number {
  const present = among.filter((one) => !Number.isNaN(one))
  return present.length === 0 || Number.isNaN(value) ? NaN : present.filter((one) => one <= value).length / present.length
}
