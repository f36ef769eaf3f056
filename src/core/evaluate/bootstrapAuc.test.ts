import { expect, test } from 'vitest'
import { expectEqual, expectInsideSpread, markers, readAsah, rocReference } from '../../../reference/evaluation.ts'
import { bootstrapAuc, defaultBootstrapAucOptions, resampleAuc } from './bootstrapAuc.ts'
import { estimateAuc } from './delong.ts'
import { forEachResample, percentileInterval } from './stratifiedBootstrap.ts'

const asah = readAsah()
const { outcome } = asah
const seeds = Array.from({ length: 12 }, (_, i) => i)

test.each(markers)('the interval of %s lies in the spread of pROC', (marker) => {
  const ours = seeds.map((seed) => bootstrapAuc(asah[marker], outcome, { ...defaultBootstrapAucOptions, seed }))
  const [lower, , upper] = rocReference.curves[marker].auc_ci_bootstrap_10000
  expectInsideSpread(
    ours.map((interval) => interval.lower),
    lower,
  )
  expectInsideSpread(
    ours.map((interval) => interval.upper),
    upper,
  )
})

test('each resample has the AUC of its patients', () => {
  const options = { resamples: 50, seed: 4, level: 0.95 }
  const aucs = resampleAuc(asah.wfns, outcome, options)
  forEachResample(outcome, options, (rows, resample) => {
    const drawn = Array.from(rows)
    const again = estimateAuc(
      drawn.map((i) => asah.wfns[i]),
      drawn.map((i) => outcome[i]),
    )
    expectEqual(aucs[resample], again.auc, 1e-15)
    expect([again.positives, again.negatives]).toEqual([41, 72])
  })
})

test('seeded; monotone changes and the order of the answers change nothing; differences are paired', () => {
  const options = { resamples: 200, seed: 9, level: 0.9 }
  const once = resampleAuc(asah.ndka, outcome, options)
  expect(
    resampleAuc(
      asah.ndka.map((x) => 2 * x),
      outcome,
      options,
    ),
  ).toEqual(once)
  expect(resampleAuc(asah.ndka, outcome, { ...options, seed: 10 })).not.toEqual(once)
  const turned = resampleAuc(
    asah.ndka.map((x) => -x),
    outcome,
    options,
  )
  expectEqual(
    turned,
    once.map((x) => 1 - x),
    1e-14,
  )
})

test('a score without information or with all of it has an interval without width', () => {
  const y = [0, 0, 1, 1]
  expect(bootstrapAuc([1, 1, 1, 1], y)).toEqual({ lower: 0.5, upper: 0.5, undefinedResamples: 0 })
  expect(bootstrapAuc([1, 2, 3, 4], y)).toEqual({ lower: 1, upper: 1, undefinedResamples: 0 })
})

test('undefined resamples are left out and counted; none defined gives NaN', () => {
  expect(percentileInterval(Float64Array.of(NaN, 2, 1, 3), 0.5)).toEqual({ lower: 1.5, upper: 2.5, undefinedResamples: 1 })
  expect(percentileInterval(Float64Array.of(NaN), 0.5)).toEqual({ lower: NaN, upper: NaN, undefinedResamples: 1 })
})

test.each([0, 1.5, NaN])('%s resamples are refused', (resamples) => {
  expect(() => bootstrapAuc([1, 2], [0, 1], { resamples, seed: 1, level: 0.95 })).toThrowSaying(/whole number from 1/)
})
