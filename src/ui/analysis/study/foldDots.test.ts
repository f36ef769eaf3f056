import { expect, test } from 'vitest'
import { dotAt } from './FoldDots.tsx'

test('a dot belongs to the patient it is drawn for, also in the second line; beside them there is nobody', () => {
  expect([dotAt(0, 0, 300), dotAt(5.9, 5.9, 300), dotAt(6, 0, 300)]).toEqual([0, 0, 1])
  expect([dotAt(3, 9, 300), dotAt(299, 9, 300)]).toEqual([250, 299])
  expect([dotAt(303, 9, 300), dotAt(1503, 3, 300), dotAt(-1, 3, 300)]).toEqual([undefined, undefined, undefined])
})
