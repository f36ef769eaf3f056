import { expect, it } from 'vitest'
import { formatPythonFloat, formatPythonTuple } from './pythonNumber.ts'

it.each([
  [1, '1.0'],
  [0, '0.0'],
  [-0, '-0.0'],
  [385.6564080810547, '385.6564080810547'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [-1.5e-7, '-1.5e-07'],
  [1e16, '1e+16'],
  [123456789012345680, '1.2345678901234568e+17'],
  [1e15, '1000000000000000.0'],
  [NaN, 'nan'],
  [-Infinity, '-inf'],
])('writes %d as Python does', (x, text) => {
  expect(formatPythonFloat(x)).toBe(text)
})

it('writes tuples of floats and of integers', () => {
  expect(formatPythonTuple([1, 2.5], 'float')).toBe('(1.0, 2.5)')
  expect(formatPythonTuple([45, 120], 'integer')).toBe('(45, 120)')
})
