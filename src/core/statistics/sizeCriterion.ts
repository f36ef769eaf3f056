export interface SizeCriterion {
  /** Fewest patients. */
  readonly patients: number
  /** Those of them that are expected to have the outcome, rounded up. */
  readonly events: number
}

/** The normal quantile as the papers and their packages write it. */
export const z95 = 1.96

/** @throws RangeError unless both outcomes occur */
export function requirePrevalence(prevalence: number): void {
  if (!(prevalence > 0 && prevalence < 1))
    throw new RangeError(
      `The prevalence is the share of patients with the outcome, above 0 and below 1; ${prevalence} was given.`,
    )
}

/** @throws RangeError unless the model tells more than a guess and less than all */
export function requireAuc(auc: number): void {
  if (!(auc > 0.5 && auc < 1)) throw new RangeError(`The AUC lies above 0.5 (a guess) and below 1; ${auc} was given.`)
}

/** @throws RangeError unless the value is a whole number from 1 */
export function requireCount(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`${what} is a whole number from 1; ${value} was given.`)
}

/** @throws RangeError for a number of patients beyond counting */
export function requireCountable(patients: number): number {
  if (Number.isSafeInteger(patients)) return patients
  throw new RangeError(
    'No number of patients would be enough for what is asked: check the prevalence and the expected performance.',
  )
}

/** The criterion that needs most patients; of equal ones the first. */
export function greatest<T extends SizeCriterion>(criteria: readonly T[]): T {
  return criteria.reduce((a, b) => (b.patients > a.patients ? b : a))
}
