import type { Bytes } from '../sourceFile.ts'
import { decodeText } from './decodeText.ts'
import { isParquet, readParquet } from './readParquet.ts'
import { isWorkbook, readWorkbook, type WorkbookRows } from './readWorkbook.ts'
import { parseCsv } from './tableFile.ts'

export interface RowsOptions {
  /** Of a workbook; without, the first. */
  readonly sheet?: string | undefined
  /** Of a CSV; a host that tells which encoding was assumed has its own. */
  readonly decode?: (bytes: Bytes) => string
}

/**
 * The rows of a table, the header among them: CSV (comma, semicolon, tabulator) in any common encoding, a sheet of an .xlsx workbook, or
 * Parquet.
 * @param path for messages
 * @returns as `readWorkbook`
 * @throws DataError for other files, and as the reader of each kind does
 */
export async function readRows(
  bytes: Bytes,
  path: string,
  { sheet, decode = (text) => decodeText(text).text }: RowsOptions = {},
): Promise<WorkbookRows> {
  if (isWorkbook(bytes)) return readWorkbook(bytes, path, sheet)
  const rows = isParquet(bytes) ? await readParquet(bytes, path) : parseCsv(decode(bytes), path)
  return { rows, note: null }
}
