import { existsSync } from 'node:fs'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { formatCsvLine, mergeColumns } from '../src/io/tables/featureCsv.ts'
import { parametersColumn, versionColumn } from '../src/io/tables/rowColumns.ts'
import { listSome } from '../src/messages/listSome.ts'
import { cellsOf, readLines, readSlice, widen, type Line, type RowEntry } from './batchTable.ts'
import { count } from './count.ts'
import { errorsPathOf } from './extractCases.ts'
import { readRuns, writeRuns } from './extractionRecord.ts'
import { UsageError } from './usageError.ts'

/** A table of a shard, or of its failures; only the places of its rows are kept in memory. */
interface ReadTable {
  readonly path: string
  readonly columns: readonly string[]
  readonly rows: ReadonlyMap<string, ReadRow>
}

interface ReadRow {
  readonly table: string
  readonly line: Line
  /** The columns in which it has something; rows with the same ones share the list. */
  readonly filled: readonly string[]
  /** What the rows of one table have in common. */
  readonly parameters: string | undefined
  readonly version: string | undefined
}

const isDiagnostic = (column: string) => column.startsWith('diagnostics_')

/** All of which the shards are parts. */
export interface Whole {
  /** In the order of the table that is made. */
  readonly entries: readonly WholeEntry[]
  /** The key of an entry by the columns of its row. */
  readonly keyOf: (value: (column: string) => string) => string
  /** What a person calls all of it, and one of its entries. */
  readonly called: { readonly all: string; readonly one: string }
}

export interface WholeEntry extends RowEntry {
  /** What its row must say of how it was made, where that is known. */
  readonly madeFrom?: readonly (readonly [column: string, text: string])[]
}

export interface Merged {
  readonly done: number
  readonly failed: number
}

/**
 * Makes one table of those that shards left, and one of their failures, byte by byte as one run of all of it would have
 * written them; their records stand in one, too. Neither is begun before all that is wrong would have been told.
 * @param shards paths of tables
 * @throws UsageError where shards do not belong together or to the whole, or entries are missing
 */
export async function mergeShards(whole: Whole, shards: readonly string[], output: string): Promise<Merged> {
  const { entries, called } = whole
  const known = new Map(entries.map((entry) => [entry.key, entry]))
  const tables: ReadTable[] = []
  const failures: ReadTable[] = []
  for (const path of shards) {
    tables.push(await readTable(path, whole, known))
    if (existsSync(errorsPathOf(path))) failures.push(await readTable(errorsPathOf(path), whole, known))
  }
  refuseTwice(shards, [...tables, ...failures], known)
  refuseDifferent(tables, parametersColumn, 'parameters', ({ parameters }) => parameters)
  refuseDifferent(tables, versionColumn, 'versions of Texel', ({ version }) => version)
  const rows = inOrder(entries, tables)
  const failed = inOrder(entries, failures)
  const isTold = new Set([...rows.keys(), ...failed.keys()])
  const missing = entries.filter(({ key }) => !isTold.has(key))
  if (missing.length > 0)
    throw new UsageError(`${missing.length} of ${count(entries.length, called.one)} are in none of these tables, and no failure of them is told: ${listSome(missing.map(({ name }) => name), '; ')}. Measure their shards first, those that were ended with --resume.`) // prettier-ignore
  const columns = rows.size > 0 ? unite(rows) : unite(new Map(tables.map(({ path, columns: filled }) => [path, { filled }])))
  refuseGaps(rows, columns, known, failed)
  await writeRows(output, columns, tables, rows)
  if (failed.size > 0) await writeRows(errorsPathOf(output), unite(failed), failures, failed)
  else await rm(errorsPathOf(output), { force: true })
  const runs = []
  for (const path of shards) runs.push(...(await readRuns(path)))
  await writeRuns(output, runs)
  return { done: rows.size, failed: failed.size }
}

/** @throws UsageError where there is no such table, it was not written to its end, or has rows that are not of the whole */
async function readTable(
  path: string,
  { keyOf, called: { all, one } }: Whole,
  known: ReadonlyMap<string, WholeEntry>,
): Promise<ReadTable> {
  if (!existsSync(path)) throw new UsageError(`There is no table ${path}.`)
  let columns: string[] = []
  const rows = new Map<string, ReadRow>()
  const filledOf = new Map<string, readonly string[]>()
  const texts = new Map<string | undefined, string | undefined>()
  /** A text out of a row holds the row in memory: all rows with the same text share the first one's. */
  const share = (text: string | undefined) => {
    if (!texts.has(text)) texts.set(text, text)
    return texts.get(text)
  }
  for await (const { text, start, bytes, complete } of readLines(path)) {
    if (!complete) throw new UsageError(`${path} ends in the middle of a row: its run was stopped. End it with extract --resume.`)
    const values = cellsOf(text)
    if (columns.length === 0) {
      columns = values
      continue
    }
    if (values.length !== columns.length)
      throw new UsageError(`${path} is not a table of this program: a row has ${values.length} values where its header has ${columns.length}.`) // prettier-ignore
    const value = (column: string) => values[columns.indexOf(column)]
    const entry = known.get(keyOf((column) => value(column) ?? ''))
    if (!entry) throw new UsageError(`${path} has a ${one} that is not in the ${all}: ${value('id') ?? text.slice(0, 40)}.`)
    // Failures do not tell what they were made from.
    const madeFrom = (entry.madeFrom ?? []).filter(([column]) => columns.includes(column))
    const other = [...entry.identity, ...madeFrom].find(([column, text]) => value(column) !== text)
    if (other)
      throw new UsageError(`${entry.name} of ${path} is not the ${one} of the ${all}: ${other[0]} is ${JSON.stringify(value(other[0]) ?? '')}, the ${all} says ${JSON.stringify(other[1])}.`) // prettier-ignore
    const isIdentity = new Set(entry.identity.map(([column]) => column))
    const filled = columns.filter((column, i) => values[i] !== '' || isIdentity.has(column))
    const pattern = filled.length === columns.length ? '' : filled.join('\n')
    if (!filledOf.has(pattern)) filledOf.set(pattern, filled)
    rows.set(entry.key, { table: path, line: { start, bytes }, filled: filledOf.get(pattern)!, parameters: share(value(parametersColumn)), version: share(value(versionColumn)) }) // prettier-ignore
  }
  return { path, columns, rows }
}

/** A row and its failures may stand beside each other in one shard. */
function refuseTwice(shards: readonly string[], tables: readonly ReadTable[], known: ReadonlyMap<string, WholeEntry>): void {
  const twice = shards.find((path, i) => shards.indexOf(path) !== i)
  if (twice !== undefined) throw new UsageError(`${twice} is named twice.`)
  const shardOf = new Map<string, string>()
  for (const { path, rows } of tables) {
    const shard = shards.find((shard) => path === shard || path === errorsPathOf(shard))!
    for (const key of rows.keys()) {
      const other = shardOf.get(key) ?? shard
      if (other !== shard) throw new UsageError(`${known.get(key)!.name} stands in two shards: ${other} and ${shard}.`)
      shardOf.set(key, shard)
    }
  }
}

function refuseDifferent(
  tables: readonly ReadTable[],
  column: string,
  what: string,
  of: (row: ReadRow) => string | undefined,
): void {
  const first = new Map<string | undefined, string>()
  for (const { path, rows } of tables) for (const row of rows.values()) if (!first.has(of(row))) first.set(of(row), path)
  const [one, other] = [...first]
  if (other) throw new UsageError(`${one[1]} and ${other[1]} were measured with different ${what}: ${column} is ${one[0] ?? 'missing'} and ${other[0] ?? 'missing'}.`) // prettier-ignore
}

/** The rows of all tables by the key of their case. */
function inOrder(entries: readonly RowEntry[], tables: readonly ReadTable[]): ReadonlyMap<string, ReadRow> {
  const all = new Map(tables.flatMap(({ rows }) => [...rows]))
  return new Map(entries.flatMap(({ key }) => (all.has(key) ? [[key, all.get(key)!] as const] : [])))
}

/** Columns as a run finds them: those of a row come to those of the rows before. */
function unite(rows: ReadonlyMap<string, Pick<ReadRow, 'filled'>>): readonly string[] {
  const different = new Set([...rows.values()].map(({ filled }) => filled))
  return [...different].reduce<readonly string[]>((columns, filled) => mergeColumns(columns, filled), [])
}

/** @throws UsageError where a row has no value of a feature that others have, though no failure of it is told */
function refuseGaps(rows: ReadonlyMap<string, ReadRow>, columns: readonly string[], known: ReadonlyMap<string, WholeEntry>, failed: ReadonlyMap<string, unknown>): void {
  const gaps = new Map<readonly string[], readonly string[]>()
  for (const [key, { table, filled }] of rows) {
    if (!gaps.has(filled)) gaps.set(filled, columns.filter((column) => !isDiagnostic(column) && !filled.includes(column)))
    const gap = gaps.get(filled)!
    if (gap.length > 0 && !failed.has(key))
      throw new UsageError(`${known.get(key)!.name} of ${table} has no ${listSome(gap)}, which others have, and no failure of it is told: it was measured otherwise.`) // prettier-ignore
  }
} // prettier-ignore

/** Writes beside the old file and puts it in its place. */
async function writeRows(
  path: string,
  columns: readonly string[],
  tables: readonly ReadTable[],
  rows: ReadonlyMap<string, ReadRow>,
) {
  const columnsOf = new Map(tables.map((table) => [table.path, table.columns]))
  const target = await open(`${path}.new`, 'w')
  let source: { readonly table: string; readonly file: FileHandle } | undefined
  try {
    await target.write(formatCsvLine([...columns]))
    for (const { table, line } of rows.values()) {
      // Rows of a shard follow each other: one file at a time is open.
      if (source?.table !== table) {
        await source?.file.close()
        source = { table, file: await open(table) }
      }
      const text = await readSlice(source.file, line)
      const own = columnsOf.get(table)!
      const isSame = own.length === columns.length && own.every((column, i) => column === columns[i])
      await target.write(isSame ? text : widen(text, own, columns))
    }
  } finally {
    await source?.file.close()
    await target.close()
  }
  await rename(`${path}.new`, path)
}
