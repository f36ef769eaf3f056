import { RandomForestClassifier } from 'ml-random-forest'
import { afterEach, expect, test, vi } from 'vitest'
import { createRandom, deriveSeed } from '../numeric/random.ts'
import { rocAuc } from '../numeric/ranks.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { applyMlForest, defaultMlForestOptions, fitMlForest } from './mlRandomForest.ts'

const random = createRandom(4)
const ids = Array.from({ length: 120 }, (_, i) => `p${i}`)
const values = Float64Array.from({ length: 120 * 4 }, () => random.uniform())
const outcome = Uint8Array.from(ids, (_, i) => (values[i] + values[120 + i] + 0.4 * random.uniform() > 1.2 ? 1 : 0))
const table = makeFeatureTable(ids, ['a', 'b', 'c', 'd'], values)
const cohorts = { training: ids.slice(0, 70), validation: ids.slice(70) }
const training = takeTraining(table, outcome, cohorts)
const options = { ...defaultMlForestOptions, trees: 40 }

afterEach(() => vi.restoreAllMocks())

test('the seed alone decides: Math.random is never called', () => {
  const first = fitMlForest(training, options)
  vi.spyOn(Math, 'random').mockImplementation(() => {
    throw new Error('Math.random was called')
  })
  expect(fitMlForest(training, options)).toEqual(first)
  expect(fitMlForest(training, { ...options, seed: 2 })).not.toEqual(first)
})

test('the packed trees vote as the library does', () => {
  const seed = deriveSeed(options.seed, 'ml-random-forest') % 2 ** 31
  const model = fitMlForest(training, { ...options, mtry: 3 })
  const library = new RandomForestClassifier({ nEstimators: 40, maxFeatures: 3, replacement: false, seed })
  const rowsOf = (wanted: readonly string[]) => wanted.map((id) => [0, 1, 2, 3].map((j) => values[j * 120 + ids.indexOf(id)]))
  library.train(rowsOf(training.ids), [...training.outcome])
  const votes = library.predictionValues(rowsOf(ids)).to2DArray()
  const scores = applyMlForest(model, table)
  votes.forEach((row, i) => expect(scores[i]).toBe(row.filter((vote) => vote === 1).length / 40))
  library.oobResults!.forEach(({ all }, i) =>
    expect(model.training['out-of-bag'][i]).toBe(all.filter((vote) => vote === 1).length / all.length),
  )
})

test('it learns, is JSON, and keeps out-of-bag and apparent scores apart', () => {
  const model = fitMlForest(training, { ...options, mtry: 4 })
  expect(JSON.parse(JSON.stringify(model))).toEqual(model)
  expect(model.learntFrom).toEqual(cohorts.training)
  const outOfBag = rocAuc(model.training['out-of-bag'] as number[], training.outcome)
  const apparent = rocAuc(model.training.apparent, training.outcome)
  const unseen = rocAuc(applyMlForest(model, table).subarray(70), outcome.subarray(70))
  expect(outOfBag).toBeGreaterThan(0.85)
  expect(unseen).toBeGreaterThan(0.85)
  expect(apparent).toBeGreaterThan(outOfBag)
  expect([...applyMlForest(model, training)]).toEqual(model.training.apparent)
})

test('one column a tree is one column, a single tree leaves patients it drew without a score', () => {
  const model = fitMlForest(training, { ...options, mtry: 1 })
  const columnsOf = (node: (typeof model.trees)[number]): number[] =>
    typeof node === 'object' ? [node.column, ...columnsOf(node.left), ...columnsOf(node.right)] : []
  for (const tree of model.trees) expect(new Set(columnsOf(tree)).size).toBeLessThanOrEqual(1)
  expect(new Set(model.trees.flatMap(columnsOf)).size).toBe(4)
  expect(fitMlForest(training, { ...options, trees: 1 }).training['out-of-bag']).toContain(null)
})

test('bad input is told plainly', () => {
  expect(() => fitMlForest(training, { ...options, mtry: 5 })).toThrowSaying('from 1 to 4 (the number of columns); 5 was given')
  expect(() => fitMlForest(training, { ...options, trees: 0 })).toThrowSaying('trees is a whole number')
  expect(() => fitMlForest(takeTraining(table, new Uint8Array(120), cohorts), options)).toThrowSaying('0 of the 70 training rows')
  const broken = makeFeatureTable(ids, table.columns, values.with(125, NaN))
  expect(() => fitMlForest(takeTraining(broken, outcome, cohorts), options)).toThrowSaying('b of p5 is missing')
  const model = fitMlForest(training, options)
  expect(() => applyMlForest(model, broken)).toThrowSaying('b of p5 is missing')
  expect(() => applyMlForest(model, makeFeatureTable(['q'], ['a'], Float64Array.of(1)))).toThrowSaying('no column b, c, d')
  expect(() => fitMlForest({ ...training }, options)).toThrowSaying('Only a training table')
})
