import type { Message } from '../messages/message.ts'
import type { UnadjustedColumn } from './messages.ts'
import type { CovariateCode } from './covariates.ts'

/**
 * Who was learnt from: all patients without their labels (the paper's way), training patients only (applies to their batches),
 * or the training patients as one frozen reference that new batches join without changing it.
 */
export type CombatMode = 'all patients, labels unseen' | 'training only' | 'reference'

export interface CombatOptions {
  readonly prior: 'parametric' | 'non-parametric'
  /** Adjust locations only. */
  readonly meanOnly: boolean
  /** The batch that stays as it is and that all others are brought to; null for the mean of all. */
  readonly referenceBatch: string | null
  /**
   * For comparison with `sva::ComBat` only: a batch of one patient turns every batch to mean only, and the outcome is taken as
   * a covariate. Otherwise both are refused.
   */
  readonly asSva: boolean
}

export const defaultCombatOptions: CombatOptions = {
  prior: 'parametric',
  meanOnly: false,
  referenceBatch: null,
  asSva: false,
}

/** What values are brought to, an entry a column: mean + covariates x coefficients, and the variance about it. */
export interface CombatTarget {
  readonly mean: readonly number[]
  /** A list of columns for each coded covariate. */
  readonly coefficients: readonly (readonly number[])[]
  readonly variance: readonly number[]
}

/**
 * A batch's shrunk location and variance in units of the target's standard deviation, an entry a column:
 * value -> target + (value - target - sd gammaStar) / sqrt(deltaStar). A column with 0 and 1 is left alone.
 */
export interface BatchAdjustment {
  readonly batch: string
  readonly patients: number
  readonly gammaStar: readonly number[]
  readonly deltaStar: readonly number[]
}

/** A new batch that joined the reference; it was learnt from its own patients, labels unseen. */
export interface JoinedBatch extends BatchAdjustment {
  readonly learntFrom: readonly string[]
  readonly unadjusted: readonly UnadjustedColumn[]
}

/** A fitted ComBat: plain data that JSON keeps to the last bit. */
export interface CombatRecord {
  readonly method: 'ComBat'
  readonly mode: CombatMode
  readonly options: CombatOptions
  /** True when asked for, or when `asSva` met a batch of one patient. */
  readonly meanOnly: boolean
  readonly covariates: readonly CovariateCode[]
  /** The adjusted columns; every list "an entry a column" follows them. */
  readonly columns: readonly string[]
  readonly unadjusted: readonly UnadjustedColumn[]
  readonly missingValues: number
  readonly target: CombatTarget
  readonly batches: readonly BatchAdjustment[]
  /** Mode "reference": the harmonised training patients as one batch, and who joined them. */
  readonly reference: { readonly target: CombatTarget; readonly joined: readonly JoinedBatch[] } | null
  readonly learntFrom: readonly string[]
  readonly warnings: readonly Message[]
}

/** Those whose patients a record can harmonise. */
export function knownBatches({ batches, reference }: CombatRecord): string[] {
  return [...batches, ...(reference?.joined ?? [])].map(({ batch }) => batch)
}
