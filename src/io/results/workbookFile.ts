import writeExcelFile from 'write-excel-file/universal'
import { isMessage, type Say } from '../../core/messages/message.ts'
import type { Cell, NamedTable } from './namedTable.ts'

/**
 * A workbook with a sheet a table. Texts are cells of text, so that no ID loses its zeros and none is taken for a date or a formula; numbers
 * have all their digits, what is not defined is empty, what is infinite is written as in the CSV files.
 */
export async function writeWorkbook(tables: readonly NamedTable[], say: Say): Promise<ArrayBuffer> {
  const sheets = tables.map(({ name, columns, rows }) => ({
    sheet: name,
    data: [columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const })), ...rows.map((row) => row.map((cell) => cellOf(cell, say)))],
    stickyRowsCount: 1,
  })) // prettier-ignore
  const blob = await writeExcelFile(sheets).toBlob()
  return blob.arrayBuffer()
}

function cellOf(cell: Cell, say: Say) {
  if (isMessage(cell)) return { value: say(cell), type: String }
  if (typeof cell === 'string') return cell === '' ? null : { value: cell, type: String }
  if (Number.isNaN(cell)) return null
  if (!Number.isFinite(cell)) return { value: cell > 0 ? 'Inf' : '-Inf', type: String }
  return { value: cell, type: Number }
}
