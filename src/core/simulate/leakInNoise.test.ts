import { beforeAll, expect, test } from 'vitest'
import { mean, standardDeviation } from '../numeric/moments.ts'
import { defaultNoiseTrial, findLeakInNoise, type LeakInNoise } from './leakInNoise.ts'

let trials: LeakInNoise[]
beforeAll(() => {
  trials = Array.from({ length: 8 }, (_, i) => findLeakInNoise({ ...defaultNoiseTrial, seed: i + 1 }))
}, 120_000)
const of = (name: 'apparent' | 'chosenOnAll' | 'chosenInFolds' | 'newPatients') => trials.map((trial) => trial[name])
const threeErrors = (values: readonly number[]) => (3 * standardDeviation(values)) / Math.sqrt(values.length)

test.each(['chosenInFolds', 'newPatients'] as const)('in noise, %s has the AUC of chance', (name) => {
  expect(Math.abs(mean(of(name)) - 0.5)).toBeLessThan(threeErrors(of(name)))
})

test('features chosen on all patients find much in noise, and the patients that were learnt from more', () => {
  expect(mean(of('chosenOnAll'))).toBeGreaterThan(0.75)
  expect(mean(of('apparent'))).toBeGreaterThan(mean(of('chosenOnAll')))
})

test('the same seed finds the same; each piece of the work is told', () => {
  const told: string[] = []
  expect(findLeakInNoise(defaultNoiseTrial, (done, total) => told.push(`${done} of ${total}`))).toEqual(trials[0])
  expect(told).toEqual(Array.from({ length: 11 }, (_, i) => `${i + 1} of 11`))
  expect(trials[0].keptInFolds).toHaveLength(5)
})
