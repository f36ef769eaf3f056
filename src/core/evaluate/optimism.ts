import type { OnProgress, RunJobs } from '../numeric/jobs.ts'
import { deriveSeed, type Seed } from '../numeric/random.ts'
import { mean } from '../numeric/moments.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { pickRows, type FeatureTable } from '../table/featureTable.ts'
import { bootstrapRows } from '../table/folds.ts'
import { drawTrainingRows, requireTraining, type TrainingTable } from '../table/trainingTable.ts'
import { tell } from './messages.ts'

/**
 * The whole way from training patients to a model: harmonisation, selection, tuning, fit, with nothing chosen beforehand.
 * Rows of the same patient (copies in a bootstrap sample) must stay together in any inner split: `patients` says whose each
 * row is.
 */
export type LearnPath = (training: TrainingTable, patients: readonly string[], seed: Seed) => Promise<ScoreTable>

/** What was learnt, applied: one score a row; higher speaks for outcome 1. */
export type ScoreTable = (table: FeatureTable) => ArrayLike<number>

/** One bootstrap sample: positions of training rows, copies included, and a seed of its own. */
export interface OptimismJob {
  readonly drawn: readonly number[]
  readonly outOfBag: readonly number[]
  readonly seed: Seed
}

export interface ResampleAucs {
  /** On the sample it learnt from. */
  readonly apparent: number
  /** On all training patients. */
  readonly original: number
  /** On the patients that were not drawn; NaN when one class is not among them. */
  readonly outOfBag: number
}

export interface OptimismOptions {
  readonly resamples: number
  readonly seed: Seed
}

const defaultOptimismOptions: OptimismOptions = { resamples: 200, seed: 1 }

export interface Optimism {
  /** AUC of the path on the patients it learnt from. */
  readonly apparent: number
  /** Mean over samples of (apparent - original). */
  readonly optimism: number
  /** apparent - optimism. */
  readonly corrected: number
  /** Mean over samples of the AUC on patients that were not drawn, and how many samples had both classes among them. */
  readonly outOfBag: number
  readonly outOfBagSamples: number
  readonly samples: readonly ResampleAucs[]
  readonly learntFrom: readonly string[]
}

/**
 * AUC corrected for optimism by repeating the whole path in stratified bootstrap samples.
 * Source: Efron and Gong 1983, The American Statistician 37, 36-48; Harrell, Lee, Mark 1996, Statistics in Medicine 15,
 * 361-387.
 * @param runJobs does `measureResample(training, job, learn)` for each job, in this thread or in workers
 * @throws TypeError unless the table is a training table
 */
export async function estimateOptimism(
  training: TrainingTable,
  learn: LearnPath,
  runJobs: RunJobs<OptimismJob, ResampleAucs>,
  { resamples, seed }: OptimismOptions = defaultOptimismOptions,
  onProgress?: OnProgress,
): Promise<Optimism> {
  requireTraining(training)
  const step = tell('step-optimism', {})
  onProgress?.({ done: 0, total: resamples + 1, step })
  const score = await learn(training, training.ids, deriveSeed(seed, 'optimism', 'all'))
  const apparent = rocAuc(score(training), training.outcome)
  onProgress?.({ done: 1, total: resamples + 1, step })
  const jobs = Array.from({ length: resamples }, (_, i) => {
    const { drawn, outOfBag } = bootstrapRows(training.outcome, deriveSeed(seed, 'optimism', 'rows', i))
    return { drawn, outOfBag, seed: deriveSeed(seed, 'optimism', 'path', i) }
  })
  const samples = await runJobs(jobs)
  onProgress?.({ done: resamples + 1, total: resamples + 1, step })
  return concludeOptimism(apparent, samples, training.ids)
}

/** @param apparent AUC of the path on all training patients, whose IDs are `learntFrom` */
export function concludeOptimism(apparent: number, samples: readonly ResampleAucs[], learntFrom: readonly string[]): Optimism {
  const optimism = mean(samples.map((sample) => sample.apparent - sample.original))
  const outside = samples.map((sample) => sample.outOfBag).filter((auc) => !Number.isNaN(auc))
  return {
    apparent,
    optimism,
    corrected: apparent - optimism,
    outOfBag: mean(outside),
    outOfBagSamples: outside.length,
    samples,
    learntFrom,
  }
}

/** Does one job: learns from the sample, and measures on it, on all training patients and on those not drawn. */
export async function measureResample(training: TrainingTable, job: OptimismJob, learn: LearnPath): Promise<ResampleAucs> {
  const { table, patients } = drawTrainingRows(training, job.drawn)
  const score = await learn(table, patients, job.seed)
  const outsideIds = job.outOfBag.map((row) => training.ids[row])
  const outside = job.outOfBag.map((row) => training.outcome[row])
  return {
    apparent: rocAuc(score(table), table.outcome),
    original: rocAuc(score(training), training.outcome),
    outOfBag: outside.length > 0 ? rocAuc(score(pickRows(training, outsideIds)), outside) : NaN,
  }
}
