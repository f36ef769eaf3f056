import { expect, it } from 'vitest'
import { eigenvaluesOfHessenberg } from './eigenvaluesOfHessenberg.ts'

const found = (rows: number[][]) =>
  eigenvaluesOfHessenberg(rows.map((row) => Float64Array.from(row))).sort((a, b) => b.real - a.real || b.imaginary - a.imaginary)

it('finds the roots of a polynomial from its companion matrix, complex ones in pairs', () => {
  // (x - 3)(x - 2)(x^2 + 1)(x + 4) = x^5 - x^4 - 13 x^3 + 23 x^2 - 14 x + 24
  const companion = [
    [1, 13, -23, 14, -24],
    [1, 0, 0, 0, 0],
    [0, 1, 0, 0, 0],
    [0, 0, 1, 0, 0],
    [0, 0, 0, 1, 0],
  ]
  const want = [[3, 0], [2, 0], [0, 1], [0, -1], [-4, 0]] // prettier-ignore
  found(companion).forEach(({ real, imaginary }, k) => {
    expect(real).toBeCloseTo(want[k][0], 10)
    expect(imaginary).toBeCloseTo(want[k][1], 10)
  })
})

it('settles where eigenvalues lie a few rounding steps apart, and where plain shifts go round in circles', () => {
  const close = found([
    [0.999999999989908, 1.3065548645673487e-11, 1.9444573039481984e-16],
    [1.3065548643578526e-11, 0.9999999999830775, -1.8927628828786947e-16],
    [0, -2.4518554499925567e-16, 0.9999999998917932],
  ])
  for (const { real } of close) expect(Math.abs(real - 1)).toBeLessThan(1e-9)
  expect(found([[0, 0, 1], [1, 0, 0], [0, 1, 0]])[0].real).toBeCloseTo(1, 12) // prettier-ignore
})
