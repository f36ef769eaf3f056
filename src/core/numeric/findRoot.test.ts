import { expect, test } from 'vitest'
import { findRoot } from './findRoot.ts'

test('finds a root to the tolerance asked for', () => {
  expect(findRoot((x) => x * x - 2, 0, 2, { tolerance: 1e-14 })).toBeCloseTo(Math.SQRT2, 13)
  expect(findRoot((x) => 1 / x - 8, 0.001, 1, { tolerance: 1e-14 })).toBeCloseTo(0.125, 13)
  expect(Math.abs(findRoot((x) => Math.cos(x) - x, 0, 1) - 0.7390851332151607)).toBeLessThan(1e-4)
})

test('a root at an end is given as it is; a step function does not hang', () => {
  expect(findRoot((x) => x, 0, 1)).toBe(0)
  expect(findRoot((x) => x - 1, 0, 1)).toBe(1)
  expect(findRoot((x) => (x < 0.3 ? -1 : 1), 0, 1, { tolerance: 1e-9 })).toBeCloseTo(0.3, 8)
})

test('ends of the same sign are refused', () => {
  expect(() => findRoot((x) => x + 1, 0, 1)).toThrowSaying('they are 1 and 2')
})
