import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { median, quantile, type QuantileType } from './quantile.ts'

const reference = JSON.parse(readFileSync('reference/r/quantile.json', 'utf8')) as {
  rows: { values: number[]; p: number; type: QuantileType; value: number }[]
}

test('types 7 and 6 equal R', () => {
  expect(reference.rows.length).toBeGreaterThan(100)
  for (const { values, p, type, value } of reference.rows)
    expect(Math.abs(quantile(values, p, type) - value), `type ${type}, p ${p} of ${values.length}`).toBeLessThanOrEqual(
      1e-12 * Math.max(1, Math.abs(value)),
    )
})

test('age and S100B of the aSAH data equal R', () => {
  const answers = JSON.parse(readFileSync('reference/statistics/tests.json', 'utf8'))
  const rows = readFileSync('reference/statistics/asah.csv', 'utf8').trim().split('\n').slice(1).map((line) => line.split(',').map(Number)) // prettier-ignore
  const age = rows.map((row) => row[4])
  const s100b = rows.map((row) => row[1])
  ;[0.25, 0.5, 0.75].forEach((p, i) => {
    expect(quantile(age, p)).toBe(answers.quantile_age_type7[i])
    expect(quantile(s100b, p, 6)).toBeCloseTo(answers.quantile_s100b_type6[i], 12)
  })
})

test('infinite neighbours, one value, no value', () => {
  expect(quantile([1, Infinity, Infinity], 0.9)).toBe(Infinity)
  expect(quantile([4], 0.3, 6)).toBe(4)
  expect(quantile([], 0.5)).toBeNaN()
  expect(median([3, 1, 2, 10])).toBe(2.5)
})

test('missing values and impossible probabilities are refused', () => {
  expect(() => quantile([1, NaN], 0.5)).toThrowSaying('missing values')
  expect(() => quantile([1], 1.2)).toThrowSaying('1.2 was given')
  expect(() => quantile([1], NaN)).toThrowSaying('NaN was given')
})
