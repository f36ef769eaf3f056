import type { Kernels } from '../kernels/kernels.ts'
import type { RunJobs } from '../numeric/jobs.ts'
import { deriveSeed, stateFromSeed, type Seed } from '../numeric/random.ts'
import { pickColumns, type FeatureTable } from '../table/featureTable.ts'
import { requireTraining, type TrainingTable } from '../table/trainingTable.ts'
import { forestData, requireCount, requireFinite, requirePresent, requireTwoClasses, type ForestData } from './forestInput.ts'

/**
 * Breiman's random forest (Machine Learning 45, 2001) for two classes. Each tree is grown on its own sample of the rows (of the
 * patients, each with all its rows, where some have several). At each
 * node `mtry` columns are drawn, and the cut with the greatest decrease of Gini impurity is taken, at the midpoint of two
 * neighbouring values of the node's rows (of equal cuts the first found). A node becomes a leaf when it is pure, has at most
 * `minimumNodeSize` cases (draws of the sample), is at `maximumDepth`, or when the drawn columns are constant in it.
 *
 * A tree depends on the data, the options, the seed and its number alone; jobs of 50 trees are the same for any number of
 * workers. So the answer has the same bits everywhere.
 */
export interface ForestOptions {
  readonly trees: number
  /** Columns tried at a node; without it the root of their number, rounded down. */
  readonly mtry?: number
  /** 1 as randomForest; ranger's probability forests have 10. */
  readonly minimumNodeSize: number
  /** The root has depth 0; without it trees are not limited. */
  readonly maximumDepth?: number
  /**
   * A case of class 0 and 1 counts so much in impurity, in a leaf's share and so in its vote, as in randomForest (ranger weights
   * the squares in the impurity only). 'balanced': rows / (2 x rows of the class).
   */
  readonly classWeights: readonly [number, number] | 'balanced'
  /** `fraction` of the rows (patients, where some have several rows), rounded down, is drawn for each tree. */
  readonly sampling: { readonly replace: boolean; readonly fraction: number }
  /** The Gini importance costs nothing and is always there. */
  readonly importance: 'gini' | 'permutation'
  readonly seed: Seed
}

export const defaultForestOptions: ForestOptions = {
  trees: 500,
  minimumNodeSize: 1,
  classWeights: [1, 1],
  sampling: { replace: true, fraction: 1 },
  importance: 'permutation',
  seed: 1,
}

/** Data for `judgeRows`: the rows behind the first `learning` are held out, so no tree draws them; `patients` names the first ones only. */
export interface SplitForestData extends ForestData {
  readonly learning: number
}

/** Data ready to grow from: `codes` rank the values of a column among its `distinct` ones, which stand at its first places. */
export interface RankedData {
  readonly rows: number
  readonly columns: number
  readonly codes: Uint16Array
  readonly distinct: Float64Array
  readonly outcome: Uint8Array
  /** Rows that can be drawn: the first ones, all of them unless some are held out. */
  readonly learning: number
  /** Null when each patient has one row. */
  readonly patients: PatientRows | null
}

/** The rows of patient p are places `startOf[p]` to `startOf[p + 1]` of `rowsOf`; patients stand in order of appearance. */
export interface PatientRows {
  readonly startOf: Uint16Array
  readonly rowsOf: Uint16Array
}

/**
 * Trees one behind the other, each in preorder: node `start[t]` is the root of tree t, the left child is the next node, and
 * `right` is counted from the root. In a leaf `column` is -1 and `threshold` the share of class 1.
 */
export interface PackedTrees<Numbers extends ArrayLike<number> = ArrayLike<number>> {
  readonly start: Numbers
  readonly column: Numbers
  readonly right: Numbers
  /** Values up to it go left. */
  readonly threshold: Numbers
}

/** Plain data; `mtry`, depth and weights are decided. */
export interface GrowTreesJob {
  readonly data: RankedData
  readonly mtry: number
  readonly minimumNodeSize: number
  readonly maximumDepth: number
  readonly classWeights: readonly [number, number]
  readonly draws: number
  readonly replace: boolean
  readonly permute: boolean
  readonly seed: Seed
  readonly firstTree: number
  readonly trees: number
}

export interface GrownTrees {
  readonly start: Int32Array
  readonly column: Int32Array
  readonly right: Int32Array
  readonly threshold: Float64Array
  /** 3 x rows: sums over the trees that did not draw a row, of shares of class 1, of votes for it, of 1. */
  readonly ofRows: Float64Array
  /** 4 x columns: sums over trees of the decrease of impurity, of its share of the tree's, of the permutation's loss, of its square. */
  readonly ofColumns: Float64Array
}

export interface GrownForest {
  readonly trees: PackedTrees
  /** A row is judged by the trees that did not draw it; NaN when there is none. */
  readonly outOfBag: {
    /** Mean share of class 1 in the row's leaves (ranger with probability = TRUE). */
    readonly probability: Float64Array
    /** Share of the trees that vote for class 1 (randomForest); a leaf of equal shares gives half a vote. */
    readonly votes: Float64Array
    readonly trees: Float64Array
  }
  readonly importance: ForestImportance<Float64Array>
}

/** One value a column. */
export interface ForestImportance<Numbers> {
  /** Mean over trees of the decrease of Gini impurity times cases (randomForest's MeanDecreaseGini). */
  readonly gini: Numbers
  /** Mean over trees of the share of a tree's decrease, scaled to a sum of 1 (scikit-learn's feature_importances_). */
  readonly giniShare: Numbers
  /**
   * Mean over trees of the loss of out-of-bag accuracy when the column is shuffled among the tree's out-of-bag rows, not scaled
   * (randomForest's MeanDecreaseAccuracy with scale = FALSE, ranger's of a classification forest; ranger's probability forests
   * take the Brier score instead). `standardError` is their SD (n below the fraction) over the root of the number of trees.
   */
  readonly permutation?: { readonly mean: Numbers; readonly standardError: Numbers }
}

const treesPerJob = 50
/** Nodes of 50 trees of a few hundred rows: these are grown in one call. */
const usualRoom = 0x8000
const greatestInt = 0x7fffffff

/** @throws RangeError for one class only, for values that are not finite, and for options outside their range */
export async function growForest(
  data: ForestData,
  options: ForestOptions,
  runJobs: RunJobs<GrowTreesJob, GrownTrees>,
): Promise<GrownForest> {
  return growRankedForest(rankData(data), options, runJobs)
}

/** As `growForest`, for data that were ranked before: forests on the same rows need it once. */
export async function growRankedForest(
  data: RankedData,
  options: ForestOptions,
  runJobs: RunJobs<GrowTreesJob, GrownTrees>,
): Promise<GrownForest> {
  const jobs = cutJobs(data, options)
  return joinTrees(data, options, await runJobs(jobs))
}

/** Rows' votes in a forest, as `GrownForest['outOfBag']`. */
export type ForestVotes = Pick<GrownForest['outOfBag'], 'probability' | 'votes'>

/**
 * What a forest says of its own rows, out of bag, and of rows held out: with the bits of `growRankedForest` and `predictForest`, in this
 * thread and without keeping the trees.
 */
export function judgeRows(
  kernels: Kernels,
  data: RankedData,
  options: ForestOptions,
): { outOfBag: ForestVotes; heldOut: ForestVotes } {
  const { rows, learning } = data
  const jobs = cutJobs(data, options)
  return kernels.scope(() => {
    const placed = placeData(kernels, data)
    const sums = new Float64Array(3 * rows)
    const ofRows = kernels.f64(placed.ofRows, 3 * rows).fill(0)
    for (const job of jobs) {
      for (let done = 0; done < job.trees;) done += growSome(kernels, placed, job, done)
      // Sums of the rows' own trees are rounded job by job, as `joinTrees` does; those of rows held out tree by tree.
      for (let at = 0; at < ofRows.length; at++) {
        if (at % rows >= learning) continue
        sums[at] += ofRows[at]
        ofRows[at] = 0
      }
    }
    sums.forEach((sum, at) => (ofRows[at] += sum))
    const judge = (from: number, to: number): ForestVotes => {
      const judges = ofRows.subarray(2 * rows + from, 2 * rows + to)
      return {
        probability: judges.map((count, i) => ofRows[from + i] / count),
        votes: judges.map((count, i) => ofRows[rows + from + i] / count),
      }
    }
    return { outOfBag: judge(0, learning), heldOut: judge(learning, rows) }
  })
}

/**
 * Ranks every column once.
 * @throws RangeError with more than 65535 rows, or with the number (from 1) of a row and column whose value is not finite
 */
export function rankData(data: ForestData | SplitForestData): RankedData {
  const { rows, columns, values, outcome, patients } = data
  if (rows > 0xffff) throw new RangeError(`A forest takes at most 65535 rows; ${rows} were given.`)
  if (values.length !== rows * columns || outcome.length !== rows)
    throw new RangeError(
      `${rows} rows and ${columns} columns need ${rows * columns} values and ${rows} outcomes; ${values.length} and ${outcome.length} were given.`,
    )
  const codes = new Uint16Array(rows * columns)
  const distinct = new Float64Array(rows * columns)
  for (let j = 0; j < columns; j++) {
    const column = values.subarray(j * rows, (j + 1) * rows)
    const wrong = column.findIndex((value) => !Number.isFinite(value))
    if (wrong >= 0) throw new RangeError(`A forest takes finite values; row ${wrong + 1} of column ${j + 1} is ${column[wrong]}.`)
    const sorted = Float64Array.from(column).sort()
    const levels = distinct.subarray(j * rows, (j + 1) * rows)
    let count = 0
    for (let i = 0; i < rows; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) levels[count++] = sorted[i]
    for (let i = 0; i < rows; i++) codes[j * rows + i] = placeOf(column[i], levels, count)
  }
  return {
    rows,
    columns,
    codes,
    distinct,
    outcome,
    learning: 'learning' in data ? data.learning : rows,
    patients: patients ? groupRows(patients) : null,
  }
}

/** @throws RangeError when a bag could hold more rows than a forest takes: patients drawn with many rows each */
function groupRows(patients: readonly string[]): PatientRows {
  const rowsOf = new Map<string, number[]>()
  patients.forEach((patient, row) => rowsOf.set(patient, [...(rowsOf.get(patient) ?? []), row]))
  const groups = [...rowsOf.values()]
  const most = groups.reduce((size, rows) => Math.max(size, rows.length), 0)
  if (most * groups.length > 0xffff)
    throw new RangeError(
      `A forest takes bags of at most 65535 rows; ${groups.length} patients of up to ${most} rows could make more.`,
    )
  const startOf = new Uint16Array(groups.length + 1)
  groups.forEach((rows, p) => (startOf[p + 1] = startOf[p] + rows.length))
  return { startOf, rowsOf: Uint16Array.from(groups.flat()) }
}

/** Some columns, by position, of data that were ranked before. */
export function pickRankedColumns(data: RankedData, columns: readonly number[]): RankedData {
  const { rows } = data
  const codes = new Uint16Array(rows * columns.length)
  const distinct = new Float64Array(rows * columns.length)
  columns.forEach((from, to) => {
    codes.set(data.codes.subarray(from * rows, (from + 1) * rows), to * rows)
    distinct.set(data.distinct.subarray(from * rows, (from + 1) * rows), to * rows)
  })
  return { ...data, columns: columns.length, codes, distinct }
}

/** Grows the trees of one job. */
export function growTrees(kernels: Kernels, job: GrowTreesJob): GrownTrees {
  return kernels.scope(() => growPlaced(kernels, placeData(kernels, job.data), job))
}

/** Data, and what growing from them needs, inside WASM memory: pointers. */
type PlacedData = ReturnType<typeof placeData>

function placeData(kernels: Kernels, { rows, columns, codes, distinct, outcome, learning, patients }: RankedData) {
  const place = (bytes: Uint16Array | Float64Array | Uint8Array) => {
    const pointer = kernels.allocate(bytes.byteLength)
    kernels.u8(pointer, bytes.byteLength).set(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    return pointer
  }
  const groups = patients ? ([place(patients.rowsOf), place(patients.startOf)] as const) : ([0, 0] as const)
  const data = [place(codes), place(distinct), place(outcome), countPatients({ learning, patients }), ...groups] as const
  const room = Math.max(2 * rows - 1, usualRoom)
  const scratchBytes = kernels.exports.growTreesScratch(rows, columns)
  const scratch = kernels.allocate(scratchBytes)
  kernels.u8(scratch, scratchBytes).fill(0)
  return {
    data,
    scratch,
    room,
    column: kernels.allocate(4 * room),
    right: kernels.allocate(4 * room),
    threshold: kernels.allocate(8 * room),
    ofRows: kernels.allocate(8 * 3 * rows),
    ofColumns: kernels.allocate(8 * 4 * columns),
    states: kernels.allocate(16 * treesPerJob),
    nodesOf: kernels.allocate(4 * treesPerJob),
  }
}

function growPlaced(kernels: Kernels, placed: PlacedData, job: GrowTreesJob): GrownTrees {
  const { rows, columns } = job.data
  const ofRows = kernels.f64(placed.ofRows, 3 * rows).fill(0)
  const ofColumns = kernels.f64(placed.ofColumns, 4 * columns).fill(0)
  const start = new Int32Array(job.trees + 1)
  const grown: Nodes[] = []
  for (let t = 0; t < job.trees;) {
    const count = growSome(kernels, placed, job, t)
    const before = start[t]
    for (const nodes of kernels.i32(placed.nodesOf, count)) start[t + 1] = start[t++] + nodes
    const nodes = start[t] - before
    grown.push({
      column: kernels.i32(placed.column, nodes).slice(),
      right: kernels.i32(placed.right, nodes).slice(),
      threshold: kernels.f64(placed.threshold, nodes).slice(),
    })
  }
  return { start, ...concatenateNodes(grown, start), ofRows: ofRows.slice(), ofColumns: ofColumns.slice() }
}

/** Grows as many of the job's trees, from number `done` of the job on, as there is room for. Returns how many. */
function growSome(kernels: Kernels, placed: PlacedData, job: GrowTreesJob, done: number): number {
  const left = job.trees - done
  const stateOf = kernels.i32(placed.states, 4 * left)
  for (let t = 0; t < left; t++) stateOf.set(stateFromSeed(deriveSeed(job.seed, 'tree', job.firstTree + done + t)), 4 * t)
  return kernels.exports.growTrees(
    ...placed.data,
    job.data.rows,
    job.data.columns,
    job.mtry,
    job.minimumNodeSize,
    job.maximumDepth,
    ...job.classWeights,
    job.draws,
    job.replace,
    job.permute,
    placed.states,
    left,
    placed.scratch,
    placed.room,
    placed.column,
    placed.right,
    placed.threshold,
    placed.nodesOf,
    placed.ofRows,
    placed.ofColumns,
  )
}

/**
 * @param values column-major, columns as in growing; not NaN
 * @returns a row, over all trees: mean share of class 1, and share of votes for it (a leaf of equal shares gives half a vote)
 */
export function predictForest(
  { start, column, right, threshold }: PackedTrees,
  values: Float64Array,
  rows: number,
): { probability: Float64Array; votes: Float64Array } {
  const trees = start.length - 1
  const probability = new Float64Array(rows)
  const votes = new Float64Array(rows)
  for (let t = 0; t < trees; t++) {
    const root = start[t]
    for (let row = 0; row < rows; row++) {
      let node = root
      while (column[node] >= 0) node = values[column[node] * rows + row] <= threshold[node] ? node + 1 : root + right[node]
      const share = threshold[node]
      probability[row] += share
      votes[row] += share > 0.5 ? 1 : share < 0.5 ? 0 : 0.5
    }
  }
  return { probability: probability.map((sum) => sum / trees), votes: votes.map((sum) => sum / trees) }
}

export interface ForestModelOptions extends ForestOptions {
  /** The score: mean share of class 1 in the leaves, or the share of trees whose leaf has more of class 1 (randomForest). */
  readonly voting: 'share' | 'majority'
}

export const defaultForestModelOptions: ForestModelOptions = { ...defaultForestOptions, voting: 'share' }

/** Plain data, as JSON. */
export interface ForestModel {
  readonly kind: 'forest'
  readonly engine: 'wasm'
  readonly columns: readonly string[]
  readonly learntFrom: readonly string[]
  /** Class weights shift the scores: they are no probabilities until they are recalibrated. */
  readonly score: 'probability' | 'decision'
  readonly options: ForestModelOptions
  readonly trees: PackedTrees<readonly number[]>
  /** Scores of the training patients, in the order of `learntFrom`. */
  readonly training: {
    /** By the trees that did not draw the patient; null when all did. These are the ones to judge by. */
    readonly 'out-of-bag': readonly (number | null)[]
    /** By all trees (resubstitution): close to the outcome whatever it is. */
    readonly apparent: readonly number[]
  }
  readonly importance: ForestImportance<readonly number[]>
}

/** @throws RangeError as `growForest`, naming column and patient */
export async function fitForest(
  training: TrainingTable,
  options: ForestModelOptions,
  runJobs: RunJobs<GrowTreesJob, GrownTrees>,
): Promise<ForestModel> {
  requireTraining(training)
  requireFinite(training)
  const rows = training.ids.length
  const { values } = training
  const forest = await growForest(forestData(training), options, runJobs)
  const scores = options.voting === 'share' ? forest.outOfBag.probability : forest.outOfBag.votes
  const apparent = predictForest(forest.trees, values, rows)
  const { gini, giniShare, permutation } = forest.importance
  return {
    kind: 'forest',
    engine: 'wasm',
    columns: training.columns,
    learntFrom: training.ids,
    score:
      options.classWeights !== 'balanced' && options.classWeights[0] === options.classWeights[1] ? 'probability' : 'decision',
    options,
    trees: {
      start: Array.from(forest.trees.start),
      column: Array.from(forest.trees.column),
      right: Array.from(forest.trees.right),
      threshold: Array.from(forest.trees.threshold),
    },
    training: {
      'out-of-bag': Array.from(scores, (score) => (Number.isNaN(score) ? null : score)),
      apparent: Array.from(options.voting === 'share' ? apparent.probability : apparent.votes),
    },
    importance: {
      gini: Array.from(gini),
      giniShare: Array.from(giniShare),
      ...(permutation && {
        permutation: { mean: Array.from(permutation.mean), standardError: Array.from(permutation.standardError) },
      }),
    },
  }
}

/**
 * Scores of the patients of a table, which may have other columns too. For the model's own training patients these are the
 * apparent ones.
 * @throws RangeError that names columns that are not there, or the patient and column of a missing value
 */
export function applyForest(model: ForestModel, table: FeatureTable): Float64Array {
  const picked = pickColumns(table, model.columns)
  requirePresent(picked)
  const { start, column, right, threshold } = model.trees
  const trees = {
    start: Int32Array.from(start),
    column: Int32Array.from(column),
    right: Int32Array.from(right),
    threshold: Float64Array.from(threshold),
  }
  const scores = predictForest(trees, picked.values, picked.ids.length)
  return model.options.voting === 'share' ? scores.probability : scores.votes
}

function cutJobs(data: RankedData, options: ForestOptions): GrowTreesJob[] {
  const whole = decideOptions(data, options)
  return Array.from({ length: Math.ceil(options.trees / treesPerJob) }, (_, i) => ({
    ...whole,
    firstTree: i * treesPerJob,
    trees: Math.min(treesPerJob, options.trees - i * treesPerJob),
  }))
}

function countPatients({ learning, patients }: Pick<RankedData, 'learning' | 'patients'>): number {
  return patients ? patients.startOf.length - 1 : learning
}

function decideOptions(data: RankedData, options: ForestOptions): Omit<GrowTreesJob, 'firstTree' | 'trees'> {
  const { columns, learning } = data
  const outcome = data.outcome.subarray(0, learning)
  const positives = outcome.reduce((sum, label) => sum + label, 0)
  requireTwoClasses(outcome)
  if (columns === 0) throw new RangeError('A forest needs at least one column; none was given.')
  const mtry = options.mtry ?? Math.floor(Math.sqrt(columns))
  requireCount('mtry', mtry, columns)
  requireCount('trees', options.trees, greatestInt)
  requireCount('minimumNodeSize', options.minimumNodeSize, greatestInt)
  const { maximumDepth = greatestInt } = options
  requireCount('maximumDepth', maximumDepth, greatestInt)
  const { replace, fraction } = options.sampling
  if (!(fraction > 0 && fraction <= 1)) throw new RangeError(`sampling.fraction is above 0 and at most 1; ${fraction} was given.`)
  const classWeights: readonly [number, number] =
    options.classWeights === 'balanced'
      ? [learning / (2 * (learning - positives)), learning / (2 * positives)]
      : options.classWeights
  if (!classWeights.every((weight) => weight > 0 && weight < Infinity))
    throw new RangeError(`Class weights are above 0 and finite; ${classWeights.join(' and ')} were given.`)
  const draws = Math.max(1, Math.floor(countPatients(data) * fraction))
  const { minimumNodeSize, seed } = options
  return { data, mtry, minimumNodeSize, maximumDepth, classWeights, draws, replace, permute: options.importance === 'permutation', seed } // prettier-ignore
}

function joinTrees(
  { rows, columns }: RankedData,
  { trees, importance }: ForestOptions,
  parts: readonly GrownTrees[],
): GrownForest {
  const ofRows = addUp(parts.map((part) => part.ofRows), 3 * rows) // prettier-ignore
  const ofColumns = addUp(parts.map((part) => part.ofColumns), 4 * columns) // prettier-ignore
  const start = new Int32Array(trees + 1)
  let t = 0
  let shift = 0
  for (const part of parts) {
    for (let i = 1; i < part.start.length; i++) start[++t] = shift + part.start[i]
    shift = start[t]
  }
  const outOfBag = ofRows.subarray(2 * rows)
  const mean = (sums: Float64Array) => sums.map((sum) => sum / trees)
  const sumsOfColumns = (which: number) => ofColumns.subarray(which * columns, (which + 1) * columns)
  const shares = sumsOfColumns(1)
  const allShares = shares.reduce((sum, share) => sum + share, 0)
  const losses = mean(sumsOfColumns(2))
  const squares = sumsOfColumns(3)
  return {
    trees: { start, ...concatenateNodes(parts, start) },
    outOfBag: {
      probability: outOfBag.map((count, i) => ofRows[i] / count),
      votes: outOfBag.map((count, i) => ofRows[rows + i] / count),
      trees: outOfBag,
    },
    importance: {
      gini: mean(sumsOfColumns(0)),
      giniShare: allShares > 0 ? shares.map((share) => share / allShares) : shares,
      ...(importance === 'permutation' && {
        permutation: {
          mean: losses,
          standardError: losses.map((loss, j) => Math.sqrt(Math.max(0, squares[j] / trees - loss * loss) / trees)),
        },
      }),
    },
  }
}

type Nodes = Pick<GrownTrees, 'column' | 'right' | 'threshold'>

function concatenateNodes(parts: readonly Nodes[], start: Int32Array): Nodes {
  const nodes = start[start.length - 1]
  const all = { column: new Int32Array(nodes), right: new Int32Array(nodes), threshold: new Float64Array(nodes) }
  let at = 0
  for (const part of parts) {
    all.column.set(part.column, at)
    all.right.set(part.right, at)
    all.threshold.set(part.threshold, at)
    at += part.column.length
  }
  return all
}

function addUp(parts: readonly Float64Array[], length: number): Float64Array {
  const sums = new Float64Array(length)
  for (const part of parts) for (let i = 0; i < length; i++) sums[i] += part[i]
  return sums
}

function placeOf(value: number, levels: Float64Array, count: number): number {
  let from = 0
  let to = count - 1
  while (from < to) {
    const middle = (from + to) >> 1
    if (levels[middle] < value) from = middle + 1
    else to = middle
  }
  return from
}
