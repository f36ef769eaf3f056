import type { OnProgress } from '../numeric/jobs.ts'
import { deriveSeed, type Seed } from '../numeric/random.ts'
import type { Protocol } from '../protocol/protocol.ts'
import type { PathRunners } from './pathRunners.ts'
import type { CombatRecord } from '../harmonise/combatRecord.ts'
import { harmoniseStudy } from './harmoniseStudy.ts'
import { scoreModels, type CohortScores } from './scoreModels.ts'
import { requireJudgeable, screenStudy, type ImputedCohort, type ScreenedStudy, type Screening } from './screenStudy.ts'
import { selectFeatures, type Selection } from './selectFeatures.ts'
import type { Split, StudyData } from './studyData.ts'
import { completeClinical } from './clinicalPredictors.ts'
import { planModels, trainModels, type TrainedModel } from './trainModels.ts'
import type { FeatureTable } from '../table/featureTable.ts'
import { joinTables } from '../table/joinTables.ts'
import { withFeatures } from '../table/trainingTable.ts'
import type { ClinicalData } from './clinicalData.ts'

/** One way through the study for one split of the patients. Plain data. */
export interface PathJob {
  readonly study: StudyData
  readonly split: Split
  readonly protocol: Protocol
  readonly seed: Seed
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
  readonly warnings: readonly string[]
}

/**
 * Harmonisation, screening, selection and training, in this order and on the training patients of the split alone (in the mode
 * "all patients" ComBat sees everybody's values, nobody's labels); then scores. Nested resampling follows the same path a fold.
 */
export async function followPath(job: PathJob, run: PathRunners, onProgress: OnProgress = () => {}): Promise<Path> {
  return followPrepared(prepareStudy(job, onProgress), job, run, onProgress)
}

/** The first part of the path: nothing has looked at an outcome yet. */
export function prepareStudy({ study, split, protocol }: PathJob, onProgress: OnProgress): ScreenedStudy {
  onProgress({ done: 0, total: 1, step: 'Harmonising' })
  return screenStudy(harmoniseStudy(study, split, protocol.harmonise), protocol.missing)
}

/** The rest of it. */
export async function followPrepared(
  screened: ScreenedStudy,
  { study, protocol, seed }: PathJob,
  run: PathRunners,
  onProgress: OnProgress,
): Promise<Path> {
  const selection = await selectFeatures(screened, study, protocol.select, deriveSeed(seed, 'select'), run, onProgress)
  const plans = planModels(protocol.models, selection.candidates, selection.kept, study.clinical)
  requireJudgeable(screened.judged, [...new Set(plans.flatMap(({ features }) => features))])
  const { training, judged } = study.clinical ? addClinical(screened, study.clinical, protocol) : screened
  const models = await trainModels(plans, training, deriveSeed(seed, 'train'), run, onProgress)
  return {
    harmonisation: screened.record,
    notHarmonised: screened.notHarmonised,
    screening: screened.screening,
    imputed: screened.imputed,
    selection,
    models,
    scores: scoreModels(models, protocol.cohort.training, training, judged),
    learntFrom: screened.training.ids,
    warnings: screened.warnings,
  }
}

/** The clinical columns beside the features: nothing selects among them. */
function addClinical(
  { training, judged }: ScreenedStudy,
  data: ClinicalData,
  { missing }: Protocol,
): Pick<ScreenedStudy, 'training' | 'judged'> {
  const cohorts = judged.map(({ cohort, table }) => ({ cohort, ids: table.ids }))
  const complete = completeClinical(data, training.ids, cohorts, missing)
  const join = (features: FeatureTable, clinical: FeatureTable) => joinTables([{ name: 'features', table: features }, { name: 'clinical columns', table: clinical }]).table // prettier-ignore
  return {
    training: withFeatures(training, join(training, complete.training)),
    judged: judged.map(({ cohort, table }, c) => ({ cohort, table: join(table, complete.judged[c]) })),
  }
}
