import { expect, test } from 'vitest'
import { expectEqual, learnReference, readAsah } from '../../../reference/evaluation.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { applyLogistic, defaultLogisticOptions, fitLogistic } from './logistic.ts'
import { makeNomogram, pointsOf, readNomogram, totalAt } from './nomogram.ts'
import { permuteColumns } from './permutationImportance.ts'

const asah = readAsah()
const ids = asah.outcome.map((_, row) => `p${row}`)
const table = makeFeatureTable(ids, ['s100b', 'ndka'], Float64Array.from([...asah.s100b, ...asah.ndka]))
const training = takeTraining(table, asah.outcome, { training: ids, validation: [] })
const ranges = [
  [0.04, 2.07],
  [3, 419.19],
] as const
const { nomogram: expected, importance } = learnReference

test.each([true, false])('points, totals and intervals are those of rms and glm; standardised: %s', (standardise) => {
  const model = fitLogistic(training, { ...defaultLogisticOptions, standardise })
  const drawn = makeNomogram(model, ranges)!
  const [s100b, ndka] = drawn.axes
  expectEqual([0.04, 0.5, 1, 1.5, 2.07].map((value) => pointsOf(drawn, s100b, value)), expected.s100b, 1e-6) // prettier-ignore
  expectEqual([3, 100, 200, 300, 419.19].map((value) => pointsOf(drawn, ndka, value)), expected.ndka, 1e-6) // prettier-ignore
  expectEqual([s100b.mostPoints, ndka.mostPoints], [83.219988, 100])
  expectEqual([0.3, 0.5, 0.7, 0.9].map((p) => totalAt(drawn, p)), [9.408, 15.92, 22.432, 32.807], 5e-5) // prettier-ignore
  expectEqual(expected.lp_at.map((lp) => totalAt(drawn, 1 / (1 + Math.exp(-lp)))), expected.lp, 1e-6) // prettier-ignore
  expectEqual(drawn.covariance!, expected.covariance.flat(), 1e-6)
  const read = readNomogram(drawn, [0.5, 10])
  expect(read.probability).toBeCloseTo(0.645902, 5)
  expect(read.probability).toBeCloseTo(applyLogistic(model, makeFeatureTable(['x'], ['s100b', 'ndka'], Float64Array.from([0.5, 10])))[0], 12) // prettier-ignore
  expectEqual(read.interval!, [-1, 1].map((side) => 1 / (1 + Math.exp(-(expected.eta + side * 1.959963985 * expected.se)))), 1e-6) // prettier-ignore
})

test('values beyond the axis are counted as they are, and named; an axis that speaks against class 1 runs backwards', () => {
  const against = makeFeatureTable(
    ids,
    ['s100b', 'ndka'],
    Float64Array.from([...asah.s100b.map((value) => -value), ...asah.ndka]),
  )
  const model = fitLogistic(takeTraining(against, asah.outcome, { training: ids, validation: [] }), { ...defaultLogisticOptions, method: 'firth' }) // prettier-ignore
  const drawn = makeNomogram(model, [[-2.07, -0.04], ranges[1]])!
  expect(pointsOf(drawn, drawn.axes[0], -0.04)).toBeCloseTo(0, 12)
  expect(pointsOf(drawn, drawn.axes[0], -2.07)).toBeCloseTo(drawn.axes[0].mostPoints, 9)
  const read = readNomogram(drawn, [-3, 10])
  expect(read.outside).toEqual(['s100b'])
  expect(read.points[0]).toBeGreaterThan(drawn.axes[0].mostPoints)
  expect(read.interval![0]).toBeLessThan(read.probability)
})

test('a shuffled column costs, on average, what R counts over all pairs of values', () => {
  const model = fitLogistic(training)
  const groups = table.columns.map((name) => ({ name, columns: [name] }))
  const found = permuteColumns(model, table, asah.outcome, groups, { repeats: 400, seed: 1 })
  for (const { name, drops } of found) {
    const mean = drops.reduce((sum, drop) => sum + drop, 0) / drops.length
    const sd = Math.sqrt(drops.reduce((sum, drop) => sum + (drop - mean) ** 2, 0) / drops.length)
    expect(Math.abs(mean - importance.drop[name as 's100b'])).toBeLessThan((4 * sd) / Math.sqrt(drops.length))
  }
})

test('columns of one predictor are shuffled together, and a shuffle does not depend on what else is shuffled', () => {
  const model = fitLogistic(training)
  const both = permuteColumns(model, table, asah.outcome, [{ name: 'both', columns: ['s100b', 'ndka'] }], {
    repeats: 200,
    seed: 1,
  })
  const mean = both[0].drops.reduce((sum, drop) => sum + drop, 0) / 200
  expect(mean).toBeCloseTo(0.7818 - 0.5, 1)
  const options = { repeats: 3, seed: 1 }
  const [alone] = permuteColumns(model, table, asah.outcome, [{ name: 'ndka', columns: ['ndka'] }], options)
  const all = permuteColumns(model, table, asah.outcome, table.columns.map((name) => ({ name, columns: [name] })), options) // prettier-ignore
  expect(all[1]).toEqual(alone)
})
