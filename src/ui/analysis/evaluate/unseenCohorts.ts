import type { Evaluated } from '../../../state/analysis/evaluated.ts'

/** Cohorts that nobody has looked at, whose figures wait for somebody to say so; a look that shows nothing is none. */
export function unseenCohorts({ result: { evaluation, trainCohort }, firstLook }: Evaluated): string[] {
  if (trainCohort === null || firstLook !== null) return []
  return evaluation.cohorts.flatMap(({ cohort, role, unusable }) => (role === 'validation' && unusable === null ? [cohort] : []))
}
