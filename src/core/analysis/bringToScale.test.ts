import { expect, test } from 'vitest'
import { fitInterceptOnly } from '../learn/interceptOnly.ts'
import { applySvm, decisionValues, defaultSvmOptions, fitSvm } from '../learn/svm.ts'
import { createRandom } from '../numeric/random.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { bringToScale, scaleOf } from './bringToScale.ts'

const random = createRandom(1)
const ids = Array.from({ length: 60 }, (_, i) => `p${i}`)
const outcome = ids.map((_, i) => Number(i % 3 === 0))
const values = Float64Array.from([...outcome.map((label) => label + 2 * random.uniform()), ...ids.map(random.uniform)])
const training = takeTraining(makeFeatureTable(ids, ['a', 'b'], values), outcome, { training: ids, validation: [] })
const machine = fitSvm(training)
const bare = fitSvm(training, { ...defaultSvmOptions, probability: false })

test('scores of the kind that is wanted stay as they are', () => {
  const scores = Array.from(applySvm(machine, training))
  expect(bringToScale(scaleOf(machine), scores, 'probability')).toBe(scores)
  expect(bringToScale(scaleOf(bare), scores, 'decision')).toBe(scores)
})

test('the sigmoid is inverted to decision values, without infinite ones', () => {
  const back = bringToScale(scaleOf(machine), Array.from(applySvm(machine, training)), 'decision')
  decisionValues(machine, training).forEach((value, i) => expect(back[i]).toBeCloseTo(value, 9))
  expect(bringToScale(scaleOf(machine), [0, 1], 'decision').every(Number.isFinite)).toBe(true)
})

test('a machine without sigmoid gives everybody the smoothed share of positives, a model of nothing speaks for no class', () => {
  expect(bringToScale(scaleOf(bare), [3, -1], 'probability')).toEqual([21 / 62, 21 / 62])
  expect(bringToScale(scaleOf(fitInterceptOnly(training)), [1 / 3, 1 / 3], 'decision')).toEqual([0, 0])
  expect(bringToScale(scaleOf(fitInterceptOnly(training)), [1 / 3, 1 / 3], 'weighted')).toEqual([0.5, 0.5])
})
