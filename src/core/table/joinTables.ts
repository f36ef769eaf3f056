import { columnAt, makeFeatureTable, type FeatureTable } from './featureTable.ts'
import { refuse } from './messages.ts'

/** A table to join, under the name by which messages call it. */
export interface TablePart {
  readonly name: string
  readonly table: FeatureTable
  /** Put before every column as `<prefix>_`, such as the sequence. */
  readonly prefix?: string
}

export interface JoinedTable {
  readonly table: FeatureTable
  /** Patients of some parts that the named part lacks; parts that lack none are left out. */
  readonly unmatched: readonly { readonly name: string; readonly lacks: readonly string[] }[]
}

/** What becomes of a patient that some part lacks: an error, gone from the result, or there with missing values. */
export type UnmatchedPatients = 'refuse' | 'leave out' | 'leave missing'

/**
 * Tables of the same patients side by side, matched by ID: features of several sequences, or features with clinical numbers.
 * Rows in the order of the first part, then those that only later parts have.
 * @throws DataError for unmatched IDs (by part; unless asked for otherwise), for a column that occurs twice, when no patient is left
 */
export function joinTables(parts: readonly TablePart[], unmatched: UnmatchedPatients = 'refuse'): JoinedTable {
  const places = parts.map(({ table }) => new Map(table.ids.map((id, row) => [id, row])))
  const all = [...new Set(parts.flatMap(({ table }) => table.ids))]
  const lacking = parts
    .map(({ name }, k) => ({ name, lacks: all.filter((id) => !places[k].has(id)) }))
    .filter(({ lacks }) => lacks.length > 0)
  if (lacking.length > 0 && unmatched === 'refuse') throw refuse('join-unmatched', { lacking })
  const ids = unmatched === 'leave missing' ? all : all.filter((id) => places.every((place) => place.has(id)))
  if (ids.length === 0) throw refuse('join-nobody', { names: parts.map(({ name }) => name) })
  const columns = parts.flatMap(({ table, prefix }) => table.columns.map((column) => (prefix === undefined ? column : `${prefix}_${column}`))) // prettier-ignore
  const values = new Float64Array(ids.length * columns.length)
  let at = 0
  parts.forEach(({ table }, k) => {
    const rows = ids.map((id) => places[k].get(id))
    for (let j = 0; j < table.columns.length; j++) {
      const column = columnAt(table, j)
      for (const row of rows) values[at++] = row === undefined ? NaN : column[row]
    }
  })
  return { table: makeFeatureTable(ids, columns, values), unmatched: lacking }
}

/** IDs of two lists, compared: for tables that do not become one (a clinical table with text, a list of training patients). */
export function matchIds(
  first: readonly string[],
  second: readonly string[],
): { both: string[]; onlyFirst: string[]; onlySecond: string[] } {
  // prettier-ignore
  const inFirst = new Set(first)
  const inSecond = new Set(second)
  return {
    both: first.filter((id) => inSecond.has(id)),
    onlyFirst: first.filter((id) => !inSecond.has(id)),
    onlySecond: second.filter((id) => !inFirst.has(id)),
  }
}
