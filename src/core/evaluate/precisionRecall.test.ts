import { expect, test } from 'vitest'
import { expectEqual, markers, readAsah, sklearnReference } from '../../../reference/evaluation.ts'
import { tracePrecisionRecall } from './precisionRecall.ts'

const asah = readAsah()

test.each(markers)(
  'curve and average precision of %s are those of scikit-learn, the area that of a numerical integral',
  (marker) => {
    const ours = tracePrecisionRecall(asah[marker], asah.outcome)
    const expected = sklearnReference[marker]
    expectEqual(ours.averagePrecision, expected.averagePrecision)
    expectEqual(ours.area, expected.area)
    // scikit-learn ascends, and ends with a point (recall 0, precision 1) that no threshold has.
    expectEqual(ours.thresholds.toReversed(), expected.thresholds)
    expectEqual(ours.recall.toReversed(), expected.recall.slice(0, -1))
    expectEqual(ours.precision.toReversed(), expected.precision.slice(0, -1))
  },
)

test('a perfect score has area 1, a constant one the prevalence', () => {
  expect(tracePrecisionRecall([1, 2, 3, 4], [0, 0, 1, 1])).toMatchObject({ averagePrecision: 1, area: 1 })
  expect(tracePrecisionRecall([1, 1, 1, 1], [0, 0, 0, 1])).toMatchObject({ averagePrecision: 0.25, area: 0.25, prevalence: 0.25 })
})

test('one class only is refused', () => {
  expect(() => tracePrecisionRecall([1, 2], [1, 1])).toThrowSaying(/both classes/)
})
