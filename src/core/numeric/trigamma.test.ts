import { expect, test } from 'vitest'
import { trigamma } from './trigamma.ts'

test.each([
  [1, Math.PI ** 2 / 6],
  [0.5, Math.PI ** 2 / 2],
  [2.33, 0.53402662153313707],
  [1e-3, 1000001.6425331959],
  [11.99, 0.086977410486987594],
  [250, 0.0040080106666325358],
])('trigamma(%d) is R’s', (x, value) => expect(Math.abs(trigamma(x) / value - 1)).toBeLessThan(1e-12))
