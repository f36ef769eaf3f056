import { expect, test } from 'vitest'
import { likelySameIds } from './likelySameIds.ts'

test.each([
  ['P01', 'p01'],
  ['P01', 'P1'],
  ['00123', '123'],
  ['\uff30\uff10\uff11', 'P01'],
  ['Ange\u0301', 'Ang\u00e9'],
  ['P 01', 'P01'],
])('%s and %s are likely the same', (a, b) => {
  expect(likelySameIds([a, 'Q7'], ['Q8', b])).toEqual([[a, b]])
})

test('equal IDs, and other ones, are not told', () => {
  expect(likelySameIds(['P01', 'P10', 'A-1'], ['P01', 'P100', 'A1'])).toEqual([])
})
