import type { RunJobs } from '../numeric/jobs.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { permuteColumns, type AucDrops } from '../learn/permutationImportance.ts'
import { deriveSeed, type Seed } from '../numeric/random.ts'
import { scaleOf, type ScoreScale } from './bringToScale.ts'
import { columnsOfTerm } from './clinicalPredictors.ts'
import type { PathJob } from './followPath.ts'
import { applyHarmonisation, learnHarmonisation } from './harmoniseStudy.ts'
import type { PathRunners } from './pathRunners.ts'
import { isFailure, reasonInData, type Failure } from './reasonInData.ts'
import { applyScreening, learnScreening } from './screenStudy.ts'
import { selectFeatures } from './selectFeatures.ts'
import type { SelectionStep } from '../protocol/protocol.ts'
import type { FeatureTable } from '../table/featureTable.ts'
import type { NestedPlan } from './stages/planStages.ts'
import { modelSeed } from './stages/seeds.ts'
import type { PlannedStage, StageStore } from './stages/stageStore.ts'
import type { StudyData } from './studyData.ts'
import { planModels, takeModelTables, trainModel, type ModelPlan, type TrainedModel } from './trainModels.ts'
import type { Message } from '../messages/message.ts'

/** What selection left among the patients of a fold or a bootstrap sample. */
export interface NestedSelection {
  readonly kept: readonly string[]
  /** How many each step left, in the order of the protocol; it ends early where nothing was left. */
  readonly steps: readonly { readonly method: SelectionStep['method']; readonly kept: number }[]
  readonly notHarmonised: readonly string[]
  readonly learntFrom: readonly string[]
}

/** What a model that was trained on them says. */
export interface NestedModel {
  readonly scale: ScoreScale
  /** Among those it learnt from. */
  readonly apparentAuc: number
  /** Of the one judged cohort. */
  readonly scores: readonly number[]
  /** Null where it was not asked for. */
  readonly explained: ExplainedModel | null
}

/** What a fold's model leans on, and what it says of those it learnt from. */
export interface ExplainedModel {
  /** Scores that a cut-off is chosen from, in the order of `learntFrom` (`TrainedModel.training`). */
  readonly training: readonly number[]
  /** Of the held-out patients, by what the model takes; null where it takes too much for that. */
  readonly importance: readonly AucDrops[] | null
}

/** Shuffles of a feature a fold: their mean has a spread that is read off, not one that decides. */
export const importanceRepeats = 20
/** Each costs as many predictions as there are repeats; nobody reads a list of hundreds. */
const mostShuffled = 60

/** The path followed by other patients, of which only what judges is kept; a part may have failed. */
export interface NestedPath {
  readonly selection: NestedSelection | Failure
  /** In the order of the protocol's models. */
  readonly models: readonly (NestedModel | Failure)[]
}

/** One in which nothing failed. */
export interface WholePath {
  readonly selection: NestedSelection
  readonly models: readonly NestedModel[]
}

export function isWhole(path: NestedPath): path is WholePath {
  return ![path.selection, ...path.models].some(isFailure)
}

/** The first thing that failed. */
export function reasonOf({ selection, models }: NestedPath): Message {
  return [selection, ...models].find(isFailure)!.failure
}

/** With what is there of an earlier run. */
export interface NestedJob extends PathJob {
  /** What each model leans on is wanted too. */
  readonly explain: boolean
  readonly have: {
    readonly selection: NestedPath['selection'] | null
    readonly models: readonly (NestedPath['models'][number] | null)[]
  }
}

/** A fold or a sample, made when it is needed. */
export interface NestedPart {
  readonly plan: NestedPlan
  readonly makeJob: () => PathJob
  readonly explain: boolean
}

/** The same path as `followPath`, for a split with one judged cohort; what the data do not allow is told in the result. */
export async function followNested(job: NestedJob, run: PathRunners): Promise<NestedPath> {
  const { study, split, protocol, seed, have, explain } = job
  const { harmonise, missing, models: steps } = protocol
  const prepared = await orFailure(() => {
    const harmonised = applyHarmonisation(learnHarmonisation(study, split, harmonise), study, split, harmonise)
    return applyScreening(learnScreening(harmonised.training, missing), harmonised)
  })
  if (isFailure(prepared)) return { selection: prepared, models: steps.map(() => prepared) }
  const { training, notHarmonised } = prepared
  const selection = have.selection ?? (await orFailure(async () => {
    const { kept, steps } = await selectFeatures(prepared, study, protocol.select, seed, run, () => {})
    return { kept, steps: steps.map(({ method, kept }) => ({ method, kept: kept.length })), notHarmonised, learntFrom: training.ids }
  })) // prettier-ignore
  const models: (NestedModel | Failure)[] = []
  for (const [i, step] of steps.entries()) {
    const before = have.models[i] ?? (step.features === 'selected' && isFailure(selection) ? selection : null)
    models.push(before ?? (await orFailure(async () => {
      const kept = isFailure(selection) ? [] : selection.kept
      const [plan] = planModels([step], training.columns, kept, study.clinical)
      const tables = takeModelTables(plan, prepared, study.clinical, missing)
      const ownSeed = modelSeed(seed, step.method, i)
      const { trained, judged } = await trainModel(plan, tables, ownSeed, run)
      const explained = explain ? explainModel(trained, plan, tables.judged[0], study, deriveSeed(ownSeed, 'importance')) : null
      return { scale: scaleOf(trained.model), apparentAuc: rocAuc(trained.apparent, training.outcome), scores: judged[0], explained }
    }))) // prettier-ignore
  }
  return { selection, models }
}

function explainModel(
  { model, training }: TrainedModel,
  { features, clinical }: ModelPlan,
  heldOut: FeatureTable,
  { outcomeOf }: Pick<StudyData, 'outcomeOf'>,
  seed: Seed,
): ExplainedModel {
  const own = features.map((name) => ({ name, columns: [name] }))
  const groups = [...own, ...clinical.map((term) => ({ name: term.column, columns: columnsOfTerm(term) }))]
  const outcome = Uint8Array.from(heldOut.ids, (id) => outcomeOf.get(id)!)
  const importance = groups.length > mostShuffled ? null : permuteColumns(model, heldOut, outcome, groups, { repeats: importanceRepeats, seed }) // prettier-ignore
  return { training, importance }
}

/**
 * Follows the path for each part, unless an earlier run did; the parts are spread over workers.
 * @param onPart told after each
 * @returns in the order of the parts
 */
export function followParts(
  parts: readonly NestedPart[],
  runJobs: RunJobs<NestedJob, NestedPath>,
  onPart: () => void,
  stages: StageStore,
): Promise<readonly NestedPath[]> {
  return Promise.all(
    parts.map(async ({ plan, makeJob, explain }) => {
      const look = async <Value>({ key }: PlannedStage) => ((await stages.have(key))?.value ?? null) as Value | null
      const selection = await look<NestedPath['selection']>(plan.select)
      const models = await Promise.all(plan.models.map((model) => look<NestedPath['models'][number]>(model)))
      const path = selection && models.every((model) => model !== null) ? { selection, models } : await follow(plan, { ...makeJob(), explain, have: { selection, models } }, runJobs, stages) // prettier-ignore
      onPart()
      return path
    }),
  )
}

async function follow(
  plan: NestedPlan,
  job: NestedJob,
  runJobs: RunJobs<NestedJob, NestedPath>,
  stages: StageStore,
): Promise<NestedPath> {
  const [path] = await runJobs([job])
  const keep = ({ key, stage, version }: PlannedStage, value: object) => stages.onStage(key, { stage, version, value })
  if (job.have.selection === null) await keep(plan.select, path.selection)
  for (const [i, model] of path.models.entries()) if (job.have.models[i] === null) await keep(plan.models[i], model)
  return path
}

async function orFailure<Result>(work: () => Result | Promise<Result>): Promise<Result | Failure> {
  try {
    return await work()
  } catch (error) {
    return { failure: reasonInData(error) }
  }
}
