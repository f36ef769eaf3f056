import type { ScoreRecord } from '../../../core/evaluate/scoreRecord.ts'
import { formTable2, formTable3 } from '../../../io/results/paperForms.ts'
import type { PaperTable } from '../../../io/results/paperTable.ts'
import type { TableIntervals } from '../../../io/results/performanceTables.ts'
import { sayInFiles } from '../../../messages/say.ts'

/** Table 2 in the paper's form. */
export function paperOfTable2({ evaluation }: ScoreRecord, intervals: TableIntervals): PaperTable {
  return formTable2(evaluation, intervals, sayInFiles)
}

/** Table 3: differences between the models. */
export function paperOfTable3({ evaluation }: ScoreRecord): PaperTable {
  return formTable3(evaluation, sayInFiles)
}
