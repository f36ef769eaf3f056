import type { ClinicalValue } from './readClinical.ts'

/** Of a table without dates, as a study file brings it. */
export const daysVariable = 'days_to_surgery'

/**
 * From the examination to surgery, by the two dates or as the table has it; null where neither is known.
 * @param values of a patient, by variable
 */
export function daysToSurgery(values: Readonly<Record<string, Pick<ClinicalValue, 'value'> | undefined>>): number | null {
  const [surgery, mri] = [values.surgery_date?.value, values.mri_date?.value]
  if (typeof surgery === 'number' && typeof mri === 'number') return surgery - mri
  const days = values[daysVariable]?.value
  return typeof days === 'number' ? days : null
}
