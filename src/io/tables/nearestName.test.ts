import { expect, test } from 'vitest'
import { nearestName } from './nearestName.ts'

const known = ['binWidth', 'binCount', 'label', 'force2D']

test.each([
  ['binwidth', 'binWidth'],
  ['bin_width', 'binWidth'],
  ['lable', 'label'],
  ['force2d', 'force2D'],
  ['binCounts', 'binCount'],
  ['quality', undefined],
  ['', undefined],
])('%s is near %s', (name, want) => {
  expect(nearestName(name, known)).toBe(want)
})

test('nothing is near an empty list', () => {
  expect(nearestName('binWidth', [])).toBeUndefined()
})
