import { normalProbability, normalQuantile } from '../numeric/distributions.ts'
import { betainc, exp, log } from '../numeric/functions.ts'
import { mean } from '../numeric/moments.ts'
import { sortPresent } from '../numeric/ranks.ts'
import { refuse } from './messages.ts'

export interface ShapiroResult {
  readonly statistic: number
  readonly p: number
}

/**
 * Shapiro and Wilk's test of normality after Royston (1995, AS R94), as R's `shapiro.test`. Missing values are left out.
 * @throws DataError when there are not 3 to 5000 values, one is infinite, or all are equal
 */
export function shapiroTest(values: ArrayLike<number>): ShapiroResult {
  const sorted = sortPresent(values)
  const n = sorted.length
  if (n < 3 || n > 5000) throw refuse('shapiro-size', { values: n })
  const range = sorted[n - 1] - sorted[0]
  if (!Number.isFinite(range)) throw refuse('shapiro-infinite', {})
  if (range === 0) throw refuse('shapiro-constant', {})
  const lack = lackOfFit(
    sorted.map((value) => value / range),
    weights(n),
  )
  return { statistic: 1 - lack, p: n === 3 ? probabilityOfThree(1 - lack) : probability(lack, n) }
}

/** 1 - W, without the loss of digits that W near 1 would bring. */
function lackOfFit(sorted: Float64Array, upper: Float64Array): number {
  const n = sorted.length
  const centre = mean(sorted)
  let [weighted, squares, weightSquares] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const weight = i < upper.length ? -upper[i] : i >= n - upper.length ? upper[n - 1 - i] : 0
    const deviation = sorted[i] - centre
    weighted += weight * deviation
    squares += deviation * deviation
    weightSquares += weight * weight
  }
  const root = Math.sqrt(weightSquares * squares)
  return ((root - weighted) * (root + weighted)) / (weightSquares * squares)
}

/** The weights of the greatest value, the second greatest and so on to the middle (Royston 1992, section 2). */
function weights(n: number): Float64Array {
  const half = Math.floor(n / 2)
  if (n === 3) return Float64Array.of(Math.SQRT1_2)
  const scores = Float64Array.from({ length: half }, (_, i) => -normalQuantile((i + 1 - 0.375) / (n + 0.25)))
  const squares = 2 * scores.reduce((sum, score) => sum + score * score, 0)
  const first = polynomial(outermost, 1 / Math.sqrt(n)) + scores[0] / Math.sqrt(squares)
  const fixed = n > 5 ? [first, polynomial(secondOutermost, 1 / Math.sqrt(n)) + scores[1] / Math.sqrt(squares)] : [first]
  const scoresLeft = fixed.reduce((sum, _, i) => sum - 2 * scores[i] * scores[i], squares)
  const weightsLeft = fixed.reduce((sum, weight) => sum - 2 * weight * weight, 1)
  const scale = Math.sqrt(scoresLeft / weightsLeft)
  return scores.map((score, i) => fixed[i] ?? score / scale)
}

/** Of three values the distribution is known: 6/pi (arcsin sqrt(W) - pi/3), and 2/pi arcsin sqrt(W) is I_W(1/2, 1/2). */
function probabilityOfThree(w: number): number {
  return Math.max(0, 3 * betainc(Math.max(0.75, w), 0.5, 0.5) - 2)
}

/** A transform of 1 - W is near normal (Royston 1995). */
function probability(lack: number, n: number): number {
  const logLack = log(lack)
  if (n > 11) {
    const logN = log(n)
    return normalProbability((logLack - polynomial(meanOfMany, logN)) / exp(polynomial(logSdOfMany, logN)), true)
  }
  const bound = polynomial(boundOfFew, n)
  if (logLack >= bound) return 1e-99
  return normalProbability((-log(bound - logLack) - polynomial(meanOfFew, n)) / exp(polynomial(logSdOfFew, n)), true)
}

const outermost = [0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056]
const secondOutermost = [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633]
const boundOfFew = [-2.273, 0.459]
const meanOfFew = [0.544, -0.39978, 0.025054, -6.714e-4]
const logSdOfFew = [1.3822, -0.77857, 0.062767, -0.0020322]
const meanOfMany = [-1.5861, -0.31082, -0.083751, 0.0038915]
const logSdOfMany = [-0.4803, -0.082676, 0.0030302]

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0)
}
