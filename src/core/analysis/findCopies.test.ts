import { expect, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { rankSumProbability } from '../statistics/rankSumTest.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { takeTraining } from '../table/trainingTable.ts'
import { findOutcomeCopies, findTrainingCopies } from './findCopies.ts'

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

test('rows of equal values under other IDs are twins, unless they are one patient’s or of too few features to tell', () => {
  const values = (row: number) => [row, row === 4 ? -0 : 0, row === 2 || row === 5 ? NaN : 1, row].map((value, j) => (j === 3 ? value % 4 : value))
  const table = (columns: number, copies?: ReadonlyMap<string, string>) => {
    const rows = [0, 1, 2, 3, 0, 2].map(values)
    const ids = rows.map((_, i) => `p${i}`)
    const features = makeFeatureTable(ids, Array.from({ length: columns }, (_, j) => `f${j}`), Float64Array.from(Array.from({ length: columns }, (_, j) => rows.map((row) => row[j])).flat()))
    return takeTraining(features, [0, 1, 0, 1, 0, 1], { training: ids, validation: [] }, copies)
  }
  const twins = [{ later: 'p4', first: 'p0' }, { later: 'p5', first: 'p2' }]
  expect(findTrainingCopies(table(4)).twins).toEqual(twins)
  expect(findTrainingCopies(table(2)).twins).toEqual([])
  const lesions = new Map(['p0', 'p1', 'p2', 'p3', 'p4', 'p5'].map((id) => [id, id === 'p4' ? 'p0' : id]))
  expect(findTrainingCopies(table(4, lesions)).twins).toEqual(twins.slice(1))
}) // prettier-ignore
