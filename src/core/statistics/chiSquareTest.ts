import { chiSquareProbability } from '../numeric/distributions.ts'
import type { Message } from '../messages/message.ts'
import { tell } from './messages.ts'
import { sumMargins, type CountTable } from './countTable.ts'

export interface ChiSquareOptions {
  /** Yates' continuity correction, in 2 x 2 tables only. */
  readonly correct: boolean
}

const defaultChiSquareOptions: ChiSquareOptions = { correct: true }

export interface ChiSquareResult {
  /** NaN when a row or column is empty, as in R. */
  readonly statistic: number
  readonly df: number
  readonly p: number
  readonly expected: CountTable
  /** What Yates' correction took off each difference; 0 where it does not apply. */
  readonly correction: number
  readonly warnings: readonly Message[]
}

/**
 * Pearson's chi-square test of independence, as R's `chisq.test`: sum of (|observed - expected| - correction)^2 / expected.
 * Warns where an expected count is below 5.
 * @throws DataError when the table is not one of counts (see `sumMargins`)
 */
export function chiSquareTest(table: CountTable, options: Partial<ChiSquareOptions> = {}): ChiSquareResult {
  const { correct } = { ...defaultChiSquareOptions, ...options }
  const { rows, columns, total } = sumMargins(table)
  const expected = rows.map((row) => columns.map((column) => (row * column) / total))
  const distances = table.flatMap((row, i) => row.map((count, j) => Math.abs(count - expected[i][j])))
  const correction = correct && rows.length === 2 && columns.length === 2 ? Math.min(0.5, ...distances) : 0
  const statistic = expected.flat().reduce((sum, count, at) => {
    const distance = distances[at] - correction
    return sum + (distance * distance) / count
  }, 0)
  const df = (rows.length - 1) * (columns.length - 1)
  const p = Number.isNaN(statistic) ? NaN : chiSquareProbability(statistic, df, true)
  return { statistic, df, p, expected, correction, warnings: warn(expected.flat()) }
}

function warn(expected: readonly number[]): Message[] {
  if (expected.some((count) => count === 0)) return [tell('chi-square-empty', {})]
  const small = expected.filter((count) => count < 5).length
  return small > 0 ? [tell('chi-square-small', { small, counts: expected.length })] : []
}
