import type { OnProgress } from '../numeric/jobs.ts'
import type { Seed } from '../numeric/random.ts'
import type { Protocol } from '../protocol/protocol.ts'
import type { PathRunners } from './pathRunners.ts'
import type { CombatRecord } from '../harmonise/combatRecord.ts'
import { applyHarmonisation, learnHarmonisation, type HarmonisedStudy } from './harmoniseStudy.ts'
import { listScores, type CohortScores } from './listScores.ts'
import { applyScreening, learnScreening, type ImputedCohort, type ScreenedStudy, type Screening } from './screenStudy.ts'
import { selectFeatures, type Selection } from './selectFeatures.ts'
import { modelSeed } from './stages/seeds.ts'
import type { PathPlan } from './stages/planStages.ts'
import { noStore, takeStage, type StageStore } from './stages/stageStore.ts'
import type { Split, StudyData } from './studyData.ts'
import type { Message } from '../messages/message.ts'
import { planModels, takeModelTables, trainModel, type ModelResult, type TrainedModel } from './trainModels.ts'
import { tell } from './messages.ts'

/** One way through the study for one split of the patients. Plain data. */
export interface PathJob {
  readonly study: StudyData
  readonly split: Split
  readonly protocol: Protocol
  readonly seed: Seed
}

/** Its stages have keys. */
export interface PlannedPath extends PathJob {
  readonly plan: PathPlan
}

/** What was learnt on the way, and the scores of everybody. */
export interface Path {
  readonly harmonisation: CombatRecord | null
  readonly notHarmonised: readonly string[]
  readonly screening: Screening
  /** Of the judged cohorts; `screening.imputation` has those of training. */
  readonly imputed: readonly ImputedCohort[]
  readonly selection: Selection
  readonly models: readonly TrainedModel[]
  /** The training cohort first. */
  readonly scores: readonly CohortScores[]
  readonly learntFrom: readonly string[]
  readonly warnings: readonly Message[]
}

/**
 * Harmonisation, screening, selection and training, in this order and on the training patients of the split alone (in the mode
 * "all patients" ComBat sees everybody's values, nobody's labels); then scores. Nested resampling follows the same path a fold.
 * @param stages what is there of an earlier run is not computed again: the path goes on where that one ended
 */
export async function followPath(
  job: PlannedPath,
  run: PathRunners,
  onProgress: OnProgress = () => {},
  stages: StageStore = noStore,
): Promise<Path> {
  const harmonised = await harmonisePlanned(job, onProgress, stages)
  return followPrepared(await screenPlanned(harmonised, job, stages), job, run, onProgress, stages)
}

/** The first part of the path: nothing has looked at an outcome yet. What was learnt is kept, the values are brought by it anew. */
export async function harmonisePlanned(
  { study, split, protocol: { harmonise }, plan }: PlannedPath,
  onProgress: OnProgress,
  stages: StageStore,
): Promise<HarmonisedStudy> {
  onProgress({ done: 0, total: 1, step: tell('step-harmonising', {}) })
  const harmonisation = await takeStage(stages, plan.harmonise, () => learnHarmonisation(study, split, harmonise))
  return applyHarmonisation(harmonisation, study, split, harmonise)
}

/** The second one; the same holds for it. */
export async function screenPlanned(
  harmonised: HarmonisedStudy,
  { protocol, plan }: PlannedPath,
  stages: StageStore,
): Promise<ScreenedStudy> {
  const screening = await takeStage(stages, plan.screen, () => learnScreening(harmonised.training, protocol.missing))
  return applyScreening(screening, harmonised)
}

/** The rest of it. */
export async function followPrepared(
  screened: ScreenedStudy,
  { study, split, protocol, seed, plan }: PlannedPath,
  run: PathRunners,
  onProgress: OnProgress,
  stages: StageStore,
): Promise<Path> {
  const selection = await selectFeatures(screened, study, protocol.select, seed, run, onProgress, (i, compute) =>
    takeStage(stages, plan.select[i], compute),
  )
  const plans = planModels(protocol.models, selection.candidates, selection.kept, study.clinical)
  // All of them before the first is trained: what is missing is told at once.
  const tables = plans.map((model) => takeModelTables(model, screened, study.clinical, protocol.missing))
  const scored: ModelResult[] = []
  for (const [i, model] of plans.entries())
    scored.push(
      await takeStage(stages, plan.models[i], () => {
        onProgress({ done: i, total: plans.length, step: tell('step-training', { model: model.step.name }) })
        return trainModel(model, tables[i], modelSeed(seed, model.step.method, i), run)
      }),
    )
  return {
    harmonisation: screened.record,
    notHarmonised: screened.notHarmonised,
    screening: screened.screening,
    imputed: screened.imputed,
    selection,
    models: scored.map(({ trained }) => trained),
    scores: listScores(scored, protocol.cohort.training, split),
    learntFrom: screened.training.ids,
    warnings: screened.warnings,
  }
}
