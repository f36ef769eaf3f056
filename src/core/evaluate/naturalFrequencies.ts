import { roundToSum } from '../numeric/roundToSum.ts'

/**
 * Of so many patients, how many fall to each share: whole numbers that add up, by the largest remainders (Hamilton).
 * @param shares that add up to 1
 */
export function naturalFrequencies(shares: readonly number[], of = 100): number[] {
  return roundToSum(
    shares.map((share) => share * of),
    of,
  )
}
