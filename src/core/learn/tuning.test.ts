import { expect, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining, type TrainingTable } from '../table/trainingTable.ts'
import { growTrees, type GrowTreesJob } from './forest.ts'
import { defaultSvmOptions } from './svm.ts'
import { defaultTuningOptions, forestGrid, svmGrid, tuneByFolds, tuneForest, tuneSvm } from './tuning.ts'
import { defaultForestModelOptions } from './forestModel.ts'

/** Class 1 lies within a ring: only a curved kernel finds it. */
function ring(): TrainingTable {
  const random = createRandom(11)
  const ids = Array.from({ length: 120 }, (_, i) => `p${i}`)
  const values = Float64Array.from({ length: 240 }, () => 2 * random.uniform() - 1)
  const outcome = ids.map((_, i) => Number(values[i] * values[i] + values[120 + i] * values[120 + i] < 0.5))
  return takeTraining(makeFeatureTable(ids, ['x', 'y'], values), outcome, { training: ids, validation: [] })
}

test('a radial machine is tuned to the ring, the grid is kept, the same seed gives the same', async () => {
  const training = ring()
  const record = await tuneSvm(training, defaultSvmOptions)
  expect(record.grid.map(({ settings }) => settings)).toEqual(svmGrid('radial', 2))
  expect(record.grid.every(({ scores }) => scores.length === 5)).toBe(true)
  const chosen = record.grid.find(({ settings }) => settings === record.best)!
  expect(chosen.mean).toBe(Math.max(...record.grid.map(({ mean }) => mean)))
  expect(chosen.mean).toBeGreaterThan(0.95)
  expect(await tuneSvm(training, defaultSvmOptions)).toEqual(record)
  expect(record.learntFrom).toEqual(training.ids)
  const linear = await tuneSvm(training, { ...defaultSvmOptions, kernel: 'linear' })
  expect(Math.max(...linear.grid.map(({ mean }) => mean))).toBeLessThan(0.75)
})

test('of equally good candidates the first is taken; deviance is the lower the better', async () => {
  const training = ring()
  const certain = async (_: TrainingTable, share: number) => () => new Float64Array(24).fill(share)
  const tie = await tuneByFolds(training, [0.1, 0.2, 0.3], certain, defaultTuningOptions)
  expect(tie.best).toBe(0.1)
  expect(tie.grid.map(({ mean }) => mean)).toEqual([0.5, 0.5, 0.5])
  const prevalence = training.outcome.reduce((sum, label) => sum + label, 0) / 120
  const byDeviance = await tuneByFolds(training, [0.01, prevalence, 0.9], certain, { ...defaultTuningOptions, measure: 'deviance' }) // prettier-ignore
  expect(byDeviance.best).toBe(prevalence)
})

test('mtry of a forest', async () => {
  const kernels = await loadKernels({ build: 'release' })
  const run = async (jobs: readonly GrowTreesJob[]) => jobs.map((job) => growTrees(kernels, job))
  const record = await tuneForest(ring(), { ...defaultForestModelOptions, trees: 30 }, run)
  expect(record.grid.map(({ settings }) => settings.mtry)).toEqual([1, 2])
  expect(record.grid[0].mean).toBeGreaterThan(0.8)
  expect(forestGrid(100).map(({ mtry }) => mtry)).toEqual([1, 10, 33, 50, 100])
})

test('nothing to choose from, and scores that are no probabilities', async () => {
  await expect(tuneSvm(ring(), defaultSvmOptions, defaultTuningOptions, [])).rejects.toThrowSaying('none was given')
  const decision = async () => () => new Float64Array(24).fill(2)
  await expect(tuneByFolds(ring(), [1], decision, { ...defaultTuningOptions, measure: 'deviance' })).rejects.toThrowSaying('tune by AUC') // prettier-ignore
})
