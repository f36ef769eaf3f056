import { tQuantile, tTwoSided } from '../numeric/distributions.ts'
import { mean, variance } from '../numeric/moments.ts'
import { refuse } from './messages.ts'

export interface TTestOptions {
  /** 'welch' lets the groups have unequal variances (R's default), 'pooled' assumes equal ones, 'paired' tests the differences. */
  readonly kind: 'welch' | 'pooled' | 'paired'
  readonly confidence: number
}

const defaultTTestOptions: TTestOptions = { kind: 'welch', confidence: 0.95 }

export interface TTestResult {
  readonly statistic: number
  readonly df: number
  /** Two-sided. */
  readonly p: number
  /** Mean of the first less mean of the second, or mean of the paired differences. */
  readonly difference: number
  readonly standardError: number
  readonly lower: number
  readonly upper: number
}

/**
 * Student's t test, as R's `t.test`. Missing values are left out, in 'paired' the pair.
 * @throws DataError when there are too few values, one is infinite, or they do not vary
 */
export function tTest(first: ArrayLike<number>, second: ArrayLike<number>, options: Partial<TTestOptions> = {}): TTestResult {
  const { kind, confidence } = { ...defaultTTestOptions, ...options }
  if (kind === 'paired') return testDifferences(first, second, confidence)
  const [x, y] = [present(first), present(second)]
  const fewest = kind === 'welch' ? 2 : 1
  if (x.length < fewest || y.length < fewest || x.length + y.length < 3)
    throw refuse('t-test-few-values', { first: x.length, second: y.length })
  const [meanX, meanY] = [mean(x), mean(y)]
  const { standardError, df } = kind === 'welch' ? welchError(x, y) : pooledError(x, y)
  return conclude(meanX - meanY, standardError, df, Math.max(Math.abs(meanX), Math.abs(meanY)), confidence)
}

function testDifferences(first: ArrayLike<number>, second: ArrayLike<number>, confidence: number): TTestResult {
  if (first.length !== second.length) throw refuse('t-test-unpaired', { first: first.length, second: second.length })
  const differences = present(Array.from(first, (value, i) => value - second[i]))
  if (differences.length < 2) throw refuse('t-test-few-pairs', { pairs: differences.length })
  const difference = mean(differences)
  const standardError = Math.sqrt(variance(differences) / differences.length)
  return conclude(difference, standardError, differences.length - 1, Math.abs(difference), confidence)
}

/** Welch (1947), with Satterthwaite's degrees of freedom. */
function welchError(x: readonly number[], y: readonly number[]) {
  const [ofX, ofY] = [variance(x) / x.length, variance(y) / y.length]
  const sum = ofX + ofY
  return { standardError: Math.sqrt(sum), df: (sum * sum) / ((ofX * ofX) / (x.length - 1) + (ofY * ofY) / (y.length - 1)) }
}

function pooledError(x: readonly number[], y: readonly number[]) {
  const df = x.length + y.length - 2
  const squares = [x, y].reduce((sum, group) => sum + (group.length > 1 ? variance(group) * (group.length - 1) : 0), 0)
  return { standardError: Math.sqrt((squares / df) * (1 / x.length + 1 / y.length)), df }
}

function conclude(difference: number, standardError: number, df: number, scale: number, confidence: number): TTestResult {
  if (!Number.isFinite(difference)) throw refuse('t-test-infinite', {})
  if (standardError < 10 * Number.EPSILON * scale || standardError === 0) throw refuse('t-test-constant', {})
  const statistic = difference / standardError
  const reach = tQuantile((1 + confidence) / 2, df) * standardError
  const p = tTwoSided(statistic, df)
  return { statistic, df, p, difference, standardError, lower: difference - reach, upper: difference + reach }
}

function present(values: ArrayLike<number>): number[] {
  return Array.from(values).filter((value) => !Number.isNaN(value))
}
