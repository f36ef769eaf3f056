import type { ReaderId } from '../../core/study/study.ts'
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
  return [forExcel ? byteOrderMark : '', formatCsvLine(['id', ...table.columns]), ...formatRows(table)].join('')
}

export interface Reading {
  readonly reader: ReaderId
  readonly table: WideTable
}

/** The tables of readers as one, all of the first one's columns: of several with a column `reader` beside the ID. */
export function formatReadings(readings: readonly Reading[]): string {
  const [{ table }] = readings
  if (readings.length === 1) return formatWideTable(table)
  return [formatCsvLine(['id', 'reader', ...table.columns]), ...readings.flatMap((one) => formatRows(one.table, [one.reader]))].join('') // prettier-ignore
}

/** @param beside what stands between the ID and the numbers of each row */
function formatRows({ ids, columns, values, isMeasured }: WideTable, beside: readonly string[] = []): string[] {
  const cell = (row: number, column: number) => {
    const at = column * ids.length + row
    return isMeasured[at] === 1 ? formatFeatureValue(values[at]) : ''
  }
  return ids.map((id, row) => formatCsvLine([id, ...beside, ...columns.map((_, column) => cell(row, column))]))
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
