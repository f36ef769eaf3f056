import { expect, test } from 'vitest'
import { pathOf, createScale } from './scale.ts'
import { ticksOf } from './ticks.ts'

test('ticks are round numbers inside the range', () => {
  expect(ticksOf([-3.2, 4.1], 4)).toEqual([-2, 0, 2, 4])
  expect(ticksOf([0, 0.33], 4)).toEqual([0, 0.1, 0.2, 0.3])
  expect(ticksOf([0.4, 1], 6)).toEqual([0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
  expect(ticksOf([0, 23], 3)).toEqual([0, 10, 20])
})

test('a line is broken where a value is missing', () => {
  const scale = createScale([0, 1], [0, 1], 100, 50)
  expect(pathOf({ x: [0, 0.5, 1, 1], y: [0, 1, NaN, 0] }, scale)).toBe('M0 50L50 0M100 50')
})
