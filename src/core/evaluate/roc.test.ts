import { expect, test } from 'vitest'
import { rocAuc } from '../numeric/ranks.ts'
import { expectEqual, markers, readAsah, rocReference, rSets } from '../../../reference/evaluation.ts'
import { traceRoc } from './roc.ts'

test.each(markers)('every point of the curve of %s is that of pROC', (marker) => {
  const { outcome, [marker]: scores } = readAsah()
  const curve = traceRoc(scores, outcome)
  const expected = rocReference.curves[marker]
  expect(curve.thresholds[0]).toBe(-Infinity)
  expect(curve.thresholds.at(-1)).toBe(Infinity)
  expectEqual(curve.thresholds.slice(1, -1), expected.roc.threshold.slice(1, -1))
  expectEqual(curve.sensitivity, expected.roc.sensitivity)
  expectEqual(curve.specificity, expected.roc.specificity)
  expectEqual(curve.auc, expected.auc)
})

test.each(Object.entries(rSets))('small, tied and degenerate cohorts: %s', (_, set) => {
  const curve = traceRoc(set.score, set.outcome)
  expectEqual(curve.thresholds.slice(1, -1), set.thresholds.slice(1, -1).map(Number), 1e-14)
  expectEqual(curve.sensitivity, set.sensitivity)
  expectEqual(curve.specificity, set.specificity)
  expectEqual(curve.auc, set.auc)
})

test('a threshold between neighbouring doubles calls the upper one positive and the lower one negative', () => {
  const lower = 1 + Number.EPSILON
  const upper = 1 + 2 * Number.EPSILON
  for (const [a, b] of [
    [1, lower],
    [lower, upper],
    [-upper, -lower],
    [1.6e308, 1.7e308],
  ]) {
    const threshold = traceRoc([a, b], [0, 1]).thresholds[1]
    expect(b >= threshold && !(a >= threshold)).toBe(true)
  }
})

test('invariants: AUC(-s) = 1 - AUC(s); monotone changes keep every count; AUC is that of the ranks', () => {
  const { outcome, ndka } = readAsah()
  const curve = traceRoc(ndka, outcome)
  expectEqual(
    traceRoc(
      ndka.map((x) => -x),
      outcome,
    ).auc,
    1 - curve.auc,
    1e-15,
  )
  const grown = traceRoc(
    ndka.map((x) => 3 * x * x * x - 1),
    outcome,
  )
  expect(grown.truePositives).toEqual(curve.truePositives)
  expect(grown.trueNegatives).toEqual(curve.trueNegatives)
  expect(curve.auc).toBe(rocAuc(ndka, outcome))
})

test.each([
  ['one class only', [1, 2, 3], [1, 1, 1], /both classes; there are 3 positive and 0 negative patients/],
  [
    'a missing and an infinite score',
    [1, NaN, Infinity],
    [0, 1, 1],
    /1 are missing and 1 infinite of 3 \(the first is that of patient 2\)/,
  ],
  ['another label', [1, 2], [1, 2], /that of patient 2 of 2 is 2/],
  ['unequal lengths', [1, 2, 3], [0, 1], /3 scores and 2 outcomes/],
])('%s is refused and named', (_, scores, outcome, message) => {
  expect(() => traceRoc(scores, outcome)).toThrowSaying(message)
})

test('the references are not empty', () => {
  expect(Object.keys(rSets).length).toBeGreaterThan(10)
})
