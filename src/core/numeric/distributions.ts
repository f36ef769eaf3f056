import { betainc, betaincinv, erfc, erfcinv, gammainc } from './functions.ts'

/**
 * Distribution functions, named after R's. `upper` gives P(X > x), computed as such: small P values keep their digits.
 */

/** Standard normal, R's `pnorm`. */
export function normalProbability(z: number, upper = false): number {
  return erfc((upper ? z : -z) / Math.SQRT2) / 2
}

/** Standard normal, R's `qnorm`; p in [0, 1]. */
export function normalQuantile(p: number): number {
  return p < 0.5 ? -Math.SQRT2 * erfcinv(2 * p) : Math.SQRT2 * erfcinv(2 * (1 - p))
}

/** Two-sided P of a standard normal statistic; 1 for 0, NaN for NaN. */
export function normalTwoSided(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2)
}

/** Student's t with `df` > 0, R's `pt`. */
export function tProbability(t: number, df: number, upper = false): number {
  if (Number.isNaN(t)) return NaN
  const outer = tTwoSided(t, df) / 2
  return upper === t > 0 ? outer : 1 - outer
}

/** Two-sided P of a t statistic with `df` degrees of freedom. */
export function tTwoSided(t: number, df: number): number {
  if (!Number.isFinite(df)) return normalTwoSided(t)
  if (!Number.isFinite(t)) return Number.isNaN(t) ? NaN : 0
  const square = t * t
  return square < df ? betainc(square / (df + square), 0.5, df / 2, true, true) : betainc(df / (df + square), df / 2, 0.5)
}

/** R's `qt`; p in (0, 1). */
export function tQuantile(p: number, df: number): number {
  if (!Number.isFinite(df)) return normalQuantile(p)
  const tail = Math.min(p, 1 - p)
  const x = betaincinv(2 * tail, df / 2, 0.5)
  const size = Math.sqrt((df * (1 - x)) / x)
  return p < 0.5 ? -size : size
}

/** Chi-square, R's `pchisq`. */
export function chiSquareProbability(x: number, df: number, upper = false): number {
  if (x <= 0) return upper ? 1 : 0
  if (x === Infinity) return upper ? 0 : 1
  return gammainc(x / 2, df / 2, true, upper)
}

/** F with `df1` and `df2`, R's `pf`. */
export function fProbability(f: number, df1: number, df2: number, upper = false): number {
  if (Number.isNaN(f)) return NaN
  if (f <= 0) return upper ? 1 : 0
  if (f === Infinity) return upper ? 0 : 1
  return df1 * f < df2
    ? betainc((df1 * f) / (df2 + df1 * f), df1 / 2, df2 / 2, true, upper)
    : betainc(df2 / (df2 + df1 * f), df2 / 2, df1 / 2, true, !upper)
}

/** R's `qf`; p in (0, 1). */
export function fQuantile(p: number, df1: number, df2: number): number {
  const x = betaincinv(p, df1 / 2, df2 / 2)
  return (df2 * x) / (df1 * (1 - x))
}

/** R's `qbeta`; p in [0, 1]. */
export function betaQuantile(p: number, a: number, b: number): number {
  return betaincinv(p, a, b)
}
