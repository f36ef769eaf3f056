import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Direction, Grid } from '../image/volume.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { compareGeometry, isSameGridButRounding } from './compareGeometry.ts'

/** Rotation by a unit quaternion, as NIfTI's qform has it. */
function rotation([a, b, c, d]: readonly number[]): Direction {
  return [
    a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c),
    2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b),
    2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c,
  ] // prettier-ignore
}

const unit = fc
  .tuple(...Array.from({ length: 4 }, () => fc.double({ min: -1, max: 1, noNaN: true })))
  .filter((q) => q.some((x) => Math.abs(x) > 0.1))
  .map((q) => {
    const length = Math.sqrt(q.reduce((sum, x) => sum + x * x, 0))
    return q.map((x) => x / length)
  })

const triple = (min: number, max: number) =>
  fc.tuple(...Array.from({ length: 3 }, () => fc.double({ min, max, noNaN: true }))).map((values) => values as unknown as Triple)

/** Oblique series as scanners make them: voxels of 0.3 to 6 mm, up to 512 a side, near the isocentre or well off it. */
const grids: fc.Arbitrary<{ grid: Grid; quaternion: readonly number[] }> = fc
  .record({
    size: fc.tuple(fc.integer({ min: 2, max: 512 }), fc.integer({ min: 2, max: 512 }), fc.integer({ min: 2, max: 300 })),
    spacingMm: triple(0.3, 6),
    originMm: triple(-500, 500),
    quaternion: unit,
  })
  .map(({ quaternion, ...grid }) => ({ grid: { ...grid, direction: rotation(quaternion) }, quaternion }))

const single = <T extends readonly number[]>(values: T) => values.map(Math.fround) as unknown as T

test('an oblique grid and itself after the single precision of a header are one, by sform and by qform', () => {
  fc.assert(
    fc.property(grids, ({ grid, quaternion }) => {
      const { size, spacingMm, originMm, direction } = grid
      // srow holds direction x spacing; reading takes it apart again.
      const affine = single(direction.map((cosine, at) => cosine * spacingMm[at % 3]))
      const lengths = [0, 1, 2].map((axis) =>
        Math.sqrt([0, 3, 6].reduce((sum, row) => sum + affine[row + axis] * affine[row + axis], 0)),
      )
      const bySform = { size, spacingMm: lengths as unknown as Triple, originMm: single(originMm), direction: affine.map((value, at) => value / lengths[at % 3]) as unknown as Direction } // prettier-ignore
      const byDecimals = { size, spacingMm: single(spacingMm), originMm: single(originMm), direction: single(direction) }
      const [, b, c, d] = single(quaternion)
      const a = Math.sign(quaternion[0] || 1) * Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d))
      const byQform = { ...byDecimals, direction: rotation([a, b, c, d]) }
      expect(isSameGridButRounding(grid, bySform)).toBe(true)
      expect(compareGeometry(grid, byDecimals)).toEqual([])
      // Near half a turn the first entry of a quaternion is a small difference of large numbers, as every reader of NIfTI has it.
      if (Math.abs(quaternion[0]) > 0.3) expect(compareGeometry(grid, byQform)).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('a hundredth of a voxel is no rounding, in whatever property', () => {
  fc.assert(
    fc.property(grids, fc.integer({ min: 0, max: 2 }), ({ grid }, axis) => {
      const shift = 0.01 * Math.min(...grid.spacingMm)
      const moved = { ...grid, originMm: grid.originMm.with(axis, grid.originMm[axis] + shift) as unknown as Triple }
      const stretched = { ...grid, spacingMm: grid.spacingMm.with(axis, grid.spacingMm[axis] + shift / (grid.size[axis] - 1)) as unknown as Triple } // prettier-ignore
      expect(isSameGridButRounding(grid, moved)).toBe(false)
      expect(isSameGridButRounding(grid, stretched)).toBe(false)
      expect(compareGeometry(grid, moved)).not.toEqual([])
    }),
  )
})

test('3.65e-6 mm on an oblique series are rounding; another size is another grid, and NaN equals nothing', () => {
  const grid: Grid = { size: [320, 320, 120], spacingMm: [0.9, 0.9, 1.2], originMm: [-141.2, -160.4, 88.1], direction: rotation([0.9, 0.1, 0.2, Math.sqrt(1 - 0.86)]) } // prettier-ignore
  const off = { ...grid, originMm: [-141.2 + 3.65e-6, -160.4, 88.1] as const }
  expect(compareGeometry(grid, off)).toEqual([])
  expect(compareGeometry(grid, { ...off, size: [320, 320, 119] })[0]).toMatchObject({ property: 'size' })
  expect(isSameGridButRounding(grid, { ...grid, originMm: [NaN, 0, 0] })).toBe(false)
})
