import { bootstrapPath } from './analysis/bootstrapPath.ts'
import { checkHarmonisation } from './analysis/checkHarmonisation.ts'
import { findCopies } from './analysis/findCopies.ts'
import { evaluateStudy } from './analysis/evaluateStudy.ts'
import { compareNested } from './analysis/likelihoodRatios.ts'
import { chooseOtherwise } from './analysis/missingSensitivity.ts'
import { countMissing, leaveOut, settleCases } from './analysis/missingValues.ts'
import { followPrepared, harmonisePlanned, screenPlanned } from './analysis/followPath.ts'
import { relateFeatures } from './analysis/relations.ts'
import { resamplePath } from './analysis/resamplePath.ts'
import { hashStudy } from './analysis/stages/hashStudy.ts'
import { planAnalysis } from './analysis/stages/planStages.ts'
import { noStore, takeStage, type StageStore } from './analysis/stages/stageStore.ts'
import { describeUnivariable } from './analysis/univariable.ts'
import { requireClassesForFolds, splitByCohort, type StudyData } from './analysis/studyData.ts'
import type { OnProgress, RunJobs } from './numeric/jobs.ts'
import type { Protocol } from './protocol/protocol.ts'
import { spreadJobs, type StatisticsJob, type StatisticsResult } from './analysis/statisticsJob.ts'
import type { Analysis } from './analysis/analysis.ts'

/**
 * From a table of features to the evaluation, as the study does: split, harmonise, select, train, then the same in every fold,
 * then judge. The outcome of a judged patient is looked at in the last step only. Every stage has a key (`planAnalysis`).
 * @param runJobs spreads the work; the result has the same bits for any number of workers
 * @param stages what is there of an earlier run, even one that was interrupted, is not computed again; the result has the same bits
 * @throws DataError that says what in the data or the protocol cannot be used
 */
export async function analyse(
  measured: StudyData,
  protocol: Protocol,
  runJobs: RunJobs<StatisticsJob, StatisticsResult>,
  onProgress: OnProgress = () => {},
  stages: StageStore = noStore,
): Promise<Analysis> {
  const run = spreadJobs(runJobs)
  const plan = planAnalysis(hashStudy(measured), protocol)
  const { split, leftOut } = await takeStage(stages, plan.cohorts, () => {
    const { split, leftOut } = settleCases(measured, protocol)
    return { split, leftOut }
  })
  const study = leaveOut(measured, leftOut)
  requireClassesForFolds(study, split, protocol)
  const { counts, copies } = await takeStage(stages, plan.checks, () => ({
    counts: countMissing(measured, splitByCohort(measured, protocol.cohort.training)),
    copies: findCopies(study, split),
  }))
  const job = { study, split, protocol, seed: protocol.seed, plan: plan.path }
  const harmonised = await harmonisePlanned(job, onProgress, stages)
  const prepared = await screenPlanned(harmonised, job, stages)
  const path = await followPrepared(prepared, job, run, onProgress, stages)
  const harmonisationCheck = await takeStage(stages, plan.harmonisationCheck, () => checkHarmonisation(study, harmonised))
  const resampling = await resamplePath(job, plan.folds, path.models, run.followNested, onProgress, stages)
  const optimism = await bootstrapPath(job, plan.bootstraps, path, run.followNested, onProgress, stages)
  const evaluation = await evaluateStudy(path, resampling, study, protocol, plan, onProgress, stages)
  const sensitivity = counts.length > 0 ? await chooseOtherwise(measured, protocol, plan.otherwise, run, onProgress, stages) : null // prettier-ignore
  const { univariable, relations, likelihoodRatios } = await takeStage(stages, plan.report, () => ({
    title: protocol.title,
    univariable: describeUnivariable(prepared.training, path.selection, resampling),
    relations: relateFeatures(prepared.training, path.selection, resampling),
    likelihoodRatios: compareNested(path.models, study.patientOf !== undefined),
  }))
  const missing = { counts, leftOut, sensitivity }
  const report = { univariable, relations, likelihoodRatios }
  return { protocol, split, missing, copies, path, harmonisationCheck, resampling, optimism, ...report, evaluation }
}
