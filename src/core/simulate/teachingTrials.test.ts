import { expect, test } from 'vitest'
import type { Binormal } from '../evaluate/binormal.ts'
import { mean } from '../numeric/moments.ts'
import { fitApparentSlope, rechooseCutoff } from './teachingTrials.ts'

const truth: Binormal = { positive: { mean: 0.74, sd: 1 }, negative: { mean: 0, sd: 1 }, prevalence: 0.4 }
/** Of the best cut-off there is: 2 Phi(0.37) - 1. */
const bestInTruth = 0.288617

test('a cut-off that is chosen on the patients it is judged by is never worse there, and no better in truth', () => {
  const trials = Array.from({ length: 40 }, (_, sample) => rechooseCutoff(truth, 50, 40, sample))
  for (const { carried, rechosen, rechosenInTruth } of trials) {
    expect(rechosen).toBeGreaterThanOrEqual(carried)
    expect(rechosenInTruth).toBeLessThanOrEqual(bestInTruth)
  }
  expect(mean(trials.map(({ rechosen, carried }) => rechosen - carried))).toBeGreaterThan(0.05)
  expect(rechooseCutoff(truth, 50, 40, 3)).toEqual(trials[3])
})

test('a logistic model calibrates itself: its slope is 1 in its own patients and less in others', () => {
  const trials = Array.from({ length: 20 }, (_, sample) => fitApparentSlope(60, 40, sample))
  for (const { apparent } of trials) expect(apparent).toBeCloseTo(1, 6)
  const slope = mean(trials.map(({ newPatients }) => newPatients))
  expect(slope).toBeGreaterThan(0.4)
  expect(slope).toBeLessThan(0.9)
})
