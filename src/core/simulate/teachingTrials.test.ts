import { expect, test } from 'vitest'
import type { Binormal } from '../evaluate/binormal.ts'
import { fitApparentSlopes, rechooseCutoffs } from './teachingTrials.ts'

const truth: Binormal = { positive: { mean: 0.74, sd: 1 }, negative: { mean: 0, sd: 1 }, prevalence: 0.4 }
/** Of the best cut-off there is: 2 Phi(0.37) - 1. */
const bestInTruth = 0.288617

test('a cut-off that is chosen on the patients it is judged by is never worse there, and no better in truth', () => {
  const job = { truth, patients: 50, seed: 40, studies: 40 }
  const { trials, mean } = rechooseCutoffs(job)
  expect(trials).toHaveLength(40)
  for (const { carried, rechosen, rechosenInTruth } of trials) {
    expect(rechosen).toBeGreaterThanOrEqual(carried)
    expect(rechosenInTruth).toBeLessThanOrEqual(bestInTruth)
  }
  expect(mean.rechosen - mean.carried).toBeGreaterThan(0.05)
  expect(mean.carried).toBeCloseTo(trials.reduce((sum, { carried }) => sum + carried, 0) / 40, 12)
  expect(rechooseCutoffs(job)).toEqual({ trials, mean })
})

test('a logistic model calibrates itself: its slope is 1 in its own patients and less in others', () => {
  const { trials, mean } = fitApparentSlopes({ patients: 60, seed: 40, models: 20 })
  for (const { apparent } of trials) expect(apparent).toBeCloseTo(1, 6)
  expect(mean.newPatients).toBeGreaterThan(0.4)
  expect(mean.newPatients).toBeLessThan(0.9)
})
