import { expect, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { defaultLassoSelectionOptions, fitLassoSelection } from './lassoSelection.ts'

/** 20 columns of noise; the outcome follows the first two as far as `strength` says. */
function simulate(strength: number, seed: number) {
  const random = createRandom(seed)
  const rows = 120
  const values = Float64Array.from({ length: rows * 20 }, () => random.uniform() + random.uniform() - 1)
  const ids = Array.from({ length: rows }, (_, i) => `p${i}`)
  const outcome = ids.map((_, i) => Number(strength * (values[i] - values[rows + i]) + random.uniform() > 0.5))
  const columns = Array.from({ length: 20 }, (_, j) => `f${j}`)
  return takeTraining(makeFeatureTable(ids, columns, values), outcome, { training: ids, validation: [] })
}

test('columns with an effect are kept, in the order of the table, and every column is told', () => {
  const selection = fitLassoSelection(simulate(1, 3), { ...defaultLassoSelectionOptions, folds: 5 })
  expect(selection.kept.slice(0, 2)).toEqual(['f0', 'f1'])
  expect(selection.columns.length).toBe(20)
  expect(selection.columns.filter(({ coefficient }) => coefficient !== 0).map(({ name }) => name)).toEqual(selection.kept)
  const simpler = fitLassoSelection(simulate(1, 3), { ...defaultLassoSelectionOptions, folds: 5, lambda: 'one SE' })
  expect(simpler.lambda).toBeGreaterThan(selection.lambda)
  expect(simpler.kept).toEqual(['f0', 'f1'])
})

test('in noise one SE keeps nothing, without a complaint', () => {
  const selection = fitLassoSelection(simulate(0, 4), { ...defaultLassoSelectionOptions, folds: 5, lambda: 'one SE' })
  expect(selection.kept).toEqual([])
})
