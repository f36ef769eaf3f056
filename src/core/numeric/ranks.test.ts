import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { averageRanks, rocAuc, sortPresent, tieGroups, tieSum } from './ranks.ts'

test('equal values share the mean of their ranks', () => {
  expect([...averageRanks([3, 1, 3, 2])]).toEqual([3.5, 1, 3.5, 2])
  expect([...averageRanks([7, 7, 7])]).toEqual([2, 2, 2])
  expect([...averageRanks([])]).toEqual([])
})

test('a missing value has no rank, the others rank among themselves', () => {
  expect([...averageRanks([5, NaN, 4, NaN, 5])]).toEqual([2.5, NaN, 1, NaN, 2.5])
  expect([...averageRanks([NaN])]).toEqual([NaN])
})

test('both zeros are equal; infinite values are the outermost', () => {
  expect([...averageRanks([0, -0, Infinity, -Infinity])]).toEqual([2.5, 2.5, 4, 1])
})

test('tie groups and their sum of t^3 - t', () => {
  const sorted = sortPresent([2, 1, 2, NaN, 3, 3, 3])
  expect([...sorted]).toEqual([1, 2, 2, 3, 3, 3])
  expect(tieGroups(sorted)).toEqual([2, 3])
  expect(tieSum(sorted)).toBe(6 + 24)
})

test('the area under the curve counts pairs, ties half', () => {
  expect(rocAuc([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1)
  expect(rocAuc([1, 2, 3, 4], [1, 1, 0, 0])).toBe(0)
  expect(rocAuc([1, 1, 1], [0, 1, 1])).toBe(0.5)
  expect(rocAuc([1, 2, 2, 3], [0, 1, 0, 1])).toBe(3.5 / 4)
  expect(rocAuc([-Infinity, Infinity, Infinity], [0, 0, 1])).toBe(0.75)
})

test('the area of a marker of the aSAH data equals the count over all pairs', () => {
  const rows = readFileSync('reference/statistics/asah.csv', 'utf8').trim().split('\n').slice(1).map((line) => line.split(',').map(Number)) // prettier-ignore
  const roc = JSON.parse(readFileSync('reference/statistics/roc.json', 'utf8'))
  for (const [marker, column] of [['s100b', 1], ['ndka', 2], ['wfns', 3]] as const) // prettier-ignore
    expect(rocAuc(rows.map((row) => row[column]), rows.map((row) => row[0]))).toBeCloseTo(roc.curves[marker].auc, 12) // prettier-ignore
})

test('one class has no area; a missing score is refused', () => {
  expect(rocAuc([1, 2], [1, 1])).toBeNaN()
  expect(rocAuc([1, 2], [0, 0])).toBeNaN()
  expect(() => rocAuc([1, NaN], [0, 1])).toThrowSaying('Score 2 of 2 is missing')
  expect(() => rocAuc([1], [0, 1])).toThrowSaying('1 scores and 2 outcomes')
})
