/**
 * Of so many patients, how many fall to each share: whole numbers that add up, by the largest remainders (Hamilton).
 * @param shares that add up to 1
 */
export function naturalFrequencies(shares: readonly number[], of = 100): number[] {
  const exact = shares.map((share) => share * of)
  const whole = exact.map(Math.floor)
  const left = of - whole.reduce((sum, value) => sum + value, 0)
  const byRemainder = exact.map((value, i) => ({ i, rest: value - whole[i] })).sort((a, b) => b.rest - a.rest || a.i - b.i)
  for (const { i } of byRemainder.slice(0, left)) whole[i]++
  return whole
}
