import { expect, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { rankSumProbability } from '../statistics/rankSumTest.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { findOutcomeCopies } from './findCopies.ts'

function training(rows: number, positives: number, columns: Readonly<Record<string, (label: number, row: number) => number>>) {
  const ids = Array.from({ length: rows }, (_, i) => `p${i}`)
  const outcome = ids.map((_, i) => Number(i < positives))
  const values = Float64Array.from(Object.values(columns).flatMap((valueOf) => outcome.map(valueOf)))
  return takeTraining(makeFeatureTable(ids, Object.keys(columns), values), outcome, { training: ids, validation: [] })
}

test('a copy, its negative, one with gaps and one with a single slip among many pairs are found; a strong feature is none', () => {
  const random = createRandom(3)
  const found = findOutcomeCopies(
    training(100, 40, {
      copy: (label) => 2 * label + 1,
      against: (label) => -label,
      gaps: (label, row) => (row % 9 === 0 ? NaN : label + random.uniform() / 2),
      slip: (label, row) => (row === 0 ? 0.4 : label + (row === 50 ? 0.5 : random.uniform() / 3)),
      strong: (label) => label + 1.2 * random.uniform(),
      noise: () => random.uniform(),
    }),
  )
  expect(found.columns).toEqual(['copy', 'against', 'gaps', 'slip'])
  expect(found.expectedByChance).toBeLessThan(1e-20)
})

test('with few patients a perfect feature may be chance, and nothing is said', () => {
  const three = training(6, 3, { perfect: (label, row) => label + row / 100 })
  expect(findOutcomeCopies(three)).toEqual({ columns: [], expectedByChance: expect.closeTo(2 / 20, 12) as number })
  expect(findOutcomeCopies(training(14, 7, { perfect: (label, row) => label + row / 100 })).columns).toEqual(['perfect'])
})

test('the chance of a statistic is that of the exact test, and small where it is approximated', () => {
  expect(rankSumProbability(0, 3, 3)).toBeCloseTo(2 / 20, 14)
  expect(rankSumProbability(9, 3, 3)).toBeCloseTo(2 / 20, 14)
  expect(rankSumProbability(4.5, 3, 3)).toBe(1)
  expect(rankSumProbability(90, 300, 300)).toBeLessThan(1e-50)
})
