import type { RunJobs } from '../numeric/jobs.ts'
import { pickColumns, type FeatureTable } from '../table/featureTable.ts'
import { requireTraining, type TrainingTable } from '../table/trainingTable.ts'
import { forestData, requireFinite, requirePresent } from './forestInput.ts'
import {
  type ForestOptions,
  defaultForestOptions,
  type PackedTrees,
  type GrowTreesJob,
  type GrownTrees,
  type ForestImportance,
  growForest,
  predictForest,
} from './forest.ts'

export interface ForestModelOptions extends ForestOptions {
  /** The score: mean share of class 1 in the leaves, or the share of trees whose leaf has more of class 1 (randomForest). */
  readonly voting: 'share' | 'majority'
}

export const defaultForestModelOptions: ForestModelOptions = { ...defaultForestOptions, voting: 'share' }

/** Plain data, as JSON. */
export interface ForestModel {
  readonly kind: 'forest'
  readonly engine: 'wasm'
  readonly columns: readonly string[]
  readonly learntFrom: readonly string[]
  /** Class weights shift the scores: they are no probabilities until they are recalibrated. */
  readonly score: 'probability' | 'decision'
  readonly options: ForestModelOptions
  readonly trees: PackedTrees<readonly number[]>
  /** Scores of the training patients, in the order of `learntFrom`. */
  readonly training: {
    /** By the trees that did not draw the patient; null when all did. These are the ones to judge by. */
    readonly 'out-of-bag': readonly (number | null)[]
    /** By all trees (resubstitution): close to the outcome whatever it is. */
    readonly apparent: readonly number[]
  }
  readonly importance: ForestImportance<readonly number[]>
}

/** @throws DataError as `growForest`, naming column and patient */
export async function fitForest(
  training: TrainingTable,
  options: ForestModelOptions,
  runJobs: RunJobs<GrowTreesJob, GrownTrees>,
): Promise<ForestModel> {
  requireTraining(training)
  requireFinite(training)
  const rows = training.ids.length
  const { values } = training
  const forest = await growForest(forestData(training), options, runJobs)
  const scores = options.voting === 'share' ? forest.outOfBag.probability : forest.outOfBag.votes
  const apparent = predictForest(forest.trees, values, rows)
  const { gini, giniShare, permutation } = forest.importance
  return {
    kind: 'forest',
    engine: 'wasm',
    columns: training.columns,
    learntFrom: training.ids,
    score:
      options.classWeights !== 'balanced' && options.classWeights[0] === options.classWeights[1] ? 'probability' : 'decision',
    options,
    trees: {
      start: Array.from(forest.trees.start),
      column: Array.from(forest.trees.column),
      right: Array.from(forest.trees.right),
      threshold: Array.from(forest.trees.threshold),
    },
    training: {
      'out-of-bag': Array.from(scores, (score) => (Number.isNaN(score) ? null : score)),
      apparent: Array.from(options.voting === 'share' ? apparent.probability : apparent.votes),
    },
    importance: {
      gini: Array.from(gini),
      giniShare: Array.from(giniShare),
      ...(permutation && {
        permutation: { mean: Array.from(permutation.mean), standardError: Array.from(permutation.standardError) },
      }),
    },
  }
}

/**
 * Scores of the patients of a table, which may have other columns too. For the model's own training patients these are the
 * apparent ones.
 * @throws DataError that names columns that are not there, or the patient and column of a missing value
 */
export function applyForest(model: ForestModel, table: FeatureTable): Float64Array {
  const picked = pickColumns(table, model.columns)
  requirePresent(picked)
  const { start, column, right, threshold } = model.trees
  const trees = {
    start: Int32Array.from(start),
    column: Int32Array.from(column),
    right: Int32Array.from(right),
    threshold: Float64Array.from(threshold),
  }
  const scores = predictForest(trees, picked.values, picked.ids.length)
  return model.options.voting === 'share' ? scores.probability : scores.votes
}
