import { normalTwoSided } from '../numeric/distributions.ts'
import type { AucEstimate } from './delong.ts'

/** Whether scores tell the classes apart at all: z of the AUC against one half by DeLong's standard error, as MedCalc. */
export function againstChance({ auc, standardError }: Pick<AucEstimate, 'auc' | 'standardError'>): {
  readonly z: number
  /** Two-sided; NaN where there is no standard error. */
  readonly p: number
} {
  const z = (auc - 0.5) / standardError
  return { z, p: Number.isFinite(z) ? normalTwoSided(z) : NaN }
}
