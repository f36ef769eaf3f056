import type { OnProgress, RunJobs } from '../numeric/jobs.ts'
import { deriveSeed } from '../numeric/random.ts'
import type { Protocol } from '../protocol/protocol.ts'
import { mean } from '../numeric/moments.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { foldRows, makeFolds } from '../table/folds.ts'
import { bringToScale } from './bringToScale.ts'
import type { Path, PathJob } from './followPath.ts'
import { keepRows, patientBehind, type Split, type StudyData } from './studyData.ts'
import { scoreKindOf, type TrainedModel } from './trainModels.ts'

/** One fold: its training part went the whole way, its held-out patients were scored by what came out. */
export interface FoldResult {
  readonly repeat: number
  readonly fold: number
  readonly heldOut: readonly string[]
  readonly kept: readonly string[]
  /** AUC in the held-out patients by model; NaN when they are of one class. */
  readonly auc: Readonly<Record<string, number>>
  readonly notHarmonised: readonly string[]
  /** Models whose scores here are of another kind than those of the model trained on everybody: see `bringToScale`. */
  readonly otherScale: readonly string[]
  readonly learntFrom: readonly string[]
}

export interface Resampling {
  readonly folds: readonly FoldResult[]
  /** Folds that could not go the whole way, and why. Their patients have no score in that repeat. */
  readonly failures: readonly { readonly repeat: number; readonly fold: number; readonly reason: string }[]
  /** Training patients with their out-of-fold scores by model: the mean over repeats. */
  readonly ids: readonly string[]
  readonly scores: Readonly<Record<string, readonly number[]>>
  /** By model: the mean of the AUCs within folds, and of how many. The pooled AUC is that of `scores`. */
  readonly withinFolds: Readonly<Record<string, { readonly meanAuc: number; readonly folds: number }>>
  /** In how many of the folds each feature was kept at the end; features that were never kept are not listed. */
  readonly frequency: readonly { readonly name: string; readonly folds: number }[]
}

const heldOutCohort = 'held out'

/**
 * Nested cross-validation: harmonisation, selection and training anew in every fold (stratified by outcome, and by batch where
 * possible; all rows of a patient in one fold), on the training cohort alone. Patients of a batch that a fold's training part lacks are left as measured and named;
 * a training cohort of one batch has nothing to harmonise.
 */
export async function resamplePath(
  study: StudyData,
  split: Split,
  protocol: Protocol,
  models: readonly TrainedModel[],
  runPaths: RunJobs<PathJob, Path>,
  onProgress: OnProgress,
): Promise<Resampling | null> {
  const { folds, repeats } = protocol.resample
  if (repeats === 0) return null
  const jobs = Array.from({ length: repeats }, (_, repeat) => planRepeat(study, split, protocol, repeat)).flat()
  let done = 0
  const outcomes = await Promise.all(
    jobs.map(async ({ repeat, fold, job }) => {
      const outcome = await runPaths([job]).then(([path]) => describeFold(path, models, study, repeat, fold), (error: unknown) => failureOf(error, repeat, fold)) // prettier-ignore
      onProgress({ done: ++done, total: repeats * folds, step: 'Nested cross-validation' })
      return outcome
    }),
  )
  const succeeded = outcomes.filter((outcome) => 'result' in outcome)
  const results = succeeded.map(({ result }) => result)
  return {
    folds: results,
    failures: outcomes.filter((outcome) => 'reason' in outcome),
    ...averageScores(
      split.training,
      succeeded.map(({ scores }) => scores),
    ),
    withinFolds: averageWithinFolds(
      results,
      models.map(({ name }) => name),
    ),
    frequency: countKept(results),
  }
}

function planRepeat(study: StudyData, split: Split, protocol: Protocol, repeat: number) {
  const { folds } = protocol.resample
  const seed = deriveSeed(protocol.seed, 'resample', repeat)
  const ids = split.training
  const outcome = Uint8Array.from(ids, (id) => study.outcomeOf.get(id)!)
  const batch = ids.map((id) => study.batchOf.get(id) ?? '')
  const patients = ids.map((id) => patientBehind(study, id))
  const foldOf = makeFolds({ outcome, batch, patients, folds, seed })
  // Those without outcome too; no other cohort is looked at inside a fold.
  const within = keepRows(study, (id) => study.cohortOf.get(id) === protocol.cohort.training)
  const { harmonise } = protocol
  const method = new Set(within.features.ids.map((id) => within.batchOf.get(id))).size > 1 ? harmonise.method : 'none'
  const lenient = { ...protocol, harmonise: { ...harmonise, method, allowUnharmonised: true } }
  return Array.from({ length: folds }, (_, fold) => {
    const { inside, outside } = foldRows(foldOf, fold)
    const judged = [{ cohort: heldOutCohort, ids: outside.map((row) => ids[row]) }]
    const job = { study: within, split: { training: inside.map((row) => ids[row]), judged }, protocol: lenient, seed: deriveSeed(seed, fold) } // prettier-ignore
    return { repeat, fold, job }
  })
}

function describeFold(path: Path, models: readonly TrainedModel[], { outcomeOf }: StudyData, repeat: number, fold: number) {
  const held = path.scores.find(({ cohort }) => cohort === heldOutCohort)!
  const outcome = Uint8Array.from(held.ids, (id) => outcomeOf.get(id)!)
  const auc = Object.fromEntries(Object.entries(held.scores).map(([name, scores]) => [name, rocAuc(scores, outcome)]))
  const { selection, notHarmonised, learntFrom } = path
  const pairs = models.map(({ name, scoreKind }, k) => ({ name, scoreKind, model: path.models[k].model }))
  const scores = Object.fromEntries(
    pairs.map(({ name, scoreKind, model }) => [name, bringToScale(model, held.scores[name], scoreKind)]),
  )
  const otherScale = pairs.filter(({ scoreKind, model }) => scoreKindOf(model) !== scoreKind).map(({ name }) => name)
  const result: FoldResult = { repeat, fold, heldOut: held.ids, kept: selection.kept, auc, notHarmonised, otherScale, learntFrom }
  return { result, scores: { ...held, scores } }
}

function failureOf(error: unknown, repeat: number, fold: number): Resampling['failures'][number] {
  return { repeat, fold, reason: reasonInData(error) }
}

/** @throws the error when it does not come from the data */
export function reasonInData(error: unknown): string {
  // Only data can make one fold fail alone; a cancelled run or a broken worker ends everything. Errors of workers keep their name, not their class.
  if (!(error instanceof Error && error.name === 'RangeError')) throw error
  return error.message
}

function averageScores(training: readonly string[], held: readonly Path['scores'][number][]): Pick<Resampling, 'ids' | 'scores'> {
  const names = Object.keys(held[0]?.scores ?? {})
  const of = new Map<string, number[][]>()
  for (const { ids, scores } of held)
    ids.forEach((id, row) => of.set(id, [...(of.get(id) ?? []), names.map((name) => scores[name][row])]))
  const ids = training.filter((id) => of.has(id))
  const meanOf = (id: string, k: number) => of.get(id)!.reduce((sum, row) => sum + row[k], 0) / of.get(id)!.length
  return { ids, scores: Object.fromEntries(names.map((name, k) => [name, ids.map((id) => meanOf(id, k))])) }
}

function averageWithinFolds(folds: readonly FoldResult[], names: readonly string[]): Resampling['withinFolds'] {
  return Object.fromEntries(
    names.map((name) => {
      const aucs = folds.map(({ auc }) => auc[name]).filter((auc) => !Number.isNaN(auc))
      return [name, { meanAuc: mean(aucs), folds: aucs.length }]
    }),
  )
}

function countKept(folds: readonly FoldResult[]): Resampling['frequency'] {
  const counts = new Map<string, number>()
  for (const { kept } of folds) for (const name of kept) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, folds]) => ({ name, folds })).sort((a, b) => b.folds - a.folds || (a.name < b.name ? -1 : 1))
}
