import type { Analysis } from '../../../core/analysis/analysis.ts'
import type { StudyData } from '../../../core/analysis/studyData.ts'
import type { Evaluation } from '../../../core/evaluate/evaluateScores.ts'
import { programServer } from '../../../io/programServer.ts'
import { describeCohorts } from '../../../io/results/describeCohorts.ts'
import { evaluationTables } from '../../../io/results/evaluationTables.ts'
import { formatTables, type NamedTable } from '../../../io/results/namedTable.ts'
import { studyTables } from '../../../io/results/studyTables.ts'
import { formatStudyTables, tablesForCommand } from '../../../io/tables/studyTablesText.ts'
import type { TextTable } from '../../../io/tables/tableFile.ts'
import { sayInFiles } from '../../../messages/say.ts'
import { packFiles } from '../evaluate/packFiles.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Every table of the report, and those behind its figures, with all digits. */
export function listTables(evaluation: Evaluation, ofStudy: { readonly analysis: Analysis; readonly clinical: TextTable } | null): NamedTable[] {
  if (ofStudy === null) return evaluationTables(evaluation, 'Clopper-Pearson')
  const { analysis, clinical } = ofStudy
  const { column, positive = '' } = analysis.protocol.outcome
  const { tables } = describeCohorts(analysis, clinical, { column, positive }, sayInFiles)
  return [...tables, ...studyTables(analysis), ...evaluationTables(evaluation, analysis.protocol.evaluate.intervals)]
} // prettier-ignore

export function zipReportTables(tables: readonly NamedTable[]): Promise<Uint8Array<ArrayBuffer>> {
  return packFiles(Object.fromEntries(formatTables(tables, sayInFiles).map(({ name, text }) => [name, bytesOf(text)])))
}

/** What `texel analyse` takes for the same digits. */
export async function zipForCommand(
  study: StudyData,
  clinical: TextTable,
  { protocol }: Analysis,
): Promise<Uint8Array<ArrayBuffer>> {
  const { formatProtocolFile } = await programServer.load(() => import('../../../io/records/protocolFile.ts'))
  const tables = formatStudyTables(study, clinical, protocol)
  return packFiles({
    [tablesForCommand.features]: bytesOf(tables.features),
    [tablesForCommand.clinical]: bytesOf(tables.clinical),
    'protocol.yaml': bytesOf(formatProtocolFile(protocol)),
  })
}
