import { expect, test } from 'vitest'
import { expBelowZero } from './expBelowZero.ts'
import { exp } from './functions.ts'

test('the same bits as exp', () => {
  for (let i = 0; i <= 50_000; i++) {
    const x = (-i * 50) / 50_000
    if (expBelowZero(x) !== exp(x)) expect(expBelowZero(x), `exp(${x})`).toBe(exp(x))
  }
  expect(expBelowZero(0)).toBe(1)
  expect(expBelowZero(-1e-12)).toBe(exp(-1e-12))
})
