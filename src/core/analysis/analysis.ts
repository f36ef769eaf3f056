import type { BootstrapOptimism } from './bootstrapPath.ts'
import type { HarmonisationCheck } from './checkHarmonisation.ts'
import type { Copies } from './findCopies.ts'
import type { LikelihoodRatio } from './likelihoodRatios.ts'
import type { MissingSensitivity } from './missingSensitivity.ts'
import type { MissingInCohort } from './missingValues.ts'
import type { Path } from './followPath.ts'
import type { Relations } from './relations.ts'
import type { Resampling } from './resamplePath.ts'
import type { UnivariableRow } from './univariable.ts'
import type { Split } from './studyData.ts'
import type { Evaluation } from '../evaluate/evaluateScores.ts'
import type { Protocol } from '../protocol/protocol.ts'

/** The whole of a study's statistics: plain data. */
export interface Analysis {
  readonly protocol: Protocol
  readonly split: Split
  /** What was not measured, and what would have come of it had it been dealt with otherwise. */
  readonly missing: {
    readonly counts: readonly MissingInCohort[]
    /** Patients who lack a value, where complete cases were asked for. */
    readonly leftOut: Split['judged']
    /** Null where nothing is missing. */
    readonly sensitivity: MissingSensitivity | null
  }
  /** What hints at an outcome that was known before, in the features as measured. */
  readonly copies: Copies
  /** Harmonised, selected and trained on the training cohort. */
  readonly path: Path
  /** Whether batches still show; null where the study has none, or one only. */
  readonly harmonisationCheck: HarmonisationCheck | null
  /** The same in every fold of the training cohort; null when the protocol asks for none. */
  readonly resampling: Resampling | null
  /** The same in bootstrap samples of it; null when the protocol asks for none. */
  readonly optimism: BootstrapOptimism | null
  /** Every candidate feature by itself, among the training patients. */
  readonly univariable: readonly UnivariableRow[]
  /** How the features that selection came down to hang together. */
  readonly relations: Relations
  /** Of logistic models of which one has all columns of the other. */
  readonly likelihoodRatios: readonly LikelihoodRatio[]
  readonly evaluation: Evaluation
}
