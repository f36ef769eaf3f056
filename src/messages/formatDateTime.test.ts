import { expect, test } from 'vitest'
import { formatDateTime } from './formatDateTime.ts'

test('a moment is year, month, day, hour and minute, whatever the language of the computer', () => {
  expect(formatDateTime(new Date(2026, 2, 9, 8, 5, 59))).toBe('2026-03-09 08:05')
  expect(formatDateTime(new Date(2026, 11, 31, 23, 59).getTime())).toBe('2026-12-31 23:59')
})
