import { expect, test } from 'vitest'
import { ticksOf } from './ticks.ts'

test('ticks are round numbers inside the range', () => {
  expect(ticksOf([-3.2, 4.1], 4)).toEqual([-2, 0, 2, 4])
  expect(ticksOf([0, 0.33], 4)).toEqual([0, 0.1, 0.2, 0.3])
  expect(ticksOf([0.4, 1], 6)).toEqual([0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
  expect(ticksOf([0, 23], 3)).toEqual([0, 10, 20])
})
