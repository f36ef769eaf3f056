import { describe, expect, test } from 'vitest'
import {
  expectEqual,
  expectInsideSpread,
  markers,
  readAsah,
  rocReference,
  sklearnReference,
} from '../../../reference/evaluation.ts'
import { classifyAt, defaultClassificationOptions, type ClassificationOptions } from './classification.ts'
import type { Interval } from './interval.ts'

const asah = readAsah()
const { outcome } = asah
const ends = ({ lower, upper }: Interval) => [lower, upper]
const quick: ClassificationOptions = { ...defaultClassificationOptions, resamples: 100 }

describe.each(markers)('%s at its Youden cut-off', (marker) => {
  const expected = rocReference.curves[marker]
  const { threshold } = expected.youden

  test('counts, proportions and exact intervals are those of R', () => {
    const ours = classifyAt(asah[marker], outcome, threshold, quick)
    const { tp, fp, tn, fn } = expected.youden
    expect(ours.counts).toEqual({ truePositives: tp, falsePositives: fp, trueNegatives: tn, falseNegatives: fn })
    for (const name of ['sensitivity', 'specificity', 'accuracy', 'ppv', 'npv'] as const)
      expectEqual(ours[name].estimate, expected.youden[name])
    expectEqual(ends(ours.accuracy.clopperPearson), expected.ci_accuracy_clopper_pearson)
    expectEqual(ends(ours.sensitivity.clopperPearson), expected.ci_sens_clopper_pearson)
    expectEqual(ends(ours.specificity.clopperPearson), expected.ci_spec_clopper_pearson)
    expectEqual(ends(ours.sensitivity.wilson), expected.ci_sens_wilson)
    expectEqual(ends(ours.specificity.wilson), expected.ci_spec_wilson)
  })

  test('F1, MCC and balanced accuracy are those of scikit-learn', () => {
    const ours = classifyAt(asah[marker], outcome, threshold, quick)
    for (const name of ['f1', 'mcc', 'balancedAccuracy'] as const)
      expectEqual(ours[name].estimate, sklearnReference[marker][name])
  })

  test('bootstrap intervals lie in the spread of ci.coords', () => {
    const ours = Array.from({ length: 12 }, (_, seed) =>
      classifyAt(asah[marker], outcome, threshold, { ...quick, resamples: 4000, seed }),
    )
    for (const name of ['sensitivity', 'specificity', 'ppv', 'npv', 'accuracy'] as const) {
      const [lower, , upper] = expected.ci_coords_bootstrap_4000[name]
      expectInsideSpread(
        ours.map((one) => one[name].bootstrap.lower),
        lower,
      )
      expectInsideSpread(
        ours.map((one) => one[name].bootstrap.upper),
        upper,
      )
    }
  })
})

test("a prevalence set by hand gives Bayes's predictive values; the cohort's own gives the cohort's", () => {
  const own = classifyAt(asah.wfns, outcome, 3.5, { ...quick, prevalence: 41 / 113 })
  expectEqual(own.atPrevalence!.ppv.estimate, own.ppv.estimate, 1e-14)
  expectEqual(own.atPrevalence!.npv.estimate, own.npv.estimate, 1e-14)
  expectEqual(ends(own.atPrevalence!.npv.bootstrap), ends(own.npv.bootstrap), 1e-14)
  const rare = classifyAt(asah.wfns, outcome, 3.5, { ...quick, prevalence: 0.01 }).atPrevalence!
  const [sensitivity, specificity] = [26 / 41, 60 / 72]
  expectEqual(rare.ppv.estimate, (sensitivity * 0.01) / (sensitivity * 0.01 + (1 - specificity) * 0.99), 1e-14)
  expect(rare.ppv.bootstrap.lower < rare.ppv.estimate && rare.ppv.estimate < rare.ppv.bootstrap.upper).toBe(true)
})

test('what is 0 / 0 stays undefined, and its resamples are counted', () => {
  const none = classifyAt([1, 2, 3, 4], [0, 1, 0, 1], 5, quick)
  expect(none.ppv).toMatchObject({ estimate: NaN, hits: 0, trials: 0, bootstrap: { undefinedResamples: 100 } })
  expect(ends(none.ppv.clopperPearson)).toEqual([NaN, NaN])
  expect(none.mcc.estimate).toBeNaN()
  expect(none.f1.estimate).toBe(0)
  expect(ends(none.sensitivity.clopperPearson)[0]).toBe(0)
  expectEqual(ends(none.sensitivity.clopperPearson)[1], 1 - Math.sqrt(0.025), 1e-12)
  const some = classifyAt([1, 2, 3, 4, 5, 6], [0, 1, 0, 1, 0, 0], 6, quick)
  expect(some.ppv.bootstrap.undefinedResamples).toBeGreaterThan(10)
  expect(some.ppv.bootstrap.undefinedResamples).toBeLessThan(60)
})

test('positive is score >= threshold', () => {
  expect(classifyAt([1, 2, 2], [0, 1, 0], 2, quick).counts).toEqual({
    truePositives: 1,
    falsePositives: 1,
    trueNegatives: 1,
    falseNegatives: 0,
  })
})

test('no threshold, and a prevalence in percent, are refused', () => {
  expect(() => classifyAt([1, 2], [0, 1], NaN)).toThrowSaying(/no cut-off/)
  expect(() => classifyAt([1, 2], [0, 1], 2, { ...quick, prevalence: 20 })).toThrowSaying(/between 0 and 1; 20/)
})
