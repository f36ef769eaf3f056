import { expect, test } from 'vitest'
import { isLookedAt } from './batchState.ts'

test('what was looked at of one reader says nothing of another', () => {
  expect(isLookedAt({ run: { status: 'ready' }, reader: '1' }, '1')).toBe(true)
  expect(isLookedAt({ run: { status: 'ready' }, reader: '1' }, '2')).toBe(false)
  expect(isLookedAt({ run: { status: 'checking', done: 1, of: 2 }, reader: '1' }, '1')).toBe(false)
})
