import { describe, expect, test } from 'vitest'
import { expectEqual, logisticReference, rCalibration, readAsah } from '../../../reference/evaluation.ts'
import { exp, log } from '../numeric/functions.ts'
import { calibrate, defaultCalibrationOptions, type Coefficient } from './calibration.ts'
import { traceRoc } from './roc.ts'
import { declareProbabilities, type ProbabilityScores } from './probabilityScores.ts'
import { say } from '../../messages/say.ts'

const probabilities = (p: readonly number[]) => declareProbabilities(p, 'probability')
const training = { ...defaultCalibrationOptions, role: 'training' } as const
const pair = ({ estimate, standardError }: Coefficient) => [estimate, standardError]

describe.each(Object.entries(rCalibration))('%s probabilities', (_, set) => {
  const ours = calibrate(probabilities(set.p), set.y)

  test('three numbers of glm, and rms', () => {
    expectEqual(pair(ours.inTheLarge), set.inTheLarge)
    expectEqual(pair(ours.jointIntercept), set.intercept)
    expectEqual(pair(ours.slope), set.slope)
    const { valProb } = set
    expectEqual([ours.jointIntercept.estimate, ours.slope.estimate], [valProb.Intercept, valProb.Slope])
    expectEqual([ours.brier, ours.r2, traceRoc(set.p, set.y).auc], [valProb.Brier, valProb.R2, set.auc])
  })

  test('smoothers: lowess, and rms from it; loess, and ICI from it', () => {
    expectEqual(ours.curve.y, set.lowess)
    const { mean, p90, maximum } = ours.lowessDistances
    expectEqual([mean, p90, maximum], [set.valProb.Eavg, set.valProb.E90, set.valProb.Emax])
    const loess = ours.loessDistances!
    expectEqual([loess.mean, loess.median, loess.p90], [set.ici, set.e50, set.e90])
  })

  test('Hosmer and Lemeshow on training and on validation, and their groups', () => {
    expectEqual(
      ours.deciles.map((group) => group.events),
      set.hosmer.observed,
    )
    expectEqual(
      ours.deciles.map((group) => group.meanPredicted * group.patients),
      set.hosmer.expected,
    )
    expectEqual([ours.hosmerLemeshow.statistic, ours.hosmerLemeshow.p], [set.hosmer.statistic, set.hosmer.pValidation])
    expect(ours.hosmerLemeshow.df).toBe(set.hosmer.groups)
    const { df, p } = calibrate(probabilities(set.p), set.y, training).hosmerLemeshow
    expect(df).toBe(set.hosmer.groups - 2)
    expectEqual(p, set.hosmer.pTraining)
  })
})

test('the stored answers of rms and of Hosmer and Lemeshow', () => {
  const { probability, val_prob, val_prob_distorted, hosmer_lemeshow_10, hosmer_lemeshow_distorted } = logisticReference
  const distort = (p: number) => 1 / (1 + exp(-(0.6 * log(p / (1 - p)) + 0.3)))
  const cases = [
    [probability, val_prob, hosmer_lemeshow_10],
    [probability.map(distort), val_prob_distorted, hosmer_lemeshow_distorted],
  ] as const
  for (const [p, rms, hosmer] of cases) {
    const ours = calibrate(probabilities(p), readAsah().outcome, training)
    expectEqual(
      [ours.jointIntercept.estimate, ours.slope.estimate, ours.brier, ours.r2],
      [rms.Intercept, rms.Slope, rms.Brier, rms.R2],
    )
    expectEqual(
      [ours.lowessDistances.maximum, ours.lowessDistances.p90, ours.lowessDistances.mean],
      [rms.Emax, rms.E90, rms.Eavg],
    )
    const { statistic, df, p: probabilityOfIt } = ours.hosmerLemeshow
    expectEqual([statistic, df, probabilityOfIt], [hosmer.statistic, hosmer.df, hosmer.p])
  }
})

test('probabilities of 0 and 1 are left out of the logits and counted', () => {
  const { extreme, model } = rCalibration
  expect(calibrate(probabilities(extreme.p), extreme.y).zeroOrOne).toBe(3)
  expect(calibrate(probabilities(model.p), model.y).zeroOrOne).toBe(0)
  const allCertain = calibrate(probabilities([0, 0, 1, 1]), [0, 1, 1, 0])
  expect(allCertain).toMatchObject({ zeroOrOne: 4, brier: 0.5, r2: NaN })
  expect(allCertain.slope.estimate).toBeNaN()
})

test('degenerate: equal probabilities, three patients, separated classes', () => {
  const equal = calibrate(probabilities([0.25, 0.25, 0.25, 0.25]), [0, 0, 0, 1])
  expectEqual([equal.inTheLarge.estimate, equal.brier, equal.brierScaled], [0, 0.1875, 0], 1e-9)
  expect(equal.slope.estimate).toBeNaN()
  expect(equal.loessDistances).toBeNull()
  expect(equal.hosmerLemeshow).toMatchObject({ groups: 1, df: 1, statistic: 0, p: 1 })
  expect(calibrate(probabilities([0.25, 0.25, 0.25, 0.25]), [0, 0, 0, 1], training).hosmerLemeshow).toMatchObject({
    df: -1,
    p: NaN,
  })
  const three = calibrate(probabilities([0.2, 0.5, 0.4]), [0, 1, 1])
  expect(three).toMatchObject({ patients: 3, events: 2, loessDistances: null })
  expect(three.slope.estimate).toBeNaN()
  expectEqual(three.brier, (0.04 + 0.25 + 0.36) / 3, 1e-15)
})

test('apparent calibration of a logistic model is labelled', () => {
  const { p, y } = rCalibration.model
  expect(say(calibrate(probabilities(p), y, { ...training, apparentLogistic: true }).note!)).toMatch(/^By construction/)
  expect(calibrate(probabilities(p), y).note).toBeNull()
})

test('only declared probabilities are accepted, and the reason is told', () => {
  expect(() => calibrate({ values: Float64Array.of(0.2, 0.4) } as unknown as ProbabilityScores, [0, 1])).toThrowSaying(
    /not declared to be probabilities/,
  )
  expect(() => declareProbabilities([0.2, 0.4], 'decision')).toThrowSaying(/decision values/)
  expect(() => declareProbabilities([0.2, 0.4], 'weighted')).toThrowSaying(/class weights/)
  expect(() => declareProbabilities([0.2, 1.4], 'probability')).toThrowSaying(/that of patient 2 is 1.4/)
  expect(() => declareProbabilities([NaN], 'probability')).toThrowSaying(/that of patient 1 is NaN/)
})
