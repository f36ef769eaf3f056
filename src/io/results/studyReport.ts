import type { Analysis } from '../../core/analysis/analysis.ts'
import type { StudyData } from '../../core/analysis/studyData.ts'
import type { Evaluation } from '../../core/evaluate/evaluateScores.ts'
import type { ScoreRecord } from '../../core/evaluate/scoreRecord.ts'
import type { Say } from '../../core/messages/message.ts'
import type { ReportAnswers } from '../../core/report/answers.ts'
import type { RunFacts } from '../../core/report/clauses.ts'
import { writeReport, writeScoresReport, type Report } from '../../core/report/writeReport.ts'
import type { FlowChart } from './flowChart.ts'
import { layOutModelCards, layOutPlannedSize, layOutSampleSize } from './modelCards.ts'
import type { NamedTable } from './namedTable.ts'
import { formTable1, formTable2, formTable3, formTable4 } from './paperForms.ts'
import type { TableIntervals } from './performanceTables.ts'
import { drawFigures, drawFlow } from './reportFigures.ts'
import { layOutReport, type ReportSection, type ReportTables } from './reportSections.ts'

/** A report in words: what it says, and its parts in their order. */
export interface LaidOutReport {
  readonly report: Report
  readonly sections: readonly ReportSection[]
}

export interface StudyToReport {
  readonly analysis: Analysis
  readonly study: StudyData
  /** Of the same analysis, as `recordScores` makes them. */
  readonly scores: ScoreRecord
  /** As `describeCohorts` makes it; null where the clinical table cannot be described. */
  readonly table1: NamedTable | null
  /** Null where nobody wrote down how the analysis came about. */
  readonly run: RunFacts | null
  readonly answers: ReportAnswers
  readonly flow: FlowChart
}

/** The report of a study, of the command line and of the page. */
export function layOutStudy({ analysis, study, scores, table1, run, answers, flow }: StudyToReport, say: Say): LaidOutReport {
  const { evaluation, protocol } = analysis
  const report = writeReport(analysis, study, run, answers)
  const tables: ReportTables = {
    table1: table1 && formTable1(table1, say),
    ...tablesOf(evaluation, protocol.evaluate.intervals, say),
    flow: drawFlow(flow, say),
    sampleSize: [layOutPlannedSize(analysis, say), layOutSampleSize(analysis, say)].filter((table) => table !== null),
    cards: layOutModelCards(analysis, say),
    figures: drawFigures(evaluation, scores.patients, say),
  }
  return { report, sections: layOutReport(report, tables, say) }
}

export interface ScoresToReport {
  readonly record: ScoreRecord
  readonly title: string
  readonly run: RunFacts | null
  readonly answers: ReportAnswers
}

/** The report of scores that came from elsewhere. */
export function layOutScores({ record, title, run, answers }: ScoresToReport, say: Say): LaidOutReport {
  const { evaluation } = record
  const report = writeScoresReport(evaluation, title, run, answers)
  const tables = { table1: null, ...tablesOf(evaluation, 'Clopper-Pearson', say), flow: null, sampleSize: [], cards: [] }
  return { report, sections: layOutReport(report, { ...tables, figures: drawFigures(evaluation, record.patients, say) }, say) } // prettier-ignore
}

function tablesOf(evaluation: Evaluation, intervals: TableIntervals, say: Say) {
  const pairs = evaluation.cohorts.flatMap(({ comparisons }) => comparisons)
  return {
    table2: formTable2(evaluation, intervals, say),
    table3: pairs.length === 0 ? null : formTable3(evaluation, say),
    table4: evaluation.acrossCohorts.length === 0 ? null : formTable4(evaluation, say),
  }
}
