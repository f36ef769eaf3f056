import { refuse } from './messages.ts'

/** Patients counted by two variables: a row each value of one, a column each value of the other. */
export type CountTable = readonly (readonly number[])[]

export interface Margins {
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  readonly total: number
}

/** @throws DataError when the table is not at least 2 x 2, is ragged, has an entry that is no count, or is empty */
export function sumMargins(table: CountTable): Margins {
  const width = table[0]?.length ?? 0
  if (table.length < 2 || width < 2) throw refuse('count-table-size', { rows: table.length, columns: width })
  if (table.some((row) => row.length !== width)) throw refuse('count-table-ragged', {})
  const wrong = table.flat().find((count) => !Number.isSafeInteger(count) || count < 0)
  if (wrong !== undefined) throw refuse('count-table-entry', { wrong })
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0))
  const columns = table[0].map((_, j) => table.reduce((sum, row) => sum + row[j], 0))
  const total = rows.reduce((sum, count) => sum + count, 0)
  if (total === 0) throw refuse('count-table-empty', {})
  return { rows, columns, total }
}
