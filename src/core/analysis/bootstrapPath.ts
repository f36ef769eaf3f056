import { concludeOptimism, type Optimism, type ResampleAucs } from '../evaluate/optimism.ts'
import type { OnProgress, RunJobs } from '../numeric/jobs.ts'
import { deriveSeed } from '../numeric/random.ts'
import type { Protocol } from '../protocol/protocol.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { copyRows, pickRows, type FeatureTable } from '../table/featureTable.ts'
import { bootstrapRows } from '../table/folds.ts'
import { nameCopies } from '../table/trainingTable.ts'
import type { Path, PathJob } from './followPath.ts'
import { reasonInData } from './resamplePath.ts'
import { patientBehind, type Split, type StudyData } from './studyData.ts'

export interface BootstrapOptimism {
  readonly models: Readonly<Record<string, Optimism>>
  /** Samples that could not go the whole way, and why. */
  readonly failures: readonly { readonly sample: number; readonly reason: string }[]
}

interface Sample {
  readonly job: PathJob
  readonly outOfBag: readonly number[]
}

const originalCohort = 'all training patients'

/**
 * Apparent AUC corrected for optimism: the whole path again in stratified bootstrap samples of the training patients (Efron and
 * Gong 1983, Harrell et al. 1996; see `estimateOptimism`). Copies of a patient stay together in inner folds and out-of-bag
 * sets, and count once in the agreement of readers. ComBat learns from the sample alone, in no mode from those left out.
 */
export async function bootstrapPath(
  study: StudyData,
  split: Split,
  protocol: Protocol,
  path: Path,
  runPaths: RunJobs<PathJob, Path>,
  onProgress: OnProgress,
): Promise<BootstrapOptimism | null> {
  const total = protocol.resample.bootstraps
  if (total === 0) return null
  const samples = Array.from({ length: total }, (_, sample) => planSample(study, split, protocol, sample))
  let done = 0
  const outcomes = await Promise.all(
    samples.map(async (planned, sample) => {
      const outcome = await runPaths([planned.job]).then(([found]) => ({ aucs: measure(planned, found) }), (error: unknown) => ({ sample, reason: reasonInData(error) })) // prettier-ignore
      onProgress({ done: ++done, total, step: 'Bootstrap optimism' })
      return outcome
    }),
  )
  const aucs = outcomes.flatMap((outcome) => ('aucs' in outcome ? [outcome.aucs] : []))
  const outcome = outcomesOf(study, path.learntFrom)
  const models = path.models.map(({ name, apparent }) => [name, concludeOptimism(rocAuc(apparent, outcome), aucs.map((of) => of[name]), path.learntFrom)] as const) // prettier-ignore
  return { models: Object.fromEntries(models), failures: outcomes.filter((outcome) => 'reason' in outcome) }
}

/** A study of its own: the drawn patients learn, under IDs of their own everybody of training is judged. */
function planSample(study: StudyData, split: Split, protocol: Protocol, sample: number): Sample {
  const seed = deriveSeed(protocol.seed, 'optimism', sample)
  const patients = split.training.map((id) => patientBehind(study, id))
  const { drawn, outOfBag } = bootstrapRows(outcomesOf(study, split.training), seed, patients)
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
    job: { study: sampled, split: { training: ids, judged: [{ cohort: originalCohort, ids: originals }] }, protocol: own, seed },
    outOfBag,
  }
}

function measure({ job, outOfBag }: Sample, { models, scores, learntFrom }: Path): Record<string, ResampleAucs> {
  const drawnOutcome = outcomesOf(job.study, learntFrom)
  const original = scores.find(({ cohort }) => cohort === originalCohort)!
  const outcome = outcomesOf(job.study, original.ids)
  const outside = Uint8Array.from(outOfBag, (row) => outcome[row])
  return Object.fromEntries(
    models.map(({ name, apparent }) => {
      const all = original.scores[name]
      return [
        name,
        {
          apparent: rocAuc(apparent, drawnOutcome),
          original: rocAuc(all, outcome),
          outOfBag: rocAuc(outOfBag.map((row) => all[row]), outside), // prettier-ignore
        },
      ]
    }),
  )
}

function outcomesOf({ outcomeOf }: StudyData, ids: readonly string[]): Uint8Array {
  return Uint8Array.from(ids, (id) => outcomeOf.get(id)!)
}
