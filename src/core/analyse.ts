import { bootstrapPath, type BootstrapOptimism } from './analysis/bootstrapPath.ts'
import { findCopies, type Copies } from './analysis/findCopies.ts'
import { evaluateStudy } from './analysis/evaluateStudy.ts'
import { compareNested, type LikelihoodRatio } from './analysis/likelihoodRatios.ts'
import { chooseOtherwise, type MissingSensitivity } from './analysis/missingSensitivity.ts'
import { countMissing, settleCases, type MissingInCohort } from './analysis/missingValues.ts'
import { followPrepared, prepareStudy, type Path } from './analysis/followPath.ts'
import { resamplePath, type Resampling } from './analysis/resamplePath.ts'
import { describeUnivariable, type UnivariableRow } from './analysis/univariable.ts'
import { splitByCohort, type Split, type StudyData } from './analysis/studyData.ts'
import type { Evaluation } from './evaluate/evaluateScores.ts'
import type { OnProgress, RunJobs } from './numeric/jobs.ts'
import type { Protocol } from './protocol/protocol.ts'
import { spreadJobs, type StatisticsJob, type StatisticsResult } from './analysis/statisticsJob.ts'

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
  /** The same in every fold of the training cohort; null when the protocol asks for none. */
  readonly resampling: Resampling | null
  /** The same in bootstrap samples of it; null when the protocol asks for none. */
  readonly optimism: BootstrapOptimism | null
  /** Every candidate feature by itself, among the training patients. */
  readonly univariable: readonly UnivariableRow[]
  /** Of logistic models of which one has all columns of the other. */
  readonly likelihoodRatios: readonly LikelihoodRatio[]
  readonly evaluation: Evaluation
}

/**
 * From a table of features to the evaluation, as the study does: split, harmonise, select, train, then the same in every fold,
 * then judge. The outcome of a judged patient is looked at in the last step only.
 * @param runJobs spreads the work; the result has the same bits for any number of workers
 * @throws RangeError that says what in the data or the protocol cannot be used
 */
export async function analyse(
  measured: StudyData,
  protocol: Protocol,
  runJobs: RunJobs<StatisticsJob, StatisticsResult>,
  onProgress: OnProgress = () => {},
): Promise<Analysis> {
  const run = spreadJobs(runJobs)
  const counts = countMissing(measured, splitByCohort(measured, protocol.cohort.training))
  const { study, split, leftOut } = settleCases(measured, protocol)
  const copies = findCopies(study, split)
  const job = { study, split, protocol, seed: protocol.seed }
  const prepared = prepareStudy(job, onProgress)
  const path = await followPrepared(prepared, job, run, onProgress)
  const resampling = await resamplePath(study, split, protocol, path.models, run.followPath, onProgress)
  const optimism = await bootstrapPath(study, split, protocol, path, run.followPath, onProgress)
  const evaluation = await evaluateStudy(path, resampling, study, protocol, onProgress)
  const univariable = describeUnivariable(prepared.training, path.selection, resampling)
  const sensitivity = counts.length > 0 ? await chooseOtherwise(measured, protocol, run, onProgress) : null
  const likelihoodRatios = compareNested(path.models, study.patientOf !== undefined)
  const missing = { counts, leftOut, sensitivity }
  return { protocol, split, missing, copies, path, resampling, optimism, univariable, likelihoodRatios, evaluation }
}
