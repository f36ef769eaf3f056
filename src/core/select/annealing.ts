import type { Kernels } from '../kernels/kernels.ts'
import { checkTraining } from '../learn/checkTraining.ts'
import { forestData, type ForestData } from '../learn/forestInput.ts'
import { defaultForestOptions, judgeRows } from '../learn/forest.ts'
import type { OnProgress, RunJobs } from '../numeric/jobs.ts'
import { createRandom, deriveSeed, type Seed } from '../numeric/random.ts'
import { mean } from '../numeric/moments.ts'
import { foldRows, makeFolds } from '../table/folds.ts'
import { patientsOf, pickTrainingRows, type TrainingTable } from '../table/trainingTable.ts'
import { drawFrom, searchSubsets, type AnnealingSearchOptions, type AnnealingStep, type SubsetScore } from './annealingSearch.ts'
import { scoreVotes, type SelectionMetric } from './scoreVotes.ts'
import { pickRankedColumns, rankData, type SplitForestData } from '../learn/rankData.ts'
import type { Message } from '../messages/message.ts'
import { refuse, tell } from './messages.ts'

export interface AnnealingOptions extends AnnealingSearchOptions {
  /** Out of bag inside, on the held-out fold outside. AUC takes the forest's probability, Accuracy its majority of votes. */
  readonly metric: SelectionMetric
  readonly folds: number
  readonly trees: number
  readonly minimumNodeSize: number
  /** A subset that a run meets again is not grown again; its forest would be the same, so the answer is. */
  readonly cacheSubsets: boolean
  readonly seed: Seed
}

export const defaultAnnealing: AnnealingOptions = {
  metric: 'AUC',
  folds: 5,
  iterations: 30,
  improve: 15,
  trees: 500,
  minimumNodeSize: 1,
  flipShareOf: 'columns',
  cacheSubsets: true,
  seed: 1,
}

/** As caret's `rfSA`: Accuracy, and the flips counted as its code counts them (the same below 100 columns). */
export const caretAnnealing: AnnealingOptions = {
  ...defaultAnnealing,
  metric: 'Accuracy',
  flipShareOf: 'subset',
  cacheSubsets: false,
}

/** One run: of a fold, or the final one on all training patients. Plain data. */
export interface AnnealJob {
  readonly name: string
  readonly options: AnnealingOptions
  readonly seed: Seed
  readonly inside: ForestData
  readonly outside?: ForestData
  readonly learntFrom: readonly string[]
  readonly heldOut: readonly string[]
}

export interface AnnealingRun {
  /** `fold 1` ..., or `all training patients`. */
  readonly name: string
  /** Who was inside: forests were grown from them. */
  readonly learntFrom: readonly string[]
  /** Who was outside; nobody in the final run. */
  readonly heldOut: readonly string[]
  /** One an iteration; subsets are positions in `candidates`. */
  readonly steps: readonly AnnealingStep[]
  /** Forests not grown because the run had met the subset before. */
  readonly cached: number
}

export interface AnnealingSelection {
  readonly method: 'annealing'
  /** The settings in words. */
  readonly name: Message
  readonly options: AnnealingOptions
  readonly candidates: readonly string[]
  /** In table order. */
  readonly kept: readonly string[]
  /** The chosen iteration, from 1; 0 when there was no candidate. */
  readonly iteration: number
  /** Mean outside value over the folds at each iteration: chosen by, so optimistic. */
  readonly averages: readonly number[]
  /** In how many folds the column is in the subset that was best inside. */
  readonly details: readonly { readonly name: string; readonly kept: boolean; readonly inBestOfFolds: number }[]
  readonly folds: readonly AnnealingRun[]
  readonly final: AnnealingRun | undefined
  readonly learntFrom: readonly string[]
}

/**
 * Feature selection by simulated annealing around a random forest, as caret's `safs` with `rfSA`: one walk (`searchSubsets`)
 * in each fold's training part, scored inside by the out-of-bag rows and outside by the held-out ones; then one walk on all
 * training patients. The outside values, averaged over folds, choose only the iteration; the subset of the final walk at that
 * iteration is kept, whether it had been accepted or not. Equal averages go to the smaller subset, then the earlier iteration.
 * No candidate: nothing kept.
 * @throws DataError when a value is not finite, an outcome has fewer patients than folds, or an option is out of its range
 */
export async function runAnnealing(
  training: TrainingTable,
  options: AnnealingOptions,
  runJobs: RunJobs<AnnealJob, AnnealingRun>,
  onProgress: OnProgress = () => undefined,
): Promise<AnnealingSelection> {
  const jobs = annealingJobs(training, options)
  let done = 0
  const runs = await Promise.all(
    jobs.map(async (job) => {
      const [run] = await runJobs([job])
      onProgress({ done: ++done, total: jobs.length, step: tell('step-annealing', {}) })
      return run
    }),
  )
  return concludeAnnealing(training, options, runs)
}

/** The final run first, it is the longest; then a run a fold. None without columns. */
export function annealingJobs(training: TrainingTable, options: AnnealingOptions): AnnealJob[] {
  checkTraining(training, 'annealing')
  requireOptions(options)
  if (training.columns.length === 0) return []
  const foldOf = annealingFolds(training, options)
  const folds = Array.from({ length: options.folds }, (_, fold): AnnealJob => {
    const { inside, outside } = foldRows(foldOf, fold)
    const [learning, held] = [pickTrainingRows(training, inside), pickTrainingRows(training, outside)]
    return {
      name: `fold ${fold + 1}`,
      options,
      seed: deriveSeed(options.seed, 'annealing', fold + 1),
      inside: forestData(learning),
      outside: forestData(held),
      learntFrom: learning.ids,
      heldOut: held.ids,
    }
  })
  const final: AnnealJob = {
    name: 'all training patients',
    options,
    seed: deriveSeed(options.seed, 'annealing', 0),
    inside: forestData(training),
    learntFrom: training.ids,
    heldOut: [],
  }
  return [final, ...folds]
}

/** The fold of each training patient, stratified by outcome. */
export function annealingFolds(training: TrainingTable, { folds, seed }: AnnealingOptions): Uint8Array {
  const { outcome } = training
  return makeFolds({ outcome, patients: patientsOf(training), folds, seed: deriveSeed(seed, 'annealing', 'folds') })
}

/** One run. The forest of a subset depends on the run's seed and the subset alone. */
export function anneal(kernels: Kernels, job: AnnealJob): AnnealingRun {
  const { options, seed, name, learntFrom, heldOut } = job
  const outcome = job.inside.outcome
  const data = rankData(job.outside ? joinRows(job.inside, job.outside) : job.inside)
  const forest = { ...defaultForestOptions, trees: options.trees, minimumNodeSize: options.minimumNodeSize, importance: 'gini' } as const // prettier-ignore
  const grow = (subset: readonly number[]): SubsetScore => {
    const { outOfBag, heldOut } = judgeRows(kernels, pickRankedColumns(data, subset), {
      ...forest,
      seed: deriveSeed(seed, 'forest', ...subset),
    })
    const score = { inside: scoreVotes(outOfBag, outcome, options.metric) }
    return job.outside ? { ...score, outside: scoreVotes(heldOut, job.outside.outcome, options.metric) } : score
  }
  const met = new Map<string, SubsetScore>()
  let cached = 0
  const growOnce = (subset: readonly number[]) => {
    const key = subset.join()
    const before = met.get(key)
    if (before) cached++
    const score = before ?? grow(subset)
    met.set(key, score)
    return score
  }
  const draws = drawFrom(createRandom(deriveSeed(seed, 'walk')))
  const steps = searchSubsets(data.columns, options, draws, options.cacheSubsets ? growOnce : grow)
  return { name, learntFrom, heldOut, steps, cached }
}

/** The rows inside, and behind them those outside, that are held out. */
function joinRows(inside: ForestData, outside: ForestData): SplitForestData {
  const rows = inside.rows + outside.rows
  const values = new Float64Array(rows * inside.columns)
  for (let j = 0; j < inside.columns; j++) {
    values.set(inside.values.subarray(j * inside.rows, (j + 1) * inside.rows), j * rows)
    values.set(outside.values.subarray(j * outside.rows, (j + 1) * outside.rows), j * rows + inside.rows)
  }
  return { ...inside, rows, values, outcome: Uint8Array.of(...inside.outcome, ...outside.outcome), learning: inside.rows }
}

/** What the runs, in the order of `annealingJobs`, select. */
function concludeAnnealing(
  training: TrainingTable,
  options: AnnealingOptions,
  [final, ...folds]: readonly AnnealingRun[],
): AnnealingSelection {
  const averages = final?.steps.map((_, i) => mean(folds.map(({ steps }) => steps[i].outside ?? NaN))) ?? []
  const chosen = final ? chooseIteration(averages, final.steps) : -1
  const subset = final?.steps[chosen].subset ?? []
  const bestOfFolds = folds.map(({ steps }) => steps.findLast((step) => step.outcome === 'improved')?.subset ?? [])
  const { columns } = training
  return {
    method: 'annealing',
    name: nameAnnealing(options),
    options,
    candidates: columns,
    kept: subset.map((j) => columns[j]),
    iteration: chosen + 1,
    averages,
    details: columns.map((name, j) => ({
      name,
      kept: subset.includes(j),
      inBestOfFolds: bestOfFolds.filter((best) => best.includes(j)).length,
    })),
    folds,
    final,
    learntFrom: training.ids,
  }
}

/** From 0. Averages that differ by rounding alone are equal. */
export function chooseIteration(averages: readonly number[], steps: readonly Pick<AnnealingStep, 'subset'>[]): number {
  const greatest = Math.max(...averages)
  return averages
    .map((_, i) => i)
    .filter((i) => averages[i] >= greatest - 1e-12)
    .reduce((a, b) => (steps[b].subset.length < steps[a].subset.length ? b : a))
}

function nameAnnealing({ metric, folds, iterations, improve, trees, maximumSize }: AnnealingOptions): Message {
  return tell('annealing', { metric, folds, iterations, improve, trees, maximumSize: maximumSize ?? null })
}

function requireOptions({ iterations, improve, maximumSize = 1 }: AnnealingOptions) {
  for (const [name, value] of Object.entries({ iterations, improve, maximumSize }))
    if (!(value >= 1) || (!Number.isInteger(value) && !(name === 'improve' && value === Infinity)))
      throw refuse('annealing-count', { name, given: value })
}
