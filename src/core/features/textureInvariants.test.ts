import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import type { Kernels } from '../kernels/kernels.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { planFeatures } from '../parameters/profiles/pyradiomics.ts'
import { generalDefaults, type GeneralSettings } from '../parameters/profiles/pyradiomics/generalSettings.ts'
import { computeFeatureClasses, type GreyValueClassName } from './computeFeatureClass.ts'
import { DataError } from '../messages/message.ts'

const classNames: readonly GreyValueClassName[] = ['firstorder', 'glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm']
const texture = classNames.slice(1)
const settings: GeneralSettings = { ...generalDefaults, binWidth: 10 }

interface Made {
  readonly size: Triple
  readonly image: readonly number[]
  readonly mask: readonly number[]
}

let kernels: Kernels
beforeAll(async () => {
  kernels = await loadKernels({ build: 'debug' })
})

function features({ size, image, mask }: Made, names = classNames, changed: Partial<GeneralSettings> = {}): Map<string, number> {
  return kernels.scope(() => {
    const pointer = kernels.allocate(8 * image.length)
    const inside = kernels.allocate(mask.length)
    kernels.f64(pointer, image.length).set(image)
    kernels.u8(inside, mask.length).set(mask)
    const region = {
      image: { pointer, size, spacingMm: [1, 1, 1] as const, pixelType: 'float64' as const },
      mask: { pointer: inside, size },
      voxelCount: mask.reduce((sum, value) => sum + value, 0),
    }
    return new Map(computeFeatureClasses(kernels, region, names.map((name) => ({ name, features: 'all' })), planFeatures({ ...settings, ...changed })).features) // prettier-ignore
  })
}

/** A region of 4 x 3 x 2 voxels or a little more, at least two of them inside. */
const made: fc.Arbitrary<Made> = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 3 }))
  .chain(([nx, ny, nz]) =>
    fc.record({
      size: fc.constant<Triple>([nx, ny, nz]),
      image: fc.array(fc.integer({ min: 0, max: 80 }), { minLength: nx * ny * nz, maxLength: nx * ny * nz }),
      mask: fc.array(fc.constantFrom(0, 1, 1), { minLength: nx * ny * nz, maxLength: nx * ny * nz }),
    }),
  )
  .map(({ size, image, mask }) => ({ size, image, mask: mask.map((value, i) => (i < 2 || i === mask.length - 1 ? 1 : value)) }))

/** Names of features that differ. Of Imc2 and MCC rounding alone decides whether an independent direction is NaN, 0 or 1e-8. */
function differing(got: Map<string, number>, want: Map<string, number>): string[] {
  const same = (a: number, b: number) => Object.is(a, b) || Math.abs(a - b) <= Math.max(1e-10 * Math.abs(b), 1e-9)
  return [...want].filter(([name, value]) => !/Imc2|MCC/.test(name) && !same(got.get(name)!, value)).map(([name]) => name)
}

describe('texture does not change', () => {
  it('when all grey values move by whole bins', () => {
    fc.assert(fc.property(made, fc.integer({ min: -5, max: 5 }), (region, bins) => {
      const moved = { ...region, image: region.image.map((value) => value + 10 * bins) }
      expect(features(moved, texture)).toEqual(features(region, texture))
    }), { numRuns: 30, seed: 1 }) // prettier-ignore
  })

  it('with what lies outside the mask', () => {
    fc.assert(fc.property(made, (region) => {
      const other = { ...region, image: region.image.map((value, i) => (region.mask[i] ? value : 1e6 * i)) }
      expect(features(other)).toEqual(features(region))
    }), { numRuns: 30, seed: 2 }) // prettier-ignore
  })

  it('when the axes change places or a side is mirrored', () => {
    fc.assert(fc.property(made, (region) => {
      const [nx, ny, nz] = region.size
      const turn = (values: readonly number[]) =>
        Array.from({ length: values.length }, (_, i) => {
          const [z, y, x] = [i % nz, Math.floor(i / nz) % ny, Math.floor(i / (nz * ny))]
          return values[nx - 1 - x + nx * (y + ny * z)]
        })
      const turned = { size: [nz, ny, nx] as Triple, image: turn(region.image), mask: turn(region.mask) }
      expect(differing(features(turned), features(region))).toEqual([])
    }), { numRuns: 30, seed: 3 }) // prettier-ignore
  })
})

describe('features of one region agree with each other', () => {
  it('as their definitions demand', () => {
    fc.assert(fc.property(made, (region) => {
      const all = features(region)
      const value = (name: string) => all.get(name)!
      const n = region.mask.reduce((sum, inside) => sum + inside, 0)
      const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-10 * Math.max(1, Math.abs(b)))
      // A symmetrical matrix: Var(i + j) + E (i - j)^2 = 4 Var(i), and E (i + j) = 2 E i.
      close(value('glcm_ClusterTendency') + value('glcm_Contrast'), 4 * value('glcm_SumSquares'))
      close(value('glcm_SumAverage'), 2 * value('glcm_JointAverage'))
      close(value('gldm_GrayLevelNonUniformity'), n * value('firstorder_Uniformity'))
      close(value('firstorder_Energy'), n * value('firstorder_RootMeanSquared') ** 2)
      close(value('firstorder_RootMeanSquared') ** 2, value('firstorder_Mean') ** 2 + value('firstorder_Variance'))
      expect(value('glcm_MCC')).toBeLessThanOrEqual(1 + 1e-9)
      expect(value('glszm_ZonePercentage')).toBeLessThanOrEqual(1 + 1e-12)
    }), { numRuns: 40, seed: 4 }) // prettier-ignore
  })

  it('and percentiles with a plain sort, for values of any sign and size', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 2, maxLength: 400 }), (values) => {
      const all = features({ size: [values.length, 1, 1], image: values, mask: values.map(() => 1) }, ['firstorder'])
      const sorted = [...values].sort((a, b) => a - b)
      const at = (fraction: number) => {
        const position = fraction * (sorted.length - 1)
        const [low, high] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]]
        return low + (high - low) * (position - Math.floor(position))
      }
      for (const [name, fraction] of [['10Percentile', 0.1], ['Median', 0.5], ['90Percentile', 0.9], ['Minimum', 0], ['Maximum', 1]] as const) {
        const want = at(fraction)
        expect(Math.abs(all.get(`firstorder_${name}`)! - want)).toBeLessThanOrEqual(1e-6)
      }
    }), { numRuns: 40, seed: 5 }) // prettier-ignore
  })
})

describe('the second eigenvalue', () => {
  it('is that of a known Markov chain: Q of a symmetrical circulant matrix has the squared eigenvalues of its cosines', () => {
    const n = 40
    const [stay, step] = [0.4, 0.3]
    kernels.scope(() => {
      const total = 1000
      const matrix = kernels.allocate(8 * n * n)
      kernels.f64(matrix, n * n).fill(0)
      for (let i = 0; i < n; i++) {
        kernels.f64(matrix, n * n)[i * n + i] = (stay * total) / n
        for (const j of [(i + 1) % n, (i + n - 1) % n]) kernels.f64(matrix, n * n)[i * n + j] = (step * total) / n
      }
      const [px, py, present, sum, difference] = [8 * n, 8 * n, 4 * (n + 1), 16 * n, 8 * n].map((bytes) => kernels.allocate(bytes))
      const [rowStart, columns, values, work, out] = [4 * (n + 1), 12 * n, 24 * n, 8 * (n + 7) * n, 72].map((bytes) => kernels.allocate(bytes))
      kernels.i32(present, n + 1).set(Array.from({ length: n + 1 }, (_, i) => i))
      kernels.exports.glcmSums(matrix, n, total, present, n, px, py, sum, difference, rowStart, columns, values, out)
      const second = kernels.exports.secondEigenvalue(n, px, py, rowStart, columns, values, work, n)
      const cosines = Array.from({ length: n - 1 }, (_, k) => (stay + 2 * step * Math.cos((2 * Math.PI * (k + 1)) / n)) ** 2)
      expect(second).toBeCloseTo(Math.max(...cosines), 10)
    }) // prettier-ignore
  })
})

it('refuses too many grey levels by a named error, which other classes and settings avoid', () => {
  const values = Array.from({ length: 4097 }, (_, i) => i)
  const line = { size: [4097, 1, 1] as Triple, image: values, mask: values.map(() => 1) }
  expect(() => features(line, ['glrlm'], { binWidth: 1 })).toThrow(DataError)
  expect(features(line, ['firstorder'], { binWidth: 1 }).get('firstorder_Entropy')).toBeCloseTo(Math.log2(4097), 10)
  expect(features(line, ['ngtdm'], { binWidth: 2 }).get('ngtdm_Coarseness')).toBeGreaterThan(0)
})
