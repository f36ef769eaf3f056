import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Grid } from '../image/volume.ts'
import type { PixelType, Triple } from '../numeric/voxelArray.ts'
import { checkInsideImage } from './checkRegion.ts'
import { compareGeometry, isSameGridButRounding } from './compareGeometry.ts'
import { resegment, type ResegmentOptions } from './resegment.ts'
import { say, sayError } from '../../messages/say.ts'

const reference = JSON.parse(readFileSync(new URL('../../../reference/simpleitk/masks.json', import.meta.url), 'utf8')) as {
  geometry: { image: Grid; mask: Grid; tolerance: number | null; same: boolean }[]
  inside: { image: Grid; mask: Grid; lower: Triple; upper: Triple; inside: boolean }[]
  resegment: {
    resegmentRange: number[]
    resegmentMode: ResegmentOptions['mode']
    pixelType: PixelType
    thresholds: number[]
    values: number[]
    mask: number[]
    kept: number[]
  }[]
}

describe('compareGeometry', () => {
  it('takes grids together exactly where SimpleITK does, and beside these what differs by rounding alone', () => {
    const taken = (of: typeof reference.geometry) =>
      of.map(({ image, mask, tolerance }) => compareGeometry(image, mask, tolerance ?? undefined).length === 0)
    const [rounded, apart] = [true, false].map((wanted) =>
      reference.geometry.filter(({ image, mask }) => isSameGridButRounding(image, mask) === wanted),
    )
    expect(taken(apart)).toEqual(apart.map(({ same }) => same))
    expect(taken(rounded)).toEqual(rounded.map(() => true))
    expect(apart.filter(({ same }) => same).length).toBeGreaterThan(5)
    expect(apart.filter(({ same }) => !same).length).toBeGreaterThan(10)
  })

  it('says what differs, by how much, and what can be done', () => {
    const { image } = reference.geometry[0]
    const differences = compareGeometry(image, { ...image, size: [4, 5, 7], originMm: [10, -20, 30.25] })
    expect(differences).toMatchObject([
      { property: 'size', difference: 1, tolerance: 0 },
      { property: 'origin', difference: 0.25, tolerance: 5e-7 },
    ])
    expect(
      say({
        step: 'extraction',
        code: 'grids-differ',
        values: { differences, names: { resampleMask: 'correctMask', tolerance: 'geometryTolerance' } },
      }),
    ).toMatch(
      /size of the mask is \(4, 5, 7\), that of the image \(4, 5, 6\) voxels\..*origin .* differ by 5e-7 mm\. Switch correctMask on/,
    )
  })

  it('does not take NaN for equal', () => {
    const { image } = reference.geometry[0]
    expect(compareGeometry(image, { ...image, originMm: [NaN, -20, 30] })).toHaveLength(1)
  })
})

describe('checkInsideImage', () => {
  it('finds the regions inside that PyRadiomics finds inside', () => {
    const isInside = ({ image, mask, lower, upper }: { image: Grid; mask: Grid; lower: Triple; upper: Triple }) => {
      try {
        checkInsideImage(mask, { lower, upper }, image)
        return true
      } catch (error) {
        expect(sayError(error)).toMatch(/lies outside the image: its box goes from voxel/)
        return false
      }
    }
    expect(reference.inside.map(isInside)).toEqual(reference.inside.map(({ inside }) => inside))
  })
})

describe('resegment', () => {
  const name = 'resegmentRange'

  it.each(reference.resegment)(
    '$pixelType, $resegmentMode $resegmentRange as PyRadiomics',
    ({ pixelType, thresholds, values, mask, kept, resegmentRange: range, resegmentMode: mode }) => {
      const result = resegment(Float64Array.from(values), Uint8Array.from(mask), pixelType, { range, mode, name })
      expect([...result.voxels]).toEqual(kept)
      expect(result.thresholds).toEqual(thresholds)
      expect(result.retained + result.excluded).toBe(mask.reduce((sum, inside) => sum + inside, 0))
    },
  )

  it('refuses a range that leaves fewer than two voxels, and a range of three', () => {
    const values = Float64Array.of(1, 2, 3, 4)
    const mask = Uint8Array.of(1, 1, 1, 0)
    const options = { range: [3], mode: 'absolute' as const, name }
    expect(() => resegment(values, mask, 'float64', options)).toThrowSaying(/leaves 1 of 3 voxels, with grey levels from 3 up/)
    expect([...resegment(values, mask, 'float64', { ...options, range: [2] }).voxels]).toEqual([0, 1, 1, 0])
    expect(() => resegment(values, mask, 'float64', { ...options, range: [1, 2, 3] })).toThrowSaying(/has 3 values/)
  })
})
