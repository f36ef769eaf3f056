import Papa from 'papaparse'
import { makeFeatureTable, type FeatureTable } from '../../core/table/featureTable.ts'
import type { Message } from '../../core/messages/message.ts'
import { findPair, idNames, indexNames, knownPairs, unnamed } from './columnWords.ts'
import { refuse, tell } from './messages.ts'
import { nearestName } from './nearestName.ts'

/** A table file as text: patients by columns. The first column, `id`, is not among the columns. */
export interface TextTable {
  readonly path: string
  readonly ids: readonly string[]
  readonly columns: readonly string[]
  /** Row by row, each as long as `columns`; blanks at the ends are gone. */
  readonly cells: readonly (readonly string[])[]
  /** Where each row stands in the file, the header being row 1 if nothing is above it; blank ones count. For messages. */
  readonly rowNumbers: readonly number[]
}

/** A column of two classes as 0 and 1; NaN where the cell is empty. */
export interface OutcomeColumn {
  readonly column: string
  readonly ids: readonly string[]
  readonly values: Float64Array
  /** The text that stands for 1, and the one that stands for 0. */
  readonly positive: string
  readonly negative: string
}

/** Columns of a list of cases beside the id, which the table of their features repeats. */
export const caseColumns = [
  'image',
  'mask',
  'label',
  'sequence',
  'reader',
  'series',
  'phase',
  'mask-phase',
  'mask-threshold',
  'label-channel',
] as const

/** Whether a column says which measurement a row is, or how it was made; it is no feature. */
export function describesRow(column: string): boolean {
  return (caseColumns as readonly string[]).includes(column) || column.startsWith('diagnostics_')
}

const missingTexts = new Set(['', 'na', 'nan', 'n/a', 'null', '.'])
const infiniteTexts = new Map([['inf', Infinity], ['+inf', Infinity], ['-inf', -Infinity], ['infinity', Infinity], ['-infinity', -Infinity]]) // prettier-ignore

/** On the command line 1 and 2 are a pair too, as R's factors are numbered; a screen asks. */
const pairs = [...knownPairs, ['1', '2'] as const]

const shownProblems = 5

/**
 * The rows of a CSV, with any line break; comma, semicolon, tab and bar are recognised, as is a first line `sep=;`. Blank cells behind the
 * last column that holds something, which Excel leaves in some rows, are gone.
 * @param path for messages
 * @throws DataError for quotes that do not close
 */
export function parseCsv(text: string, path: string): readonly (readonly string[])[] {
  const { plain, delimiter } = findDelimiter(text.replace(/^\uFEFF+/, '').replace(/\r*\n|\r/g, '\n'))
  const { data, errors } = Papa.parse<string[]>(plain, { delimiter })
  const broken = errors.find(({ type }) => type === 'Quotes')
  if (broken) throw refuse('csv-broken', { path, row: (broken.row ?? 0) + 1, words: broken.message })
  const width = data.reduce((most, row) => Math.max(most, 1 + row.findLastIndex((cell) => cell.trim() !== '')), 0)
  return data.map((row) => row.slice(0, width))
}

/**
 * A table from its rows. The header names a column `id` (`ID` and the like too), wherever it stands. Columns without a name are left out
 * where they are blank, or where they number the rows (an index).
 * @param path for messages
 * @param idColumn the column of the IDs, where the table has one of that name
 * @throws DataError for repeated IDs (unless sequence or reader differ) or columns, rows of another length, no rows
 */
export function tableOfRows(data: readonly (readonly string[])[], path: string, idColumn?: string): TextTable {
  const trimmed = data.map((row) => row.map((cell) => cell.trim()))
  const filled = trimmed.flatMap((row, at) => (row.some((cell) => cell !== '') ? [at] : []))
  const [names = [], ...lines] = filled.map((at) => trimmed[at])
  const rowNumbers = filled.slice(1).map((at) => at + 1)
  if (names.length === 0) throw refuse('table-empty', { path })
  if (lines.length === 0) throw refuse('table-without-rows', { path })
  const hasId = names.some((name) => name.toLowerCase() === 'id' || (name !== '' && name === idColumn))
  const kept = names.flatMap((name, at) => {
    const cells = lines.map((row) => row[at] ?? '')
    const isInFront = hasId && names.slice(0, at).every((before) => indexNames.test(before))
    return isSuperfluous(name, cells, isInFront) ? [] : [at]
  })
  const idAt = findIdColumn(names, kept, path, idColumn)
  const order = [idAt, ...kept.filter((at) => at !== idAt)]
  const header = order.map((at) => names[at])
  // Rows of another length are told below, as they stand.
  const rows = lines.map((row) => (row.length === names.length ? order.map((at) => row[at]) : row))
  const columns = header.slice(1)
  const unnamed = columns.findIndex((name) => name === '')
  if (unnamed >= 0) throw refuse('column-unnamed', { path, column: unnamed + 2 })
  refuseProblems(
    path,
    repeated(columns).map((column) => tell('column-repeated', { column })),
  )
  const ids = rows.map((row) => row[0])
  refuseProblems(path, [
    ...lines.flatMap((row, i) => (row.length === names.length ? [] : [tell('row-length', { row: rowNumbers[i], cells: row.length, columns: names.length })])),
    ...ids.flatMap((id, i) => (lines[i].length === names.length && id === '' ? [tell('row-without-id', { row: rowNumbers[i] })] : [])),
    ...repeatedMeasurements(columns, rows).map((id) => tell('id-repeated', { id })),
  ]) // prettier-ignore
  return { path, ids, columns, cells: rows.map((row) => row.slice(1)), rowNumbers }
}

/** Excel writes a line `sep=;` above the header, and takes it away again; other programs put it in quotes, or fill the line up. */
function findDelimiter(text: string): { readonly plain: string; readonly delimiter: string } {
  const said = /^"?sep=(.)"?[,;\t|]*\n/i.exec(text)
  // Row numbers stay those of the file.
  if (said) return { plain: `\n${text.slice(said[0].length)}`, delimiter: said[1] }
  const { meta } = Papa.parse(text, { preview: 10, skipEmptyLines: 'greedy', delimitersToGuess: [',', ';', '\t', '|'] })
  return { plain: text, delimiter: meta.delimiter }
}

/**
 * Of a column without a name, or with one that programs make up: whether it is blank, as Excel leaves it behind, or an index, which stands
 * in front beside the column of IDs. pandas numbers the rows from 0, R from 1; of a table that was filtered or shuffled without a name,
 * any whole numbers that differ are one.
 */
function isSuperfluous(name: string, cells: readonly string[], isInFront: boolean): boolean {
  if (!indexNames.test(name)) return false
  if (unnamed.test(name) && cells.every((cell) => cell === '')) return true
  if (!isInFront || !cells.every((cell) => /^\d+(\.0)?$/.test(cell))) return false
  const numbers = cells.map(Number)
  return (
    [0, 1].some((first) => numbers.every((number, i) => number === i + first)) ||
    (unnamed.test(name) && new Set(numbers).size === numbers.length)
  )
}

/** @returns the position of the column of IDs @throws DataError that names the column which may be meant */
function findIdColumn(names: readonly string[], kept: readonly number[], path: string, wanted: string | undefined): number {
  const named = kept.filter((at) => names[at] === wanted)
  const usual = kept.filter((at) => names[at].toLowerCase() === 'id')
  const [found] = named.length > 0 ? named : usual
  if (found !== undefined) return found
  // A first column without a name is that of R's row names, or of an index that pandas was given.
  const likely = kept.find((at) => idNames.test(names[at])) ?? kept.find((at) => at === 0 && names[at] === '')
  throw refuse('no-id-column', {
    path,
    likely: likely === undefined ? null : names[likely],
    columns: kept.map((at) => names[at]),
  })
}

/**
 * The numeric columns of a table file. Columns that say how a row was measured (those of a list of cases,
 * diagnostics_*) are left out, and so are `leaveOut` (an outcome, a batch). Empty cells and NA are NaN.
 * @throws DataError that names cells which are no numbers; a decimal comma is told as such
 */
export function readFeatureTable(
  table: TextTable,
  leaveOut: readonly string[] = [],
  rowNames: readonly string[] = table.ids,
): FeatureTable {
  const chosen = table.columns.flatMap((name, at) => (describesRow(name) || leaveOut.includes(name) ? [] : [{ name, at }]))
  if (chosen.length === 0) throw refuse('no-features', { path: table.path })
  const problems: Message[] = []
  const values = new Float64Array(table.ids.length * chosen.length)
  chosen.forEach(({ name, at }, j) =>
    table.cells.forEach((row, i) => {
      const value = parseNumber(row[at])
      if (typeof value === 'number') values[j * table.ids.length + i] = value
      else problems.push(tell('cell', { row: table.rowNumbers[i], id: table.ids[i], column: name, problem: value }))
    }),
  )
  refuseProblems(table.path, problems)
  return makeFeatureTable(rowNames, chosen.map(({ name }) => name), values) // prettier-ignore
}

/** The texts of one column. @throws DataError when there is none of that name, with the nearest */
export function readColumn(table: TextTable, column: string): readonly string[] {
  const at = table.columns.indexOf(column)
  if (at >= 0) return table.cells.map((row) => row[at])
  const { path, columns } = table
  throw refuse('no-column', { path, column, near: nearestName(column, columns) ?? null, columns })
}

/**
 * A column of two classes. 0/1, no/yes, false/true, negative/positive and 1/2 are understood, the second being positive; of
 * any other two words `positive` must say which is.
 * @param sayIn where `positive` is to be said, for the message that asks for it
 * @throws DataError for one class only, more than two, or words that need `positive`
 */
export function readOutcome(
  table: TextTable,
  column: string,
  positive?: string,
  sayIn: 'option' | 'protocol' = 'option',
): OutcomeColumn {
  const texts = readColumn(table, column)
  const present = [...new Set(texts.filter((text) => !isMissing(text)))].sort()
  const { path } = table
  if (present.length !== 2) throw refuse('outcome-values', { path, column, present })
  const pair =
    positive === undefined
      ? findPair(present, pairs)
      : present.includes(positive)
        ? [present.find((text) => text !== positive)!, positive]
        : undefined
  if (!pair)
    throw positive === undefined
      ? refuse('positive-unsaid', { path, column, present, sayIn })
      : refuse('positive-absent', { path, column, positive, present })
  const values = Float64Array.from(texts, (text) => (text === pair[1] ? 1 : text === pair[0] ? 0 : NaN))
  return { column, ids: table.ids, values, negative: pair[0], positive: pair[1] }
}

/** One ID a row, in the first column, under `id` or nothing. @throws DataError for none or repeated ones */
export function readIdList(rows: readonly (readonly string[])[], path: string): readonly string[] {
  const lines = rows.filter((row) => row.some((cell) => cell.trim() !== '')).map((row) => row[0].trim())
  const ids = lines[0]?.toLowerCase() === 'id' ? lines.slice(1) : lines
  if (ids.length === 0) throw refuse('no-ids', { path })
  refuseProblems(
    path,
    repeated(ids).map((id) => tell('id-repeated', { id })),
  )
  return ids
}

/** CSV with a header; numbers with all digits of a double, missing ones empty. */
export function formatTable(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? formatNumber(cell) : cell)))
  return `${Papa.unparse([[...columns], ...cells], { newline: '\n' })}\n`
}

/** Features as `readFeatureTable` reads them. */
export function formatFeatures({ ids, columns, values }: FeatureTable): string {
  return formatTable(['id', ...columns], ids.map((id, i) => [id, ...columns.map((_, j) => values[j * ids.length + i])])) // prettier-ignore
}

function formatNumber(value: number): string {
  if (Number.isNaN(value)) return ''
  return Number.isFinite(value) ? String(value) : value > 0 ? 'inf' : '-inf'
}

/** @returns the number, or what is wrong with the text */
export function parseNumber(text: string): number | Message {
  if (isMissing(text)) return NaN
  const value = Number(text)
  if (!Number.isNaN(value)) return value
  const infinite = infiniteTexts.get(text.toLowerCase())
  if (infinite !== undefined) return infinite
  return tell(isDecimalComma(text) ? 'decimal-comma' : 'no-number', { text })
}

export function isDecimalComma(text: string): boolean {
  return /^[+-]?\d+,\d+([eE][+-]?\d+)?$/.test(text)
}

/** Whether a cell says that nothing is known. */
export function isMissing(text: string): boolean {
  return missingTexts.has(text.toLowerCase())
}

/** One patient may have a row for each sequence and reader. */
function repeatedMeasurements(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const key = ['sequence', 'reader'].map((name) => columns.indexOf(name) + 1).filter((at) => at > 0)
  return repeated(rows.filter(([id]) => id !== '').map((row) => [row[0], ...key.map((at) => row[at])].filter(Boolean).join(', ')))
}

function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return [...new Set(names.filter((name) => seen.size === seen.add(name).size))]
}

/** Of a table in which every cell is wrong some are told: a message holds what it says. */
function refuseProblems(path: string, problems: readonly Message[]): void {
  if (problems.length > 0)
    throw refuse('table-unusable', { path, some: problems.slice(0, shownProblems), problems: problems.length })
}
