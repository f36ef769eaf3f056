import type { Analysis } from '../analysis/analysis.ts'
import { warnOfData } from '../analysis/dataWarnings.ts'
import { withSeenBatches, type StudyData } from '../analysis/studyData.ts'
import { findWarnings } from '../analysis/warnings.ts'
import type { Message } from '../messages/message.ts'
import { recordsOf, writeClauses, type Clause, type ReportRecords, type RunFacts } from './clauses.ts'
import { describeCopies } from './describeAnalysis.ts'
import type { NotDone, Question } from './clauseMessages.ts'

/** A study's report, as data: what its records say, what they do not have, and what speaks against it. */
export interface Report {
  readonly title: string
  readonly clauses: readonly Clause[]
  readonly notDone: readonly NotDone[]
  /** The worst first; within, in the data's way. */
  readonly reviewer: readonly ReviewerAsks[]
  readonly questions: readonly Question[]
}

export interface ReviewerAsks {
  readonly grave: boolean
  readonly message: Message
}

/** In the order in which a paper needs them. Texel's statistics see tables: none of it is in a record. */
const questions: readonly Question[] = ['recruitment', 'ethics', 'reference standard', 'imaging', 'segmentation', 'extraction']

/** @param run null where nobody wrote down how the analysis came about */
export function writeReport(analysis: Analysis, study: StudyData, run: RunFacts | null): Report {
  const records = recordsOf(analysis, run)
  return {
    title: analysis.protocol.title,
    clauses: writeClauses(records),
    notDone: listNotDone(records),
    reviewer: listReviewerAsks(analysis, study),
    questions,
  }
}

/** What a reader looks for and no record has. */
export function listNotDone(records: ReportRecords): NotDone[] {
  const { protocol, combat, selection, resampling, optimism, evaluation, run } = records
  const usable = (evaluation?.cohorts ?? []).filter(({ unusable }) => unusable === null)
  const judged = usable.filter(({ role }) => role === 'validation')
  const models = usable.flatMap(({ models }) => models)
  const missing: readonly (readonly [NotDone, boolean])[] = [
    ['fixed cohorts', protocol === undefined],
    ['harmonisation', combat === undefined],
    ['agreement', !selection?.steps.some(({ method }) => method === 'agreement')],
    ['resampling', resampling === undefined],
    ['optimism', optimism === undefined],
    ['validation', judged.length === 0],
    ['calibration', models.every(({ calibration }) => calibration === null)],
    ['decision curves', models.every(({ decisionCurve }) => decisionCurve === null)],
    ['run record', run === undefined],
  ]
  return missing.flatMap(([what, isMissing]) => (isMissing ? [what] : []))
}

/** Every warning of the data and of the results, and what is too good to be true, which stands above all. */
export function listReviewerAsks(analysis: Analysis, study: StudyData): ReviewerAsks[] {
  const copies = describeCopies(analysis.copies).map((message) => ({ grave: true, message }))
  const warnings = [...warnOfData(withSeenBatches(study), analysis.protocol), ...findWarnings(analysis)]
  const asked = [...copies, ...warnings.map(({ grave, message }) => ({ grave, message }))]
  return [...asked.filter(({ grave }) => grave), ...asked.filter(({ grave }) => !grave)]
}
