import { expect, test } from 'vitest'
import { mean, standardDeviation, variance } from './moments.ts'

test('mean and variance of small whole numbers', () => {
  expect(mean([1, 2, 3, 6])).toBe(3)
  expect(variance([1, 2, 3, 6])).toBe(14 / 3)
  expect(standardDeviation([2, 4])).toBe(Math.SQRT2)
})

test('a great offset costs no digits', () => {
  expect(variance([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toBe(30)
  expect(variance(new Float64Array(7).fill(0.1))).toBe(0)
  expect(mean(new Float64Array(10).fill(0.1))).toBe(0.1)
})

test('too few values have none', () => {
  expect(mean([])).toBeNaN()
  expect(variance([3])).toBeNaN()
  expect(mean([1, Infinity])).toBe(Infinity)
  expect(variance([1, Infinity])).toBeNaN()
})
