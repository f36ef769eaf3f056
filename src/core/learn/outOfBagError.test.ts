import { expect, test } from 'vitest'
import { learnReference } from '../../../reference/evaluation.ts'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { createRandom } from '../numeric/random.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { drawTrainingRows, takeTraining } from '../table/trainingTable.ts'
import { growTrees } from './forest.ts'
import { defaultForestModelOptions, fitForest } from './forestModel.ts'
import { traceErrors, traceOutOfBagError } from './outOfBagError.ts'

test('errors are those of randomForest, but for votes that are tied: it breaks them by lot', () => {
  const { outcome, votes, all, positive, negative } = learnReference.outOfBag
  const ours = traceErrors(outcome, votes.length, (tree) => votes[tree].map((vote) => vote ?? NaN))
  const size = { all: outcome.length, positive: outcome.filter((label) => label === 1).length, negative: 0 }
  size.negative = size.all - size.positive
  for (const [name, expected] of Object.entries({ all, positive, negative })) {
    const kind = name as keyof typeof size
    ours[kind].forEach((error, tree) => {
      const seen = new Map<number, [number, number]>()
      for (const row of votes.slice(0, tree + 1))
        row.forEach((vote, i) => vote !== null && seen.set(i, [(seen.get(i)?.[0] ?? 0) + vote, (seen.get(i)?.[1] ?? 0) + 1]))
      const isOf = (i: number) => kind === 'all' || (outcome[i] === 1) === (kind === 'positive')
      const judged = [...seen].filter(([i]) => isOf(i))
      const ties = judged.filter(([, [ones, trees]]) => 2 * ones === trees).length
      // randomForest divides by all patients of the class, judged or not, in its first trees.
      if (judged.length < size[kind]) return
      expect(Math.abs(error - expected[tree]), `${name} after ${tree + 1} trees`).toBeLessThanOrEqual(
        ties / 2 / size[kind] + 1e-9,
      )
    })
  }
})

const kernels = await loadKernels()
const random = createRandom(3)
const ids = Array.from({ length: 80 }, (_, i) => `p${i}`)
const values = Float64Array.from({ length: 240 }, () => random.uniform())
const outcome = ids.map((_, i) => (values[i] + values[80 + i] + random.uniform() > 1.6 ? 1 : 0))
const training = takeTraining(makeFeatureTable(ids, ['a', 'b', 'c'], values), outcome, { training: ids, validation: [] })
const grow = (options: object, table = training) => fitForest(table, { ...defaultForestModelOptions, trees: 120, ...options }, async (jobs) => jobs.map((job) => growTrees(kernels, job))) // prettier-ignore

test.each([
  ['with replacement', { voting: 'majority' }],
  ['without', { voting: 'majority', sampling: { replace: false, fraction: 0.63 } }],
])('the bags are those that the kernel drew, %s: the last error is that of the forest’s own votes', async (_, options) => {
  const model = await grow(options)
  const wrong = model.training['out-of-bag'].map((share, i) =>
    share === 0.5 ? 0.5 : share! > 0.5 === (outcome[i] === 1) ? 0 : 1,
  )
  const error = traceOutOfBagError(model, training)
  expect(error.all).toHaveLength(120)
  expect(error.all.at(-1)).toBeCloseTo(wrong.reduce((sum: number, value) => sum + value, 0) / 80, 12)
})

test('copies of a patient are in or out of a bag together', async () => {
  const { table: doubled } = drawTrainingRows(training, [...ids.keys(), ...ids.keys()])
  const model = await grow({ voting: 'majority' }, doubled)
  const wrong = model.training['out-of-bag'].map((share, i) => (share === 0.5 ? 0.5 : share! > 0.5 === (doubled.outcome[i] === 1) ? 0 : 1)) // prettier-ignore
  expect(traceOutOfBagError(model, doubled).all.at(-1)).toBeCloseTo(
    wrong.reduce((sum: number, value) => sum + value, 0) / 160,
    12,
  )
})
