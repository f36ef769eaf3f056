import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eigenvaluesSymmetric3 } from './eigen.ts'

const entry = fc.double({ min: -100, max: 100, noNaN: true })

test('a diagonal matrix keeps its entries, sorted', () => {
  expect(eigenvaluesSymmetric3({ xx: 3, yy: 0.1, zz: 2, xy: 0, xz: 0, yz: 0 })).toEqual([0.1, 2, 3])
})

test('a matrix known by hand: 2 on the diagonal, 1 elsewhere has 1, 1, 4', () => {
  const values = eigenvaluesSymmetric3({ xx: 2, yy: 2, zz: 2, xy: 1, xz: 1, yz: 1 })
  ;[1, 1, 4].forEach((want, i) => expect(Math.abs(values[i] - want)).toBeLessThan(1e-14))
})

test('trace, sum of squares and determinant are kept', () => {
  fc.assert(
    fc.property(entry, entry, entry, entry, entry, entry, (xx, yy, zz, xy, xz, yz) => {
      const [a, b, c] = eigenvaluesSymmetric3({ xx, yy, zz, xy, xz, yz })
      const scale = Math.max(1e-50, ...[xx, yy, zz, xy, xz, yz].map(Math.abs))
      const determinant = xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz)
      expect(a <= b && b <= c).toBe(true)
      expect(Math.abs(a + b + c - (xx + yy + zz)) / scale).toBeLessThan(1e-13)
      const squares = xx * xx + yy * yy + zz * zz + 2 * (xy * xy + xz * xz + yz * yz)
      expect(Math.abs(a * a + b * b + c * c - squares) / (scale * scale)).toBeLessThan(1e-13)
      expect(Math.abs(a * b * c - determinant) / (scale * scale * scale)).toBeLessThan(1e-12)
    }),
  )
})

test('NaN is not hidden', () => {
  expect(eigenvaluesSymmetric3({ xx: 1, yy: 1, zz: 1, xy: NaN, xz: 0, yz: 0 }).some(Number.isNaN)).toBe(true)
})
