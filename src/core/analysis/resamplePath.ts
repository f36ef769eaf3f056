import { findCutoff, type CutoffRule } from '../evaluate/cutoffs.ts'
import type { ScoreKind } from '../evaluate/probabilityScores.ts'
import { traceRoc } from '../evaluate/roc.ts'
import type { AucDrops } from '../learn/permutationImportance.ts'
import type { OnProgress, RunJobs } from '../numeric/jobs.ts'
import type { Protocol } from '../protocol/protocol.ts'
import { mean } from '../numeric/moments.ts'
import { quantile } from '../numeric/quantile.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { foldRows, makeFolds } from '../table/folds.ts'
import { bringToScale } from './bringToScale.ts'
import { cutoffRule } from './cutoffRule.ts'
import {
  followParts,
  importanceRepeats,
  isWhole,
  reasonOf,
  type NestedJob,
  type NestedModel,
  type NestedPart,
  type NestedPath,
  type WholePath,
} from './followNested.ts'
import type { PathJob } from './followPath.ts'
import type { CohortScores } from './listScores.ts'
import { foldSeed, repeatSeed } from './stages/seeds.ts'
import type { NestedPlan } from './stages/planStages.ts'
import type { StageStore } from './stages/stageStore.ts'
import { keepRows, patientBehind, type Split, type StudyData } from './studyData.ts'
import type { TrainedModel } from './trainModels.ts'
import type { Message } from '../messages/message.ts'
import { tell } from './messages.ts'

/** One fold: its training part went the whole way, its held-out patients were scored by what came out. */
export interface FoldResult {
  readonly repeat: number
  readonly fold: number
  readonly heldOut: readonly string[]
  readonly kept: readonly string[]
  /** How many each step left, in the order of the protocol; it ends early where nothing was left. */
  readonly steps: WholePath['selection']['steps']
  /** By model: the cut-off that the protocol's rule chooses among those who learnt; NaN where none is of use. */
  readonly cutoffs: Readonly<Record<string, number>>
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
  readonly failures: readonly { readonly repeat: number; readonly fold: number; readonly reason: Message }[]
  /**
   * Training patients with their out-of-fold scores by model: the mean over repeats. One value of a model that is a constant in every fold;
   * NaN where the patient was held out only from folds that left no feature to it. Such a fold gives everybody its own prevalence, and
   * pooled with others that ranks patients by their fold; within folds it counts with an AUC of 0.5.
   */
  readonly ids: readonly string[]
  readonly scores: Readonly<Record<string, readonly number[]>>
  /** By model: the mean of the AUCs within folds, and of how many. The pooled AUC is that of `scores`. */
  readonly withinFolds: Readonly<Record<string, { readonly meanAuc: number; readonly folds: number }>>
  /** By model: what it leans on, measured in the held-out patients; null where a fold's model takes too many features for that. */
  readonly importance: Readonly<Record<string, readonly FoldImportance[] | null>>
  /** In how many of the folds each feature was kept at the end; features that were never kept are not listed. */
  readonly frequency: readonly { readonly name: string; readonly folds: number }[]
}

/** How much the AUC within folds falls when a feature is shuffled; in a fold whose model does not take it, it does not fall. */
export interface FoldImportance {
  readonly name: string
  /** Mean over repeats of the mean over folds, and quantiles (type 7) at 2.5 and 97.5 % of the latter. */
  readonly drop: number
  readonly lower: number
  readonly upper: number
  /** Folds whose model takes it. */
  readonly folds: number
}

const heldOutCohort = 'held out'

/**
 * Nested cross-validation: harmonisation, selection and training anew in every fold (stratified by outcome, and by batch where
 * possible; all rows of a patient in one fold), on the training cohort alone. Patients of a batch that a fold's training part lacks are left as measured and named;
 * a training cohort of one batch has nothing to harmonise.
 * @param models trained on everybody, whose scale the scores are brought to
 * @param plans by repeat and fold; none: null
 */
export async function resamplePath(
  { study, split, protocol }: Omit<PathJob, 'seed'>,
  plans: readonly (readonly NestedPlan[])[],
  models: readonly TrainedModel[],
  runPaths: RunJobs<NestedJob, NestedPath>,
  onProgress: OnProgress,
  stages: StageStore,
): Promise<Resampling | null> {
  if (plans.length === 0) return null
  const folds = planFolds({ study, split, protocol }, plans)
  let done = 0
  const step = tell('step-folds', {})
  const tellDone = () => onProgress({ done: ++done, total: folds.length, step })
  const paths = await followParts(
    folds.map(({ part }) => part),
    runPaths,
    tellDone,
    stages,
  )
  const succeeded = folds.flatMap(({ repeat, fold, job }, k) => {
    const path = paths[k]
    return isWhole(path) ? [{ path, ...describeFold(path, models, job, repeat, fold) }] : []
  })
  const results = succeeded.map(({ result }) => result)
  return {
    folds: results,
    failures: folds.flatMap(({ repeat, fold }, k) => {
      const path = paths[k]
      return isWhole(path) ? [] : [{ repeat, fold, reason: reasonOf(path) }]
    }),
    ...averageScores(
      split.training,
      succeeded.map(({ scores, path }) => ({
        ...scores,
        isEmpty: path.models.map(({ scale }) => scale.kind === 'intercept only'),
      })),
      study.outcomeOf,
    ),
    withinFolds: averageWithinFolds(
      results,
      models.map(({ name }) => name),
    ),
    importance: Object.fromEntries(
      models.map(({ name }, k) => [name, averageImportance(succeeded.map(({ path }) => path.models[k]))]),
    ),
    frequency: countKept(results),
  }
}

interface PlannedFold {
  readonly repeat: number
  readonly fold: number
  readonly job: PathJob
  readonly part: NestedPart
}

/** The folds of all repeats, one after the other. @param plans by repeat and fold */
export function planFolds(
  { study, split, protocol }: Omit<PathJob, 'seed'>,
  plans: readonly (readonly NestedPlan[])[],
): PlannedFold[] {
  return plans.flatMap((ofRepeat, repeat) =>
    planRepeat(study, split, protocol, repeat).map((job, fold) => ({
      repeat,
      fold,
      job,
      part: { plan: ofRepeat[fold], explain: true, makeJob: () => job },
    })),
  )
}

function planRepeat(study: StudyData, split: Split, protocol: Protocol, repeat: number): PathJob[] {
  const { folds } = protocol.resample
  const seed = repeatSeed(protocol.seed, repeat)
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
    return { study: within, split: { training: inside.map((row) => ids[row]), judged }, protocol: lenient, seed: foldSeed(seed, fold) } // prettier-ignore
  })
}

function describeFold(
  { selection, models: found }: WholePath,
  models: readonly TrainedModel[],
  { study: { outcomeOf }, split, protocol }: PathJob,
  repeat: number,
  fold: number,
) {
  const heldOut = split.judged[0].ids
  const outcome = Uint8Array.from(heldOut, (id) => outcomeOf.get(id)!)
  const byName = <Value>(of: (k: number) => Value) => Object.fromEntries(models.map(({ name }, k) => [name, of(k)]))
  const scores = byName((k) => bringToScale(found[k].scale, found[k].scores, models[k].scoreKind))
  const { kept, steps, notHarmonised, learntFrom } = selection
  const learnt = Uint8Array.from(learntFrom, (id) => outcomeOf.get(id)!)
  const rule = cutoffRule(protocol.evaluate, learnt)
  const result: FoldResult = {
    repeat,
    fold,
    heldOut,
    kept,
    steps,
    cutoffs: byName((k) => chooseCutoff(found[k], learnt, rule, models[k].scoreKind)),
    auc: byName((k) => rocAuc(found[k].scores, outcome)),
    notHarmonised,
    otherScale: models.flatMap(({ name, scoreKind }, k) => (found[k].scale.scoreKind === scoreKind ? [] : [name])),
    learntFrom,
  }
  return { result, scores: { ids: heldOut, scores } }
}

/** On the scale of the model that was trained on everybody; patients whom every tree drew have no say. */
function chooseCutoff({ scale, explained }: NestedModel, outcome: Uint8Array, rule: CutoffRule, wanted: ScoreKind): number {
  const scored = Array.from(outcome.keys()).filter((row) => !Number.isNaN(explained!.training[row]))
  const labels = scored.map((row) => outcome[row])
  if (!labels.includes(0) || !labels.includes(1) || scale.scoreKind !== wanted) return NaN
  return findCutoff(
    traceRoc(
      scored.map((row) => explained!.training[row]),
      labels,
    ),
    rule,
  ).threshold
}

function averageImportance(models: readonly NestedModel[]): FoldImportance[] | null {
  const folds = models.map(({ explained }) => explained!.importance)
  if (folds.includes(null)) return null
  const defined = (folds as (readonly AucDrops[])[]).filter((fold) => !fold.some(({ drops }) => drops.some(Number.isNaN)))
  const names = [...new Set(defined.flatMap((fold) => fold.map(({ name }) => name)))]
  const found = names.map((name): FoldImportance => {
    const taking = defined.flatMap((fold) => fold.filter((entry) => entry.name === name))
    const means = Float64Array.from({ length: importanceRepeats }, (_, repeat) => taking.reduce((sum, { drops }) => sum + drops[repeat], 0) / defined.length) // prettier-ignore
    return { name, drop: mean(means), lower: quantile(means, 0.025), upper: quantile(means, 0.975), folds: taking.length }
  })
  return found.sort((a, b) => b.drop - a.drop || (a.name < b.name ? -1 : 1))
}

/** The held-out patients of a fold. */
interface HeldOut extends Pick<CohortScores, 'ids' | 'scores'> {
  /** By model: the fold left it nothing but the prevalence. */
  readonly isEmpty: readonly boolean[]
}

function averageScores(
  training: readonly string[],
  held: readonly HeldOut[],
  outcomeOf: StudyData['outcomeOf'],
): Pick<Resampling, 'ids' | 'scores'> {
  const names = Object.keys(held[0]?.scores ?? {})
  const everHeld = new Set(held.flatMap(({ ids }) => ids))
  const ids = training.filter((id) => everHeld.has(id))
  const meansOf = (name: string, folds: readonly HeldOut[]) => {
    const of = new Map<string, number[]>()
    for (const { ids, scores } of folds) ids.forEach((id, row) => of.set(id, [...(of.get(id) ?? []), scores[name][row]]))
    const meanOf = (found: readonly number[]) => found.reduce((sum, score) => sum + score, 0) / found.length
    return ids.map((id) => meanOf(of.get(id) ?? []))
  }
  const column = (name: string, k: number) => {
    const all = meansOf(name, held)
    if (held.every(({ scores }) => isConstant(scores[name]))) return all.map(() => mean(all))
    const pooled = meansOf(name, held.filter(({ isEmpty }) => !isEmpty[k])) // prettier-ignore
    const classes = new Set(ids.filter((_, row) => !Number.isNaN(pooled[row])).map((id) => outcomeOf.get(id)))
    // Of one class alone nothing could be judged.
    return classes.size < 2 ? all : pooled
  }
  return { ids, scores: Object.fromEntries(names.map((name, k) => [name, column(name, k)])) }
}

/** A model that is the prevalence in every fold tells nobody apart; its constants, pooled, would rank the patients by their fold. */
const isConstant = (scores: readonly number[]) => scores.every((score) => score === scores[0])

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
