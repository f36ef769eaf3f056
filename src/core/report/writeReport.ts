import type { Analysis } from '../analysis/analysis.ts'
import { warnOfData } from '../analysis/dataWarnings.ts'
import { withSeenBatches, type StudyData } from '../analysis/studyData.ts'
import { findWarnings, warnOfFigures } from '../analysis/warnings.ts'
import type { Evaluation } from '../evaluate/evaluateScores.ts'
import type { Message } from '../messages/message.ts'
import { noAnswers, type ReportAnswers } from './answers.ts'
import { factsOfEvaluation, factsOfStudy, type ChecklistFacts } from './checklists/facts.ts'
import { readChecklists, type Checklists } from './checklists/readChecklists.ts'
import { recordsOf, writeClauses, type Clause, type ReportRecords, type RunFacts } from './clauses.ts'
import { describeCopies } from './describeAnalysis.ts'
import { questions, type NotDone, type Question } from './clauseMessages.ts'

/** A study's report, as data: what its records say, what they do not have, and what speaks against it. */
export interface Report {
  readonly title: string
  readonly clauses: readonly Clause[]
  readonly notDone: readonly NotDone[]
  /** The worst first; within, in the data's way. */
  readonly reviewer: readonly ReviewerAsks[]
  /** What no record answers: Texel's statistics see tables. */
  readonly questions: readonly AskedQuestion[]
  readonly checklists: Checklists
}

export interface AskedQuestion {
  readonly of: Question
  /** Null until a person has answered. */
  readonly answer: string | null
}

export interface ReviewerAsks {
  readonly grave: boolean
  readonly message: Message
}

/** @param run null where nobody wrote down how the analysis came about */
export function writeReport(analysis: Analysis, study: StudyData, run: RunFacts | null, answers: ReportAnswers = noAnswers): Report {
  const reviewer = listReviewerAsks(analysis, study)
  return fromRecords(recordsOf(analysis, run), analysis.protocol.title, { reviewer, facts: factsOfStudy(analysis, study, messagesOf(reviewer), run) }, answers)
} // prettier-ignore

/** Of scores that came from elsewhere nothing but their evaluation has a record. */
export function writeScoresReport(evaluation: Evaluation, title: string, run: RunFacts | null, answers: ReportAnswers): Report {
  const reviewer = worstFirst(warnOfFigures(evaluation))
  return fromRecords({ evaluation, ...(run && { run }) }, title, { reviewer, facts: { ...factsOfEvaluation(evaluation, messagesOf(reviewer), run), learning: null } }, answers)
} // prettier-ignore

const messagesOf = (asked: readonly ReviewerAsks[]) => asked.map(({ message }) => message)

interface Looked {
  readonly reviewer: readonly ReviewerAsks[]
  readonly facts: ChecklistFacts
}

function fromRecords(records: ReportRecords, title: string, { reviewer, facts }: Looked, answers: ReportAnswers): Report {
  return {
    title,
    clauses: writeClauses(records),
    notDone: listNotDone(records),
    reviewer,
    questions: questions.map((of) => ({ of, answer: answers.questions[of] ?? null })),
    checklists: readChecklists(facts, answers),
  }
} // prettier-ignore

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
  return worstFirst([...copies, ...warnings])
}

function worstFirst(asked: readonly ReviewerAsks[]): ReviewerAsks[] {
  return [...asked.filter(({ grave }) => grave), ...asked.filter(({ grave }) => !grave)].map(({ grave, message }) => ({ grave, message })) // prettier-ignore
}
