import { compare } from '../../numeric/compare.ts'
import type { PlannedPatient } from '../../study/cohorts.ts'
import { exclusionReasons, reasonsThatHold, type ExclusionFacts, type Inclusion } from '../../study/exclusions.ts'
import { findWrongSums, traceFlow, type FlowNode } from '../../study/flow.ts'
import type { Patient, TaskSpec } from '../../study/study.ts'
import type { ClinicalStudy } from './clinicalStudy.ts'
import { daysToSurgery } from './daysToSurgery.ts'

/*
 * Who is in the study: what its records and the hospital's table say together. The page and the command line make of it what they show.
 */

export type OverviewPatient = Pick<Patient, 'id' | 'label' | 'centre' | 'batch' | 'cohort' | 'exclusion' | 'dce'>
type Values = Pick<ClinicalStudy, 'valuesOf'>

/** @param clinical null while there is no table */
export function factsOf(
  { id, label, dce }: Pick<OverviewPatient, 'id' | 'label' | 'dce'>,
  clinical: Values | null,
): ExclusionFacts {
  const values = clinical?.valuesOf.get(label)
  return {
    id,
    daysToSurgery: daysToSurgery(values ?? {}),
    treatedBefore: null,
    her2Known: values?.her2 === undefined ? null : values.her2.value !== null,
    phases: dce?.phases.length ?? null,
  }
}

/** A level of a patient's variable; null where it is not known, or a number. */
function levelOf(clinical: Values | null, label: string, variable: string): string | null {
  const value = clinical?.valuesOf.get(label)?.[variable]?.value
  return typeof value === 'string' ? value : null
}

/** What a plan of cohorts looks at: the day of the examination, and the class of the study's first task. */
export function plannedPatients(
  patients: readonly OverviewPatient[],
  clinical: Values | null,
  [task]: readonly TaskSpec[],
): PlannedPatient[] {
  return patients.map(({ id, label, centre, batch, exclusion }) => {
    const day = clinical?.valuesOf.get(label)?.mri_date?.value
    const level = levelOf(clinical, label, (task as TaskSpec | undefined)?.variable ?? '')
    const outcome = level === null ? null : task.positive.includes(level) ? 'positive' : task.negative.includes(level) ? 'negative' : null
    return { id, label, centre, batch, exclusion, day: typeof day === 'number' ? day : null, outcome }
  }) // prettier-ignore
}

/** Of a patient who is excluded: all that holds, in the order in which reasons count. */
export interface HeldReasons {
  readonly id: string
  /** The first is the patient's own in the flow chart. */
  readonly reasons: readonly string[]
}

/** What a person said and what holds by what is known; a reason of the person's own comes after those of the list. */
function reasonsOf(said: string, holds: readonly string[]): string[] {
  const rank = (reason: string) => (exclusionReasons as readonly string[]).concat(reason).indexOf(reason)
  return [...new Set([said, ...holds])].sort((a, b) => rank(a) - rank(b) || compare(a, b))
}

export interface TracedStudy {
  readonly nodes: readonly FlowNode[]
  /** IDs of the boxes whose patients do not add up; none where all is well. */
  readonly wrong: readonly string[]
  readonly excluded: readonly HeldReasons[]
}

/** The flow chart, in which a patient stands at the first reason that holds of her. */
export function traceStudy(
  patients: readonly OverviewPatient[],
  clinical: Values | null,
  { tasks, inclusion }: { readonly tasks: readonly TaskSpec[]; readonly inclusion: Inclusion },
): TracedStudy {
  const labels = new Map(patients.map(({ id, label }) => [id, label]))
  const excluded = patients.flatMap((patient): HeldReasons[] =>
    patient.exclusion === null
      ? []
      : [
          {
            id: patient.id,
            reasons: reasonsOf(patient.exclusion.reason, reasonsThatHold(factsOf(patient, clinical), inclusion)),
          },
        ],
  )
  const first = new Map(excluded.map(({ id, reasons }) => [id, reasons[0]]))
  const flowing = patients.map((patient) => ({
    ...patient,
    exclusion: patient.exclusion && { ...patient.exclusion, reason: first.get(patient.id)! },
  }))
  // Without a table no class is known: nobody is said to be outside of a task.
  const nodes = traceFlow(flowing, clinical === null ? [] : tasks, (id, variable) => levelOf(clinical, labels.get(id)!, variable))
  return { nodes, wrong: findWrongSums(nodes), excluded }
}
