import type { ScoreRecord } from '../../../core/evaluate/scoreRecord.ts'
import { formatJson } from '../../../io/records/formatJson.ts'
import { evaluationTables } from '../../../io/results/evaluationTables.ts'
import { formatTables } from '../../../io/results/namedTable.ts'
import type { TableIntervals } from '../../../io/results/performanceTables.ts'
import { say } from '../../../messages/say.ts'
import { packFiles } from './packFiles.ts'

/** The tables of a paper, the data behind each curve, and the record itself. */
export function zipTables({ evaluation }: ScoreRecord, intervals: TableIntervals): Promise<Uint8Array<ArrayBuffer>> {
  const texts = formatTables(evaluationTables(evaluation, intervals), say)
  const files = [...texts, { name: 'evaluation.json', text: formatJson(evaluation, say) }]
  return packFiles(Object.fromEntries(files.map(({ name, text }) => [name, new TextEncoder().encode(text)])))
}
