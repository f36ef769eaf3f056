import { expect, test } from 'vitest'
import { leaveForgetMark, takeForgetMark } from './forgetMark.ts'

function storage(entries = new Map<string, string>()) {
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  }
}

test('a mark counts once, and only for the page that is loaded next', () => {
  const session = storage()
  expect(takeForgetMark(session, 1000)).toBeNull()
  leaveForgetMark(session, 'here', 1000)
  expect(takeForgetMark(session, 3000)).toBe('here')
  expect(takeForgetMark(session, 3000)).toBeNull()
  leaveForgetMark(session, 'elsewhere', 1000)
  expect(takeForgetMark(session, 3000)).toBe('elsewhere')
  // A tab that the browser brings back another day forgets nothing.
  leaveForgetMark(session, 'here', 1000)
  expect(takeForgetMark(session, 86_400_000)).toBeNull()
  expect(takeForgetMark(session, 3000)).toBeNull()
  expect(takeForgetMark(storage(new Map([['texel.forget', 'anything']])), 0)).toBeNull()
})
