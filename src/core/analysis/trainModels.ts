import type { ScoresFrom } from '../evaluate/scoresFrom.ts'
import type { ScoreKind } from '../evaluate/probabilityScores.ts'
import type { ClassWeights } from '../learn/checkTraining.ts'
import { defaultForestModelOptions, fitForest } from '../learn/forestModel.ts'
import { fitInterceptOnly } from '../learn/interceptOnly.ts'
import { defaultLassoOptions, fitLasso } from '../learn/lasso.ts'
import { defaultLogisticOptions, fitLogistic } from '../learn/logistic.ts'
import { defaultMlForestOptions, fitMlForest } from '../learn/mlRandomForest.ts'
import { applyModel, type Model } from '../learn/model.ts'
import { traceOutOfBagError, type OutOfBagError } from '../learn/outOfBagError.ts'
import { defaultSvmOptions, fitSvm } from '../learn/svm.ts'
import { defaultTuningOptions, tuneForest, tuneSvm } from '../learn/tuning.ts'
import { quantileOfSorted } from '../numeric/quantile.ts'
import { deriveSeed, type Seed } from '../numeric/random.ts'
import type { ModelStep, Protocol } from '../protocol/protocol.ts'
import { columnsOfTerm, completeClinical, pickPredictors, termsOf, type ClinicalTerm } from './clinicalPredictors.ts'
import type { PathRunners } from './pathRunners.ts'
import { requireJudgeable, type ScreenedStudy } from './screenStudy.ts'
import { columnAt, pickColumns, type FeatureTable } from '../table/featureTable.ts'
import { joinTables } from '../table/joinTables.ts'
import { pickTrainingColumns, withFeatures, type TrainingTable } from '../table/trainingTable.ts'
import type { ClinicalData } from './clinicalData.ts'
import { refuse } from './messages.ts'

export interface TrainedModel {
  readonly name: string
  /** What it looks at beside features. */
  readonly clinical: readonly ClinicalTerm[]
  /** Its features were chosen by looking at the outcome. */
  readonly selected: boolean
  readonly model: Model
  readonly scoreKind: ScoreKind
  /** How the training patients' scores came about. */
  readonly scoresFrom: ScoresFrom
  /** Of the training patients, in their order; NaN for one that every tree drew, who has no out-of-bag score. */
  readonly training: readonly number[]
  /** Of the training patients, by the model that learnt from them. */
  readonly apparent: readonly number[]
  /** By column of the model: where most training patients lie, the 1st and 99th percentile; least and greatest where these are equal. */
  readonly ranges: readonly (readonly [number, number])[]
  /** Of a forest of the program's own engine, as trees are added. */
  readonly outOfBagError: OutOfBagError | null
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
 * @throws DataError that names a feature which is no candidate
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
    if (unknown.length > 0) throw refuse('no-candidates', { model: step.name, features: unknown })
    return { step, features: chosen, clinical: termsOf(step, clinical) }
  })
}

/** The patients of a model's own columns, features first. */
export interface ModelTables {
  readonly training: TrainingTable
  readonly judged: readonly FeatureTable[]
}

/**
 * @param clinical columns stand beside the features: nothing selects among them
 * @throws DataError as `requireJudgeable` and `completeClinical` do
 */
export function takeModelTables(
  { features, clinical: terms }: ModelPlan,
  { training, judged }: Pick<ScreenedStudy, 'training' | 'judged'>,
  clinical: ClinicalData | undefined,
  missing: Protocol['missing'],
): ModelTables {
  requireJudgeable(judged, features)
  const own = pickTrainingColumns(training, features)
  const others = judged.map(({ table }) => pickColumns(table, features))
  if (clinical === undefined || terms.length === 0) return { training: own, judged: others }
  const cohorts = judged.map(({ cohort, table }) => ({ cohort, ids: table.ids }))
  const complete = completeClinical(pickPredictors(clinical, terms), training.ids, cohorts, missing)
  const columns = terms.flatMap(columnsOfTerm)
  const join = (features: FeatureTable, table: FeatureTable) => joinTables([{ name: 'features', table: features }, { name: 'clinical columns', table: pickColumns(table, columns) }]).table // prettier-ignore
  return {
    training: withFeatures(own, join(own, complete.training)),
    judged: others.map((table, c) => join(table, complete.judged[c])),
  }
}

/** A model of the protocol, and what it says of everybody. */
export interface ModelResult {
  readonly trained: TrainedModel
  /** Scores of each judged cohort, in the order of the split. */
  readonly judged: readonly (readonly number[])[]
}

/**
 * Without columns a model knows the prevalence alone.
 * @throws DataError as the models do
 */
export async function trainModel(
  { step, features, clinical }: ModelPlan,
  { training, judged }: ModelTables,
  seed: Seed,
  run: Pick<PathRunners, 'growTrees'>,
): Promise<ModelResult> {
  const selected = step.features === 'selected' && features.length > 0
  const model = training.columns.length === 0 ? fitInterceptOnly(training) : await fitModel(training, step, selected, seed, run)
  const apparent = Array.from(applyModel(model, training))
  const outOfBag = model.kind === 'forest' ? model.training['out-of-bag'] : null
  const trained: TrainedModel = {
    name: step.name,
    clinical,
    selected,
    model,
    scoreKind: scoreKindOf(model),
    scoresFrom: outOfBag ? 'out-of-bag' : 'apparent',
    training: outOfBag ? outOfBag.map((score) => score ?? NaN) : apparent,
    apparent,
    ranges: training.columns.map((_, j) => rangeOf(columnAt(training, j))),
    outOfBagError: model.kind === 'forest' && model.engine === 'wasm' ? traceOutOfBagError(model, training) : null,
  }
  return { trained, judged: judged.map((table) => Array.from(applyModel(model, table))) }
}

function rangeOf(values: Float64Array): readonly [number, number] {
  const sorted = values.slice().sort()
  const [low, high] = [quantileOfSorted(sorted, 0.01), quantileOfSorted(sorted, 0.99)]
  return low < high ? [low, high] : [sorted[0], sorted[sorted.length - 1]]
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
