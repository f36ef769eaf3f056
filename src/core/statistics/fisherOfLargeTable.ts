import { exp, gammaln } from '../numeric/functions.ts'
import type { CountTable, Margins } from './countTable.ts'
import type { DataError } from '../messages/message.ts'
import { refuse } from './messages.ts'

/** A few seconds. */
const mostSteps = 3_000_000
const mostRows = 12

/** As FEXACT's: weights are equal if their logarithms differ by less. */
const tolerance = 3.45254e-7

/** Log weights are compared in steps of this size, so that equal ones meet in spite of rounding. */
const grain = 1e-9

/**
 * P of Fisher's exact test in a table of any size, by the network of Mehta and Patel (1983): columns are filled one after the
 * other; fillings that leave the same row sums (in any order) meet in a node, and go on only if the rest decides whether the
 * table is more likely than the one observed. The last two columns of a node are filled at once. A table's weight is the
 * product of 1 / x! over its cells.
 * @throws DataError that says what to do when the table is too large
 */
export function fisherOfLargeTable(table: CountTable, { rows, columns }: Margins): number {
  // The longer side becomes the columns: fewer rows make fewer nodes. The widest columns come last, where ways have met.
  const [few, many] = rows.length <= columns.length ? [rows, columns] : [columns, rows]
  const start = few.filter((sum) => sum > 0).sort((a, b) => b - a)
  const widths = many.filter((sum) => sum > 0).sort((a, b) => a - b)
  if (start.length < 2 || widths.length < 2) return 1
  const total = start.reduce((sum, count) => sum + count, 0)
  const logFactorials = Float64Array.from({ length: total + 1 }, (_, i) => gammaln(i + 1))
  const observed = -table.flat().reduce((sum, count) => sum + logFactorials[count], 0) + tolerance
  return Math.min(1, new Network(start, widths, logFactorials).shareUpTo(observed))
}

/** Of the columns that a node still has to fill: log weights of the lightest and the heaviest filling. */
interface Range {
  readonly least: number
  readonly greatest: number
}

/**
 * A node is named by a number that holds its row sums in descending order, as digits of a number; the last digit follows from
 * the others and is left out.
 */
class Network {
  readonly #start: readonly number[]
  readonly #widths: readonly number[]
  readonly #logFactorials: Float64Array
  readonly #base: number
  readonly #ranges: Map<number, Range>[]
  /** Patients in the columns from each stage on, and the log weight of those columns' margins. */
  readonly #left: readonly number[]
  readonly #logColumns: readonly number[]
  #steps = 0

  constructor(start: readonly number[], widths: readonly number[], logFactorials: Float64Array) {
    this.#start = start
    this.#widths = widths
    this.#logFactorials = logFactorials
    this.#base = start[0] + 1
    this.#ranges = widths.map(() => new Map<number, Range>())
    this.#left = widths.map((_, stage) => widths.slice(stage).reduce((sum, width) => sum + width, 0))
    this.#logColumns = widths.map((_, stage) => this.#logWeight(widths.slice(stage)))
    let names = 1
    for (let i = 1; i < start.length; i++) names *= this.#base
    if (start.length > mostRows || names > Number.MAX_SAFE_INTEGER) throw tooLarge()
  }

  /** Share of all tables' weight that lies in tables of at most this log weight. */
  shareUpTo(observed: number): number {
    const last = this.#widths.length - 2
    const logAll = this.#logMass(this.#start, 0)
    // Node -> log weight so far, in grains -> how many ways.
    let nodes = new Map<number, Map<number, number>>([[this.#name(this.#start), new Map([[0, 1]])]])
    let share = 0
    for (let stage = 0; stage <= last; stage++) {
      const next = new Map<number, Map<number, number>>()
      for (const [name, pasts] of nodes) {
        const rows = this.#rows(name, stage)
        const { least, greatest } = this.#range(rows, name, stage)
        const logMass = this.#logMass(rows, stage)
        const open: [number, number][] = []
        for (const [past, ways] of pasts) {
          if (past * grain + greatest <= observed) share += ways * exp(past * grain + logMass - logAll)
          else if (past * grain + least <= observed) open.push([past, ways])
        }
        if (open.length === 0) continue
        if (stage === last) share += this.#shareOfLastTwo(rows, open, observed, logAll)
        else this.#goOn(rows, stage, open, next)
      }
      nodes = next
    }
    return share
  }

  #goOn(rows: readonly number[], stage: number, open: readonly [number, number][], next: Map<number, Map<number, number>>) {
    this.#fill(rows, this.#widths[stage], (left, logWeight) => {
      this.#count(open.length)
      const name = this.#name(left)
      let pasts = next.get(name)
      if (!pasts) next.set(name, (pasts = new Map()))
      const weight = Math.round(logWeight / grain)
      for (const [past, ways] of open) pasts.set(past + weight, (pasts.get(past + weight) ?? 0) + ways)
    })
  }

  /** All fillings of the last two columns are sorted once; each way then finds by bisection how many are light enough. */
  #shareOfLastTwo(rows: readonly number[], open: readonly [number, number][], observed: number, logAll: number): number {
    const found: number[] = []
    this.#fill(rows, this.#widths.at(-2)!, (left, logWeight) => {
      this.#count(1)
      found.push(logWeight + this.#logWeight(left))
    })
    const weights = Float64Array.from(found).sort()
    const greatest = weights[weights.length - 1]
    const masses = new Float64Array(weights.length + 1)
    weights.forEach((weight, i) => (masses[i + 1] = masses[i] + exp(weight - greatest)))
    let share = 0
    for (const [past, ways] of open) {
      const light = masses[countUpTo(weights, observed - past * grain)]
      share += ways * light * exp(past * grain + greatest - logAll)
    }
    return share
  }

  #range(rows: readonly number[], name: number, stage: number): Range {
    const known = this.#ranges[stage].get(name)
    if (known) return known
    const range = stage === this.#widths.length - 2 ? this.#rangeOfLastTwo(rows) : this.#searchRange(rows, stage)
    this.#ranges[stage].set(name, range)
    return range
  }

  #searchRange(rows: readonly number[], stage: number): Range {
    let [least, greatest] = [Infinity, -Infinity]
    this.#fill(rows, this.#widths[stage], (left, logWeight) => {
      this.#count(1)
      const rest = this.#range([...left], this.#name(left), stage + 1)
      least = Math.min(least, logWeight + rest.least)
      greatest = Math.max(greatest, logWeight + rest.greatest)
    })
    return { least, greatest }
  }

  /**
   * The log weight is a concave function of the last column but one: the heaviest filling is reached patient by patient, each
   * to the row where it costs least; the lightest has every row but one full or empty.
   */
  #rangeOfLastTwo(rows: readonly number[]): Range {
    const width = this.#widths.at(-2)!
    const counts = rows.map(() => 0)
    for (let patient = 0; patient < width; patient++) {
      let best = 0
      const gain = (i: number) => (rows[i] - counts[i]) / (counts[i] + 1)
      for (let i = 1; i < rows.length; i++) if (gain(i) > gain(best)) best = i
      counts[best]++
    }
    const greatest = this.#logWeight(counts) + this.#logWeight(rows.map((row, i) => row - counts[i]))
    let heaped = -Infinity
    for (let divided = 0; divided < rows.length; divided++) heaped = Math.max(heaped, this.#heap(rows, divided, width))
    return { least: -heaped, greatest }
  }

  /** Greatest sum of log factorials of both columns when one row is divided between them and the others are not. */
  #heap(rows: readonly number[], divided: number, width: number): number {
    const others = rows.filter((_, i) => i !== divided)
    const logOthers = -this.#logWeight(others)
    let most = -Infinity
    for (let subset = 0; subset < 1 << others.length; subset++) {
      let count = width
      for (let i = 0; i < others.length; i++) if (subset & (1 << i)) count -= others[i]
      if (count < 0 || count > rows[divided]) continue
      most = Math.max(most, logOthers + this.#logFactorials[count] + this.#logFactorials[rows[divided] - count])
    }
    return most
  }

  /** Every way to put `width` patients of one column into the rows: what the rows then lack (a buffer, descending), and its log weight. */
  #fill(rows: readonly number[], width: number, visit: (left: number[], logWeight: number) => void): void {
    const left = [...rows]
    const sorted = [...rows]
    const room = rows.map((_, i) => rows.slice(i + 1).reduce((sum, count) => sum + count, 0))
    const fillRow = (row: number, width: number, logWeight: number) => {
      if (row === rows.length) return visit(sortInto(sorted, left), logWeight)
      for (let count = Math.max(0, width - room[row]); count <= Math.min(rows[row], width); count++) {
        left[row] = rows[row] - count
        fillRow(row + 1, width - count, logWeight - this.#logFactorials[count])
      }
    }
    fillRow(0, width, 0)
  }

  /** Log of the summed weight of all fillings of the columns from a stage on: total! / (rows! columns!). */
  #logMass(rows: readonly number[], stage: number): number {
    return this.#logFactorials[this.#left[stage]] + this.#logWeight(rows) + this.#logColumns[stage]
  }

  #logWeight(counts: readonly number[]): number {
    let sum = 0
    for (const count of counts) sum -= this.#logFactorials[count]
    return sum
  }

  #name(rows: readonly number[]): number {
    let name = 0
    for (let i = 0; i < rows.length - 1; i++) name = name * this.#base + rows[i]
    return name
  }

  #rows(name: number, stage: number): number[] {
    const rows: number[] = new Array(this.#start.length)
    let last = this.#left[stage]
    for (let i = rows.length - 2; i >= 0; i--) {
      rows[i] = name % this.#base
      name = Math.floor(name / this.#base)
      last -= rows[i]
    }
    rows[rows.length - 1] = last
    return rows
  }

  #count(steps: number): void {
    this.#steps += steps
    if (this.#steps > mostSteps) throw tooLarge()
  }
}

function tooLarge(): DataError {
  return refuse('fisher-table-size', {})
}

function sortInto(sorted: number[], values: readonly number[]): number[] {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    let at = i
    for (; at > 0 && sorted[at - 1] < value; at--) sorted[at] = sorted[at - 1]
    sorted[at] = value
  }
  return sorted
}

function countUpTo(sorted: Float64Array, value: number): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (sorted[middle] <= value) from = middle + 1
    else to = middle
  }
  return from
}
