import type { DicomHabit, Scanner } from '../../core/simulate/scanners.ts'

/** How all scanners write phases, in place of each in its own way. */
export const phaseLayouts = ['separate', 'one', 'multiframe'] as const
export type PhaseLayout = (typeof phaseLayouts)[number]

export function habitOf({ habit, centre }: Scanner, layout: PhaseLayout | null): DicomHabit {
  if (layout === null) return habit
  if (layout === 'one') return centre === 'A' ? 'triggerTime' : 'temporalPosition'
  return layout
}
