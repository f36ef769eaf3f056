import { normalQuantile } from '../numeric/distributions.ts'
import { logit, inverseLogit } from '../statistics/fitGlm.ts'
import type { LogisticModel } from './logistic.ts'

/** A line of a nomogram: how many points a value gives. */
export interface NomogramAxis {
  readonly name: string
  /** A unit of the column, not an SD. */
  readonly coefficient: number
  /** What the line shows, ascending; values beyond it are counted all the same. */
  readonly from: number
  readonly to: number
  /** Of the end that has most points; the greatest of all axes is 100. */
  readonly mostPoints: number
}

/** A logistic model as a drawing: points a value, their sum, the probability that it stands for. */
export interface Nomogram {
  readonly axes: readonly NomogramAxis[]
  readonly intercept: number
  /** The linear predictor where every axis has 0 points, and how much of it 100 points are. */
  readonly start: number
  readonly reach: number
  /** Of intercept and coefficients, in their own units, row by row; null where the model has none. */
  readonly covariance: readonly number[] | null
}

/** What a nomogram says of one patient. */
export interface NomogramReading {
  /** In the order of the axes; below 0 and above their most outside the range. */
  readonly points: readonly number[]
  readonly total: number
  readonly linearPredictor: number
  readonly probability: number
  /** Of the probability, by the delta method on the scale of the linear predictor; null without covariance. */
  readonly interval: readonly [number, number] | null
  /** Axes on which the value lies outside the range. */
  readonly outside: readonly string[]
}

/**
 * A nomogram as rms's `nomogram` draws it: the axis with the longest effect has 100 points.
 * @param ranges by column of the model: what its axis shows, such as the 1st to the 99th percentile of training; from < to
 * @returns null for a model without a coefficient other than 0
 */
export function makeNomogram(model: LogisticModel, ranges: readonly (readonly [number, number])[]): Nomogram | null {
  const { standardisation } = model
  const sdOf = (j: number) => standardisation?.sd[j] ?? 1
  const meanOf = (j: number) => standardisation?.mean[j] ?? 0
  const own = model.terms.map(({ name, coefficient }, j) => ({ name, j, coefficient: coefficient / sdOf(j) }))
  // A column that others determine has no coefficient and no part in the score.
  const counted = own.filter(({ coefficient }) => Number.isFinite(coefficient))
  const reach = counted.reduce((most, { coefficient, j }) => Math.max(most, Math.abs(coefficient) * (ranges[j][1] - ranges[j][0])), 0) // prettier-ignore
  if (reach === 0) return null
  const intercept = counted.reduce((sum, { coefficient, j }) => sum - coefficient * meanOf(j), model.intercept.coefficient)
  const axes = counted.map(({ name, coefficient, j }): NomogramAxis => {
    const [from, to] = ranges[j]
    return { name, coefficient, from, to, mostPoints: (100 * Math.abs(coefficient) * (to - from)) / reach }
  })
  const start = axes.reduce((sum, axis) => sum + axis.coefficient * noPoints(axis), intercept)
  const places = [0, ...counted.map(({ j }) => j + 1)]
  return { axes, intercept, start, reach, covariance: toOwnUnits(model, places, meanOf, sdOf) }
}

/** @param values in the order of the axes */
export function readNomogram(nomogram: Nomogram, values: readonly number[], level = 0.95): NomogramReading {
  const { axes, start, reach, intercept, covariance } = nomogram
  const points = axes.map((axis, k) => pointsOf(nomogram, axis, values[k]))
  const total = points.reduce((sum, value) => sum + value, 0)
  const linearPredictor = axes.reduce((sum, { coefficient }, k) => sum + coefficient * values[k], intercept)
  const outside = axes.filter(({ from, to }, k) => values[k] < from || values[k] > to).map(({ name }) => name)
  const probability = inverseLogit(start + (total * reach) / 100)
  if (covariance === null) return { points, total, linearPredictor, probability, interval: null, outside }
  const row = [1, ...values]
  let variance = 0
  row.forEach((a, i) => row.forEach((b, j) => (variance += a * b * covariance[i * row.length + j])))
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(Math.max(0, variance))
  return { points, total, linearPredictor, probability, interval: [inverseLogit(linearPredictor - half), inverseLogit(linearPredictor + half)], outside } // prettier-ignore
}

export function pointsOf({ reach }: Pick<Nomogram, 'reach'>, axis: NomogramAxis, value: number): number {
  return (100 * axis.coefficient * (value - noPoints(axis))) / reach
}

/** The points that stand for a probability. */
export function totalAt({ start, reach }: Pick<Nomogram, 'start' | 'reach'>, probability: number): number {
  return (100 * (logit(probability) - start)) / reach
}

/** The end of an axis that speaks most against class 1. */
function noPoints({ coefficient, from, to }: Pick<NomogramAxis, 'coefficient' | 'from' | 'to'>): number {
  return coefficient > 0 ? from : to
}

/** Of the intercept and the terms at `places` (0 the intercept): b' = A b, so A C A'. Null where an entry is not finite. */
function toOwnUnits(
  { covariance, terms }: LogisticModel,
  places: readonly number[],
  meanOf: (j: number) => number,
  sdOf: (j: number) => number,
): number[] | null {
  if (!covariance) return null
  const order = terms.length + 1
  // Terms without a coefficient have no part in the sum.
  const isCounted = (j: number) => j === 0 || Number.isFinite(terms[j - 1].coefficient)
  const rows = places.map((place) =>
    Array.from({ length: order }, (_, j) => {
      if (!isCounted(j)) return 0
      if (place > 0) return j === place ? 1 / sdOf(j - 1) : 0
      return j === 0 ? 1 : -meanOf(j - 1) / sdOf(j - 1)
    }),
  )
  const between = (a: readonly number[], b: readonly number[]) => {
    let sum = 0
    for (let i = 0; i < order; i++) for (let j = 0; j < order; j++) if (a[i] !== 0 && b[j] !== 0) sum += a[i] * covariance[i * order + j] * b[j] // prettier-ignore
    return sum
  }
  const own = rows.flatMap((a) => rows.map((b) => between(a, b)))
  return own.every(Number.isFinite) ? own : null
}
