import { bootstrapPath } from './analysis/bootstrapPath.ts'
import { findCopies } from './analysis/findCopies.ts'
import { evaluateStudy } from './analysis/evaluateStudy.ts'
import { compareNested } from './analysis/likelihoodRatios.ts'
import { chooseOtherwise } from './analysis/missingSensitivity.ts'
import { countMissing, settleCases } from './analysis/missingValues.ts'
import { followPrepared, prepareStudy } from './analysis/followPath.ts'
import { resamplePath } from './analysis/resamplePath.ts'
import { describeUnivariable } from './analysis/univariable.ts'
import { splitByCohort, type StudyData } from './analysis/studyData.ts'
import type { OnProgress, RunJobs } from './numeric/jobs.ts'
import type { Protocol } from './protocol/protocol.ts'
import { spreadJobs, type StatisticsJob, type StatisticsResult } from './analysis/statisticsJob.ts'
import type { Analysis } from './analysis/analysis.ts'

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
