import { expect, test } from 'vitest'
import { makeFeatureTable } from './featureTable.ts'
import { applyImputation, fitImputation } from './imputation.ts'
import { takeTraining } from './trainingTable.ts'

const ids = ['t1', 't2', 't3', 't4', 'v1', 'v2']
const table = makeFeatureTable(ids, ['a', 'b'], Float64Array.of(1, NaN, 2, 9, NaN, 100, 5, 6, 7, 8, NaN, 0))
const training = (from = table) => takeTraining(from, [0, 1, 0, 1, 0, 1], { training: ids.slice(0, 4), validation: ids.slice(4) })

test('the training median or mean stands in, everywhere, and is counted', () => {
  const record = fitImputation(training(), { method: 'median' })
  expect(record).toEqual({ method: 'median', columns: ['a', 'b'], values: [2, 6.5], missing: [{ column: 'a', count: 1 }], learntFrom: ['t1', 't2', 't3', 't4'] }) // prettier-ignore
  const filled = applyImputation(record, table)
  expect([...filled.table.values]).toEqual([1, 2, 2, 9, 2, 100, 5, 6, 7, 8, 6.5, 0])
  expect(filled.imputed).toEqual([
    { column: 'a', count: 2 },
    { column: 'b', count: 1 },
  ])
  expect(fitImputation(training(), { method: 'mean' }).values).toEqual([4, 6.5])
})

test('validation values are not looked at, and columns the record does not know are let be', () => {
  const changed = makeFeatureTable(ids, table.columns, table.values.map((value, k) => (k % 6 < 4 ? value : -value))) // prettier-ignore
  const record = fitImputation(training(changed), { method: 'median' })
  expect(record).toEqual(fitImputation(training(), { method: 'median' }))
  const wider = makeFeatureTable(['v1'], ['c', 'b', 'a'], Float64Array.of(NaN, NaN, 3))
  expect([...applyImputation(record, wider).table.values]).toEqual([NaN, 6.5, 3])
  expect(applyImputation(record, wider).imputed).toEqual([{ column: 'b', count: 1 }])
})

test('empty and infinite columns, and a table without the columns, are named', () => {
  const empty = makeFeatureTable(ids, ['a', 'b'], Float64Array.of(NaN, NaN, NaN, NaN, 1, 1, 1, 2, Infinity, 4, 5, 6))
  expect(() => fitImputation(training(empty), { method: 'mean' })).toThrowSaying('No training patient has a value of a')
  const infinite = makeFeatureTable(ids, ['a', 'b'], empty.values.map((value, k) => (k < 6 ? k : value))) // prettier-ignore
  expect(() => fitImputation(training(infinite), { method: 'mean' })).toThrowSaying('b of t3 is infinite')
  const record = fitImputation(training(), { method: 'mean' })
  expect(() => applyImputation(record, makeFeatureTable(['x'], ['b'], Float64Array.of(1)))).toThrowSaying('lacks columns that were imputed: a') // prettier-ignore
})
