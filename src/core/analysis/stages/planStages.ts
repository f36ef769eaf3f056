import type { Seed } from '../../numeric/random.ts'
import type { ModelStep, Protocol, SelectionStep } from '../../protocol/protocol.ts'
import type { DataKeys } from './hashStudy.ts'
import { bootstrapSeed, evaluationSeed, foldSeed, modelSeed, repeatSeed, stepSeed } from './seeds.ts'
import { stageKey, type StageKey } from './stageKey.ts'
import type { PlannedStage, StageRecord, StudyStep } from './stageStore.ts'

/** One way through the study: features are harmonised, screened and selected, then models are trained. */
export interface PathPlan {
  readonly harmonise: PlannedStage
  readonly screen: PlannedStage
  /** In the order of the protocol's steps. */
  readonly select: readonly PlannedStage[]
  /** In the order of the protocol's models. */
  readonly models: readonly PlannedStage[]
}

/** The same way for other patients (a fold, a bootstrap sample), of which only what judges is kept. */
export interface NestedPlan {
  readonly select: PlannedStage
  readonly models: readonly PlannedStage[]
}

/** Every stage of an analysis with its key, known before anything is computed. */
export interface AnalysisPlan {
  readonly cohorts: PlannedStage
  readonly checks: PlannedStage
  readonly path: PathPlan
  /** Whether batches still show. */
  readonly harmonisationCheck: PlannedStage
  /** By repeat and fold. */
  readonly folds: readonly (readonly NestedPlan[])[]
  readonly bootstraps: readonly NestedPlan[]
  /** With the other way to deal with missing values; it is followed only where some are missing. */
  readonly otherwise: PathPlan
  readonly discrimination: PlannedStage
  readonly decisions: PlannedStage
  readonly report: PlannedStage
}

/** Goes up when the same inputs give another result: what was computed before is then out of date. */
const versions = {
  cohorts: 1,
  checks: 2,
  harmonise: 1,
  'harmonisation check': 1,
  screen: 1,
  agreement: 1,
  rankSum: 1,
  redundancy: 1,
  boruta: 1,
  annealing: 1,
  lasso: 2,
  mrmr: 1,
  elimination: 1,
  logistic: 2,
  forest: 2,
  svm: 2,
  fold: 1,
  bootstrap: 1,
  'nested selection': 2,
  'nested model': 2,
  discrimination: 4,
  decisions: 1,
  report: 2,
}

type Kind = keyof typeof versions

/**
 * The plan of `analyse`. A stage is out of date if its key is not the one that the plan of today's data and protocol has. What a setting
 * does before (which column is the outcome, the cohort, the batch) is in the data.
 */
export function planAnalysis(data: DataKeys, protocol: Protocol): AnalysisPlan {
  const { evaluate, plan, resample, seed, title } = protocol
  const cohorts = planCohorts(data, protocol)
  const clinical = [...data.clinical.values()]
  const checks = stage('checks', 'cohorts', 'checks', [cohorts.key, ...clinical])
  const path = planPath('', cohorts.key, data, protocol, seed)
  const seen = data.seenBatches === null ? [] : [data.seenBatches]
  const harmonisationCheck = stage('harmonise.check', 'harmonise', 'harmonisation check', [
    path.harmonise.key,
    data.batches,
    ...seen,
  ])
  const nested = (name: string, kind: 'fold' | 'bootstrap', part: unknown, drawn: Seed, seed: Seed) => {
    const root = keyOf(kind, [cohorts.key, data.batches], part, drawn)
    return planNested(`${name}.`, planPath(`${name}.`, root, data, protocol, seed), protocol.models)
  }
  const folds = Array.from({ length: resample.repeats }, (_, repeat) => {
    const drawn = repeatSeed(seed, repeat)
    return Array.from({ length: resample.folds }, (_, fold) =>
      nested(`fold.${repeat + 1}.${fold + 1}`, 'fold', { folds: resample.folds, fold }, drawn, foldSeed(drawn, fold)),
    )
  })
  const bootstraps = Array.from({ length: resample.bootstraps }, (_, sample) => {
    const drawn = bootstrapSeed(seed, sample)
    return nested(`bootstrap.${sample + 1}`, 'bootstrap', null, drawn, drawn)
  })
  const other = { ...protocol, missing: otherChoice(protocol.missing) }
  const { confidence, bootstraps: resamples, intervals, ...decisionPart } = evaluate
  const judged = [...path.models, ...folds.flat().flatMap(({ select, models }) => [select, ...models])].map(({ key }) => key)
  const discrimination = stage('discrimination', 'evaluate', 'discrimination', judged, { confidence, resamples }, evaluationSeed(seed)) // prettier-ignore
  const decisions = stage('decisions', 'evaluate', 'decisions', [discrimination.key], decisionPart)
  const shown = [checks, path.screen, ...path.select, discrimination, decisions, ...bootstraps.flatMap(({ models }) => models)]
  return {
    cohorts,
    checks,
    path,
    harmonisationCheck,
    folds,
    bootstraps,
    otherwise: planPath('otherwise.', planCohorts(data, other).key, data, other, seed),
    discrimination,
    decisions,
    report: stage('report', 'report', 'report', shown.map(({ key }) => key), { title, intervals, ...(plan && { plan }) }), // prettier-ignore
  }
}

/** All stages, but those of `otherwise`. */
export function listStages({ cohorts, checks, path, harmonisationCheck, folds, bootstraps, discrimination, decisions, report }: AnalysisPlan): PlannedStage[] {
  const nested = [...folds.flat(), ...bootstraps].flatMap(({ select, models }) => [select, ...models])
  return [cohorts, checks, ...listPath(path), harmonisationCheck, ...nested, discrimination, decisions, report]
} // prettier-ignore

/** The plan as a list. */
export const listPlan = (data: DataKeys, protocol: Protocol) => listStages(planAnalysis(data, protocol))

export function listPath({ harmonise, screen, select, models }: PathPlan): PlannedStage[] {
  return [harmonise, screen, ...select, ...models]
}

/** The step that shows a result, from its record alone: plans of before are not kept. */
export function stepOfRecord({ stage, value }: Pick<StageRecord, 'stage' | 'value'>): StudyStep {
  const name = stage.replace(/^(fold\.\d+\.\d+|bootstrap\.\d+|otherwise)\./, '')
  switch (name) {
    case 'cohorts':
    case 'checks':
      return 'cohorts'
    case 'harmonise':
    case 'harmonise.check':
    case 'screen':
      return 'harmonise'
    case 'discrimination':
    case 'decisions':
      return 'evaluate'
    case 'report':
      return 'report'
  }
  // What is left is a model under its own name.
  if (!/^select(\.\d+)?$/.test(name)) return 'train'
  return (value as { readonly method?: SelectionStep['method'] } | null)?.method === 'agreement' ? 'agree' : 'select'
}

/** What the sensitivity to missing values is tried with. */
export function otherChoice(missing: Protocol['missing']): 'complete cases' | 'median of training' {
  return missing === 'median of training' ? 'complete cases' : 'median of training'
}

/** Clinical predictors decide who takes part only where incomplete cases are left out. What learns from fixed cohorts is of that freeze alone. */
function planCohorts(data: DataKeys, { cohort, missing }: Protocol): PlannedStage {
  const { training, freeze } = cohort
  const completeCases = missing === 'complete cases'
  const inputs = [data.measured, ...(completeCases ? data.clinical.values() : [])]
  return stage('cohorts', 'cohorts', 'cohorts', inputs, { training, completeCases, ...(freeze !== undefined && { freeze }) })
}

function planPath(prefix: string, root: StageKey, data: DataKeys, protocol: Protocol, seed: Seed): PathPlan {
  const harmonise = planHarmonisation(prefix, root, data, protocol)
  const screen = stage(`${prefix}screen`, 'harmonise', 'screen', [harmonise.key], { missing: protocol.missing })
  const select: PlannedStage[] = []
  for (const [i, step] of protocol.select.entries()) {
    const before = select.at(-1) ?? screen
    const shownBy = step.method === 'agreement' ? 'agree' : 'select'
    select.push(stage(`${prefix}select.${i + 1}`, shownBy, step.method, [before.key], decidingPart(step), stepSeed(seed, step.method, i))) // prettier-ignore
  }
  const models = protocol.models.map((step, i) => {
    const features = step.features === 'selected' ? (select.at(-1) ?? screen) : screen
    const clinical = step.clinical.map((entry) => data.clinical.get(typeof entry === 'string' ? entry : entry.column) ?? '')
    return stage(`${prefix}${step.name}`, 'train', step.method, [features.key, ...clinical], step, modelSeed(seed, step.method, i)) // prettier-ignore
  })
  return { harmonise, screen, select, models }
}

/** Whose the readings are is told and changes no number. */
const decidingPart = (step: SelectionStep) => (step.method === 'agreement' ? withoutReadings(step) : step)
const withoutReadings = ({ readings: _, ...part }: Extract<SelectionStep, { method: 'agreement' }>) => part

/** The names of columns count by what stands in them. */
function planHarmonisation(prefix: string, root: StageKey, { batches }: DataKeys, { harmonise }: Protocol): PlannedStage {
  const { method, mode, parametric, meanOnly, referenceBatch, minimumNewBatch, allowUnharmonised } = harmonise
  const name = `${prefix}harmonise`
  if (method === 'none') return stage(name, 'harmonise', 'harmonise', [root], { method })
  const settings = { method, mode, parametric, meanOnly, referenceBatch, minimumNewBatch, allowUnharmonised }
  return stage(name, 'harmonise', 'harmonise', [root, batches], settings)
}

function planNested(prefix: string, { screen, select, models }: PathPlan, steps: readonly ModelStep[]): NestedPlan {
  return {
    select: stage(`${prefix}select`, 'select', 'nested selection', [(select.at(-1) ?? screen).key]),
    models: models.map(({ key }, i) => stage(`${prefix}${steps[i].name}`, 'train', 'nested model', [key])),
  }
}

function stage(name: string, step: StudyStep, kind: Kind, inputs: readonly StageKey[], part: unknown = null, seed: Seed | null = null): PlannedStage {
  return { stage: name, step, version: versions[kind], key: keyOf(kind, inputs, part, seed) }
} // prettier-ignore

function keyOf(kind: Kind, inputs: readonly StageKey[], part: unknown, seed: Seed | null): StageKey {
  return stageKey({ kind, version: versions[kind], inputs, part, seed })
}
