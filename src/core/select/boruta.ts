import { forestData, requireFinite } from '../learn/forestInput.ts'
import { defaultForestOptions, growRankedForest, type GrownForest, type GrownTrees, type GrowTreesJob } from '../learn/forest.ts'
import type { OnProgress, RunJobs } from '../numeric/jobs.ts'
import { createRandom, deriveSeed, shuffle, type Seed } from '../numeric/random.ts'
import { median } from '../numeric/quantile.ts'
import { requireTraining, type TrainingTable } from '../table/trainingTable.ts'
import { rankData, type RankedData } from '../learn/rankData.ts'
import type { Message } from '../messages/message.ts'
import { refuse, tell } from './messages.ts'

/**
 * Boruta (Kursa and Rudnicki, J Stat Softw 36(11), 2010): keeps every column that is more important to a random forest than
 * chance. In each run all columns that are not yet rejected get a shadow, a copy shuffled anew (at least 5 shadows: copies are
 * doubled until there are), a forest is grown from both, and a column scores a hit when its importance exceeds that of every
 * shadow. After each run the hits of every undecided column are tested against Binomial(runs, 1/2), with Bonferroni's
 * correction for all columns: many hits confirm, few reject. It ends when all are decided, or after `maximumRuns` - 1 runs, as
 * both packages do; what is undecided then is tentative.
 *
 * It finds what the patients at hand show, by chance or not: shadows are shuffled anew in every run, a column's chance
 * association stays. Of 20 columns of noise for 100 patients one to three are confirmed on average, in either variant.
 *
 * Variants, which differ in importance and test:
 * - `Boruta`, the R package's default: permutation importance over its standard error; P < 0.01;
 * - `BorutaPy`, with perc = 100, two_step = False and scikit-learn's forest: Gini importance; P <= 0.05.
 */
export interface BorutaOptions {
  readonly variant: 'Boruta' | 'BorutaPy'
  /** R's pValue, BorutaPy's alpha. */
  readonly significance: number
  readonly maximumRuns: number
  readonly trees: number
  /** Without it the root of the number of columns and shadows, rounded down. */
  readonly mtry?: number
  /** Without it trees are not limited. */
  readonly maximumDepth?: number
  /**
   * R's TentativeRoughFix: a tentative column is confirmed when the median of its importance over all runs exceeds the median of
   * the greatest shadow's, else rejected. Without it tentative columns are dropped.
   */
  readonly roughFix: boolean
  /** The columns were filtered by the outcome of the same patients, by a test or otherwise. Shadows did not, so too many may be confirmed; the result says so. */
  readonly filteredBefore: boolean
  readonly seed: Seed
}

export const defaultBoruta: BorutaOptions = {
  variant: 'Boruta',
  significance: 0.01,
  maximumRuns: 100,
  trees: 500,
  roughFix: false,
  filteredBefore: false,
  seed: 1,
}

export const defaultBorutaPy: BorutaOptions = { ...defaultBoruta, variant: 'BorutaPy', significance: 0.05 }

export type BorutaDecision = 'confirmed' | 'tentative' | 'rejected'

export interface BorutaColumn {
  readonly name: string
  readonly decision: BorutaDecision
  /** The decision is the rough fix's. */
  readonly roughFixed: boolean
  /** Why it is not kept. */
  readonly dropped?: 'rejected' | 'tentative'
  readonly hits: number
  /** Runs that it took part in: until it was rejected, or all. */
  readonly runs: number
  /** The run that decided. */
  readonly decidedInRun?: number
  /** Over the runs that it took part in. */
  readonly importance: { readonly mean: number; readonly median: number; readonly least: number; readonly greatest: number }
}

export interface BorutaRun {
  /** In the order of `details`; null once a column is rejected. */
  readonly importance: readonly (number | null)[]
  readonly shadows: { readonly least: number; readonly mean: number; readonly greatest: number }
}

/** Plain data, as JSON. */
export interface BorutaSelection {
  readonly method: 'boruta'
  /** The variant in words. */
  readonly name: Message
  readonly options: BorutaOptions
  /** The confirmed columns, in table order. */
  readonly kept: readonly string[]
  readonly details: readonly BorutaColumn[]
  readonly history: readonly BorutaRun[]
  readonly notes: readonly Message[]
  readonly learntFrom: readonly string[]
}

const fewestShadows = 5

/**
 * Cancel by letting `runJobs` reject; progress is told after each run.
 * @throws DataError for one class only, a value that is missing or infinite, or options outside their range
 */
export async function runBoruta(
  training: TrainingTable,
  options: BorutaOptions,
  runJobs: RunJobs<GrowTreesJob, GrownTrees>,
  onProgress: OnProgress = () => undefined,
): Promise<BorutaSelection> {
  requireTraining(training)
  requireFinite(training)
  if (!Number.isInteger(options.maximumRuns) || options.maximumRuns < 11)
    throw refuse('boruta-runs', { given: options.maximumRuns })
  if (!(options.significance > 0 && options.significance < 1))
    throw refuse('boruta-significance', { given: options.significance })
  const columns = training.columns.length
  const data = rankData(forestData(training))
  const decisions: BorutaDecision[] = training.columns.map(() => 'tentative')
  const decidedIn = new Int32Array(columns)
  const hits = new Int32Array(columns)
  const history: BorutaRun[] = []
  const total = options.maximumRuns - 1
  while (decisions.includes('tentative') && history.length < total) {
    const run = await compareWithShadows(data, decisions, options, history.length + 1, runJobs)
    history.push(run)
    run.importance.forEach((value, j) => (hits[j] += value !== null && value > run.shadows.greatest ? 1 : 0))
    const undecided = decisions.flatMap((decision, j) => (decision === 'tentative' ? [j] : []))
    for (const j of undecided) {
      decisions[j] = decide(hits[j], history.length, columns, options)
      if (decisions[j] !== 'tentative') decidedIn[j] = history.length
    }
    onProgress({ done: history.length, total, step: tellRun(history.length, decisions) })
  }
  const details = training.columns.map((name, j) =>
    describeColumn(name, decisions[j], hits[j], decidedIn[j], j, history, options.roughFix),
  )
  return {
    method: 'boruta',
    name: nameVariant(options),
    options,
    kept: details.filter(({ dropped }) => !dropped).map(({ name }) => name),
    details,
    history,
    notes: options.filteredBefore ? [tell('boruta-filtered-before', {})] : [],
    learntFrom: training.ids,
  }
}

/** P of at least `hits` in `runs` tosses of a fair coin: the sum of binomial terms, exact to rounding. */
export function chanceOfAtLeast(hits: number, runs: number): number {
  let term = 1
  for (let i = 0; i < runs; i++) term /= 2
  let sum = 0
  for (let i = runs; i >= hits; i--) {
    sum += term
    term *= i / (runs - i + 1)
  }
  return sum
}

async function compareWithShadows(
  data: RankedData,
  decisions: readonly BorutaDecision[],
  options: BorutaOptions,
  run: number,
  runJobs: RunJobs<GrowTreesJob, GrownTrees>,
): Promise<BorutaRun> {
  const left = decisions.flatMap((decision, j) => (decision === 'rejected' ? [] : [j]))
  const seed = deriveSeed(options.seed, 'boruta', run)
  const forest = await growRankedForest(
    addShadows(data, left, deriveSeed(seed, 'shadows')),
    {
      ...defaultForestOptions,
      trees: options.trees,
      ...(options.mtry !== undefined && { mtry: options.mtry }),
      ...(options.maximumDepth !== undefined && { maximumDepth: options.maximumDepth }),
      importance: options.variant === 'Boruta' ? 'permutation' : 'gini',
      seed,
    },
    runJobs,
  )
  const values = importanceOf(forest)
  const importance = decisions.map((): number | null => null)
  left.forEach((j, at) => (importance[j] = values[at]))
  const shadows = values.subarray(left.length).sort()
  return {
    importance,
    shadows: {
      least: shadows[0],
      mean: shadows.reduce((sum, value) => sum + value, 0) / shadows.length,
      greatest: shadows[shadows.length - 1],
    },
  }
}

/** The columns `left`, then their shadows; a shadow has the values of its column, so that nothing is ranked again. */
function addShadows(data: RankedData, left: readonly number[], seed: Seed): RankedData {
  const { rows } = data
  let shadows = left
  while (shadows.length < fewestShadows) shadows = [...shadows, ...shadows]
  const from = [...left, ...shadows]
  const codes = new Uint16Array(rows * from.length)
  const distinct = new Float64Array(rows * from.length)
  const random = createRandom(seed)
  from.forEach((column, at) => {
    codes.set(data.codes.subarray(column * rows, (column + 1) * rows), at * rows)
    distinct.set(data.distinct.subarray(column * rows, (column + 1) * rows), at * rows)
    if (at >= left.length) shuffle(codes.subarray(at * rows, (at + 1) * rows), random)
  })
  return { ...data, columns: from.length, codes, distinct }
}

/** A column that no tree uses has the importance 0. */
function importanceOf({ importance }: GrownForest): Float64Array {
  const { permutation } = importance
  if (!permutation) return importance.giniShare
  return permutation.mean.map((mean, j) => (mean === 0 ? 0 : mean / permutation.standardError[j]))
}

function decide(hits: number, runs: number, columns: number, { variant, significance }: BorutaOptions): BorutaDecision {
  const limit = significance / columns
  const isSmall = (p: number) => (variant === 'Boruta' ? p < limit : p <= limit)
  if (isSmall(chanceOfAtLeast(hits, runs))) return 'confirmed'
  return isSmall(chanceOfAtLeast(runs - hits, runs)) ? 'rejected' : 'tentative'
}

function describeColumn(
  name: string,
  tested: BorutaDecision,
  hits: number,
  decidedIn: number,
  at: number,
  history: readonly BorutaRun[],
  roughFix: boolean,
): BorutaColumn {
  const values = history.flatMap(({ importance }) => importance[at] ?? [])
  const roughFixed = roughFix && tested === 'tentative'
  const isAbove = () => median(values) > median(history.map(({ shadows }) => shadows.greatest))
  const decision = roughFixed ? (isAbove() ? 'confirmed' : 'rejected') : tested
  return {
    name,
    decision,
    roughFixed,
    ...(decision !== 'confirmed' && { dropped: decision }),
    hits,
    runs: values.length,
    ...(decidedIn > 0 && { decidedInRun: decidedIn }),
    importance: {
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      median: median(values),
      least: Math.min(...values),
      greatest: Math.max(...values),
    },
  }
}

function tellRun(run: number, decisions: readonly BorutaDecision[]): Message {
  const count = (wanted: BorutaDecision) => decisions.filter((decision) => decision === wanted).length
  return tell('step-boruta', { run, confirmed: count('confirmed'), rejected: count('rejected'), open: count('tentative') })
}

function nameVariant({ variant, significance, trees, maximumRuns, roughFix }: BorutaOptions): Message {
  return tell('boruta', { variant, significance, trees, maximumRuns, roughFix })
}
