import { formatTable } from '../tables/tableFile.ts'
import { isMessage, type Message, type Say } from '../../core/messages/message.ts'

export interface NamedText {
  /** Path below the result's folder. */
  readonly name: string
  readonly text: string
}

export type Cell = string | number | Message

/** A table of results before it is written: what is not defined is NaN or '', and becomes an empty cell. */
export interface NamedTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** Tables without a row are not written. */
export function formatTables(tables: readonly NamedTable[], say: Say): NamedText[] {
  return tables
    .filter(({ rows }) => rows.length > 0)
    .map(({ name, columns, rows }) => ({ name: `${name}.csv`, text: formatTable(columns, rows.map((row) => row.map((cell) => writeInfinite(isMessage(cell) ? say(cell) : cell)))) })) // prettier-ignore
}

/** R reads Inf and -Inf as numbers; what PyRadiomics writes, inf, is text to it. */
function writeInfinite(cell: string | number): string | number {
  return cell === Infinity ? 'Inf' : cell === -Infinity ? '-Inf' : cell
}
