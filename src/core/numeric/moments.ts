/** Arithmetic mean; a second pass takes away the rounding error of the first, as R's `mean`. NaN when there is no value. */
export function mean(values: ArrayLike<number>): number {
  const count = values.length
  let sum = 0
  for (let i = 0; i < count; i++) sum += values[i]
  const rough = sum / count
  if (!Number.isFinite(rough)) return rough
  let rest = 0
  for (let i = 0; i < count; i++) rest += values[i] - rough
  return rough + rest / count
}

/** Sum of squared deviations from the mean, in two passes (Chan, Golub and LeVeque 1983, eq. 1.7). 0 for equal values. */
export function sumOfSquares(values: ArrayLike<number>): number {
  const centre = mean(values)
  let squares = 0
  let rest = 0
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i] - centre
    squares += deviation * deviation
    rest += deviation
  }
  return squares - (rest * rest) / values.length
}

/** Sample variance, divided by n - 1 (R's `var`). NaN for fewer than two values. */
export function variance(values: ArrayLike<number>): number {
  return values.length < 2 ? NaN : sumOfSquares(values) / (values.length - 1)
}

/** R's `sd`. */
export function standardDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(variance(values))
}
