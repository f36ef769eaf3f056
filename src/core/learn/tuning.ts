import { log } from '../numeric/functions.ts'
import type { OnProgress, RunJobs } from '../numeric/jobs.ts'
import { deriveSeed, type Seed } from '../numeric/random.ts'
import { rocAuc } from '../numeric/ranks.ts'
import type { FeatureTable } from '../table/featureTable.ts'
import { foldRows, makeFolds } from '../table/folds.ts'
import { patientsOf, pickTrainingRows, requireTraining, type TrainingTable } from '../table/trainingTable.ts'
import type { GrowTreesJob, GrownTrees } from './forest.ts'
import { applySvm, fitSvm, type SvmOptions } from './svm.ts'
import { applyForest, fitForest, type ForestModelOptions } from './forestModel.ts'
import { refuse, tell } from './messages.ts'

export interface TuningOptions {
  readonly folds: number
  /** Within folds; deviance takes probabilities. */
  readonly measure: 'AUC' | 'deviance'
  readonly seed: Seed
}

export const defaultTuningOptions: TuningOptions = { folds: 5, measure: 'AUC', seed: 1 }

export interface TuningRecord<Settings> {
  readonly measure: TuningOptions['measure']
  readonly folds: number
  /** Every candidate, the simplest first: its score in each fold, and their mean. */
  readonly grid: readonly { readonly settings: Settings; readonly scores: readonly number[]; readonly mean: number }[]
  readonly best: Settings
  readonly learntFrom: readonly string[]
}

/** Learns with some settings, and gives what scores other patients. */
export type FitCandidate<Settings> = (
  training: TrainingTable,
  settings: Settings,
  seed: Seed,
) => Promise<(table: FeatureTable) => Float64Array>

/**
 * Chooses settings by cross-validation within the training patients: folds stratified by outcome, the same for all candidates;
 * of equally good ones the first, so they come in the order from simple to complex.
 * @throws DataError without candidates, or when a class has fewer patients than there are folds
 */
export async function tuneByFolds<Settings>(
  training: TrainingTable,
  candidates: readonly Settings[],
  fit: FitCandidate<Settings>,
  options: TuningOptions,
  onProgress?: OnProgress,
): Promise<TuningRecord<Settings>> {
  requireTraining(training)
  if (candidates.length === 0) throw refuse('tuning-no-candidate', {})
  const { folds, measure, seed } = options
  const foldOf = makeFolds({ outcome: training.outcome, patients: patientsOf(training), folds, seed: deriveSeed(seed, 'tuning') })
  const parts = Array.from({ length: folds }, (_, fold) => {
    const { inside, outside } = foldRows(foldOf, fold)
    return { learning: pickTrainingRows(training, inside), held: pickTrainingRows(training, outside) }
  })
  const grid: TuningRecord<Settings>['grid'][number][] = []
  for (const settings of candidates) {
    const scores: number[] = []
    for (const [fold, { learning, held }] of parts.entries()) {
      const score = await fit(learning, settings, deriveSeed(seed, 'tuning', fold))
      scores.push(measure === 'AUC' ? rocAuc(score(held), held.outcome) : meanDeviance(score(held), held.outcome))
    }
    grid.push({ settings, scores, mean: scores.reduce((sum, value) => sum + value, 0) / folds })
    onProgress?.({ done: grid.length, total: candidates.length, step: tell('step-tuning', {}) })
  }
  const better = (a: number, b: number) => (measure === 'AUC' ? a > b : a < b)
  const best = grid.reduce((first, candidate) => (better(candidate.mean, first.mean) ? candidate : first))
  return { measure, folds, grid, best: best.settings, learntFrom: training.ids }
}

export interface SvmSettings {
  readonly cost: number
  readonly gamma?: number
}

/** Costs from 0.01 to 10; for the radial kernel each with a gamma of 1/4, 1 and 4 over the number of columns. */
export function svmGrid(kernel: SvmOptions['kernel'], columns: number): SvmSettings[] {
  const costs = [0.01, 0.1, 1, 10]
  if (kernel === 'linear') return costs.map((cost) => ({ cost }))
  return costs.flatMap((cost) => [0.25, 1, 4].map((share) => ({ cost, gamma: share / columns })))
}

/** Cost and gamma of a support vector machine; the AUC is that of its decision values. */
export async function tuneSvm(
  training: TrainingTable,
  options: SvmOptions,
  tuning: TuningOptions = defaultTuningOptions,
  candidates: readonly SvmSettings[] = svmGrid(options.kernel, training.columns.length),
  onProgress?: OnProgress,
): Promise<TuningRecord<SvmSettings>> {
  const probability = tuning.measure === 'deviance'
  const fit: FitCandidate<SvmSettings> = async (learning, settings, seed) => {
    const model = fitSvm(learning, { ...options, ...settings, probability, seed })
    return (table) => applySvm(model, table)
  }
  return tuneByFolds(training, candidates, fit, tuning, onProgress)
}

export interface ForestSettings {
  readonly mtry: number
}

/** From 1 over the root of the number of columns to all of them. */
export function forestGrid(columns: number): ForestSettings[] {
  const counts = [1, Math.floor(Math.sqrt(columns)), Math.floor(columns / 3), Math.floor(columns / 2), columns]
  return [...new Set(counts.filter((mtry) => mtry >= 1))].sort((a, b) => a - b).map((mtry) => ({ mtry }))
}

/** Features tried at a node of a random forest. */
export async function tuneForest(
  training: TrainingTable,
  options: ForestModelOptions,
  runJobs: RunJobs<GrowTreesJob, GrownTrees>,
  tuning: TuningOptions = defaultTuningOptions,
  candidates: readonly ForestSettings[] = forestGrid(training.columns.length),
  onProgress?: OnProgress,
): Promise<TuningRecord<ForestSettings>> {
  const fit: FitCandidate<ForestSettings> = async (learning, settings, seed) => {
    const model = await fitForest(learning, { ...options, ...settings, importance: 'gini', seed }, runJobs)
    return (table) => applyForest(model, table)
  }
  return tuneByFolds(training, candidates, fit, tuning, onProgress)
}

/** Of probabilities of what happened kept from 1e-5 upwards, as `cv.glmnet` does: a single certain error would be infinite. */
function meanDeviance(probability: Float64Array, outcome: Uint8Array): number {
  if (probability.some((p) => !(p >= 0 && p <= 1))) throw refuse('tuning-deviance', {})
  const losses = probability.map((p, i) => -2 * log(Math.max(1e-5, outcome[i] === 1 ? p : 1 - p)))
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}
