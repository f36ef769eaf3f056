import { readColumn, type TextTable } from '../src/io/tables/tableFile.ts'

/** The patient behind each ID, as the column says; none where no column is named. @throws DataError when there is no such column */
export function readPatients(table: TextTable, column: string | undefined): ReadonlyMap<string, string> {
  if (column === undefined) return new Map()
  const patients = readColumn(table, column)
  return new Map(table.ids.map((id, row) => [id, patients[row]]))
}
