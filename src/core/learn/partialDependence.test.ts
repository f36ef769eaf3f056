import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { expectEqual, readAsah } from '../../../reference/evaluation.ts'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { growTrees } from './forest.ts'
import { applyForest, defaultForestModelOptions, fitForest } from './forestModel.ts'
import { defaultLogisticOptions, fitLogistic } from './logistic.ts'
import { drawPatients, partialDependence } from './partialDependence.ts'
import { defaultSvmOptions, fitSvm } from './svm.ts'

type Markers = Readonly<Record<'s100b' | 'ndka', number[]>>
const answers = JSON.parse(readFileSync('reference/r/partialDependence.json', 'utf8')) as Readonly<Record<'grid' | 'logistic' | 'svm', Markers>> // prettier-ignore
const asah = readAsah()
const ids = asah.outcome.map((_, row) => `p${row}`)
const table = makeFeatureTable(ids, ['s100b', 'ndka'], Float64Array.from([...asah.s100b, ...asah.ndka]))
const training = takeTraining(table, asah.outcome, { training: ids, validation: [] })

test.each(['s100b', 'ndka'] as const)('%s: a logistic regression and a support vector machine say what those of R do', (name) => {
  const logistic = fitLogistic(training, defaultLogisticOptions)
  expectEqual(partialDependence(logistic, table, name, answers.grid[name]), answers.logistic[name], 1e-7)
  const svm = fitSvm(training, { ...defaultSvmOptions, gamma: 0.5, probability: false })
  expectEqual(partialDependence(svm, table, name, answers.grid[name]), answers.svm[name], 1e-4)
})

test('of a forest it is the mean of the patients one by one; the table stays as it was', async () => {
  const kernels = await loadKernels()
  const forest = await fitForest(training, { ...defaultForestModelOptions, trees: 25 }, async (jobs) => jobs.map((job) => growTrees(kernels, job))) // prettier-ignore
  const before = table.values.slice()
  const [at] = partialDependence(forest, table, 'ndka', [12.5])
  const alone = ids.map((id, row) => applyForest(forest, makeFeatureTable([id], ['s100b', 'ndka'], Float64Array.of(asah.s100b[row], 12.5)))[0]) // prettier-ignore
  expect(at).toBeCloseTo(alone.reduce((sum, score) => sum + score, 0) / alone.length, 12)
  expect(table.values).toEqual(before)
})

test('patients are drawn by the seed, each once, in table order; few are all taken', () => {
  const drawn = drawPatients(table, 40, 7)
  expect(drawn.ids).toEqual(ids.filter((id) => drawn.ids.includes(id)))
  expect(new Set(drawn.ids).size).toBe(40)
  expect(drawPatients(table, 40, 7).ids).toEqual(drawn.ids)
  expect(drawPatients(table, 40, 8).ids).not.toEqual(drawn.ids)
  expect(drawPatients(table, 500, 7)).toBe(table)
})
