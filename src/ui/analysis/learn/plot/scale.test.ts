import { expect, test } from 'vitest'
import { pathOf, createScale } from './scale.ts'

test('a line is broken where a value is missing', () => {
  const scale = createScale([0, 1], [0, 1], 100, 50)
  expect(pathOf({ x: [0, 0.5, 1, 1], y: [0, 1, NaN, 0] }, scale)).toBe('M0 50L50 0M100 50')
})
