import { groupBy } from '../../numeric/groupBy.ts'
import { quantileOfSorted } from '../../numeric/quantile.ts'
import { foldCell, hasDecimalComma, readNumber, readPercent, saysNothing, sideOf, type Range } from './readCell.ts'
import { her2Of, readIhc, readIsh } from './her2.ts'
import { orderOfDates, readDate, type DateOrder } from './readDate.ts'
import { levelWords, levelsOf, type VariableKind, type VariableSpec } from './variables.ts'

/** A level, a number in the variable's unit (years, kg/m2, cm, days since 1970), or null where nothing is known. */
export type Scalar = string | number | null

export interface ClinicalValue {
  /** As it was written, of several columns with ` / ` between them. */
  readonly raw: string
  readonly value: Scalar
  /** `corrected`: by an answer to a doubt. */
  readonly status: 'ok' | 'missing' | 'undecided' | 'corrected'
}

export type DoubtCode =
  | 'her2-equivocal' | 'her2-ish-against-ihc' | 'her2-unclear' | 'bare-plus' | 'across-cutoff' | 'unclear' | 'out-of-range' | 'likely-mm'
  /** Of a whole column. */
  | 'column-of-fractions' | 'column-in-mm' | 'order-of-dates' // prettier-ignore

/** What cannot be read for sure, and waits for a person. */
export interface ClinicalDoubt {
  /** `code variable`: an answer to it holds for all its rows, one to `code variable row` for that row alone. */
  readonly id: string
  readonly code: DoubtCode
  readonly variable: string
  /** Rows of the table, from 0; all that have a value where the column is doubtful. */
  readonly rows: readonly number[]
  readonly options: readonly string[]
  /** Null where the program would not guess. */
  readonly proposed: string | null
}

/** Answers to doubts, by their `id`, or by `id row`. */
export type ClinicalAnswers = Readonly<Record<string, string>>

export interface ClinicalReading {
  /** Of each variable a value each row. */
  readonly values: Readonly<Record<string, readonly ClinicalValue[]>>
  /** What is still open. */
  readonly doubts: readonly ClinicalDoubt[]
  /** HER2 of 3+ whose hybridisation is negative: rows. They count as positive. */
  readonly against: readonly number[]
  /** Rows at exactly 1 %, by receptor: negative here, positive by ASCO/CAP 2020 (Allison et al., J Clin Oncol 38, 1346-1366). */
  readonly atOnePercent: Readonly<Record<string, readonly number[]>>
}

export interface ClinicalTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Longest axial diameter of the drawn tumour in cm, a row each; null where none is drawn. */
  readonly drawnCm?: readonly (number | null)[]
}

const receptorCutoff = 1
const ki67Cutoff = 30
/** Years and kg/m2; cm. Outside a value is doubted, not refused. */
const plausible: Readonly<Partial<Record<VariableKind, readonly [number, number]>>> = {
  age: [15, 100],
  bmi: [12, 60],
  size: [0.2, 15],
}
const largestMedianCm = 9
/** A size over the drawn diameter: about 10 where one is in mm. */
const mmRatio = [7, 14] as const

interface Column {
  readonly spec: VariableSpec
  readonly decimalComma: boolean
  readonly isFraction: boolean
  readonly isMm: boolean
  readonly dateOrder: DateOrder | null
}

/** One cell as read; a doubtful one has what each option would make of it. */
interface Reading {
  readonly value: Scalar
  readonly doubt?: {
    readonly code: DoubtCode
    readonly options: Readonly<Record<string, Scalar>>
    readonly proposed: string | null
  }
  readonly isAgainst?: boolean
}

/**
 * What a clinical table says of the study's variables. Nothing is repaired in silence: what is doubtful is undecided until it is answered,
 * and what was written stays beside what was read. A cell that cannot be read is a doubt.
 * @param specs a column that the table lacks is one of blanks
 */
export function readClinical(table: ClinicalTable, specs: readonly VariableSpec[], answers: ClinicalAnswers): ClinicalReading {
  const read = specs.map((spec) => ({ spec, ...readVariable(table, spec, answers) }))
  return {
    values: Object.fromEntries(read.map(({ spec, values }) => [spec.id, values])),
    doubts: read.flatMap(({ doubts }) => doubts),
    against: read.flatMap(({ against }) => against),
    atOnePercent: Object.fromEntries(
      read.flatMap(({ spec, atOne }) => (spec.kind === 'receptor' ? [[spec.id, atOne] as const] : [])),
    ),
  }
}

function readVariable(table: ClinicalTable, spec: VariableSpec, answers: ClinicalAnswers) {
  const cellsOf = (column: string) => table.rows.map((row) => row[table.columns.indexOf(column)] ?? '')
  const cells = cellsOf(spec.column)
  const ishCells = spec.ishColumn === undefined ? null : cellsOf(spec.ishColumn)
  const asked = askColumn(spec, cells.map(foldCell), answers)
  const readings = cells.map((cell, row) => readCell(foldCell(cell), ishCells && foldCell(ishCells[row]), asked.column, table.drawnCm?.[row] ?? null)) // prettier-ignore
  const settled = readings.map((reading, row) => settle(reading, spec, row, answers))
  const isOpen = asked.doubts.length > 0
  return {
    values: settled.map(({ value, status }, row): ClinicalValue => ({
      raw: ishCells ? `${cells[row]} / ${ishCells[row]}` : cells[row],
      value: isOpen ? null : value,
      status: isOpen && status !== 'missing' ? 'undecided' : status,
    })),
    doubts: isOpen ? asked.doubts : groupDoubts(spec, readings, settled),
    against: readings.flatMap(({ isAgainst }, row) => (isAgainst ? [row] : [])),
    atOne: spec.kind === 'receptor' ? cells.flatMap((cell, row) => (isAtOne(foldCell(cell), asked.column) ? [row] : [])) : [],
  }
}

/** How a column's numbers are to be read, as far as its own cells and the answers tell. */
function askColumn(
  spec: VariableSpec,
  folded: readonly string[],
  answers: ClinicalAnswers,
): { column: Column; doubts: ClinicalDoubt[] } {
  const decimalComma = hasDecimalComma(folded)
  const rows = folded.flatMap((cell, row) => (saysNothing(cell) ? [] : [row]))
  const doubt = (code: DoubtCode, options: readonly string[], proposed: string | null): ClinicalDoubt => ({ id: `${code} ${spec.id}`, code, variable: spec.id, rows, options, proposed }) // prettier-ignore
  const percents = folded.flatMap((cell) => readPercent(cell, decimalComma) ?? [])
  const looksFraction = (spec.kind === 'receptor' || spec.kind === 'ki67') && percents.length > 1 && percents.every(({ upper }) => upper <= 1) && percents.some(({ upper }) => upper > 0 && upper < 1) && !folded.some((cell) => cell.includes('%')) // prettier-ignore
  const numbers = Float64Array.from(
    folded.flatMap((cell) => (cell.includes('m') ? [] : (readNumber(cell, decimalComma) ?? []))),
  ).sort()
  const looksMm = spec.kind === 'size' && numbers.length > 0 && quantileOfSorted(numbers, 0.5) > largestMedianCm
  const known = orderOfDates(folded)
  const looksOpen = spec.kind === 'date' && known === null && folded.some((cell) => readDate(cell, 'day first') !== readDate(cell, 'month first')) // prettier-ignore
  const candidates = [
    ...(looksFraction ? [doubt('column-of-fractions', ['fractions', 'percent'], null)] : []),
    ...(looksMm ? [doubt('column-in-mm', ['mm', 'cm'], 'mm')] : []),
    ...(looksOpen ? [doubt('order-of-dates', ['day first', 'month first'], null)] : []),
  ]
  const answer = (code: DoubtCode) => answers[`${code} ${spec.id}`]
  return {
    column: {
      spec,
      decimalComma,
      isFraction: looksFraction && answer('column-of-fractions') === 'fractions',
      isMm: looksMm && answer('column-in-mm') === 'mm',
      dateOrder: known ?? (answer('order-of-dates') as DateOrder | undefined) ?? null,
    },
    doubts: candidates.filter(({ id }) => answers[id] === undefined),
  }
}

function readCell(cell: string, ish: string | null, column: Column, drawnCm: number | null): Reading {
  const { spec, decimalComma } = column
  const words = { ...levelWords[spec.kind], ...spec.words }
  const written = spec.words?.[cell] ?? cell
  if (spec.kind === 'her2') return readHer2(foldCell(written), ish ?? '', column)
  if (saysNothing(written)) return { value: null }
  const levels = levelsOf[spec.kind]
  if (words[cell] !== undefined && (!levels || levels.includes(words[cell]))) return { value: words[cell] }
  switch (spec.kind) {
    case 'receptor':
      if (/^\(?\++\)?$/.test(written)) return doubtOf('bare-plus', optionsOf(levels!), null)
      return readShare(written, column, receptorCutoff, false)
    case 'ki67':
      return readShare(written, column, ki67Cutoff, true)
    case 'nodes':
      return readNodes(written, levels!)
    case 'age':
    case 'bmi':
    case 'number':
      return readQuantity(readNumber(written, decimalComma), column)
    case 'size':
      return readSize(written, column, drawnCm)
    case 'date': {
      const day = readDate(written, column.dateOrder)
      return day === null ? doubtOf('unclear', { missing: null }, null) : { value: day }
    }
    case 'category':
      return { value: written }
    case 'tic':
    case 'side':
      return doubtOf('unclear', optionsOf(levels!), null)
  }
}

function readHer2(cell: string, ish: string, { decimalComma }: Column): Reading {
  const { value, doubt, isAgainstIsh } = her2Of(readIhc(cell), readIsh(ish, decimalComma))
  if (doubt === null) return { value, ...(isAgainstIsh && { isAgainst: true }) }
  return doubtOf(doubt, optionsOf(['zero', 'low', 'positive']), doubt === 'her2-equivocal' ? 'missing' : null)
}

/** Of stained cells in percent. */
function readShare(cell: string, { spec, decimalComma, isFraction }: Column, cutoff: number, isAboveAt: boolean): Reading {
  const [below, above] = levelsOf[spec.kind]!
  const range = readPercent(cell, decimalComma)
  if (range === null || (range.upper > 100 && !isFraction)) return doubtOf('unclear', optionsOf([below, above]), null)
  const side = sideOf(isFraction ? inPercent(range) : range, cutoff, isAboveAt)
  return side === 'across'
    ? doubtOf('across-cutoff', optionsOf([below, above]), null)
    : { value: side === 'above' ? above : below }
}

/** Positive nodes, or positive of examined ones: `3/15`. */
function readNodes(cell: string, levels: readonly string[]): Reading {
  const count = /^(\d+)( ?\/ ?\d+)?$/.exec(cell)
  return count ? { value: Number(count[1]) > 0 ? 'positive' : 'negative' } : doubtOf('unclear', optionsOf(levels), null)
}

function readQuantity(number: number | null, { spec }: Column): Reading {
  if (number === null) return doubtOf('unclear', { missing: null }, null)
  const [least, most] = plausible[spec.kind] ?? [-Infinity, Infinity]
  return number >= least && number <= most
    ? { value: number }
    : doubtOf('out-of-range', { 'as written': number, missing: null }, null)
}

/** In cm. Three times in mm (`32 x 21 x 18`) counts with its greatest. */
function readSize(cell: string, column: Column, drawnCm: number | null): Reading {
  const inMm = column.isMm || /\d ?mm\b/.test(cell)
  const parts = cell.replace(/(cm|mm)/g, '').split(/[x*\u00d7]/).map((part) => readNumber(part.trim(), column.decimalComma)) // prettier-ignore
  if (parts.includes(null)) return doubtOf('unclear', { missing: null }, null)
  const number = Math.max(...parts.map((part) => part!))
  const cm = inMm ? number / 10 : number
  const [least, most] = plausible.size!
  const ratio = drawnCm === null || inMm ? NaN : cm / drawnCm
  const isLikelyMm = !inMm && (cm > most ? cm / 10 <= most : ratio >= mmRatio[0] && ratio <= mmRatio[1])
  if (isLikelyMm) return doubtOf('likely-mm', { mm: cm / 10, cm, missing: null }, 'mm')
  return cm >= least && cm <= most ? { value: cm } : doubtOf('out-of-range', { 'as written': cm, missing: null }, null)
}

const inPercent = (range: Range): Range => ({ ...range, lower: 100 * range.lower, upper: 100 * range.upper })

const isAtOne = (cell: string, { decimalComma, isFraction }: Column) => {
  const range = readPercent(cell, decimalComma)
  return range !== null && range.lower === range.upper && range.lower === (isFraction ? receptorCutoff / 100 : receptorCutoff)
}

const optionsOf = (levels: readonly string[]): Record<string, Scalar> => ({ ...Object.fromEntries(levels.map((level) => [level, level])), missing: null }) // prettier-ignore

function doubtOf(code: DoubtCode, options: Readonly<Record<string, Scalar>>, proposed: string | null): Reading {
  return { value: null, doubt: { code, options, proposed } }
}

function settle(
  { value, doubt }: Reading,
  spec: VariableSpec,
  row: number,
  answers: ClinicalAnswers,
): Pick<ClinicalValue, 'value' | 'status'> {
  if (!doubt) return { value, status: value === null ? 'missing' : 'ok' }
  const id = `${doubt.code} ${spec.id}`
  const answer = answers[`${id} ${row}`] ?? answers[id]
  if (answer === undefined || !(answer in doubt.options)) return { value: null, status: 'undecided' }
  return { value: doubt.options[answer], status: 'corrected' }
}

/** One doubt for all rows of a kind: it is answered once. */
function groupDoubts(
  spec: VariableSpec,
  readings: readonly Reading[],
  settled: readonly Pick<ClinicalValue, 'status'>[],
): ClinicalDoubt[] {
  const open = readings.flatMap(({ doubt }, row) => (doubt && settled[row].status === 'undecided' ? [{ ...doubt, row }] : []))
  return [...groupBy(open, ({ code }) => code).values()].map((group) => ({
    id: `${group[0].code} ${spec.id}`,
    code: group[0].code,
    variable: spec.id,
    rows: group.map(({ row }) => row),
    options: Object.keys(group[0].options),
    proposed: group[0].proposed,
  }))
}
