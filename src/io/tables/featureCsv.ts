import Papa from 'papaparse'
import { isMessage, type Message, type Say } from '../../core/messages/message.ts'

/** What an extraction gives of one region, in the order in which it is written. */
export interface FeatureRecord {
  readonly diagnostics: readonly (readonly [name: string, value: string | Message])[]
  readonly features: readonly (readonly [name: string, value: number])[]
}

/** One row of a wide table: who it is about (id, image, mask ...), then its record. */
export interface WideRow extends FeatureRecord {
  readonly identity: readonly (readonly [name: string, value: string])[]
}

/** All digits of a double; nan, inf and -inf as PyRadiomics writes them. */
export function formatFeatureValue(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  return String(value)
}

/** Names and texts of a record: diagnostics first, then features. */
export function recordCells({ diagnostics, features }: FeatureRecord, say: Say): [name: string, text: string][] {
  return [
    ...diagnostics.map(([name, text]): [string, string] => [name, isMessage(text) ? say(text) : text]),
    ...features.map(([name, value]): [string, string] => [name, formatFeatureValue(value)]),
  ]
}

/** The long table: a `feature,value` line each, header included. */
export function formatFeatureLines(record: FeatureRecord, say: Say): string {
  return [['feature', 'value'], ...recordCells(record, say)].map(formatCsvLine).join('')
}

/** The wide table, one row a case, as PyRadiomics's batch output; what a row lacks stays empty. */
export function formatFeatureTable(rows: readonly WideRow[], say: Say): string {
  const cells = rows.map((row) => [...row.identity, ...recordCells(row, say)])
  const columns = cells.reduce<readonly string[]>((all, row) => mergeColumns(all, row.map(([name]) => name)), []) // prettier-ignore
  return [[...columns], ...cells.map((row) => arrangeCells(row, columns))].map(formatCsvLine).join('')
}

/** The texts in the order of the columns; '' where there is none. */
export function arrangeCells(cells: Iterable<readonly [string, string]>, columns: readonly string[]): string[] {
  const byName = new Map(cells)
  return columns.map((name) => byName.get(name) ?? '')
}

/** Both lists of columns in one; a new column stands behind the one that precedes it in its own list. */
export function mergeColumns(columns: readonly string[], more: readonly string[]): string[] {
  const known = new Set(columns)
  if (more.every((name) => known.has(name))) return [...columns]
  const following = new Map<string | undefined, string[]>()
  let anchor: string | undefined
  for (const name of more) {
    if (known.has(name)) anchor = name
    else following.set(anchor, [...(following.get(anchor) ?? []), name])
  }
  return [...(following.get(undefined) ?? []), ...columns.flatMap((name) => [name, ...(following.get(name) ?? [])])]
}

/** One line of CSV with its line break. */
export function formatCsvLine(values: readonly string[]): string {
  return `${Papa.unparse([[...values]], { newline: '\n' })}\n`
}
