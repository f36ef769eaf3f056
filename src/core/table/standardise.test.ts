import { expect, test } from 'vitest'
import { makeFeatureTable } from './featureTable.ts'
import { applyStandardise, fitStandardise } from './standardise.ts'
import { takeTraining, withFeatures, type TrainingTable } from './trainingTable.ts'

const table = makeFeatureTable(
  ['p1', 'p2', 'p3', 'p4'],
  ['a', 'flat', 'gap', 'empty'],
  Float64Array.of(1, 2, 6, 100, 0.1, 0.1, 0.1, 5, 3, NaN, 5, 7, NaN, NaN, NaN, 1),
)
const training = takeTraining(table, [0, 1, 1, 0], { training: ['p1', 'p2', 'p3'], validation: ['p4'] })

test('mean and SD are those of the training patients alone, and make 0 and 1 of them', () => {
  const record = fitStandardise(training)
  expect(record.mean).toEqual([3, 0.1, 4, 0])
  expect(record.sd[0]).toBeCloseTo(Math.sqrt(7), 15)
  expect(record.sd[2]).toBeCloseTo(Math.SQRT2, 15)
  expect(record.learntFrom).toEqual(['p1', 'p2', 'p3'])
  const again = fitStandardise(withFeatures(training, applyStandardise(record, table)))
  expect(again.mean[0]).toBeCloseTo(0, 15)
  expect(again.sd[0]).toBeCloseTo(1, 15)
})

test('a constant column is named, centred and not scaled; missing stays missing', () => {
  const record = fitStandardise(training)
  expect(record.constant).toEqual(['flat', 'empty'])
  const { values } = applyStandardise(record, table)
  expect([...values.slice(4, 12)]).toEqual([0, 0, 0, 4.9, -1 / record.sd[2], NaN, 1 / record.sd[2], 3 / record.sd[2]])
})

test('a table may have more columns, in any order, but not fewer', () => {
  const record = fitStandardise(training)
  const other = makeFeatureTable(['q'], ['empty', 'x', 'gap', 'flat', 'a'], Float64Array.of(1, 9, 4, 0.1, 3))
  expect(applyStandardise(record, other)).toEqual({ ids: ['q'], columns: table.columns, values: Float64Array.of(0, 0, 0, 1) })
  expect(() => applyStandardise(record, makeFeatureTable(['q'], ['a', 'flat'], new Float64Array(2)))).toThrowSaying('gap, empty')
})

test('an infinite value is named, and only a training table is learnt from', () => {
  const infinite = makeFeatureTable(['p1', 'p2'], ['a'], Float64Array.of(1, -Infinity))
  const cohorts = { training: ['p1', 'p2'], validation: [] }
  expect(() => fitStandardise(takeTraining(infinite, [0, 1], cohorts))).toThrowSaying('a of p2 is infinite')
  expect(() => fitStandardise(table as TrainingTable)).toThrowSaying('Only a training table')
})
