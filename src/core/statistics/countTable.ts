/** Patients counted by two variables: a row each value of one, a column each value of the other. */
export type CountTable = readonly (readonly number[])[]

export interface Margins {
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  readonly total: number
}

/** @throws RangeError when the table is not at least 2 x 2, is ragged, has an entry that is no count, or is empty */
export function sumMargins(table: CountTable): Margins {
  const width = table[0]?.length ?? 0
  if (table.length < 2 || width < 2)
    throw new RangeError(`A table of counts needs at least 2 rows and 2 columns; this has ${table.length} and ${width}.`)
  if (table.some((row) => row.length !== width)) throw new RangeError('The rows of a table of counts have the same length.')
  const wrong = table.flat().find((count) => !Number.isSafeInteger(count) || count < 0)
  if (wrong !== undefined) throw new RangeError(`A table of counts holds whole numbers from 0 upwards; ${wrong} is none.`)
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0))
  const columns = table[0].map((_, j) => table.reduce((sum, row) => sum + row[j], 0))
  const total = rows.reduce((sum, count) => sum + count, 0)
  if (total === 0) throw new RangeError('A table of counts needs at least one patient; all its entries are 0.')
  return { rows, columns, total }
}
