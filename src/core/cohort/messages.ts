import { messagesOf } from '../messages/message.ts'
import type { Triple } from '../numeric/voxelArray.ts'

/** Phases are counted from 1. */
export interface CohortMessages {
  'baseline-is-last': { readonly phase: number; readonly phases: number }
  bounds: { readonly inflowPercent: number; readonly outflowPercent: number }
  constant: Readonly<Record<never, never>>
  'counts-below-5': { readonly small: number; readonly cells: number }
  'few-phases': { readonly found: number; readonly expected: number }
  'group-without-values': Readonly<Record<never, never>>
  groups: { readonly only?: string }
  'level-unknown': { readonly variable: string; readonly level: string; readonly levels: readonly string[] }
  'means-not-finite': { readonly means: readonly number[] }
  'none-before-contrast': { readonly injectionS: number }
  /** The 95th percentile of the grey levels does not rise by more than 5 % from the first phase to the second. */
  'no-rise': { readonly risePercent: number }
  'phase-missing': { readonly after: number; readonly gapS: number; readonly usualGapS: number }
  'phase-off-grid': { readonly phase: number; readonly size: Triple; readonly maskSize: Triple }
  times: { readonly phases: number; readonly timesS: readonly number[] }
  'values-a-patient': { readonly variable: string; readonly values: number; readonly patients: number }
}

export const { refuse, tell } = messagesOf<CohortMessages>('cohort')
