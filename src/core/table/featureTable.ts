import { refuse } from './messages.ts'

/**
 * Patients by features. Column-major: the value of row i, column j stands at `values[j * ids.length + i]`; a missing value is
 * NaN. IDs and column names each occur once.
 */
export interface FeatureTable {
  readonly ids: readonly string[]
  readonly columns: readonly string[]
  readonly values: Float64Array
}

/** @throws DataError that names repeated IDs or columns, or tells of a wrong number of values */
export function makeFeatureTable(ids: readonly string[], columns: readonly string[], values: Float64Array): FeatureTable {
  refuseRepeated(ids, 'ID')
  refuseRepeated(columns, 'column')
  if (values.length !== ids.length * columns.length)
    throw refuse('table-size', { rows: ids.length, columns: columns.length, given: values.length })
  return { ids, columns, values }
}

/** The values of one column, not copied. */
export function columnAt(table: FeatureTable, column: number): Float64Array {
  const rows = table.ids.length
  return table.values.subarray(column * rows, (column + 1) * rows)
}

/** @throws DataError that names the columns that are not there */
export function pickColumns(table: FeatureTable, columns: readonly string[]): FeatureTable {
  const at = positions(table.columns, columns, 'column')
  const rows = table.ids.length
  const values = new Float64Array(rows * columns.length)
  at.forEach((from, to) => values.set(columnAt(table, from), to * rows))
  return makeFeatureTable(table.ids, columns, values)
}

/** Rows in the order of `ids`. @throws DataError that names the IDs that are not there */
export function pickRows(table: FeatureTable, ids: readonly string[]): FeatureTable {
  const at = positions(table.ids, ids, 'ID')
  const values = new Float64Array(ids.length * table.columns.length)
  for (let j = 0; j < table.columns.length; j++) {
    const column = columnAt(table, j)
    for (let i = 0; i < at.length; i++) values[j * at.length + i] = column[at[i]]
  }
  return makeFeatureTable(ids, table.columns, values)
}

/** Rows by position, each as often as it is asked for, under new IDs. @throws DataError for a repeated ID */
export function copyRows(table: FeatureTable, rows: readonly number[], ids: readonly string[]): FeatureTable {
  const values = new Float64Array(rows.length * table.columns.length)
  for (let j = 0; j < table.columns.length; j++) {
    const column = columnAt(table, j)
    for (let i = 0; i < rows.length; i++) values[j * rows.length + i] = column[rows[i]]
  }
  return makeFeatureTable(ids, table.columns, values)
}

/** The rows of several tables with the same columns, one table after the other. @throws DataError for a repeated ID */
export function stackRows(tables: readonly [FeatureTable, ...FeatureTable[]]): FeatureTable {
  const [{ columns }] = tables
  const ids = tables.flatMap((table) => table.ids)
  const values = new Float64Array(ids.length * columns.length)
  let below = 0
  for (const table of tables) {
    const picked = pickColumns(table, columns)
    columns.forEach((_, j) => values.set(columnAt(picked, j), j * ids.length + below))
    below += table.ids.length
  }
  return makeFeatureTable(ids, columns, values)
}

function positions(all: readonly string[], wanted: readonly string[], what: 'ID' | 'column'): number[] {
  const places = new Map(all.map((name, i) => [name, i]))
  const missing = wanted.filter((name) => !places.has(name))
  if (missing.length > 0) throw refuse('unknown-names', { what, names: missing })
  return wanted.map((name) => places.get(name)!)
}

function refuseRepeated(names: readonly string[], what: 'ID' | 'column') {
  const seen = new Set<string>()
  const repeated = new Set(names.filter((name) => seen.size === seen.add(name).size))
  if (repeated.size > 0) throw refuse('repeated-names', { what, names: [...repeated] })
}
