import type { TimeSource } from '../image/volumeTiming.ts'
import { daysBetweenVisits, type SimulatedPatient } from './planStudy.ts'
import type { DicomHabit } from './scanners.ts'

/** Seconds between phases as a scanner's protocol has them, and as they are assumed where nothing tells them. */
export const gapS = 60
/** When the agent is given, from the first phase; told by the habit `separate` alone. */
export const injectionS = 1

/** What reading a patient's DICOM files must find of the dynamic series. */
export interface ExpectedPhases {
  readonly from: TimeSource | 'order'
  readonly proved: boolean
  readonly timesS: readonly number[]
  readonly injectionProved: boolean
  /** Codes of `cohort/messages.ts`. */
  readonly warnings: readonly ('phase-missing' | 'few-phases')[]
}

/** A doubt that a person must be asked about, or a proposal that one must see. */
export type ExpectedDecision =
  /** HER2 is unknown: IHC 2+ without FISH; an exclusion is proposed. */
  | { readonly code: 'her2Unknown' }
  /** Two rows of one ID that differ in a column. */
  | { readonly code: 'duplicatedId'; readonly column: 'ki67'; readonly values: readonly [string, string] }
  /** `given` is in mm, where the column is in cm. */
  | { readonly code: 'sizeInMm'; readonly given: string; readonly cm: number }
  /** The later of two visits is proposed: the last one within 30 days before surgery. */
  | { readonly code: 'twoVisits'; readonly daysToSurgery: readonly [number, number] }

/** Phases that were acquired, counted from 0: one may be missing. */
export function acquiredPhases({ timesS, awkward }: SimulatedPatient): number[] {
  return timesS.map((_, phase) => phase).filter((phase) => !(phase === 3 && awkward.includes('missingPhase')))
}

export function expectPhases(patient: SimulatedPatient, habit: DicomHabit): ExpectedPhases {
  const phases = acquiredPhases(patient)
  const isMissing = phases.length < patient.timesS.length
  if (patient.awkward.includes('untoldTimes'))
    return {
      from: 'order',
      proved: false,
      timesS: phases.map((_, i) => gapS * i),
      injectionProved: false,
      warnings: isMissing ? ['few-phases'] : [],
    }
  const sources = { separate: 'acquisition', triggerTime: 'triggerTime', temporalPosition: 'temporalPosition', multiframe: 'frameReference' } as const // prettier-ignore
  return {
    from: sources[habit],
    proved: true,
    timesS: phases.map((phase) => (habit === 'temporalPosition' ? gapS * phase : patient.timesS[phase])),
    injectionProved: habit === 'separate',
    warnings: isMissing ? ['phase-missing', 'few-phases'] : [],
  }
}

export function expectDecisions({ awkward, clinical, daysToSurgery }: SimulatedPatient): ExpectedDecision[] {
  const all: Readonly<Partial<Record<string, ExpectedDecision>>> = {
    noFish: { code: 'her2Unknown' },
    duplicatedId: {
      code: 'duplicatedId',
      column: 'ki67',
      values: [String(clinical.ki67Percent), String(otherKi67(clinical.ki67Percent))],
    },
    sizeInMm: { code: 'sizeInMm', given: sizeInMm(clinical.sizeCm), cm: clinical.sizeCm },
    twoVisits: { code: 'twoVisits', daysToSurgery: [daysToSurgery + daysBetweenVisits, daysToSurgery] },
  }
  return awkward.flatMap((kind) => all[kind] ?? [])
}

/** On the other side of the cut-off of 30 %. */
export function otherKi67(percent: number): number {
  return percent < 30 ? percent + 30 : percent - 25
}

export function sizeInMm(cm: number): string {
  return String(Math.round(10 * cm))
}
