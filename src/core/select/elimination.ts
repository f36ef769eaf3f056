import { checkTraining } from '../learn/checkTraining.ts'
import { forestData } from '../learn/forestInput.ts'
import { defaultForestOptions, growForest, predictForest, type GrowTreesJob, type GrownTrees } from '../learn/forest.ts'
import { applyLogistic, fitLogistic } from '../learn/logistic.ts'
import type { OnProgress, RunJobs } from '../numeric/jobs.ts'
import { tQuantile } from '../numeric/distributions.ts'
import { deriveSeed, type Seed } from '../numeric/random.ts'
import { mean, variance } from '../numeric/moments.ts'
import { foldRows, makeFolds } from '../table/folds.ts'
import { patientsOf, pickTrainingColumns, pickTrainingRows, type TrainingTable } from '../table/trainingTable.ts'
import { scoreVotes, type SelectionMetric, type Votes } from './scoreVotes.ts'
import { refuse, tell } from './messages.ts'

export interface EliminationOptions {
  /** Columns are ranked by permutation importance over its standard error, or by |z| of a logistic regression on all of them. */
  readonly ranking: 'forest' | 'logistic'
  /** Whether what is left is ranked again at each size, or the ranking of all columns holds throughout. */
  readonly rerank: boolean
  /** How many columns are tried, beside all of them; absent: the powers of two. */
  readonly sizes?: readonly number[]
  /** On the held-out fold. */
  readonly metric: SelectionMetric
  readonly folds: number
  readonly trees: number
  readonly seed: Seed
}

export const defaultElimination: EliminationOptions = {
  ranking: 'forest',
  rerank: false,
  metric: 'AUC',
  folds: 5,
  trees: 500,
  seed: 1,
}

export interface EliminationColumn {
  readonly name: string
  readonly kept: boolean
  /** Mean over the folds and over the sizes at which the column was still there. */
  readonly importance: number
}

export interface EliminationSelection {
  readonly method: 'elimination'
  readonly options: EliminationOptions
  readonly candidates: readonly string[]
  /** In table order. */
  readonly kept: readonly string[]
  /** The kept ones, most important first. */
  readonly order: readonly string[]
  /** Ascending, with the held-out value of each fold: chosen by, so optimistic. */
  readonly sizes: readonly TriedSize[]
  /** Whether the size that was taken is better than no column at all; null where nothing was tried. See `isAboveChance`. */
  readonly aboveChance: boolean | null
  readonly details: readonly EliminationColumn[]
  /** Who was learnt from, and held out, in each fold. */
  readonly folds: readonly { readonly learntFrom: readonly string[]; readonly heldOut: readonly string[] }[]
  readonly learntFrom: readonly string[]
}

export interface TriedSize {
  readonly size: number
  readonly mean: number
  readonly folds: readonly number[]
}

interface RankedFit {
  readonly importance: readonly number[]
  readonly heldOut: Votes
}

interface FoldPath {
  /** One a size, descending: what was left, with its importance, and the held-out value. */
  readonly steps: readonly { readonly left: readonly number[]; readonly importance: readonly number[]; readonly value: number }[]
  readonly learntFrom: readonly string[]
  readonly heldOut: readonly string[]
}

type GrowJobs = RunJobs<GrowTreesJob, GrownTrees>

/**
 * Recursive feature elimination (Guyon et al. 2002, Machine Learning 46:389) inside folds, as caret's `rfe`: in each fold a
 * model of all columns ranks them; then, for each smaller size, one of the best so many columns is judged on the held-out
 * patients. The size with the greatest mean value is taken (of equal ones the smallest: `pickSizeBest`), and the columns with the
 * greatest mean importance over folds and sizes are kept (of equal ones the first). No column: nothing kept. As in caret no size
 * is 0, so that something is kept of noise too; `aboveChance` tells. See docs/elimination.md.
 * @throws DataError when a value is not finite, an outcome has fewer patients than folds, or a size is no whole number
 */
export async function eliminateRecursively(
  training: TrainingTable,
  options: EliminationOptions,
  growJobs: GrowJobs,
  onProgress: OnProgress = () => undefined,
): Promise<EliminationSelection> {
  checkTraining(training, 'elimination')
  const foldOf = makeFolds({
    outcome: training.outcome,
    patients: patientsOf(training),
    folds: options.folds,
    seed: deriveSeed(options.seed, 'elimination', 'folds'),
  })
  return eliminateInFolds(training, foldOf, options, growJobs, onProgress)
}

/** As `eliminateRecursively`, with folds that were made before (numbers from 0). */
export async function eliminateInFolds(
  training: TrainingTable,
  foldOf: Uint8Array,
  options: EliminationOptions,
  growJobs: GrowJobs,
  onProgress: OnProgress = () => undefined,
): Promise<EliminationSelection> {
  const { columns } = training
  const sizes = descendingSizes(columns.length, options.sizes)
  const total = options.folds * sizes.length
  let done = 0
  const step = tell('step-elimination', {})
  const tellDone = () => onProgress({ done: ++done, total, step })
  const paths = await Promise.all(
    Array.from({ length: options.folds }, (_, fold) => followFold(training, foldOf, fold, sizes, options, growJobs, tellDone)),
  )
  const results = sizes.map((size, k) => {
    const values = paths.map(({ steps }) => steps[k].value)
    return { size, mean: mean(values), folds: values }
  })
  results.reverse()
  const best = results.reduce((a, b) => (b.mean > a.mean + 1e-12 ? b : a), { size: 0, mean: -Infinity, folds: [] })
  const importance = averageImportance(paths, columns.length)
  const order = rankColumns(
    columns.map((_, j) => j),
    importance,
  ).slice(0, best.size)
  return {
    method: 'elimination',
    options,
    candidates: columns,
    kept: columns.filter((_, j) => order.includes(j)),
    order: order.map((j) => columns[j]),
    sizes: results,
    aboveChance: columns.length === 0 ? null : isAboveChance(best, results.length, options.metric, training.outcome),
    details: columns.map((name, j) => ({ name, kept: order.includes(j), importance: importance[j] })),
    folds: paths.map(({ learntFrom, heldOut }) => ({ learntFrom, heldOut })),
    learntFrom: training.ids,
  }
}

async function followFold(
  training: TrainingTable,
  foldOf: Uint8Array,
  fold: number,
  sizes: readonly number[],
  options: EliminationOptions,
  growJobs: GrowJobs,
  tellDone: () => void,
): Promise<FoldPath> {
  const rows = foldRows(foldOf, fold)
  const inside = pickTrainingRows(training, rows.inside)
  const outside = pickTrainingRows(training, rows.outside)
  const steps: FoldPath['steps'][number][] = []
  let ranked = training.columns.map((_, j) => j)
  let importanceOf = new Map<number, number>()
  for (const size of sizes) {
    const left = ranked.slice(0, size).sort((a, b) => a - b)
    const names = left.map((j) => training.columns[j])
    const [learning, held] = [pickTrainingColumns(inside, names), pickTrainingColumns(outside, names)]
    const seed = deriveSeed(options.seed, 'elimination', fold + 1, size)
    const fit = await (options.ranking === 'forest' ? fitByForest : fitByLogistic)(learning, held, { ...options, seed }, growJobs)
    if (steps.length === 0 || options.rerank) {
      importanceOf = new Map(left.map((j, at) => [j, fit.importance[at]]))
      ranked = rankColumns(
        left,
        left.map((j) => importanceOf.get(j)!),
      )
    }
    const importance = left.map((j) => importanceOf.get(j)!)
    steps.push({ left, importance, value: scoreVotes(fit.heldOut, outside.outcome, options.metric) })
    tellDone()
  }
  return { steps, learntFrom: inside.ids, heldOut: outside.ids }
}

async function fitByForest(
  inside: TrainingTable,
  held: TrainingTable,
  { trees, seed }: EliminationOptions,
  growJobs: GrowJobs,
): Promise<RankedFit> {
  const grown = await growForest(
    forestData(inside),
    { ...defaultForestOptions, trees, importance: 'permutation', seed },
    growJobs,
  )
  const { mean, standardError } = grown.importance.permutation!
  return {
    importance: Array.from(mean, (loss, j) => (standardError[j] > 0 ? loss / standardError[j] : 0)),
    heldOut: predictForest(grown.trees, held.values, held.ids.length),
  }
}

/** A column that others determine has no z and ranks last. */
async function fitByLogistic(inside: TrainingTable, held: TrainingTable): Promise<RankedFit> {
  const model = fitLogistic(inside)
  const probability = applyLogistic(model, held)
  return {
    importance: model.terms.map(({ z }) => (Number.isNaN(z) ? 0 : Math.abs(z))),
    heldOut: { probability, votes: probability },
  }
}

/**
 * Whether the held-out values of a size exceed what no column reaches: the lower end of the t interval of their mean over the
 * folds lies above it, at 95 % over all sizes that were tried (Bonferroni), since the best of them was taken.
 */
function isAboveChance({ mean, folds }: TriedSize, tried: number, metric: SelectionMetric, outcome: Uint8Array): boolean {
  const positive = outcome.reduce((sum, label) => sum + label, 0) / outcome.length
  const chance = metric === 'AUC' ? 0.5 : Math.max(positive, 1 - positive)
  const error = Math.sqrt(variance(folds) / folds.length)
  return mean - tQuantile(1 - 0.025 / tried, folds.length - 1) * error > chance
}

/** Greatest importance first; of equal ones the first column. */
function rankColumns(columns: readonly number[], importance: readonly number[]): number[] {
  return columns
    .map((column, at) => ({ column, value: importance[at] }))
    .sort((a, b) => b.value - a.value || a.column - b.column)
    .map(({ column }) => column)
}

function averageImportance(paths: readonly FoldPath[], columns: number): number[] {
  const values = Array.from({ length: columns }, (): number[] => [])
  for (const { steps } of paths)
    for (const { left, importance } of steps) left.forEach((column, at) => values[column].push(importance[at]))
  return values.map(mean)
}

function descendingSizes(columns: number, asked?: readonly number[]): number[] {
  const wrong = asked?.find((size) => !Number.isInteger(size) || size < 1)
  if (wrong !== undefined) throw refuse('elimination-size', { given: wrong })
  const sizes = asked ?? Array.from({ length: 30 }, (_, i) => 1 << i)
  return [...new Set([...sizes.filter((size) => size < columns), columns])].filter((size) => size > 0).sort((a, b) => b - a)
}
