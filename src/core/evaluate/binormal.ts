import { normalProbability } from '../numeric/distributions.ts'
import { log } from '../numeric/functions.ts'
import { inverseLogit, logit } from '../statistics/fitGlm.ts'

/** How the scores of a class are spread; the SD is above 0. */
export interface NormalScores {
  readonly mean: number
  readonly sd: number
}

/** The truth behind a score: two normal distributions, and how many of all patients are positive (above 0, below 1). */
export interface Binormal {
  readonly positive: NormalScores
  readonly negative: NormalScores
  readonly prevalence: number
}

/** What a model makes of the true risk p: it believes the risk whose logit is `intercept` + `slope` x logit p. The slope is above 0. */
export interface Belief {
  readonly intercept: number
  readonly slope: number
}

export interface Rates {
  readonly sensitivity: number
  readonly specificity: number
}

/** Chance that a positive patient has a higher score than a negative one: Phi((mean1 - mean0) / sqrt(sd0^2 + sd1^2)). */
export function binormalAuc({ positive, negative }: Pick<Binormal, 'positive' | 'negative'>): number {
  return normalProbability((positive.mean - negative.mean) / Math.sqrt(square(positive.sd) + square(negative.sd)))
}

/** Rates of calling positive who scores at least `threshold`. */
export function binormalRates({ positive, negative }: Pick<Binormal, 'positive' | 'negative'>, threshold: number): Rates {
  return { sensitivity: above(positive, threshold), specificity: 1 - above(negative, threshold) }
}

/** Logit of the true risk of a patient with this score: that of the prevalence and the logarithm of both densities' ratio. */
export function logitRisk({ positive, negative, prevalence }: Binormal, score: number): number {
  const [z1, z0] = [(score - positive.mean) / positive.sd, (score - negative.mean) / negative.sd]
  return logit(prevalence) + log(negative.sd / positive.sd) + (z0 * z0 - z1 * z1) / 2
}

/** What the model tells a patient with this score. */
export function believedRisk(truth: Binormal, { intercept, slope }: Belief, score: number): number {
  return inverseLogit(intercept + slope * logitRisk(truth, score))
}

/** The true risk of patients to whom the model tells `believed` (above 0, below 1). */
export function trueRisk({ intercept, slope }: Belief, believed: number): number {
  return inverseLogit((logit(believed) - intercept) / slope)
}

/**
 * The score at which the risk turns round: with unequal spreads the wider class is the likelier one at both ends, and the ROC curve has
 * a hook below the diagonal. Null where the spreads are equal and the risk never turns.
 */
export function riskTurnsAt({ positive, negative }: Pick<Binormal, 'positive' | 'negative'>): number | null {
  const [v1, v0] = [square(positive.sd), square(negative.sd)]
  return v1 === v0 ? null : (negative.mean * v1 - positive.mean * v0) / (v1 - v0)
}

/**
 * Rates of calling positive whom the model tells at least `threshold`. Where the risk turns these are the scores outside or between two
 * ends: the roots of a quadratic, without cancellation (Press et al. 2007, Numerical Recipes, section 5.6).
 * @param threshold above 0, below 1
 */
export function ratesByRisk(truth: Binormal, { intercept, slope }: Belief, threshold: number): Rates {
  const { positive, negative } = truth
  const [v1, v0] = [square(positive.sd), square(negative.sd)]
  const least = (logit(threshold) - intercept) / slope
  // The risk is high enough where a x^2 + b x + c is at least 0.
  const a = 1 / (2 * v0) - 1 / (2 * v1)
  const b = positive.mean / v1 - negative.mean / v0
  const c = logitRisk(truth, 0) - least
  const ratesOf = (share: (scores: NormalScores) => number) => ({
    sensitivity: share(positive),
    specificity: 1 - share(negative),
  })
  if (a === 0 && b === 0) return ratesOf(() => (c >= 0 ? 1 : 0))
  if (a === 0) return ratesOf((scores) => (b > 0 ? above(scores, -c / b) : below(scores, -c / b)))
  const inRoot = b * b - 4 * a * c
  if (inRoot <= 0) return ratesOf(() => (a > 0 ? 1 : 0))
  const q = -(b + (b < 0 ? -1 : 1) * Math.sqrt(inRoot)) / 2
  const [from, to] = [q / a, c / q].sort((one, other) => one - other)
  if (a > 0) return ratesOf((scores) => below(scores, from) + above(scores, to))
  // Between two ends on the same side of the mean, the difference of the smaller tails keeps its digits.
  return ratesOf((scores) =>
    from > scores.mean ? above(scores, from) - above(scores, to) : below(scores, to) - below(scores, from),
  )
}

const above = ({ mean, sd }: NormalScores, score: number) => normalProbability((score - mean) / sd, true)
const below = ({ mean, sd }: NormalScores, score: number) => normalProbability((score - mean) / sd)
const square = (value: number) => value * value
