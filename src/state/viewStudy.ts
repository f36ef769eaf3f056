import type { ClinicalStudy } from '../core/cohort/clinical/clinicalStudy.ts'
import { factsOf, plannedPatients, traceStudy, type TracedStudy } from '../core/cohort/clinical/overview.ts'
import { planCohorts } from '../core/study/cohorts.ts'
import { proposeExclusions } from '../core/study/exclusions.ts'
import type { Decision, Patient, Study } from '../core/study/study.ts'
import { studyPatients } from '../core/study/unnamedStudy.ts'
import type { StudyRecords } from '../storage/patientRecordStore.ts'
import { readKeptClinical, type PlannedRecords } from '../storage/studyPlanStore.ts'

/** What the records of a study and its clinical table say together: who is in, and what waits for a person. */
export interface StudyView {
  readonly study: Study
  /** By label. */
  readonly patients: readonly Patient[]
  readonly clinical: ClinicalStudy | null
  /** While cohorts are open those that the plan would make. */
  readonly traced: TracedStudy
  /** Not excluded yet, by reason: IDs. */
  readonly proposed: ReturnType<typeof proposeExclusions>
  /** The same of those in a fixed cohort: they go only after a thaw. */
  readonly proposedOfFixed: ReturnType<typeof proposeExclusions>
  /** Patients of each cohort by the plan, fixed or not; IDs. */
  readonly cohorts: { readonly training: readonly string[]; readonly validation: readonly string[]; readonly none: readonly string[] }
  /** Of the import, about patients who are not excluded. */
  readonly decisions: readonly Decision[]
} // prettier-ignore

export function viewStudy({ study, patients: all, images, decisions }: StudyRecords, planned: PlannedRecords): StudyView {
  const owners = new Map(images.map(({ id, patient }) => [id, patient]))
  const listed = new Set(owners.values())
  const patients = studyPatients(all, (id) => listed.has(id))
  const clinical = readKeptClinical(planned)
  const plan = study.freeze === null && study.cohorts ? planCohorts(study.cohorts, plannedPatients(patients, clinical, study.tasks)) : null // prettier-ignore
  const placed = patients.map((patient) => (study.freeze ? patient : { ...patient, cohort: plan?.get(patient.id) ?? null }))
  const included = placed.filter(({ exclusion }) => exclusion === null)
  const among = (cohort: string | null) => included.flatMap((patient) => (patient.cohort === cohort ? [patient.id] : []))
  const isFixed = ({ cohort }: Patient) => study.freeze !== null && cohort !== null
  const propose = (some: readonly Patient[]) =>
    proposeExclusions(
      some.map((patient) => factsOf(patient, clinical)),
      study.inclusion,
    )
  return {
    study,
    patients,
    clinical,
    traced: traceStudy(placed, clinical, study),
    proposed: propose(included.filter((patient) => !isFixed(patient))),
    proposedOfFixed: propose(included.filter(isFixed)),
    cohorts: { training: among('training'), validation: among('validation'), none: among(null) },
    decisions: decisions.filter(
      ({ chosen, subjects }) => chosen === null && subjects.some((image) => included.some(({ id }) => id === owners.get(image))),
    ),
  }
}
