import { bootstrapPath, planSamples } from './analysis/bootstrapPath.ts'
import { checkHarmonisation } from './analysis/checkHarmonisation.ts'
import { findCopies } from './analysis/findCopies.ts'
import { evaluateStudy } from './analysis/evaluateStudy.ts'
import { compareNested } from './analysis/likelihoodRatios.ts'
import { chooseOtherwise } from './analysis/missingSensitivity.ts'
import { followParts } from './analysis/followNested.ts'
import { countMissing, leaveOut, settleCases } from './analysis/missingValues.ts'
import { followPrepared, harmonisePlanned, screenPlanned } from './analysis/followPath.ts'
import { relateFeatures } from './analysis/relations.ts'
import { planFolds, resamplePath } from './analysis/resamplePath.ts'
import { hashStudy } from './analysis/stages/hashStudy.ts'
import { planAnalysis } from './analysis/stages/planStages.ts'
import { noStore, takeStage, type StageStore } from './analysis/stages/stageStore.ts'
import { describeUnivariable } from './analysis/univariable.ts'
import { requireClassesForFolds, splitByCohort, type StudyData } from './analysis/studyData.ts'
import type { OnProgress, RunJobs } from './numeric/jobs.ts'
import type { Protocol } from './protocol/protocol.ts'
import { spreadJobs, type StatisticsJob, type StatisticsResult } from './analysis/statisticsJob.ts'
import type { Analysis } from './analysis/analysis.ts'
import { tell } from './analysis/messages.ts'

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

/** One of several pieces of an analysis, counted from 1. */
export interface AnalysisPiece {
  readonly part: number
  readonly parts: number
}

/**
 * Does a piece of what an analysis takes most of its time for, its folds and bootstrap samples, apart from the rest and on whatever
 * machine: their stages go to the store, where `analyse` finds them. Pieces share no work, and all of them together leave none of it.
 * @param runJobs spreads the work of this piece
 * @returns folds and samples of this piece, and of all
 * @throws DataError as `analyse`
 */
export async function analysePiece(
  measured: StudyData,
  protocol: Protocol,
  runJobs: RunJobs<StatisticsJob, StatisticsResult>,
  { part, parts }: AnalysisPiece,
  onProgress: OnProgress,
  stages: StageStore,
): Promise<{ readonly done: number; readonly total: number }> {
  const plan = planAnalysis(hashStudy(measured), protocol)
  const { study, split } = settleCases(measured, protocol)
  const job = { study, split, protocol }
  const all = [...planFolds(job, plan.folds), ...planSamples(job, plan.bootstraps)].map((planned) => planned.part)
  // Taken in turn: the folds, which are larger, are shared out among all pieces.
  const own = all.filter((_, i) => i % parts === part - 1)
  let done = 0
  const step = tell('step-piece', {})
  await followParts(own, spreadJobs(runJobs).followNested, () => onProgress({ done: ++done, total: own.length, step }), stages)
  return { done: own.length, total: all.length }
}
