import { refuse } from './messages.ts'

export interface SizeCriterion {
  /** Fewest patients. */
  readonly patients: number
  /** Those of them that are expected to have the outcome, rounded up. */
  readonly events: number
}

/** The normal quantile as the papers and their packages write it. */
export const z95 = 1.96

/** @throws DataError unless both outcomes occur */
export function requirePrevalence(prevalence: number): void {
  if (!(prevalence > 0 && prevalence < 1)) throw refuse('plan-prevalence', { prevalence })
}

/** @throws DataError unless the model tells more than a guess and less than all */
export function requireAuc(auc: number): void {
  if (!(auc > 0.5 && auc < 1)) throw refuse('plan-auc', { auc })
}

/** @throws DataError unless the value is a whole number from 1 */
export function requireCount(what: 'parameters' | 'patients', value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) throw refuse('plan-count', { what, value })
}

/** @throws DataError for a number of patients beyond counting */
export function requireCountable(patients: number): number {
  if (Number.isSafeInteger(patients)) return patients
  throw refuse('plan-uncountable', {})
}

/** The criterion that needs most patients; of equal ones the first. */
export function greatest<T extends SizeCriterion>(criteria: readonly T[]): T {
  return criteria.reduce((a, b) => (b.patients > a.patients ? b : a))
}
