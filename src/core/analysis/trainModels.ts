import type { TrainingScoreSource } from '../evaluate/evaluateScores.ts'
import type { ScoreKind } from '../evaluate/probabilityScores.ts'
import type { ClassWeights } from '../learn/checkTraining.ts'
import { defaultForestModelOptions, fitForest } from '../learn/forest.ts'
import { fitInterceptOnly } from '../learn/interceptOnly.ts'
import { defaultLassoOptions, fitLasso } from '../learn/lasso.ts'
import { defaultLogisticOptions, fitLogistic } from '../learn/logistic.ts'
import { defaultMlForestOptions, fitMlForest } from '../learn/mlRandomForest.ts'
import { applyModel, type Model } from '../learn/model.ts'
import { defaultSvmOptions, fitSvm } from '../learn/svm.ts'
import { defaultTuningOptions, tuneForest, tuneSvm } from '../learn/tuning.ts'
import type { OnProgress } from '../numeric/jobs.ts'
import { deriveSeed, type Seed } from '../numeric/random.ts'
import type { ModelStep } from '../protocol.ts'
import type { PathRunners } from './pathRunners.ts'
import { pickTrainingColumns, type TrainingTable } from '../table/trainingTable.ts'

export interface TrainedModel {
  readonly name: string
  readonly model: Model
  readonly scoreKind: ScoreKind
  /** How the training patients' scores came about. */
  readonly scoresAre: TrainingScoreSource
  /** Of the training patients, in their order; NaN for one that every tree drew, who has no out-of-bag score. */
  readonly training: readonly number[]
  /** Of the training patients, by the model that learnt from them. */
  readonly apparent: readonly number[]
}

/**
 * The protocol's models, each on the selected columns of the training patients; without columns they know the prevalence alone.
 * @throws RangeError as the models do
 */
export async function trainModels(
  kept: readonly string[],
  training: TrainingTable,
  steps: readonly ModelStep[],
  seed: Seed,
  run: Pick<PathRunners, 'growTrees'>,
  onProgress: OnProgress,
): Promise<TrainedModel[]> {
  const table = pickTrainingColumns(training, kept)
  const models: TrainedModel[] = []
  for (const [i, step] of steps.entries()) {
    onProgress({ done: i, total: steps.length, step: `Training ${step.name}` })
    const model = kept.length === 0 ? fitInterceptOnly(table) : await fitModel(table, step, deriveSeed(seed, step.method, i), run)
    const apparent = Array.from(applyModel(model, table))
    const outOfBag = model.kind === 'forest' ? model.training['out-of-bag'] : null
    models.push({
      name: step.name,
      model,
      scoreKind: scoreKindOf(model),
      scoresAre: outOfBag ? 'out-of-bag after selection' : 'resubstitution',
      training: outOfBag ? outOfBag.map((score) => score ?? NaN) : apparent,
      apparent,
    })
  }
  return models
}

/** Class weights shift probabilities; those of a support vector machine are Platt's, which take that back. */
export function scoreKindOf({ kind, score }: Model): ScoreKind {
  return score === 'decision' && kind !== 'svm' ? 'weighted' : score
}

async function fitModel(table: TrainingTable, step: ModelStep, seed: Seed, run: Pick<PathRunners, 'growTrees'>): Promise<Model> {
  const classWeights: ClassWeights = step.classWeights === 'balanced' ? 'balanced' : [1, 1]
  switch (step.method) {
    case 'logistic': {
      if (step.penalty === 'ridge' || step.penalty === 'lasso')
        return fitLasso(table, { ...defaultLassoOptions, alpha: step.penalty === 'lasso' ? 1 : 0, classWeights, seed })
      const method = step.penalty === 'firth' ? 'firth' : 'maximum likelihood'
      return fitLogistic(table, { ...defaultLogisticOptions, method, classWeights, standardise: true, selected: true })
    }
    case 'forest': {
      const { trees, minimumNodeSize } = step
      const mtry = step.mtry === undefined ? {} : { mtry: Math.min(step.mtry, table.columns.length) }
      if (step.engine === 'ml-random-forest') return fitMlForest(table, { ...defaultMlForestOptions, trees, ...mtry, seed })
      const options = { ...defaultForestModelOptions, trees, minimumNodeSize, ...mtry, classWeights, seed }
      if (!step.tune) return fitForest(table, options, run.growTrees)
      const { best } = await tuneForest(table, options, run.growTrees, {
        ...defaultTuningOptions,
        seed: deriveSeed(seed, 'tune'),
      })
      return fitForest(table, { ...options, ...best }, run.growTrees)
    }
    case 'svm': {
      const { kernel, cost } = step
      const gamma = step.gamma === undefined ? {} : { gamma: step.gamma }
      const options = { ...defaultSvmOptions, kernel, cost, ...gamma, classWeights, seed }
      if (!step.tune) return fitSvm(table, options)
      const { best } = await tuneSvm(table, options, { ...defaultTuningOptions, seed: deriveSeed(seed, 'tune') })
      return fitSvm(table, { ...options, ...best })
    }
  }
}
