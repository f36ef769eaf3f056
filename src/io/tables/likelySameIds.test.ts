import { expect, test } from 'vitest'
import { likelySameIds, likelyTwice } from './likelySameIds.ts'

test.each([
  ['P01', 'p01'],
  ['P01', 'P1'],
  ['00123', '123'],
  ['\uff30\uff10\uff11', 'P01'],
  ['Ange\u0301', 'Ang\u00e9'],
  ['P 01', 'P01'],
  ['P01\u200b', 'P01'],
  ['A\u20111', 'A-1'],
])('%s and %s are likely the same', (a, b) => {
  expect(likelySameIds([a, 'Q7'], ['Q8', b])).toEqual([[a, b]])
})

test('equal IDs, and other ones, are not told', () => {
  expect(likelySameIds(['P01', 'P10', 'A-1'], ['P01', 'P100', 'A1'])).toEqual([])
})

test('within one list every pair is told once', () => {
  expect(likelyTwice(['P01', 'Q2', 'p1', 'Q3', 'q02'])).toEqual([['P01', 'p1'], ['Q2', 'q02']]) // prettier-ignore
})
