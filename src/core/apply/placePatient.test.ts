import { expect, test } from 'vitest'
import { defaultLogisticOptions, fitLogistic } from '../learn/logistic.ts'
import { applyModel, type Model } from '../learn/model.ts'
import { fitSvm } from '../learn/svm.ts'
import { defaultProtocol } from '../protocol/protocol.ts'
import { logit } from '../statistics/fitGlm.ts'
import { createRandom } from '../numeric/random.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { describeLearnt } from './describeModel.ts'
import { axisRanges, contributionsOf, placeValue } from './placePatient.ts'

test('a value stands between the quantiles in proportion, of ties in the middle, beyond them at the end', () => {
  const quantiles = [0, 1, 2, 10, 20, 30, 40, 50, 60]
  expect(placeValue(25, { quantiles })).toEqual({ value: 25, percentile: 0.625, zone: 'usual' })
  expect(placeValue(20, { quantiles })).toMatchObject({ percentile: 0.5, zone: 'usual' })
  expect(placeValue(1, { quantiles })).toMatchObject({ percentile: 0.01, zone: 'usual' })
  expect(placeValue(0.5, { quantiles })).toMatchObject({ percentile: 0.005, zone: 'rare' })
  expect(placeValue(55, { quantiles })).toMatchObject({ zone: 'rare' })
  expect(placeValue(-1, { quantiles })).toMatchObject({ percentile: 0, zone: 'outside' })
  expect(placeValue(61, { quantiles })).toMatchObject({ percentile: 1, zone: 'outside' })
  expect(placeValue(5, { quantiles: [5, 5, 5, 5, 5, 5, 5, 9, 9] }).percentile).toBeCloseTo(0.475, 12)
  expect(placeValue(5, { quantiles: Array<number>(9).fill(5) })).toMatchObject({ percentile: 0.5, zone: 'usual' })
})

const random = createRandom(3)
const ids = Array.from({ length: 60 }, (_, i) => `P${i}`)
const values = Float64Array.from({ length: 120 }, () => 10 * random.uniform())
const outcome = ids.map((_, i) => Number(values[i] + 5 * random.uniform() > 7))
const training = takeTraining(makeFeatureTable(ids, ['a', 'b'], values), outcome, { training: ids, validation: [] })
const patient = makeFeatureTable(['new'], ['a', 'b'], Float64Array.of(9, 1))
const summaryOf = (model: Model) => describeLearnt(model, training, defaultProtocol.evaluate).training

test.each([true, false])(
  'contributions to the log odds add up to the distance from the mean patient (standardised: %s)',
  (standardise) => {
    const model = fitLogistic(training, { ...defaultLogisticOptions, standardise })
    const summary = summaryOf(model)
    const { scale, values: parts } = contributionsOf(model, patient, summary)!
    const means = makeFeatureTable(
      ['mean'],
      ['a', 'b'],
      Float64Array.from(summary.features, ({ all }) => all.mean),
    )
    const distance = logit(applyModel(model, patient)[0]) - logit(applyModel(model, means)[0])
    expect(scale).toBe('log odds')
    expect(parts[0] + parts[1]).toBeCloseTo(distance, 10)
  },
)

test('of other models a contribution is what the score loses at the median', () => {
  const model = fitSvm(training)
  const summary = summaryOf(model)
  const { scale, values: parts } = contributionsOf(model, patient, summary)!
  const atMedian = makeFeatureTable(['m'], ['a', 'b'], Float64Array.of(9, summary.features[1].all.quantiles[4]))
  expect([scale, parts[1]]).toEqual(['score', applyModel(model, patient)[0] - applyModel(model, atMedian)[0]])
  expect(contributionsOf(model, patient, null)).toBeNull()
})

test('axes run from the 1st to the 99th percentile, or over the whole range where these are equal', () => {
  const [range] = axisRanges(summaryOf(fitSvm(training)))
  expect(range[0]).toBeGreaterThan(Math.min(...values.subarray(0, 60)))
  const flat = { column: 'x', all: { n: 9, mean: 0, sd: 0, quantiles: [0, 1, 1, 1, 1, 1, 1, 1, 2] } }
  expect(axisRanges({ features: [{ ...flat, negative: flat.all, positive: flat.all }] })).toEqual([[0, 2]])
})
