import type { StudyData } from '../../core/analysis/studyData.ts'
import type { Protocol } from '../../core/protocol/protocol.ts'
import type { FeatureTable } from '../../core/table/featureTable.ts'
import { columnAt } from '../../core/table/featureTable.ts'
import { formatTable, type TextTable } from './tableFile.ts'

/** What the two tables are called that `texel analyse` takes. */
export const tablesForCommand = { features: 'study-features.csv', clinical: 'study-clinical.csv' } as const

/**
 * A study's two tables as text, from which `texel analyse` reads the same study, however many files it came from.
 * @param clinical outcome, cohort, batches and clinical columns
 */
export function formatStudyTables(
  { features, secondReader }: Pick<StudyData, 'features' | 'secondReader'>,
  clinical: TextTable,
  { readers }: Pick<Protocol, 'readers'>,
): { readonly features: string; readonly clinical: string } {
  const [first, second] = readers ? [readers.first, readers.second] : ['1', '2']
  const rowsOf = (table: FeatureTable, reader: string) => {
    const columns = table.columns.map((_, j) => columnAt(table, j))
    return table.ids.map((id, row) => [id, ...(secondReader ? [reader] : []), ...columns.map((column) => column[row])])
  }
  const rows = [...rowsOf(features, first), ...(secondReader ? rowsOf(secondReader, second) : [])]
  return {
    features: formatTable(['id', ...(secondReader ? ['reader'] : []), ...features.columns], rows),
    clinical: formatTable(['id', ...clinical.columns], clinical.ids.map((id, row) => [id, ...clinical.cells[row]])), // prettier-ignore
  }
}
