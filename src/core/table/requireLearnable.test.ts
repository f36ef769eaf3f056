import { expect, test } from 'vitest'
import { makeFeatureTable } from './featureTable.ts'
import { requireLearnable } from './requireLearnable.ts'
import { takeTraining } from './trainingTable.ts'

const make = (values: number[], outcome: number[]) =>
  takeTraining(makeFeatureTable(['p1', 'p2'], ['a', 'b'], Float64Array.from(values)), outcome, {
    training: ['p1', 'p2'],
    validation: [],
  })

test('finite values and both outcomes pass', () => {
  requireLearnable(make([1, 2, 3, 4], [0, 1]), 'mRMR')
})

test.each([
  [[1, 2, 3, NaN], [0, 1], 'mRMR needs finite values; b of p2 is missing'],
  [[1, -Infinity, 3, 4], [0, 1], 'a of p2 is -Infinity'],
  [[1, 2, 3, 4], [1, 1], '0 with outcome 0 and 2 with outcome 1'],
])('%s with outcome %s is refused', (values, outcome, message) => {
  expect(() => requireLearnable(make(values, outcome), 'mRMR')).toThrowSaying(message)
})

test('a plain table is refused', () => {
  expect(() => requireLearnable({ ...make([1, 2, 3, 4], [0, 1]) }, 'mRMR')).toThrowSaying('Only a training table')
})
