import { expBelowZero } from '../numeric/expBelowZero.ts'
import { log } from '../numeric/functions.ts'
import { mean, variance } from '../numeric/moments.ts'
import { refuse } from './messages.ts'

/** What one batch says of every column, in units of the pooled standard deviation; `gamma` is location, `delta` variance. */
export interface BatchEstimates {
  readonly gammaHat: Float64Array
  readonly deltaHat: Float64Array
  /** Values present. */
  readonly counts: Float64Array
  /** Sum of squares about `gammaHat`. */
  readonly squares: Float64Array
}

export interface ShrunkEstimates {
  readonly gammaStar: Float64Array
  readonly deltaStar: Float64Array
}

export interface ShrinkOptions {
  readonly prior: 'parametric' | 'non-parametric'
  readonly meanOnly: boolean
}

/** As in `sva`: the iteration stops when the greatest relative change is not above this. */
const greatestChange = 1e-4
const mostIterations = 100_000

/**
 * Empirical Bayes: every column's location and variance in a batch are drawn towards those of all columns in that batch
 * (Johnson, Li and Rabinovic 2007, Biostatistics 8(1), 118-127: equations 3.1, appendices A.1 and A.3). Mean only: variances
 * stay 1, and the location is weighed as by one patient, as `sva` does.
 */
export function shrinkEstimates(estimates: BatchEstimates, { prior, meanOnly }: ShrinkOptions): ShrunkEstimates {
  const known = meanOnly ? { ...estimates, deltaHat: new Float64Array(estimates.deltaHat.length).fill(1) } : estimates
  if (prior === 'non-parametric') return weighByLikelihood(known)
  return meanOnly ? shrinkMeans(known) : iterate(known)
}

function shrinkMeans({ gammaHat, deltaHat }: BatchEstimates): ShrunkEstimates {
  const gammaBar = mean(gammaHat)
  const tau2 = variance(gammaHat)
  return { gammaStar: gammaHat.map((gamma) => (tau2 * gamma + gammaBar) / (tau2 + 1)), deltaStar: deltaHat }
}

/**
 * Normal prior for gamma, inverse gamma prior for delta, both by the method of moments; the posterior means depend on each
 * other and are iterated. As in `sva`, the change is divided by the old value with its sign, so that falling below counts only
 * for positive ones; 0/0 is no change. Equal variances of all columns leave nothing to weigh: delta is then that variance.
 */
function iterate({ gammaHat, deltaHat, counts, squares }: BatchEstimates): ShrunkEstimates {
  const gammaBar = mean(gammaHat)
  const tau2 = variance(gammaHat)
  const deltaBar = mean(deltaHat)
  const spread = variance(deltaHat)
  const shape = (2 * spread + deltaBar * deltaBar) / spread
  const rate = (deltaBar * spread + deltaBar * deltaBar * deltaBar) / spread
  const gamma = gammaHat.slice()
  const delta = deltaHat.slice()
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    let change = 0
    for (let j = 0; j < gamma.length; j++) {
      const n = counts[j]
      const newGamma = (tau2 * n * gammaHat[j] + delta[j] * gammaBar) / (tau2 * n + delta[j])
      const off = gammaHat[j] - newGamma
      const newDelta = spread === 0 ? deltaBar : (0.5 * (squares[j] + n * off * off) + rate) / (n / 2 + shape - 1)
      const gammaChange = Math.abs(newGamma - gamma[j]) / gamma[j]
      const deltaChange = Math.abs(newDelta - delta[j]) / delta[j]
      if (gammaChange > change) change = gammaChange
      if (deltaChange > change) change = deltaChange
      gamma[j] = newGamma
      delta[j] = newDelta
    }
    if (change <= greatestChange) return { gammaStar: gamma, deltaStar: delta }
  }
  throw refuse('not-settled', { iterations: mostIterations })
}

/** Terms below exp(-45) of the greatest cannot change the sum's last bit. */
const negligible = -45

/**
 * Column i's estimates are the mean of all other columns' (gammaHat, deltaHat), weighed by the likelihood of column i's values
 * under them. The likelihood needs only i's count, mean and sum of squares, so a pair of columns costs one exponential,
 * however many patients there are. Taken relative to the greatest, so that it does not run out of range as in `sva`.
 */
function weighByLikelihood({ gammaHat, deltaHat, counts, squares }: BatchEstimates): ShrunkEstimates {
  const columns = gammaHat.length
  const halfLog = deltaHat.map((delta) => 0.5 * log(2 * Math.PI * delta))
  const halfInverse = deltaHat.map((delta) => 0.5 / delta)
  const logLikelihood = new Float64Array(columns)
  const gammaStar = new Float64Array(columns)
  const deltaStar = new Float64Array(columns)
  for (let i = 0; i < columns; i++) {
    const n = counts[i]
    const mean = gammaHat[i]
    const ownSquares = squares[i]
    let greatest = -Infinity
    for (let j = 0; j < columns; j++) {
      const off = mean - gammaHat[j]
      const value = -n * halfLog[j] - (ownSquares + n * off * off) * halfInverse[j]
      logLikelihood[j] = value
      if (value > greatest && j !== i) greatest = value
    }
    logLikelihood[i] = -Infinity
    let sum = 0
    let gammaSum = 0
    let deltaSum = 0
    for (let j = 0; j < columns; j++) {
      const below = logLikelihood[j] - greatest
      if (below < negligible) continue
      const weight = expBelowZero(below)
      sum += weight
      gammaSum += weight * gammaHat[j]
      deltaSum += weight * deltaHat[j]
    }
    gammaStar[i] = gammaSum / sum
    deltaStar[i] = deltaSum / sum
  }
  return { gammaStar, deltaStar }
}
