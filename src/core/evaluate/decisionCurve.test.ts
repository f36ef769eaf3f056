import { expect, test } from 'vitest'
import { expectEqual, readAsah, readDecisionCurves, readEndToEnd } from '../../../reference/evaluation.ts'
import { studyNames } from '../../../reference/studies.ts'
import { spreadThresholds, compareDecisionCurves, defaultDecisionCurveOptions, traceDecisionCurve } from './decisionCurve.ts'
import { declareProbabilities, type ProbabilityScores } from './probabilityScores.ts'

const quick = { ...defaultDecisionCurveOptions, resamples: 200 }
const probabilities = (p: readonly number[]) => declareProbabilities(p, 'probability')
const asah = readAsah()
const wfns = probabilities(asah.wfns.map((grade) => grade / 6))

test.each(studyNames.flatMap((study) => (['train', 'valid'] as const).map((cohort) => [study, cohort] as const)))(
  'net benefit in %s, %s, at 99 thresholds, is the stored one',
  (study, cohort) => {
    const expected = readDecisionCurves(study)[cohort]
    const { scores } = readEndToEnd(study)
    for (const model of ['lr', 'rf_oob'] as const) {
      const p = scores.models[model][cohort === 'train' ? 0 : 1]
      const ours = traceDecisionCurve(probabilities(p), scores[`${cohort}_label`], { ...quick, resamples: 1 })
      expectEqual(ours.thresholds, expected.threshold)
      expectEqual(ours.netBenefit.estimate, expected[model])
      expectEqual(ours.treatAll, expected.all)
    }
  },
)

test('by hand: a patient at the threshold is treated; a hundred patients are spared what the curve says', () => {
  const options = { ...quick, thresholds: [0.25, 0.5] }
  const ours = traceDecisionCurve(probabilities([0.1, 0.25, 0.6, 0.9]), [0, 1, 0, 1], options)
  expectEqual(ours.netBenefit.estimate, [2 / 4 - 1 / 4 / 3, 1 / 4 - 1 / 4], 1e-15)
  expectEqual(ours.treatAll, [0.5 - 0.5 / 3, 0], 1e-15)
  // At 0.25 one of four is spared and no positive is lost; at 0.5 two are spared for one lost.
  expectEqual(ours.netReduction.estimate, [25, 0], 1e-12)
})

test('intervals hold the estimate, are seeded, and narrow with a lower level', () => {
  const { netBenefit } = traceDecisionCurve(wfns, asah.outcome, quick)
  netBenefit.estimate.forEach((value, k) => {
    expect(netBenefit.lower[k]).toBeLessThanOrEqual(value + 1e-12)
    expect(netBenefit.upper[k]).toBeGreaterThanOrEqual(value - 1e-12)
  })
  expect(traceDecisionCurve(wfns, asah.outcome, quick).netBenefit).toEqual(netBenefit)
  const half = traceDecisionCurve(wfns, asah.outcome, { ...quick, level: 0.5 }).netBenefit
  expect(half.upper[20] - half.lower[20]).toBeLessThan(netBenefit.upper[20] - netBenefit.lower[20])
})

test('the difference of two models is paired: a model against itself has none, with no width', () => {
  const same = compareDecisionCurves(wfns, wfns, asah.outcome, quick).difference
  expect(new Set([...same.estimate, ...same.lower, ...same.upper])).toEqual(new Set([0]))
  const other = probabilities(asah.s100b.map((x) => x / (1 + x)))
  const forth = compareDecisionCurves(wfns, other, asah.outcome, quick).difference
  const back = compareDecisionCurves(other, wfns, asah.outcome, quick).difference
  expectEqual(
    forth.estimate,
    back.estimate.map((x) => -x),
    1e-15,
  )
  expectEqual(
    forth.lower,
    back.upper.map((x) => -x),
    1e-15,
  )
  const one = traceDecisionCurve(wfns, asah.outcome, quick).netBenefit.estimate
  const two = traceDecisionCurve(other, asah.outcome, quick).netBenefit.estimate
  expectEqual(
    forth.estimate,
    one.map((x, k) => x - two[k]),
    1e-15,
  )
})

test("a prevalence set by hand: the cohort's own changes nothing, a rarer disease leaves less to gain", () => {
  const plain = traceDecisionCurve(wfns, asah.outcome, quick)
  expect(traceDecisionCurve(wfns, asah.outcome, { ...quick, prevalence: 41 / 113 })).toEqual(plain)
  const rare = traceDecisionCurve(wfns, asah.outcome, { ...quick, prevalence: 0.1 })
  const [sensitivity, specificity] = [26 / 41, 60 / 72]
  const at = quick.thresholds.indexOf(0.51)
  expectEqual(rare.netBenefit.estimate[at], sensitivity * 0.1 - (1 - specificity) * 0.9 * (0.51 / 0.49), 1e-14)
})

test('what is no probability, and thresholds that are none, are refused', () => {
  const plain = { values: Float64Array.of(0.1, 0.9) } as unknown as ProbabilityScores
  expect(() => traceDecisionCurve(plain, [0, 1])).toThrowSaying(/not declared to be probabilities/)
  for (const thresholds of [[], [0, 0.5], [0.5, 0.2], [0.5, 1]])
    expect(() => traceDecisionCurve(wfns, asah.outcome, { ...quick, thresholds })).toThrowSaying(
      /ascend, each above 0 and below 1/,
    )
  expect(() => traceDecisionCurve(wfns, asah.outcome, { ...quick, prevalence: 10 })).toThrowSaying(/prevalence/)
})

test('thresholds are spread without the rounding of repeated addition; the default is 1 to 99 %', () => {
  expect(spreadThresholds({ from: 0.01, to: 0.99, step: 0.01 })).toEqual(Array.from({ length: 99 }, (_, k) => (k + 1) / 100))
  expect(spreadThresholds({ from: 0.1, to: 0.35, step: 0.1 })).toEqual([0.1, 0.2, 0.3])
  expect(() => spreadThresholds({ from: 0.5, to: 0.1, step: 0.1 })).toThrowSaying(/from the lower to the higher/)
  expect(() => spreadThresholds({ from: 0.1, to: 0.5, step: 0.0001 })).toThrowSaying(/in steps of at least 0.001/)
})
