import { expect, it } from 'vitest'
import { describeNonFinite } from '../../messages/en/image.ts'
import { findNonFinite } from './nonFinite.ts'

const box = { lower: [10, 20, 30], upper: [12, 21, 31] } as const

it('counts and locates voxels that are not finite, in the whole image', () => {
  const values = Float32Array.of(0, 1, NaN, 3, 4, 5, 6, 7, 8, -Infinity, 10, 11)
  expect(findNonFinite(values, box)).toEqual({
    count: 2,
    first: [
      [12, 20, 30],
      [10, 21, 31],
    ],
  })
  expect(findNonFinite(values, box, Uint8Array.of(1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1))).toEqual({
    count: 1,
    first: [[10, 21, 31]],
  })
  expect(findNonFinite(Int16Array.of(1, 2, 3), box)).toEqual({ count: 0, first: [] })
})

it('lists the first of many', () => {
  const found = findNonFinite(new Float64Array(12).fill(NaN), box)
  expect(found.first).toHaveLength(5)
  expect(describeNonFinite(found, 'the region')).toMatch(
    /^12 NaN or infinite voxels in the region, at \(10, 20, 30\), .* and more/,
  )
})
