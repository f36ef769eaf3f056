import { makeFeatureTable, type FeatureTable } from '../../core/table/featureTable.ts'
import { likelySameIds } from './likelySameIds.ts'
import { refuse } from './messages.ts'
import { readFeatureTable, type TextTable } from './tableFile.ts'

export interface Measurements {
  /** One row a patient; with a column `sequence` the features are named `<sequence>_<feature>`. */
  readonly first: FeatureTable
  /** The second reader's, of the patients that were read again. */
  readonly second?: FeatureTable
  /** Patients of the first reader without a row of a sequence that others have. */
  readonly incomplete: readonly { readonly sequence: string; readonly ids: readonly string[] }[]
}

/**
 * Features a patient from rows a patient, sequence and reader, as `texel extract --cases` writes them; a table without the
 * columns sequence and reader has one row a patient already. What was not measured is NaN.
 * @param leaveOut columns that are no features, such as the outcome
 * @param readers values of the column `reader`; default: in order of appearance
 * @throws DataError for more than two readers, for readers that are not there, and for patients that only the second read
 */
export function readMeasurements(
  table: TextTable,
  readers?: { readonly first: string; readonly second: string },
  leaveOut: readonly string[] = [],
): Measurements {
  const values = readFeatureTable(table, leaveOut, table.ids.map((_, row) => String(row))) // prettier-ignore
  const textOf = (column: string) => {
    const at = table.columns.indexOf(column)
    return at < 0 ? undefined : table.cells.map((row) => row[at])
  }
  const sequences = textOf('sequence')
  const readerOf = textOf('reader')
  const present = [...new Set(readerOf)]
  if (present.length > 2 && !readers) throw refuse('many-readers', { path: table.path, readers: present })
  const [first, second] = readers ? [readers.first, readers.second] : present
  for (const reader of [first, second])
    if (reader !== undefined && !present.includes(reader))
      throw refuse('no-reader', { path: table.path, reader, readers: present })
  const rowsOf = (reader: string | undefined) =>
    table.ids.flatMap((_, row) => (readerOf === undefined || readerOf[row] === reader ? [row] : []))
  const firstTable = spread(table, values, sequences, rowsOf(first))
  const incomplete = findIncomplete(table, sequences, rowsOf(first))
  if (second === undefined) return { first: firstTable, incomplete }
  const secondTable = spread(table, values, sequences, rowsOf(second))
  const known = new Set(firstTable.ids)
  const alone = secondTable.ids.filter((id) => !known.has(id))
  if (alone.length > 0)
    throw refuse('read-by-second-only', {
      path: table.path,
      first,
      second,
      ids: alone,
      likely: likelySameIds(alone, firstTable.ids),
    })
  return { first: firstTable, second: secondTable, incomplete }
}

function findIncomplete(
  { ids }: TextTable,
  sequences: readonly string[] | undefined,
  rows: readonly number[],
): Measurements['incomplete'] {
  if (!sequences) return []
  const all = [...new Set(rows.map((row) => ids[row]))]
  return [...new Set(sequences)].flatMap((sequence) => {
    const having = new Set(rows.filter((row) => sequences[row] === sequence).map((row) => ids[row]))
    const without = all.filter((id) => !having.has(id))
    return without.length > 0 ? [{ sequence, ids: without }] : []
  })
}

function spread(
  table: TextTable,
  values: FeatureTable,
  sequences: readonly string[] | undefined,
  rows: readonly number[],
): FeatureTable {
  const ids = [...new Set(rows.map((row) => table.ids[row]))]
  const named: readonly (string | undefined)[] = sequences === undefined ? [undefined] : [...new Set(sequences)]
  const columns = named.flatMap((name) => values.columns.map((column) => (name === undefined ? column : `${name}_${column}`)))
  const cells = new Float64Array(ids.length * columns.length).fill(NaN)
  const place = new Map(ids.map((id, i) => [id, i]))
  for (const row of rows) {
    const block = sequences === undefined ? 0 : named.indexOf(sequences[row])
    for (let j = 0; j < values.columns.length; j++)
      cells[(block * values.columns.length + j) * ids.length + place.get(table.ids[row])!] =
        values.values[j * values.ids.length + row]
  }
  return makeFeatureTable(ids, columns, cells)
}
