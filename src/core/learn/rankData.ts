import type { ForestData } from './forestInput.ts'
import { refuse } from './messages.ts'

/** Data for `judgeRows`: the rows behind the first `learning` are held out, so no tree draws them; `patients` names the first ones only. */
export interface SplitForestData extends ForestData {
  readonly learning: number
}

/** Data ready to grow from: `codes` rank the values of a column among its `distinct` ones, which stand at its first places. */
export interface RankedData {
  readonly rows: number
  readonly columns: number
  readonly codes: Uint16Array
  readonly distinct: Float64Array
  readonly outcome: Uint8Array
  /** Rows that can be drawn: the first ones, all of them unless some are held out. */
  readonly learning: number
  /** Null when each patient has one row. */
  readonly patients: PatientRows | null
}

/** The rows of patient p are places `startOf[p]` to `startOf[p + 1]` of `rowsOf`; patients stand in order of appearance. */
export interface PatientRows {
  readonly startOf: Uint16Array
  readonly rowsOf: Uint16Array
}

/**
 * Ranks every column once.
 * @throws DataError with more than 65535 rows, or with the number (from 1) of a row and column whose value is not finite
 */
export function rankData(data: ForestData | SplitForestData): RankedData {
  const { rows, columns, values, outcome, patients } = data
  if (rows > 0xffff) throw refuse('forest-rows', { rows })
  if (values.length !== rows * columns || outcome.length !== rows)
    throw refuse('forest-lengths', { rows, columns, values: values.length, outcomes: outcome.length })
  const codes = new Uint16Array(rows * columns)
  const distinct = new Float64Array(rows * columns)
  for (let j = 0; j < columns; j++) {
    const column = values.subarray(j * rows, (j + 1) * rows)
    const wrong = column.findIndex((value) => !Number.isFinite(value))
    if (wrong >= 0) throw refuse('forest-finite', { row: wrong + 1, column: j + 1, found: column[wrong] })
    const sorted = Float64Array.from(column).sort()
    const levels = distinct.subarray(j * rows, (j + 1) * rows)
    let count = 0
    for (let i = 0; i < rows; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) levels[count++] = sorted[i]
    for (let i = 0; i < rows; i++) codes[j * rows + i] = placeOf(column[i], levels, count)
  }
  return {
    rows,
    columns,
    codes,
    distinct,
    outcome,
    learning: 'learning' in data ? data.learning : rows,
    patients: patients ? groupRows(patients) : null,
  }
}

/** @throws DataError when a bag could hold more rows than a forest takes: patients drawn with many rows each */
function groupRows(patients: readonly string[]): PatientRows {
  const rowsOf = new Map<string, number[]>()
  patients.forEach((patient, row) => rowsOf.set(patient, [...(rowsOf.get(patient) ?? []), row]))
  const groups = [...rowsOf.values()]
  const most = groups.reduce((size, rows) => Math.max(size, rows.length), 0)
  if (most * groups.length > 0xffff) throw refuse('forest-bags', { patients: groups.length, most })
  const startOf = new Uint16Array(groups.length + 1)
  groups.forEach((rows, p) => (startOf[p + 1] = startOf[p] + rows.length))
  return { startOf, rowsOf: Uint16Array.from(groups.flat()) }
}

/** Some columns, by position, of data that were ranked before. */
export function pickRankedColumns(data: RankedData, columns: readonly number[]): RankedData {
  const { rows } = data
  const codes = new Uint16Array(rows * columns.length)
  const distinct = new Float64Array(rows * columns.length)
  columns.forEach((from, to) => {
    codes.set(data.codes.subarray(from * rows, (from + 1) * rows), to * rows)
    distinct.set(data.distinct.subarray(from * rows, (from + 1) * rows), to * rows)
  })
  return { ...data, columns: columns.length, codes, distinct }
}

function placeOf(value: number, levels: Float64Array, count: number): number {
  let from = 0
  let to = count - 1
  while (from < to) {
    const middle = (from + to) >> 1
    if (levels[middle] < value) from = middle + 1
    else to = middle
  }
  return from
}
