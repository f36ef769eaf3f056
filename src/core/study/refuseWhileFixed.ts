import { refuse } from './messages.ts'
import type { Patient } from './study.ts'

/** What keeps the cohorts of patients as they are: a patient in a fixed cohort neither goes nor changes sides. @throws DataError for such patients */
export function refuseWhileFixed(patients: readonly Pick<Patient, 'label' | 'cohort'>[]): void {
  const labels = patients.flatMap(({ label, cohort }) => (cohort === null ? [] : [label]))
  if (labels.length > 0) throw refuse('cohorts-fixed', { labels })
}
