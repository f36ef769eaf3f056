import type { ScoreRecord } from '../../../core/evaluate/scoreRecord.ts'
import { formatJson } from '../../../io/records/formatJson.ts'
import { evaluationTables } from '../../../io/results/evaluationTables.ts'
import { formatTables, type NamedTable } from '../../../io/results/namedTable.ts'
import { table2, table3, type TableIntervals } from '../../../io/results/performanceTables.ts'
import { sayInFiles } from '../../../messages/say.ts'
import { packFiles } from './packFiles.ts'

/** Tables 2 and 3, and what each model says of each patient. */
export function sheetsOf({ evaluation, patients }: ScoreRecord, intervals: TableIntervals): NamedTable[] {
  return [table2(evaluation, intervals), table3(evaluation), scoreTable(patients)].filter(({ rows }) => rows.length > 0)
}

/** A row each patient of each cohort. */
function scoreTable(cohorts: ScoreRecord['patients']): NamedTable {
  const models = [...new Set(cohorts.flatMap(({ scores }) => Object.keys(scores)))]
  const rows = cohorts.flatMap(({ cohort, ids, outcome, scores }) => ids.map((id, row) => [id, cohort, outcome[row], ...models.map((model) => scores[model]?.[row] ?? NaN)])) // prettier-ignore
  return { name: 'scores', columns: ['id', 'cohort', 'outcome', ...models], rows }
}

/** The tables of a paper, the data behind each curve, and the record itself. @param freeze hash of the fixed cohorts */
export function zipTables(
  { evaluation, patients }: ScoreRecord,
  intervals: TableIntervals,
  freeze?: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const texts = formatTables([...evaluationTables(evaluation, intervals), scoreTable(patients)], sayInFiles)
  const files = [
    ...texts,
    { name: 'evaluation.json', text: formatJson({ ...(freeze !== undefined && { freeze }), ...evaluation }, sayInFiles) },
  ]
  return packFiles(Object.fromEntries(files.map(({ name, text }) => [name, new TextEncoder().encode(text)])))
}
