import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { compare } from '../numeric/compare.ts'
import { groupBy } from '../numeric/groupBy.ts'
import { createRandom, deriveSeed, sampleWithoutReplacement } from '../numeric/random.ts'
import { roundToSum } from '../numeric/roundToSum.ts'
import { refuse } from './messages.ts'
import type { CohortFreeze, CohortName, CohortPlan, Patient, Study } from './study.ts'

/** What a plan looks at of a patient. */
export interface PlannedPatient extends Pick<Patient, 'id' | 'label' | 'centre' | 'batch' | 'exclusion'> {
  /** Of the examination, in days since 1970; null where it is not known. */
  readonly day: number | null
  /** Class of the outcome, for the strata of a split; null where it is not known. */
  readonly outcome: string | null
}

/**
 * The cohort of each patient who is not excluded. Neither the order of the patients nor their IDs matter: a split is drawn by labels.
 * @returns by ID; without those whose day is not known where the plan is by date
 */
export function planCohorts(plan: CohortPlan, patients: readonly PlannedPatient[]): ReadonlyMap<string, CohortName> {
  const included = patients.filter(({ exclusion }) => exclusion === null)
  switch (plan.kind) {
    case 'centre':
      return new Map(included.map(({ id, centre }) => [id, plan.training.includes(centre) ? 'training' : 'validation']))
    case 'date':
      return new Map(
        included.flatMap(({ id, day }) => (day === null ? [] : [[id, day < plan.before ? 'training' : 'validation'] as const])),
      )
    case 'split': {
      const held = drawHeldOut(plan, included)
      return new Map(included.map(({ id }) => [id, held.has(id) ? 'validation' : 'training']))
    }
  }
}

function drawHeldOut(
  { seed, share }: Extract<CohortPlan, { kind: 'split' }>,
  patients: readonly PlannedPatient[],
): ReadonlySet<string> {
  const sorted = [...patients].sort((a, b) => compare(a.label, b.label))
  const strata = groupBy(sorted, ({ outcome, batch }) => JSON.stringify([outcome, batch]))
  const keys = [...strata.keys()].sort(compare)
  const sizes = roundToSum(
    keys.map((key) => share * strata.get(key)!.length),
    Math.round(share * patients.length),
  )
  const drawn = keys.flatMap((key, i) => {
    const own = strata.get(key)!
    return sampleWithoutReplacement(own.length, sizes[i], createRandom(deriveSeed(seed, 'cohorts', key))).map((at) => own[at].id)
  })
  return new Set(drawn)
}

/**
 * @throws DataError while patients are neither excluded nor in a cohort, and for a cohort without patients
 */
export function freezeCohorts(
  plan: CohortPlan,
  patients: readonly PlannedPatient[],
  { by, at, thawedBefore }: Pick<CohortFreeze, 'by' | 'at' | 'thawedBefore'>,
): CohortFreeze {
  const cohortOf = planCohorts(plan, patients)
  const undecided = patients.filter(({ id, exclusion }) => exclusion === null && !cohortOf.has(id))
  if (undecided.length > 0) throw refuse('cohort-undecided', { labels: undecided.map(({ label }) => label) })
  const members = patients
    .flatMap(({ id, label }) => (cohortOf.has(id) ? [[label, cohortOf.get(id)!] as const] : []))
    .sort(([a], [b]) => compare(a, b))
  for (const cohort of ['training', 'validation'] as const)
    if (!members.some((member) => member[1] === cohort)) throw refuse('cohort-empty', { cohort })
  return { plan, members, hash: hashCohorts(plan, members), by, at, thawedBefore }
}

/** As `label,cohort` lines in the order of labels, after the plan as JSON, its keys and its centres in order. */
export function hashCohorts(plan: CohortPlan, members: CohortFreeze['members']): string {
  const inOrder = plan.kind === 'centre' ? { ...plan, training: [...plan.training].sort(compare) } : plan
  const ordered = Object.fromEntries(Object.entries(inOrder).sort(([a], [b]) => compare(a, b)))
  const lines = [...members].sort(([a], [b]) => compare(a, b)).map((member) => member.join(','))
  return bytesToHex(sha256(utf8ToBytes([JSON.stringify(ordered), ...lines].join('\n'))))
}

/** Labels of patients who came, went or changed sides since the freeze: what was learnt is of other cohorts. */
export function changedSince(
  { members }: Pick<CohortFreeze, 'members'>,
  patients: readonly Pick<Patient, 'label' | 'cohort' | 'exclusion'>[],
): string[] {
  const frozen = new Map(members)
  const now = new Map(patients.flatMap(({ label, cohort, exclusion }) => (cohort !== null && exclusion === null ? [[label, cohort]] : []))) // prettier-ignore
  return [...new Set([...frozen.keys(), ...now.keys()])].filter((label) => frozen.get(label) !== now.get(label)).sort(compare)
}

/** The study with its cohorts fixed, and its patients in them. @throws DataError where they are fixed, without a plan, and as `freezeCohorts` */
export function fixCohorts<T extends Pick<Patient, 'label' | 'cohort'>>(
  study: Study,
  planned: readonly PlannedPatient[],
  patients: readonly T[],
  who: Pick<CohortFreeze, 'by' | 'at'>,
): { readonly study: Study; readonly freeze: CohortFreeze; readonly patients: readonly T[] } {
  if (study.freeze) throw refuse('cohorts-fixed-already', {})
  if (!study.cohorts) throw refuse('cohorts-unplanned', {})
  const freeze = freezeCohorts(study.cohorts, planned, { ...who, thawedBefore: study.thaws })
  const cohortOf = new Map(freeze.members)
  return {
    study: { ...study, freeze },
    freeze,
    patients: patients.flatMap((patient) => {
      const cohort = cohortOf.get(patient.label)
      return cohort === undefined ? [] : [{ ...patient, cohort }]
    }),
  }
}

/** The study with open cohorts again; nobody is in one then. @throws DataError without a reason; a study whose cohorts are open stays as it is */
export function thawCohorts<T extends Pick<Patient, 'cohort'>>(
  study: Study,
  patients: readonly T[],
  reason: string,
): { readonly study: Study; readonly patients: readonly T[] } {
  if (!study.freeze) return { study, patients: [] }
  if (reason.trim() === '') throw refuse('thaw-without-reason', {})
  return {
    study: { ...study, freeze: null, thaws: study.thaws + 1 },
    patients: patients.flatMap((patient) => (patient.cohort === null ? [] : [{ ...patient, cohort: null }])),
  }
}
