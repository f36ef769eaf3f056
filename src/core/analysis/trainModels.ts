import type { TrainingScoreSource } from '../evaluate/evaluateScores.ts'
import type { ScoreKind } from '../evaluate/probabilityScores.ts'
import type { ClassWeights } from '../learn/checkTraining.ts'
import { defaultForestModelOptions, fitForest } from '../learn/forestModel.ts'
import { fitInterceptOnly } from '../learn/interceptOnly.ts'
import { defaultLassoOptions, fitLasso } from '../learn/lasso.ts'
import { defaultLogisticOptions, fitLogistic } from '../learn/logistic.ts'
import { defaultMlForestOptions, fitMlForest } from '../learn/mlRandomForest.ts'
import { applyModel, type Model } from '../learn/model.ts'
import { defaultSvmOptions, fitSvm } from '../learn/svm.ts'
import { defaultTuningOptions, tuneForest, tuneSvm } from '../learn/tuning.ts'
import type { OnProgress } from '../numeric/jobs.ts'
import { deriveSeed, type Seed } from '../numeric/random.ts'
import type { ModelStep } from '../protocol/protocol.ts'
import { columnsOfTerm, termsOf, type ClinicalTerm } from './clinicalPredictors.ts'
import type { PathRunners } from './pathRunners.ts'
import { listSome } from '../table/listSome.ts'
import { pickTrainingColumns, type TrainingTable } from '../table/trainingTable.ts'
import type { ClinicalData } from './clinicalData.ts'

export interface TrainedModel {
  readonly name: string
  /** What it looks at beside features. */
  readonly clinical: readonly ClinicalTerm[]
  /** Its features were chosen by looking at the outcome. */
  readonly selected: boolean
  readonly model: Model
  readonly scoreKind: ScoreKind
  /** How the training patients' scores came about. */
  readonly scoresAre: TrainingScoreSource
  /** Of the training patients, in their order; NaN for one that every tree drew, who has no out-of-bag score. */
  readonly training: readonly number[]
  /** Of the training patients, by the model that learnt from them. */
  readonly apparent: readonly number[]
}

/** What each model looks at, by name. */
export interface ModelPlan {
  readonly step: ModelStep
  readonly features: readonly string[]
  readonly clinical: readonly ClinicalTerm[]
}

/**
 * @param candidates features that a model may name
 * @param kept those that selection left
 * @throws RangeError that names a feature which is no candidate
 */
export function planModels(
  steps: readonly ModelStep[],
  candidates: readonly string[],
  kept: readonly string[],
  clinical: ClinicalData | undefined,
): ModelPlan[] {
  return steps.map((step) => {
    const { features } = step
    const chosen = features === 'selected' ? kept : features === 'none' ? [] : features
    const unknown = chosen.filter((name) => !candidates.includes(name))
    if (unknown.length > 0)
      throw new RangeError(`The model ${step.name} names features that are not there, or were left out as nothing can be learnt from them: ${listSome(unknown)}.`) // prettier-ignore
    return { step, features: chosen, clinical: termsOf(step, clinical) }
  })
}

/**
 * The protocol's models, each on its own columns of the training patients; without columns they know the prevalence alone.
 * @param training features and clinical columns
 * @throws RangeError as the models do
 */
export async function trainModels(
  plans: readonly ModelPlan[],
  training: TrainingTable,
  seed: Seed,
  run: Pick<PathRunners, 'growTrees'>,
  onProgress: OnProgress,
): Promise<TrainedModel[]> {
  const models: TrainedModel[] = []
  for (const [i, { step, features, clinical }] of plans.entries()) {
    onProgress({ done: i, total: plans.length, step: `Training ${step.name}` })
    const table = pickTrainingColumns(training, [...features, ...clinical.flatMap(columnsOfTerm)])
    const selected = step.features === 'selected' && features.length > 0
    const model = table.columns.length === 0 ? fitInterceptOnly(table) : await fitModel(table, step, selected, deriveSeed(seed, step.method, i), run) // prettier-ignore
    const apparent = Array.from(applyModel(model, table))
    const outOfBag = model.kind === 'forest' ? model.training['out-of-bag'] : null
    models.push({
      name: step.name,
      clinical,
      selected,
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

async function fitModel(
  table: TrainingTable,
  step: ModelStep,
  selected: boolean,
  seed: Seed,
  run: Pick<PathRunners, 'growTrees'>,
): Promise<Model> {
  const classWeights: ClassWeights = step.classWeights === 'balanced' ? 'balanced' : [1, 1]
  switch (step.method) {
    case 'logistic': {
      if (step.penalty === 'ridge' || step.penalty === 'lasso')
        return fitLasso(table, { ...defaultLassoOptions, alpha: step.penalty === 'lasso' ? 1 : 0, classWeights, seed })
      const method = step.penalty === 'firth' ? 'firth' : 'maximum likelihood'
      return fitLogistic(table, { ...defaultLogisticOptions, method, classWeights, standardise: true, selected })
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
