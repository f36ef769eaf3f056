import type { TextTable } from './tableFile.ts'

/**
 * The table with its rows by ID (of one ID by sequence and reader) and its columns by name, both by code units: the same in
 * whatever order a file has them. Folds, draws, forests and ties go by position; docs/order.md says which.
 */
export function inCanonicalOrder(table: TextTable): TextTable {
  const columns = inOrder(table.columns, (name) => [name])
  const keyColumns = ['sequence', 'reader'].map((name) => table.columns.indexOf(name)).filter((at) => at >= 0)
  const rows = inOrder(table.ids, (id, row) => [id, ...keyColumns.map((at) => table.cells[row][at])])
  return {
    ...table,
    ids: rows.map((row) => table.ids[row]),
    columns: columns.map((at) => table.columns[at]),
    cells: rows.map((row) => columns.map((at) => table.cells[row][at])),
    rowNumbers: rows.map((row) => table.rowNumbers[row]),
  }
}

/** Positions in ascending order of the keys; of equal ones in the order given. */
function inOrder<T>(items: readonly T[], keysOf: (item: T, at: number) => readonly string[]): number[] {
  const keys = items.map(keysOf)
  return keys
    .map((_, at) => at)
    .sort((a, b) => {
      const differing = keys[a].findIndex((key, i) => key !== keys[b][i])
      return differing < 0 ? a - b : keys[a][differing] < keys[b][differing] ? -1 : 1
    })
}
