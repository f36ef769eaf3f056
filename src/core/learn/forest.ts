import type { Kernels } from '../kernels/kernels.ts'
import type { RunJobs } from '../numeric/jobs.ts'
import { createRandom, deriveSeed, sampleWithoutReplacement, stateFromSeed, type Seed } from '../numeric/random.ts'
import { requireCount, requireTwoClasses, type ForestData } from './forestInput.ts'
import { type RankedData, rankData } from './rankData.ts'
import { refuse } from './messages.ts'

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

/** @throws DataError for one class only, for values that are not finite, and for options outside their range */
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

/**
 * Which patients a tree drew, as the kernel draws them: the same seed gives the same bag.
 * @returns 1 a patient who is in the bag, 0 one who is out of it
 */
export function drawBag(
  patients: number,
  { seed, sampling }: Pick<ForestOptions, 'seed' | 'sampling'>,
  tree: number,
): Uint8Array {
  const random = createRandom(deriveSeed(seed, 'tree', tree))
  const draws = countDraws(patients, sampling.fraction)
  const isIn = new Uint8Array(patients)
  const drawn = sampling.replace
    ? Array.from({ length: draws }, () => random.integer(patients))
    : sampleWithoutReplacement(patients, draws, random)
  for (const patient of drawn) isIn[patient] = 1
  return isIn
}

function countDraws(patients: number, fraction: number): number {
  return Math.max(1, Math.floor(patients * fraction))
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
  if (columns === 0) throw refuse('forest-no-column', {})
  const mtry = options.mtry ?? Math.floor(Math.sqrt(columns))
  requireCount('mtry', mtry, columns)
  requireCount('trees', options.trees, greatestInt)
  requireCount('minimumNodeSize', options.minimumNodeSize, greatestInt)
  const { maximumDepth = greatestInt } = options
  requireCount('maximumDepth', maximumDepth, greatestInt)
  const { replace, fraction } = options.sampling
  if (!(fraction > 0 && fraction <= 1)) throw refuse('forest-fraction', { given: fraction })
  const classWeights: readonly [number, number] =
    options.classWeights === 'balanced'
      ? [learning / (2 * (learning - positives)), learning / (2 * positives)]
      : options.classWeights
  if (!classWeights.every((weight) => weight > 0 && weight < Infinity))
    throw refuse('forest-class-weights', { weights: classWeights })
  const draws = countDraws(countPatients(data), fraction)
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
