/**
 * Whole numbers near those given that add up to `sum`: all are rounded down, then those of the largest remainders up (Hamilton), of equal ones
 * the first.
 * @param exact not negative; they add up to `sum`
 */
export function roundToSum(exact: readonly number[], sum: number): number[] {
  const whole = exact.map(Math.floor)
  const left = sum - whole.reduce((total, value) => total + value, 0)
  const byRemainder = exact.map((_, i) => i).sort((a, b) => exact[b] - whole[b] - (exact[a] - whole[a]) || a - b)
  for (const i of byRemainder.slice(0, left)) whole[i]++
  return whole
}
