import { columnAt } from '../../core/table/featureTable.ts'
import type { WideTable } from '../../core/table/wideTable.ts'
import { formatCsvLine, formatFeatureValue } from './featureCsv.ts'
import type { Bytes } from '../sourceFile.ts'

/** Excel takes a CSV without it for one of the machine's own encoding. */
const byteOrderMark = '\uFEFF'

/**
 * One row a patient and lesion: `id`, then the columns of the table, numbers with all digits; what was not measured is empty, and
 * nan, inf and -inf are written as PyRadiomics writes them.
 */
export function formatWideTable(table: WideTable, { forExcel = false } = {}): string {
  const { ids, columns, values, isMeasured } = table
  const cell = (row: number, column: number) => {
    const at = column * ids.length + row
    return isMeasured[at] === 1 ? formatFeatureValue(values[at]) : ''
  }
  const lines = ids.map((id, row) => formatCsvLine([id, ...columns.map((_, column) => cell(row, column))]))
  return [forExcel ? byteOrderMark : '', formatCsvLine(['id', ...columns]), ...lines].join('')
}

/** The same as Parquet, for pandas and R: what was not measured is null. Packed by Snappy, as all readers of Parquet can. */
export async function packWideTable(table: WideTable): Promise<Bytes> {
  // Loaded when one is written.
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const { ids, columns, isMeasured } = table
  const dataOf = (column: number) =>
    Array.from(columnAt(table, column), (value, row) => (isMeasured[column * ids.length + row] === 1 ? value : null))
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'id', data: [...ids], type: 'STRING' },
        ...columns.map((name, column) => ({ name, data: dataOf(column), type: 'DOUBLE' as const, nullable: true })),
      ],
    }),
  )
}
