import { expect, test } from 'vitest'
import { formatJson } from './formatJson.ts'
import { say } from '../../messages/say.ts'

test('every bit of a double comes back; NaN is null, infinities are words', () => {
  const written = JSON.parse(formatJson({ a: [0.1 + 0.2, 5e-324, NaN], b: Infinity, c: -Infinity, d: 'NaN', e: null }, say))
  expect(written).toEqual({ a: [0.1 + 0.2, 5e-324, null], b: 'Infinity', c: '-Infinity', d: 'NaN', e: null })
  expect(formatJson(1, say)).toBe('1\n')
})
