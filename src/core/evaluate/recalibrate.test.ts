import { expect, test } from 'vitest'
import { expectEqual, rCalibration, readAsah } from '../../../reference/evaluation.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { calibrate } from './calibration.ts'
import { applyRecalibration, fitRecalibration } from './recalibrate.ts'
import { traceRoc } from './roc.ts'

const asah = readAsah()

function trainOn(scores: readonly number[], outcome: readonly number[]) {
  const ids = scores.map((_, i) => `p${i}`)
  return takeTraining(makeFeatureTable(ids, ['score'], Float64Array.from(scores)), outcome, { training: ids, validation: [] })
}

test('recalibrated training probabilities have intercept 0 and slope 1, and the same ROC curve', () => {
  const record = fitRecalibration(trainOn(asah.wfns, asah.outcome), 'score')
  const p = applyRecalibration(record, asah.wfns)
  const { inTheLarge, slope, jointIntercept } = calibrate(p, asah.outcome)
  expectEqual([inTheLarge.estimate, jointIntercept.estimate, slope.estimate], [0, 0, 1])
  expect(traceRoc(p.values, asah.outcome).auc).toBe(traceRoc(asah.wfns, asah.outcome).auc)
  expect(record.learntFrom.length).toBe(113)
})

test('on the scale of logits it undoes a distortion: intercept and slope are those of glm(y ~ logit p)', () => {
  const { p, y, intercept, slope } = rCalibration.distorted
  const record = fitRecalibration(trainOn(p, y), 'score', 'logit')
  expectEqual([record.intercept, record.slope], [intercept[0], slope[0]])
  expectEqual(applyRecalibration(record, p).values, rCalibration.model.p)
})

test.each([
  ['constant scores', [1, 1, 1, 1], 'score', /constant/],
  ['separated classes', [1, 2, 3, 4], 'score', /separate the training classes/],
  ['a probability of 1', [0.1, 0.5, 0.3, 1], 'logit', /both excluded; 1 was given/],
  ['a missing score', [1, NaN, 2, 3], 'score', /missing/],
] as const)('%s: refused', (_, scores, scale, message) => {
  expect(() => fitRecalibration(trainOn(scores, [0, 0, 1, 1]), 'score', scale)).toThrowSaying(message)
})

test('only training patients teach', () => {
  const training = trainOn([1, 2, 3, 4], [0, 1, 0, 1])
  expect(() => fitRecalibration({ ...training }, 'score')).toThrow(TypeError)
  expect(() => fitRecalibration(training, 'other')).toThrowSaying(/no scores named other; it has score/)
})
