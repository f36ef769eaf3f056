import { expect, test } from 'vitest'
import { makeFeatureTable } from './featureTable.ts'
import { addUnlabelled, drawTrainingRows, patientsOf, pickTrainingColumns, pickTrainingRows, poolUnlabelled, requirePool, requireTraining, requireTrainingValues, takeTraining, withFeatures, type TrainingTable, type UnlabelledPool } from './trainingTable.ts' // prettier-ignore

const table = makeFeatureTable(['p1', 'p2', 'p3', 'p4'], ['a', 'b'], Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8))
const cohorts = { training: ['p3', 'p1'], validation: ['p2'] }

test('training rows come with their outcome, in the order of the cohort', () => {
  const training = takeTraining(table, [1, 0, 0, 1], cohorts)
  expect(training.ids).toEqual(['p3', 'p1'])
  expect([...training.values]).toEqual([3, 1, 7, 5])
  expect([...training.outcome]).toEqual([0, 1])
  requireTraining(training)
})

test('a table that only looks like a training table is refused', () => {
  const forged = { ...takeTraining(table, [1, 0, 0, 1], cohorts) } as TrainingTable
  expect(() => requireTraining(forged)).toThrowSaying('Only a training table can be learnt from')
  expect(() => withFeatures(forged, table)).toThrowSaying('Only a training table')
  expect(() => requirePool({ ...table } as unknown as UnlabelledPool)).toThrowSaying('poolUnlabelled')
  requirePool(poolUnlabelled(table))
  // @ts-expect-error a plain table has no brand
  expect(() => requireTraining(table)).toThrow()
})

test('other features are taken for the same patients only', () => {
  const training = takeTraining(table, [1, 0, 0, 1], cohorts)
  const wider = makeFeatureTable(['p1', 'p2', 'p3'], ['c'], Float64Array.of(10, 20, 30))
  expect([...withFeatures(training, wider).values]).toEqual([30, 10])
  expect(() => withFeatures(training, makeFeatureTable(['p1'], ['c'], Float64Array.of(1)))).toThrowSaying('no ID p3')
  expect([...pickTrainingRows(training, [1]).outcome]).toEqual([1])
})

test('a bootstrap sample is a training table; copies have names of their own and are known as one patient', () => {
  const { table: drawn, patients } = drawTrainingRows(takeTraining(table, [1, 0, 0, 1], cohorts), [1, 0, 1, 1])
  requireTraining(drawn)
  expect(drawn.ids).toEqual(['p1', 'p3', 'p1 (copy 2)', 'p1 (copy 3)'])
  expect(patients).toEqual(['p1', 'p3', 'p1', 'p1'])
  expect([...drawn.values]).toEqual([1, 3, 1, 1, 5, 7, 5, 5])
  expect([...drawn.outcome]).toEqual([1, 0, 1, 1])
})

test('overlapping cohorts, unknown patients and other labels are refused', () => {
  expect(() => takeTraining(table, [1, 0, 0, 1], { training: ['p1'], validation: ['p1'] })).toThrowSaying('in both: p1')
  expect(() => takeTraining(table, [1, 0, 0, 1], { training: ['p9'], validation: [] })).toThrowSaying('no ID p9')
  expect(() => takeTraining(table, [2, 1, 1, 2], cohorts)).toThrowSaying('is 0 or 1; that of p1 is 2')
})

test('repeated IDs and columns are named', () => {
  expect(() => makeFeatureTable(['x', 'y', 'x'], ['a'], new Float64Array(3))).toThrowSaying('repeated: x')
  expect(() => makeFeatureTable(['x'], ['a', 'a'], new Float64Array(2))).toThrowSaying('repeated: a')
  expect(() => makeFeatureTable(['x'], ['a'], new Float64Array(2))).toThrowSaying('2 were given')
})

test('patients without outcome join the values of training, but nobody who is judged or learns already', () => {
  const training = takeTraining(table, [1, 0, 0, NaN], cohorts)
  const values = addUnlabelled(training, table, ['p4'])
  expect(values).toMatchObject({ ids: ['p3', 'p1', 'p4'], columns: ['a', 'b'] })
  expect([...values.values]).toEqual([3, 1, 4, 7, 5, 8])
  expect('outcome' in values).toBe(false)
  requireTrainingValues(values)
  requireTrainingValues(training)
  expect(() => requireTrainingValues({ ...values })).toThrowSaying('Only a training table')
  expect(() => addUnlabelled(training, table, ['p2'])).toThrowSaying('neither judged nor learnt from already: p2')
  expect(() => addUnlabelled(pickTrainingRows(training, [0]), table, ['p2'])).toThrowSaying('p2')
  expect(() => addUnlabelled(training, table, ['p3'])).toThrowSaying('p3')
})

test('copies of a patient are known as such in every table that comes from a drawn one', () => {
  const training = takeTraining(table, [1, 0, 0, NaN], cohorts)
  expect(patientsOf(training)).toEqual(['p3', 'p1'])
  const { table: drawn, patients } = drawTrainingRows(training, [1, 0, 1, 1])
  expect(drawn.ids).toEqual(['p1', 'p3', 'p1 (copy 2)', 'p1 (copy 3)'])
  expect(patientsOf(drawn)).toEqual(patients)
  expect(patientsOf(pickTrainingRows(pickTrainingColumns(drawn, ['b']), [3, 1]))).toEqual(['p1', 'p3'])
  const again = drawTrainingRows(drawn, [3, 2])
  expect([again.table.ids, patientsOf(again.table)]).toEqual([
    ['p1', 'p1 (copy 2)'],
    ['p1', 'p1'],
  ])
  const copies = new Map([['p1', 'p3']])
  expect(patientsOf(takeTraining(table, [1, 0, 0, NaN], cohorts, copies))).toEqual(['p3', 'p3'])
})
