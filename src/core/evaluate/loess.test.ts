import { expect, test } from 'vitest'
import { expectEqual, rCalibration } from '../../../reference/evaluation.ts'
import { smoothLoess } from './loess.ts'
import { smoothLowess } from './lowess.ts'

test.each(Object.entries(rCalibration))('loess of %s probabilities is that of R', (_, set) => {
  expectEqual(smoothLoess(set.p, set.y)!, set.loess)
})

test.each(Object.entries(rCalibration))('lowess of %s probabilities is that of R', (_, set) => {
  const ours = smoothLowess(set.p, set.y)
  expectEqual(ours.y, set.lowess)
  expect(ours.x).toEqual(set.p.toSorted((a, b) => a - b))
})

test('a straight line is kept by both, a parabola by loess', () => {
  const x = Array.from({ length: 40 }, (_, i) => (i * 7) % 40)
  expectEqual(
    smoothLoess(
      x,
      x.map((v) => 3 - v),
    )!,
    x.map((v) => 3 - v),
    1e-12,
  )
  expectEqual(
    smoothLowess(
      x,
      x.map((v) => 3 - v),
    ).y,
    x.toSorted((a, b) => a - b).map((v) => 3 - v),
    1e-12,
  )
  expectEqual(
    smoothLoess(
      [...x],
      x.map((v) => v * v),
    )!.length,
    40,
  )
})

test('too few distinct values for a parabola give no loess, and lowess their means', () => {
  expect(smoothLoess([1, 1, 2, 2, 2], [0, 1, 0, 1, 1])).toBeNull()
  expect(smoothLowess([1, 1, 1, 1], [0, 1, 1, 1]).y).toEqual([0.75, 0.75, 0.75, 0.75])
})
