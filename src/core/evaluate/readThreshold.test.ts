import { expect, test } from 'vitest'
import { markers, readAsah, rocReference } from '../../../reference/evaluation.ts'
import { findCutoff } from './cutoffs.ts'
import { naturalFrequencies } from './naturalFrequencies.ts'
import { benefitAt, costAt } from './netBenefit.ts'
import { countsAt, distinctScores, predictiveValues, readThreshold, vertexAt } from './readThreshold.ts'
import { traceRoc } from './roc.ts'

const asah = readAsah()
const level = 0.95

test.each(markers)('counts, rates and exact intervals at the cut-off of %s are those of pROC', (marker) => {
  const curve = traceRoc(asah[marker], asah.outcome)
  const expected = rocReference.curves[marker]
  const { threshold } = findCutoff(curve)
  const read = readThreshold(curve, vertexAt(distinctScores(asah[marker]), threshold), level)
  const { tp, fp, tn, fn } = expected.youden
  expect(read.counts).toEqual({ truePositives: tp, falsePositives: fp, trueNegatives: tn, falseNegatives: fn })
  expect(read.sensitivity.estimate).toBeCloseTo(expected.youden.sensitivity, 12)
  expect(read.ppv.estimate).toBeCloseTo(expected.youden.ppv, 12)
  expect([read.sensitivity.interval.lower, read.sensitivity.interval.upper].map((x, i) => x - expected.ci_sens_clopper_pearson[i]).every((d) => Math.abs(d) < 1e-9)).toBe(true) // prettier-ignore
  expect([read.accuracy.interval.lower, read.accuracy.interval.upper].map((x, i) => x - expected.ci_accuracy_clopper_pearson[i]).every((d) => Math.abs(d) < 1e-9)).toBe(true) // prettier-ignore
})

test('likelihood ratios of s100b at 0.205, by the published formula', () => {
  const curve = traceRoc(asah.s100b, asah.outcome)
  const { positiveRatio, negativeRatio } = readThreshold(curve, vertexAt(distinctScores(asah.s100b), 0.205), level)
  const rounded = [positiveRatio, negativeRatio].map(({ estimate, interval: { lower, upper } }) => [estimate, lower, upper].map((x) => x.toFixed(4))) // prettier-ignore
  expect(rounded).toEqual([
    ['3.2613', '1.9302', '5.5103'],
    ['0.4542', '0.2988', '0.6903'],
  ])
})

test('at the ends of the curve ratios have no interval and predictive values no patients', () => {
  const curve = traceRoc([1, 2, 3], [0, 1, 1])
  const none = readThreshold(curve, curve.thresholds.length - 1, level)
  expect(none.counts).toEqual({ truePositives: 0, falsePositives: 0, trueNegatives: 1, falseNegatives: 2 })
  expect([none.ppv.estimate, none.ppv.interval.lower, none.positiveRatio.estimate, none.positiveRatio.interval.lower]).toEqual([NaN, NaN, NaN, NaN]) // prettier-ignore
  expect(readThreshold(curve, 0, level).positiveRatio.estimate).toBe(1)
})

test('a threshold between two scores is the vertex that calls the same patients', () => {
  const scores = [2, 1, 4, 2]
  const outcome = [0, 0, 1, 1]
  const curve = traceRoc(scores, outcome)
  for (const threshold of [-9, 1, 1.6, 2, 2.5, 4, 9]) {
    const { truePositives, falsePositives } = countsAt(curve, vertexAt(distinctScores(scores), threshold))
    const called = scores.flatMap((score, i) => (score >= threshold ? [outcome[i]] : []))
    expect([truePositives, falsePositives]).toEqual([1, 0].map((label) => called.filter((one) => one === label).length))
  }
})

test('predictive values, benefit and cost at a prevalence', () => {
  // 100 patients, 20 ill: 16 found, 24 alarmed.
  const { ppv, npv } = predictiveValues(0.8, 0.7, 0.2)
  expect(ppv).toBeCloseTo(16 / 40, 12)
  expect(npv).toBeCloseTo(56 / 60, 12)
  const { netBenefit, treatAll, avoidedPer100, standardised } = benefitAt(0.8, 0.7, 0.2, 0.1)
  expect(netBenefit).toBeCloseTo(0.16 - 0.24 / 9, 12)
  expect(treatAll).toBeCloseTo(0.2 - 0.8 / 9, 12)
  // 56 are spared; the four missed are paid with nine each.
  expect(avoidedPer100).toBeCloseTo(56 - 4 * 9, 10)
  expect(standardised).toBeCloseTo(netBenefit / 0.2, 12)
  expect(benefitAt(0.8, 0.7, 0.2, 1.5).netBenefit).toBeNaN()
  expect(costAt(0.8, 0.7, 0.2, 10)).toBeCloseTo(0.4 + 0.24, 12)
})

test('natural frequencies add up to 100', () => {
  expect(naturalFrequencies([1 / 3, 1 / 3, 1 / 3])).toEqual([34, 33, 33])
  expect(naturalFrequencies([49, 11, 96, 51].map((count) => count / 207))).toEqual([24, 5, 46, 25])
  expect(naturalFrequencies([0, 1, 0, 0])).toEqual([0, 100, 0, 0])
})
