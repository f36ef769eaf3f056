export interface Benefit {
  /** In true positives a patient. */
  readonly netBenefit: number
  readonly treatAll: number
  /** Interventions avoided in 100 patients, against treating all. */
  readonly avoidedPer100: number
  /** Net benefit over its greatest value, the prevalence. */
  readonly standardised: number
}

/**
 * Net benefit at a threshold probability, and beside it. Source: Vickers and Elkin 2006, Medical Decision Making 26, 565-574; Kerr et al.
 * 2016, Journal of Clinical Oncology 34, 2534-2540 (standardised).
 * @param probability above 0 and below 1; outside there is no such threshold and all is NaN
 */
export function benefitAt(sensitivity: number, specificity: number, prevalence: number, probability: number): Benefit {
  const odds = probability > 0 && probability < 1 ? probability / (1 - probability) : NaN
  const netBenefit = sensitivity * prevalence - (1 - specificity) * (1 - prevalence) * odds
  const treatAll = prevalence - (1 - prevalence) * odds
  return {
    netBenefit,
    treatAll,
    avoidedPer100: (100 * (netBenefit - treatAll)) / odds,
    standardised: netBenefit / prevalence,
  }
}

/** Expected cost of a decision a patient, in false alarms. @param costOfMiss of a missed positive, in false alarms */
export function costAt(sensitivity: number, specificity: number, prevalence: number, costOfMiss: number): number {
  return costOfMiss * prevalence * (1 - sensitivity) + (1 - prevalence) * (1 - specificity)
}
