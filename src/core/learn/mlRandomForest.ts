import { RandomForestClassifier } from 'ml-random-forest'
import { deriveSeed, type Seed } from '../numeric/random.ts'
import { columnAt, pickColumns, type FeatureTable } from '../table/featureTable.ts'
import { requireTraining, type TrainingTable } from '../table/trainingTable.ts'
import { requireCount, requireFinite, requirePresent, requireTwoClasses } from './forestInput.ts'

/**
 * The forest of the npm package ml-random-forest (2.1), to compare with. It differs from Breiman's (`forest.ts`):
 * - the `mtry` columns are drawn once a tree, not at every split (Ho's random subspaces, IEEE TPAMI 20(8), 1998);
 * - a node is a leaf at 3 cases or fewer, when its best cut gains at most 0.01 of Gini impurity, or exactly as much as its
 *   parent's did; so trees are smaller;
 * - cuts are tried only between neighbours (by value) of different class; values below the cut go left, equal ones right;
 * - a leaf votes for class 0 when its classes are equal; a score is the share of votes;
 * - no class weights, no importance; much slower.
 * Here columns are drawn without replacement (its default draws with), and the votes are counted here: its own
 * `predictProbability` takes the first tree's vote for the sum it starts from. Its random numbers are a seeded Mersenne Twister.
 */
export interface MlForestOptions {
  readonly trees: number
  /** Columns of a tree; without it the root of their number, rounded down. */
  readonly mtry?: number
  readonly seed: Seed
}

export const defaultMlForestOptions: MlForestOptions = { trees: 500, seed: 1 }

/** Plain data, as JSON. */
export interface MlForestModel {
  readonly kind: 'forest'
  readonly engine: 'ml-random-forest'
  readonly columns: readonly string[]
  readonly learntFrom: readonly string[]
  readonly score: 'probability'
  readonly options: MlForestOptions
  /** Roots. */
  readonly trees: readonly MlNode[]
  /** As in `ForestModel`: by the trees that did not draw the patient (null when all did), and by all. */
  readonly training: { readonly 'out-of-bag': readonly (number | null)[]; readonly apparent: readonly number[] }
}

/** A leaf's class, or a cut: `column` is a position in the model's columns; values below `cut` go left. */
export type MlNode = 0 | 1 | { readonly column: number; readonly cut: number; readonly left: MlNode; readonly right: MlNode }

/** @throws DataError for one class only, options outside their range, or a value that is missing or infinite */
export function fitMlForest(training: TrainingTable, options: MlForestOptions): MlForestModel {
  requireTraining(training)
  const columns = training.columns.length
  const mtry = options.mtry ?? Math.floor(Math.sqrt(columns))
  requireTwoClasses(training.outcome)
  requireFinite(training)
  requireCount('mtry', mtry, columns)
  requireCount('trees', options.trees, 0x7fffffff)

  const forest = new ForestWithGaps({
    nEstimators: options.trees,
    // 1 would mean "all of them"; a fraction is rounded down.
    maxFeatures: mtry === 1 ? Math.min(1, 1.5 / columns) : mtry,
    replacement: false,
    useSampleBagging: true,
    noOOB: false,
    seed: deriveSeed(options.seed, 'ml-random-forest') % 0x80000000,
  })
  forest.train(
    training.ids.map((_, row) => training.columns.map((_, j) => columnAt(training, j)[row])),
    Array.from(training.outcome),
  )
  const estimators = forest.estimators as unknown as { root: LibraryNode }[]
  const trees = estimators.map(({ root }, t) => packNode(root, forest.indexes![t]))
  return {
    kind: 'forest',
    engine: 'ml-random-forest',
    columns: training.columns,
    learntFrom: training.ids,
    score: 'probability',
    options,
    trees,
    training: {
      'out-of-bag': forest.oobResults!.map(({ all }) => (all.length > 0 ? share(all) : null)),
      apparent: Array.from(countVotes(trees, training)),
    },
  }
}

/**
 * Share of the trees that vote for class 1, for every patient of the table.
 * @throws DataError that names columns that are not there, or the patient and column of a missing value
 */
export function applyMlForest(model: MlForestModel, table: FeatureTable): Float64Array {
  const picked = pickColumns(table, model.columns)
  requirePresent(picked)
  return countVotes(model.trees, picked)
}

interface LibraryNode {
  readonly splitColumn: number
  readonly splitValue: number
  readonly left?: LibraryNode
  readonly right?: LibraryNode
  readonly distribution?: { maxRowIndex(row: number): [number, number] }
}

/** Its own stops with an error when a row was drawn by every tree. */
class ForestWithGaps extends RandomForestClassifier {
  override selection(values: number[]): number {
    return values.length > 0 ? super.selection(values) : NaN
  }
}

function packNode(node: LibraryNode, columns: readonly number[]): MlNode {
  if (!node.left || !node.right) return node.distribution!.maxRowIndex(0)[1] === 1 ? 1 : 0
  return {
    column: columns[node.splitColumn],
    cut: node.splitValue,
    left: packNode(node.left, columns),
    right: packNode(node.right, columns),
  }
}

function share(votes: readonly number[]): number {
  return votes.reduce((sum, vote) => sum + vote, 0) / votes.length
}

function countVotes(trees: readonly MlNode[], { ids, values }: FeatureTable): Float64Array {
  const rows = ids.length
  return Float64Array.from(ids, (_, row) => {
    let votes = 0
    for (const root of trees) {
      let node = root
      while (typeof node === 'object') node = values[node.column * rows + row] < node.cut ? node.left : node.right
      votes += node
    }
    return votes / trees.length
  })
}
