import { pickColumns } from '../table/featureTable.ts'
import { patientsOf, type TrainingTable } from '../table/trainingTable.ts'
import { drawBag } from './forest.ts'
import type { ForestModel } from './forestModel.ts'

/** Entry t: of the first t + 1 trees. NaN where no patient was out of all bags yet, or none of the class. */
export interface OutOfBagError {
  /** Share of the patients whom most trees that did not draw them call wrongly; a tie is half wrong. */
  readonly all: readonly number[]
  /** Of class 1 and of class 0 alone. */
  readonly positive: readonly number[]
  readonly negative: readonly number[]
}

/**
 * How a forest's out-of-bag error falls as trees are added, randomForest's `err.rate` (which breaks ties by lot).
 * @param training the table that the forest was grown from
 */
export function traceOutOfBagError({ trees, options, columns }: ForestModel, training: TrainingTable): OutOfBagError {
  const { values } = pickColumns(training, columns)
  const rows = training.ids.length
  const patients = patientsOf(training)
  const place = new Map([...new Set(patients)].map((patient, k) => [patient, k]))
  const patientOf = patients.map((patient) => place.get(patient)!)
  const { start, column, right, threshold } = trees
  return traceErrors(training.outcome, start.length - 1, (tree) => {
    const isIn = drawBag(place.size, options, tree)
    const root = start[tree]
    return Float64Array.from(patientOf, (patient, row) => {
      if (isIn[patient] === 1) return NaN
      let node = root
      while (column[node] >= 0) node = values[column[node] * rows + row] <= threshold[node] ? node + 1 : root + right[node]
      return threshold[node] > 0.5 ? 1 : threshold[node] < 0.5 ? 0 : 0.5
    })
  })
}

/**
 * @param outcome 0 or 1 a row
 * @param votesOf a tree's vote for class 1 a row; NaN where it drew the row
 */
export function traceErrors(
  outcome: ArrayLike<number>,
  trees: number,
  votesOf: (tree: number) => ArrayLike<number>,
): OutOfBagError {
  const ofOne = new Float64Array(outcome.length)
  const judges = new Int32Array(outcome.length)
  const traced = { all: [] as number[], positive: [] as number[], negative: [] as number[] }
  for (let tree = 0; tree < trees; tree++) {
    const votes = votesOf(tree)
    const wrong = [0, 0]
    const judged = [0, 0]
    for (let row = 0; row < outcome.length; row++) {
      if (!Number.isNaN(votes[row])) {
        ofOne[row] += votes[row]
        judges[row]++
      }
      if (judges[row] === 0) continue
      const share = ofOne[row] / judges[row]
      judged[outcome[row]]++
      wrong[outcome[row]] += share === 0.5 ? 0.5 : share > 0.5 === (outcome[row] === 1) ? 0 : 1
    }
    traced.all.push((wrong[0] + wrong[1]) / (judged[0] + judged[1]))
    traced.negative.push(wrong[0] / judged[0])
    traced.positive.push(wrong[1] / judged[1])
  }
  return traced
}
