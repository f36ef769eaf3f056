import { type TextTable, parseCsv, tableOfRows } from './tableFile.ts'

/** Test support: a table from a CSV. @param path, idColumn as `tableOfRows` @throws DataError as `parseCsv` and `tableOfRows` */
export function readTable(text: string, path: string, idColumn?: string): TextTable {
  return tableOfRows(parseCsv(text, path), path, idColumn)
}
