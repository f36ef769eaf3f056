/**
 * The second derivative of the logarithm of the gamma function, R's `trigamma`, for x > 0: the recurrence up to 12, from there
 * Bernoulli's asymptotic series (Abramowitz and Stegun 6.4.6, 6.4.12); relative error below 1e-14.
 */
export function trigamma(x: number): number {
  let sum = 0
  let z = x
  for (; z < 12; z++) sum += 1 / (z * z)
  const s = 1 / (z * z)
  const series = s * (1 / 6 - s * (1 / 30 - s * (1 / 42 - s * (1 / 30 - s * (5 / 66 - s * (691 / 2730))))))
  return sum + (1 + 1 / (2 * z) + series) / z
}
