import type { ComputedRow } from '../../core/study/computedRows.ts'
import { refuse } from './messages.ts'
import { imageColumn, maskColumn, parametersColumn, versionColumn } from './rowColumns.ts'
import { describesRow, parseCsv, parseNumber, tableOfRows } from './tableFile.ts'

/**
 * The rows that `texel study --extract` and `texel merge --study` keep beside their table, with all digits.
 * @param path for messages
 * @throws DataError where it is not such a table, or a number cannot be read
 */
export function readComputedRows(text: string, path: string): ComputedRow[] {
  const { ids, columns, cells, rowNumbers } = tableOfRows(parseCsv(text, path), path)
  const own = ['sequence', 'reader', parametersColumn, imageColumn, maskColumn, versionColumn]
  if (own.some((name) => !columns.includes(name))) throw refuse('no-computed-rows', { path })
  const isHash = new Set([parametersColumn, imageColumn, maskColumn])
  return ids.map((id, i) => {
    const row = cells[i]
    const value = (name: string) => row[columns.indexOf(name)]
    const filled = columns.flatMap((name, at) => (row[at] === '' ? [] : [{ name, text: row[at] }]))
    const features = filled.flatMap(({ name, text }) => {
      if (describesRow(name)) return []
      const number = parseNumber(text)
      if (typeof number === 'number') return [[name, number] as const]
      throw refuse('cell-unusable', { path, row: rowNumbers[i], id, column: name, problem: number })
    })
    const diagnostics = filled.flatMap(({ name, text }) =>
      name.startsWith('diagnostics_') && !isHash.has(name) ? [[name, text] as const] : [],
    )
    return {
      id,
      role: value('sequence'),
      reader: value('reader'),
      image: value(imageColumn),
      maskHash: value(maskColumn),
      parametersHash: value(parametersColumn),
      program: value(versionColumn),
      result: { diagnostics, features },
    }
  })
}
