import type { Visit } from '../groupPatients.ts'
import { clockTime } from '../clockTime.ts'

/** Why a visit is the study's. */
export type VisitReason =
  | 'only'
  /** The last within 30 days before surgery. */
  | 'before-surgery'
  | 'first'

/** Imaging may lie so long before surgery. */
const longestBeforeDays = 30

/**
 * Which of a patient's visits the study takes.
 * @param visits by date; at least one
 * @param surgery YYYYMMDD
 */
export function chooseVisit(
  visits: readonly Pick<Visit, 'date'>[],
  surgery?: string,
): { readonly visit: number; readonly why: VisitReason } {
  if (visits.length === 1) return { visit: 0, why: 'only' }
  const day = dayOf(surgery)
  const last =
    day === undefined
      ? -1
      : visits.findLastIndex(({ date }) => {
          const before = day - (dayOf(date) ?? Infinity)
          return before >= 0 && before <= longestBeforeDays
        })
  return last < 0 ? { visit: 0, why: 'first' } : { visit: last, why: 'before-surgery' }
}

function dayOf(date: string | undefined): number | undefined {
  const midnight = clockTime(date, '00')
  return midnight?.hasDate ? midnight.seconds / 86400 : undefined
}
