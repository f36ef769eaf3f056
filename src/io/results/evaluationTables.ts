import type { Evaluation } from '../../core/evaluate/evaluateScores.ts'
import { calibrationTables } from './calibrationTables.ts'
import { delongTable, reclassificationTable } from './comparisonTables.ts'
import { rocTable, thresholdTable } from './curveTables.ts'
import { decisionTables } from './decisionTables.ts'
import type { NamedTable } from './namedTable.ts'
import { aucTable, cutoffTable, table2, table3, type TableIntervals } from './performanceTables.ts'

/** An evaluation as the tables that a paper and its figures are made from; docs/results.md says what each column holds. */
export function evaluationTables(evaluation: Evaluation, intervals: TableIntervals): NamedTable[] {
  return [
    aucTable(evaluation),
    rocTable(evaluation),
    thresholdTable(evaluation),
    cutoffTable(evaluation),
    delongTable(evaluation),
    ...calibrationTables(evaluation),
    ...decisionTables(evaluation),
    reclassificationTable(evaluation),
    table2(evaluation, intervals),
    table3(evaluation),
  ]
}
