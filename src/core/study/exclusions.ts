/** Why patients are left out, in the order in which reasons count: of several that hold, the first is the patient's. */
export const exclusionReasons = ['mri-late', 'treated', 'her2-unknown', 'not-visible', 'poor-quality', 'phases-missing'] as const

export type ExclusionReason = (typeof exclusionReasons)[number]

/** What is known of a patient that may be a reason by itself; null where nothing is. */
export interface ExclusionFacts {
  readonly id: string
  /** Days from the examination to surgery. */
  readonly daysToSurgery: number | null
  readonly treatedBefore: boolean | null
  /** Whether the status is told: 2+ without hybridisation is not. */
  readonly her2Known: boolean | null
  /** Of the dynamic series. */
  readonly phases: number | null
}

/** What the study asks of its patients. */
export interface Inclusion {
  readonly mostDaysToSurgery: number
  readonly phases: number
}

export const studyInclusion: Inclusion = { mostDaysToSurgery: 30, phases: 6 }

/** Reasons that hold by what is known alone, in their order: proposals, which a person accepts. An examination after surgery is late, too. */
export function reasonsThatHold(facts: ExclusionFacts, { mostDaysToSurgery, phases }: Inclusion): ExclusionReason[] {
  const { daysToSurgery, treatedBefore, her2Known, phases: found } = facts
  const holds: Readonly<Partial<Record<ExclusionReason, boolean>>> = {
    'mri-late': daysToSurgery !== null && (daysToSurgery < 0 || daysToSurgery > mostDaysToSurgery),
    treated: treatedBefore === true,
    'her2-unknown': her2Known === false,
    'phases-missing': found !== null && found < phases,
  }
  return exclusionReasons.filter((reason) => holds[reason])
}

/** Patients by the first reason that holds of each, to be excluded a group at a time. */
export function proposeExclusions(
  patients: readonly ExclusionFacts[],
  inclusion: Inclusion,
): ReadonlyMap<ExclusionReason, readonly string[]> {
  const first = patients.map((facts) => [reasonsThatHold(facts, inclusion)[0], facts.id] as const)
  return new Map(
    exclusionReasons.flatMap((reason) => {
      const ids = first.flatMap(([own, id]) => (own === reason ? [id] : []))
      return ids.length > 0 ? [[reason, ids] as const] : []
    }),
  )
}
