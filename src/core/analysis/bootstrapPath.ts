import { concludeOptimism, type Optimism, type ResampleAucs } from '../evaluate/optimism.ts'
import type { OnProgress, RunJobs } from '../numeric/jobs.ts'
import type { Seed } from '../numeric/random.ts'
import type { Protocol } from '../protocol/protocol.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { copyRows, pickRows, type FeatureTable } from '../table/featureTable.ts'
import { bootstrapRows } from '../table/folds.ts'
import { nameCopies } from '../table/trainingTable.ts'
import {
  followParts,
  isWhole,
  reasonOf,
  type NestedJob,
  type NestedPart,
  type NestedPath,
  type WholePath,
} from './followNested.ts'
import type { Path, PathJob } from './followPath.ts'
import { bootstrapSeed } from './stages/seeds.ts'
import type { NestedPlan } from './stages/planStages.ts'
import type { StageStore } from './stages/stageStore.ts'
import { patientBehind, type Split, type StudyData } from './studyData.ts'
import type { Message } from '../messages/message.ts'
import { tell } from './messages.ts'

export interface BootstrapOptimism {
  readonly models: Readonly<Record<string, Optimism>>
  /** Samples that could not go the whole way, and why. */
  readonly failures: readonly { readonly sample: number; readonly reason: Message }[]
}

const originalCohort = 'all training patients'

/**
 * Apparent AUC corrected for optimism: the whole path again in stratified bootstrap samples of the training patients (Efron and
 * Gong 1983, Harrell et al. 1996; see `estimateOptimism`). Copies of a patient stay together in inner folds and out-of-bag
 * sets, and count once in the agreement of readers. ComBat learns from the sample alone, in no mode from those left out.
 */
export async function bootstrapPath(
  { study, split, protocol }: Omit<PathJob, 'seed'>,
  plans: readonly NestedPlan[],
  path: Path,
  runPaths: RunJobs<NestedJob, NestedPath>,
  onProgress: OnProgress,
  stages: StageStore,
): Promise<BootstrapOptimism | null> {
  const total = plans.length
  if (total === 0) return null
  let done = 0
  const step = tell('step-bootstraps', {})
  const tellDone = () => onProgress({ done: ++done, total, step })
  const samples = planSamples({ study, split, protocol }, plans)
  const paths = await followParts(
    samples.map(({ part }) => part),
    runPaths,
    tellDone,
    stages,
  )
  const outcome = outcomesOf(study, split.training)
  const aucs = paths.flatMap((found, sample) => (isWhole(found) ? [measure(found, outcome, samples[sample].outOfBag)] : []))
  const failures = paths.flatMap((found, sample) => (isWhole(found) ? [] : [{ sample, reason: reasonOf(found) }]))
  const models = path.models.map(({ name, apparent }, k) => [name, concludeOptimism(rocAuc(apparent, outcome), aucs.map((of) => of[k]), path.learntFrom)] as const) // prettier-ignore
  return { models: Object.fromEntries(models), failures }
}

interface PlannedSample {
  /** Rows of the training patients who were not drawn. */
  readonly outOfBag: readonly number[]
  readonly part: NestedPart
}

export function planSamples({ study, split, protocol }: Omit<PathJob, 'seed'>, plans: readonly NestedPlan[]): PlannedSample[] {
  return plans.map((plan, sample) => {
    const { drawn, outOfBag } = drawSample(study, split, bootstrapSeed(protocol.seed, sample))
    return { outOfBag, part: { plan, explain: false, makeJob: () => planSample(study, split, protocol, sample, drawn) } }
  })
}

function drawSample(study: StudyData, { training }: Split, seed: Seed) {
  const patients = training.map((id) => patientBehind(study, id))
  return bootstrapRows(outcomesOf(study, training), seed, patients)
}

/** A study of its own: the drawn patients learn, under IDs of their own everybody of training is judged. */
function planSample(study: StudyData, split: Split, protocol: Protocol, sample: number, drawn: readonly number[]): PathJob {
  const rows = drawn.map((row) => split.training[row])
  const ids = nameCopies(rows)
  const originals = split.training.map((id) => `${id} (original)`)
  const rowOf = new Map([...ids.map((id, i) => [id, rows[i]] as const), ...originals.map((id, i) => [id, split.training[i]] as const)]) // prettier-ignore
  const ofIds = <Value>(map: ReadonlyMap<string, Value>) => new Map([...rowOf].flatMap(([id, row]) => (map.has(row) ? [[id, map.get(row)!] as const] : []))) // prettier-ignore
  const { features, secondReader, covariates, clinical } = study
  const copy = (table: FeatureTable) => {
    const place = new Map(table.ids.map((id, row) => [id, row]))
    return copyRows(table, [...rowOf.values()].map((row) => place.get(row)!), [...rowOf.keys()]) // prettier-ignore
  }
  const isDrawn = new Set(rows)
  const sampled: StudyData = {
    features: copy(features),
    ...(clinical && { clinical: { ...clinical, table: copy(clinical.table) } }),
    secondReader: secondReader && pickRows(secondReader, secondReader.ids.filter((id) => isDrawn.has(id))), // prettier-ignore
    outcomeOf: ofIds(study.outcomeOf),
    cohortOf: ofIds(study.cohortOf),
    batchOf: ofIds(study.batchOf),
    covariates: covariates.map((covariate) => covariate.kind === 'numeric' ? { ...covariate, valueOf: ofIds(covariate.valueOf) } : { ...covariate, valueOf: ofIds(covariate.valueOf) }), // prettier-ignore
    patientOf: new Map([...rowOf].map(([id, row]) => [id, patientBehind(study, row)])),
  }
  const { harmonise } = protocol
  const method = new Set(rows.map((row) => study.batchOf.get(row))).size > 1 ? harmonise.method : 'none'
  const own = { ...protocol, harmonise: { ...harmonise, method, mode: 'training only', allowUnharmonised: true } } as const
  return {
    study: sampled,
    split: { training: ids, judged: [{ cohort: originalCohort, ids: originals }] },
    protocol: own,
    seed: bootstrapSeed(protocol.seed, sample),
  }
}

/** @param outcome of all training patients, whom the models judged @returns in the order of the models */
function measure({ models }: WholePath, outcome: Uint8Array, outOfBag: readonly number[]): ResampleAucs[] {
  const outside = Uint8Array.from(outOfBag, (row) => outcome[row])
  return models.map(({ apparentAuc, scores }) => ({
    apparent: apparentAuc,
    original: rocAuc(scores, outcome),
    outOfBag: rocAuc(outOfBag.map((row) => scores[row]), outside), // prettier-ignore
  }))
}

function outcomesOf({ outcomeOf }: StudyData, ids: readonly string[]): Uint8Array {
  return Uint8Array.from(ids, (id) => outcomeOf.get(id)!)
}
