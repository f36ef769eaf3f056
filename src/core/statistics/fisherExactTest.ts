import { findRoot } from '../numeric/findRoot.ts'
import { sumMargins, type CountTable } from './countTable.ts'
import { fisherOfLargeTable } from './fisherOfLargeTable.ts'

export interface FisherOptions {
  readonly confidence: number
  /** Where the search for the odds ratio and its bounds stops; R's by default, so about four digits, the same as R's. */
  readonly rootTolerance: number
}

const defaultFisherOptions: FisherOptions = { confidence: 0.95, rootTolerance: 1 / 8192 }

export interface FisherResult {
  /** Two-sided: the probability of all tables with these margins that are no more likely than this one. */
  readonly p: number
  /** In 2 x 2 tables the odds ratio of greatest conditional likelihood (not ad / bc) with its exact interval. */
  readonly oddsRatio?: { readonly estimate: number; readonly lower: number; readonly upper: number }
}

/**
 * Fisher's exact test, as R's `fisher.test`.
 * @throws DataError when the table is not one of counts (see `sumMargins`), or has more tables beside it than can be counted
 */
export function fisherExactTest(table: CountTable, options: Partial<FisherOptions> = {}): FisherResult {
  const margins = sumMargins(table)
  if (table.length > 2 || table[0].length > 2) return { p: fisherOfLargeTable(table, margins) }
  return testTwoByTwo(table, { ...defaultFisherOptions, ...options })
}

/** As R: tables whose probability differs by rounding only are equally likely. */
const roundingSlack = 1 + 1e-7

function testTwoByTwo([[a, b], [c, d]]: CountTable, { confidence, rootTolerance }: FisherOptions): FisherResult {
  const support = new Support(a + c, b + d, a + b)
  const density = support.density(1)
  const observed = density[a - support.lowest]
  const p = density.reduce((sum, value) => (value <= observed * roundingSlack ? sum + value : sum), 0)
  const alpha = (1 - confidence) / 2
  const solve = (excess: (odds: number) => number) => findOdds(excess, rootTolerance)
  return {
    p: Math.min(1, p),
    oddsRatio: {
      estimate: a === support.lowest ? 0 : a === support.highest ? Infinity : solve((odds) => support.expected(odds) - a),
      lower: a === support.lowest ? 0 : solve((odds) => support.atLeast(a, odds) - alpha),
      upper: a === support.highest ? Infinity : solve((odds) => alpha - support.atMost(a, odds)),
    },
  }
}

/** The odds ratio at which a rising function is zero; above 1 its reciprocal is searched, as in R. */
function findOdds(rising: (odds: number) => number, tolerance: number): number {
  const atOne = rising(1)
  if (atOne === 0) return 1
  return atOne > 0
    ? findRoot(rising, 0, 1, { tolerance })
    : 1 / findRoot((inverse) => rising(1 / inverse), Number.EPSILON, 1, { tolerance })
}

/** The first cell of a 2 x 2 table with given margins: the non-central hypergeometric distribution. */
class Support {
  readonly lowest: number
  readonly highest: number
  /** How many times as likely each value is as the one before, at an odds ratio of 1. */
  readonly #ratios: Float64Array

  constructor(firstColumn: number, secondColumn: number, firstRow: number) {
    this.lowest = Math.max(0, firstRow - secondColumn)
    this.highest = Math.min(firstRow, firstColumn)
    this.#ratios = Float64Array.from({ length: this.highest - this.lowest }, (_, i) => {
      const x = this.lowest + i + 1
      return ((firstColumn - x + 1) * (firstRow - x + 1)) / (x * (secondColumn - firstRow + x))
    })
  }

  /** Built outwards from the most likely value, so that nothing overflows. */
  density(odds: number): Float64Array {
    const ratios = this.#ratios
    const density = new Float64Array(ratios.length + 1)
    let mode = 0
    while (mode < ratios.length && ratios[mode] * odds > 1) mode++
    density[mode] = 1
    for (let i = mode; i < ratios.length; i++) density[i + 1] = density[i] * ratios[i] * odds
    for (let i = mode; i > 0; i--) density[i - 1] = density[i] / (ratios[i - 1] * odds)
    const sum = density.reduce((total, value) => total + value, 0)
    return density.map((value) => value / sum)
  }

  expected(odds: number): number {
    return this.density(odds).reduce((sum, value, i) => sum + value * (this.lowest + i), 0)
  }

  atLeast(x: number, odds: number): number {
    return this.density(odds).subarray(x - this.lowest).reduce((sum, value) => sum + value, 0) // prettier-ignore
  }

  atMost(x: number, odds: number): number {
    return this.density(odds).subarray(0, x - this.lowest + 1).reduce((sum, value) => sum + value, 0) // prettier-ignore
  }
}
