import type { Counts } from './classification.ts'

/** Rates as a paper prints them. */
export interface PrintedRates {
  readonly positives: number
  readonly negatives: number
  readonly sensitivity: number
  readonly specificity: number
}

export interface CountsOfRates {
  readonly counts: Counts
  /** The counts give the printed rates back, to the digits that were printed. */
  readonly isExact: boolean
}

/**
 * The counts that are nearest to printed rates.
 * @param rates classes as whole numbers from 1, rates from 0 to 1
 * @param digits decimals to which the rates were rounded
 */
export function countsFromRates({ positives, negatives, sensitivity, specificity }: PrintedRates, digits: number): CountsOfRates {
  const truePositives = Math.round(sensitivity * positives)
  const trueNegatives = Math.round(specificity * negatives)
  const counts = {
    truePositives,
    falseNegatives: positives - truePositives,
    trueNegatives,
    falsePositives: negatives - trueNegatives,
  }
  // Half a unit of the last digit, and what binary numbers add to it.
  const reach = Number(`5e-${digits + 1}`) + 1e-12
  const fits = (hits: number, trials: number, rate: number) => Math.abs(hits / trials - rate) <= reach
  return { counts, isExact: fits(truePositives, positives, sensitivity) && fits(trueNegatives, negatives, specificity) }
}
