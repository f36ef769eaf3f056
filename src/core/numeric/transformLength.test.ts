import { expect, test } from 'vitest'
import { transformLength } from './transformLength.ts'

test('lengths of transforms are the next ones of the form 2^a 3^b', () => {
  expect([1, 5, 7, 13, 17, 97, 187, 199].map(transformLength)).toEqual([1, 6, 8, 16, 18, 108, 192, 216])
})
