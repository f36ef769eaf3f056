import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readCandidates } from '../../../reference/candidates.ts'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { growTrees, type GrowTreesJob } from '../learn/forest.ts'
import { createRandom } from '../numeric/random.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { pickTrainingColumns, takeTraining } from '../table/trainingTable.ts'
import { defaultElimination, eliminateInFolds, eliminateRecursively, type EliminationOptions } from './elimination.ts'

const kernels = await loadKernels()
const growHere = async (jobs: readonly GrowTreesJob[]) => jobs.map((job) => growTrees(kernels, job))
const growNothing = () => Promise.reject(new Error('a forest was asked for'))

describe('with logistic regression it is caret’s rfe', () => {
  interface Case {
    table: string
    columns: number
    rerank: boolean
    sizes: number[]
    accuracy: number[]
    size: number
    order: number | number[]
  }
  const { cases } = JSON.parse(readFileSync('reference/r/elimination.json', 'utf8')) as { cases: Case[] }

  test.each(cases)('$table, $columns columns, ranked anew: $rerank', async (answer) => {
    const all = readCandidates(answer.table)
    const training = pickTrainingColumns(all, all.columns.slice(0, answer.columns))
    const foldOf = Uint8Array.from(training.ids, (_, row) => row % 5)
    const options: EliminationOptions = { ...defaultElimination, ranking: 'logistic', rerank: answer.rerank, metric: 'Accuracy', sizes: [1, 2, 3, 5] } // prettier-ignore
    const { sizes, order } = await eliminateInFolds(training, foldOf, options, growNothing)
    expect(sizes.map(({ size }) => size)).toEqual(answer.sizes)
    sizes.forEach(({ mean }, k) => expect(mean).toBeCloseTo(answer.accuracy[k], 12))
    expect(order).toEqual([answer.order].flat().map((j) => training.columns[j]))
    expect(order).toHaveLength(answer.size)
  })
})

/** Two planted columns, then noise; every third patient is positive and the last 20 are validation. */
function simulate(columns: number, { validationShift = 0, positive = 3 } = {}) {
  const random = createRandom(21)
  const outcome = Array.from({ length: 110 }, (_, i) => (i % positive === 0 ? 1 : 0))
  const values = Float64Array.from({ length: 110 * columns }, (_, at) => {
    const row = at % 110
    return random.uniform() + (at < 220 ? 0.6 * outcome[row] : 0) + (row < 90 ? 0 : validationShift)
  })
  const ids = outcome.map((_, i) => `p${i}`)
  const names = Array.from({ length: columns }, (_, j) => `f${j}`)
  const cohorts = { training: ids.slice(0, 90), validation: ids.slice(90) }
  return takeTraining(makeFeatureTable(ids, names, values), outcome, cohorts)
}

const quick: EliminationOptions = { ...defaultElimination, trees: 100 }

test.each([false, true])('a forest ranks planted columns first (ranked anew: %s)', async (rerank) => {
  const told: number[] = []
  const training = simulate(12)
  const selection = await eliminateRecursively(training, { ...quick, rerank }, growHere, ({ done, total }) =>
    told.push(done / total),
  )
  expect([...selection.order.slice(0, 2)].sort()).toEqual(['f0', 'f1'])
  expect(selection.sizes.map(({ size }) => size)).toEqual([1, 2, 4, 8, 12])
  expect(Math.max(...selection.sizes.map(({ mean }) => mean))).toBeGreaterThan(0.85)
  expect(selection.kept).toEqual(selection.candidates.filter((name) => selection.order.includes(name)))
  expect(selection.learntFrom).toEqual(training.ids)
  expect(selection.folds.flatMap(({ heldOut }) => heldOut).sort()).toEqual([...training.ids].sort())
  for (const { learntFrom, heldOut } of selection.folds) expect(learntFrom.filter((id) => heldOut.includes(id))).toEqual([])
  expect(told).toHaveLength(25)
  expect(told.at(-1)).toBe(1)
})

test('of noise something is kept, as caret’s rfe does which has no size 0, and the record says that it may be chance', async () => {
  const all = simulate(17)
  const noise = pickTrainingColumns(all, all.columns.slice(2))
  for (const seed of [1, 2, 3]) {
    const { kept, sizes, aboveChance } = await eliminateRecursively(noise, { ...quick, seed }, growHere)
    expect(sizes.map(({ size }) => size)).toEqual([1, 2, 4, 8, 15])
    expect(kept.length).toBe(sizes.reduce((a, b) => (b.mean > a.mean + 1e-12 ? b : a)).size)
    expect(aboveChance).toBe(false)
  }
  expect((await eliminateRecursively(all, quick, growHere)).aboveChance).toBe(true)
})

test('what no column reaches is an AUC of 0.5, or the share of the larger class', async () => {
  // Everybody is said to be of the larger class, so Accuracy is 2/3 in every fold and no better than without a column.
  const all = simulate(2)
  const constant = takeTraining(makeFeatureTable(all.ids, ['c'], new Float64Array(90).fill(1)), all.outcome, { training: all.ids, validation: [] })
  for (const metric of ['AUC', 'Accuracy'] as const) {
    const { sizes, aboveChance } = await eliminateRecursively(constant, { ...quick, ranking: 'logistic', metric }, growNothing)
    expect(sizes[0].mean).toBeCloseTo(metric === 'AUC' ? 0.5 : 2 / 3, 12)
    expect(aboveChance).toBe(false)
  }
}) // prettier-ignore

test('the same seed gives the same answer, whatever the validation values', async () => {
  const run = (shift: number, seed: number) =>
    eliminateRecursively(simulate(5, { validationShift: shift }), { ...quick, seed }, growHere)
  const first = await run(0, 1)
  expect(await run(7, 1)).toEqual(first)
  expect((await run(0, 2)).sizes).not.toEqual(first.sizes)
})

test.each([
  [1, ['f0']],
  [0, []],
])('%i columns', async (columns, kept) => {
  const training = pickTrainingColumns(simulate(2), ['f0', 'f1'].slice(0, columns))
  const selection = await eliminateRecursively(training, quick, growHere)
  expect(selection.kept).toEqual(kept)
  expect(selection.aboveChance).toBe(kept.length > 0 ? true : null)
})

test('bad input is refused in words', async () => {
  await expect(eliminateRecursively(simulate(2, { positive: 60 }), quick, growHere)).rejects.toThrowSaying(
    '5 folds need at least 5',
  )
  await expect(eliminateRecursively(simulate(2, { positive: 1 }), quick, growHere)).rejects.toThrowSaying(
    'patients of both classes',
  )
  await expect(eliminateRecursively(simulate(2), { ...quick, sizes: [1.5] }, growHere)).rejects.toThrowSaying('1.5 was given')
})
