import { beforeAll, describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import type { Kernels } from '../../kernels/kernels.ts'
import { createRandom } from '../../numeric/random.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { ibsiOptionNames } from '../../parameters/profiles/ibsi.ts'
import { computeIbsiFamily, type IbsiOptions } from './computeIbsiFamily.ts'
import { aggregations } from './aggregations.ts'
import { type IbsiFamily } from './definitions.ts'
import type { IbsiRegion } from './ibsiRegion.ts'
import { ellipsoidArea } from './morphology.ts'
import { volumeHistogram } from './volumeHistogram.ts'

let kernels: Kernels
beforeAll(async () => {
  kernels = await loadKernels({ build: 'debug' })
})

const options: IbsiOptions = {
  discretisation: { method: 'equalBins', count: 6 },
  volumeHistogram: { method: 'wholeSteps' },
  aggregations,
  names: ibsiOptionNames,
}

interface Made {
  readonly size: Triple
  readonly spacingMm: Triple
  readonly values: readonly number[]
  /** Drawn; those of it that are measured have 2. */
  readonly mask: readonly number[]
}

function makeRegion(size: Triple, spacingMm: Triple, seed: number): Made {
  const random = createRandom(seed)
  const count = size[0] * size[1] * size[2]
  const values = Array.from({ length: count }, () => random.integer(40) - 10)
  const mask = Array.from({ length: count }, () => (random.integer(4) === 0 ? 0 : random.integer(5) === 0 ? 1 : 2))
  return { size, spacingMm, values, mask }
}

function withRegion<T>({ size, spacingMm, values, mask }: Made, work: (region: IbsiRegion) => T): T {
  return kernels.scope(() => {
    const block = (bytes: number) => ({ pointer: kernels.allocate(bytes), size })
    const image = { ...block(8 * values.length), spacingMm, pixelType: 'float64' as const }
    const [measured, morphology] = [block(values.length), block(values.length)]
    kernels.f64(image.pointer, values.length).set(values)
    kernels.u8(measured.pointer, values.length).set(mask.map((m) => (m === 2 ? 1 : 0)))
    kernels.u8(morphology.pointer, values.length).set(mask.map((m) => (m > 0 ? 1 : 0)))
    const voxelCount = mask.filter((m) => m === 2).length
    return work({ image, mask: measured, morphology, voxelCount, surroundings: image, boxAt: [0, 0, 0] })
  })
}

function compute(made: Made, family: IbsiFamily, own: Partial<IbsiOptions> = {}): Record<string, number> {
  return withRegion(made, (region) =>
    Object.fromEntries(
      computeIbsiFamily(kernels, region, family, { ...options, ...own }).map(({ tag, value }) => [
        tag.slice(family.length + 1),
        value,
      ]),
    ),
  )
}

const placesOf = ({ size: [nx, ny, nz] }: Made) =>
  Array.from({ length: nx * ny * nz }, (_, i): Triple => [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))])

describe('Moran’s I and Geary’s C', () => {
  it.each([[[7, 5, 4], [0.9, 1.1, 3]], [[13, 1, 2], [1, 1, 1]], [[3, 3, 3], [2, 2, 2]]] as [Triple, Triple][])('are those of all pairs: %j voxels of %j mm', (size, spacingMm) => {
    const made = makeRegion(size, spacingMm, 5)
    const voxels = placesOf(made).flatMap((at, i) => (made.mask[i] === 2 ? [{ at, value: made.values[i] }] : []))
    const mean = voxels.reduce((sum, { value }) => sum + value, 0) / voxels.length
    let [weights, products, differences, squares] = [0, 0, 0, 0]
    for (const a of voxels) {
      squares += (a.value - mean) ** 2
      for (const b of voxels) {
        if (a === b) continue
        const w = 1 / Math.hypot(...a.at.map((x, axis) => (x - b.at[axis]) * spacingMm[axis]))
        weights += w
        products += w * (a.value - mean) * (b.value - mean)
        differences += w * (a.value - b.value) ** 2
      }
    }
    const n = voxels.length
    const { moran_i, geary_c } = compute(made, 'morph')
    expect(moran_i).toBeCloseTo((n * products) / (weights * squares), 10)
    expect(geary_c).toBeCloseTo(((n - 1) * differences) / (2 * weights * squares), 10)
  }) // prettier-ignore
})

describe('textures of slices', () => {
  // Slices so small that a kernel that reads eight voxels at a time would reach the next ones.
  it.each([[2, 2, 6], [1, 3, 5], [9, 8, 4]] as Triple[])('are means over slices measured one by one: %i x %i x %i voxels', (...size) => {
    const made = makeRegion(size, [1, 1, 2], 11)
    const bins = { method: 'binsOfSize', size: 6, lower: -10 } as const
    const perSlice = size[0] * size[1]
    const slices = Array.from({ length: size[2] }, (_, z): Made => ({ ...made, size: [size[0], size[1], 1], values: made.values.slice(z * perSlice, (z + 1) * perSlice), mask: made.mask.slice(z * perSlice, (z + 1) * perSlice) }))
    for (const [family, whole, single] of [['szm', '2D', '3D'], ['dzm', '2D', '3D'], ['ngl', '2D', '3D'], ['ngt', '2D', '3D'], ['rlm', '2D_comb', '2_5D_comb']] as const) {
      const together = compute(made, family, { discretisation: bins })
      // A slice has no neighbours above and below; its distances are those of the slice.
      const own = slices.filter(({ mask }) => mask.includes(2)).map((slice) => compute(slice, family, { discretisation: bins }))
      for (const tag of Object.keys(together).filter((name) => name.endsWith(`_${whole}`))) {
        const alone = own.map((features) => features[tag.replace(`_${whole}`, `_${family === 'rlm' ? single : '2_5D'}`)]).filter((value) => !Number.isNaN(value))
        expect(together[tag], `${family} ${tag}`).toBeCloseTo(alone.reduce((sum, value) => sum + value, 0) / alone.length, 10)
      }
    }
  }) // prettier-ignore
})

it('distance zones take the distance of their nearest voxel from the outside of the morphological mask', () => {
  // One zone of two voxels: the nearer one at distance 2 from the outside of what was drawn, though the measured part ends beside it.
  const size: Triple = [7, 5, 1]
  const mask = Array.from({ length: 35 }, (_, i) => (i === 16 || i === 17 ? 2 : 1))
  const values = mask.map((m) => (m === 2 ? 3 : 9))
  const features = compute({ size, spacingMm: [1, 1, 1], values, mask }, 'dzm', { discretisation: { method: 'asTheyAre' } })
  // Voxel (2, 2) is 3 steps from the outside, as (3, 2) is; along z everything is at the border.
  expect([features.lde_2D, features.lde_3D]).toEqual([9, 1])
  expect(features.z_perc_2D).toBe(0.5)
})

it('grey tone differences leave out voxels without a neighbour', () => {
  const made: Made = { size: [5, 1, 1], spacingMm: [1, 1, 1], values: [1, 2, 0, 0, 7], mask: [2, 2, 0, 0, 2] }
  const { contrast_3D, strength_3D } = compute(made, 'ngt', { discretisation: { method: 'asTheyAre' } })
  // Levels 1 and 2 with p 1/2 and s 1 each: the lone 7 is not there.
  expect(contrast_3D).toBeCloseTo((0.5 * (1 / 2 / 2 + 1 / 2 / 2) * 2) / 2, 12)
  expect(strength_3D).toBeCloseTo(1, 12)
})

it('the surface of an ellipsoid is the manual’s series, its limit where an eccentricity is 0', () => {
  expect(ellipsoidArea(2, 2, 2)).toBeCloseTo(16 * Math.PI, 12)
  // By numpy.polynomial.legendre.
  expect(ellipsoidArea(3, 2, 1)).toBeCloseTo(52.81348101202416, 10)
  expect(ellipsoidArea(5, 4.5, 2)).toBeCloseTo(224.93419568928928, 10)
  expect(ellipsoidArea(3, 3, 2)).toBeCloseTo(ellipsoidArea(3, 3 - 1e-9, 2), 6)
})

it('the intensity-volume histogram goes over all levels of its axis, those that do not occur too', () => {
  const values = Float64Array.from([0, 1, 1, 2, 9])
  expect(volumeHistogram(values, { method: 'wholeSteps' })).toMatchObject({
    v10: 0.8,
    i10: 10,
    i90: 1,
    v90: expect.closeTo(0.2, 12),
  })
  // Ten bins of -5 .. 15 by 2: at 10 % of the axis all voxels are above, at 90 % none.
  expect(volumeHistogram(values, { method: 'binsOfSize', size: 2, lower: -5, upper: 15 })).toMatchObject({
    v10: 1,
    v90: 0,
    i90: 2,
  })
  expect(volumeHistogram(Float64Array.from([4, 4]), { method: 'wholeSteps' })).toMatchObject({ v10: 1, v90: 1, i10: 5 })
})

it('grey values that are no levels, and bins that begin too high, are refused with what to do', () => {
  const made = makeRegion([3, 3, 2], [1, 1, 1], 3)
  expect(() => compute(made, 'ih', { discretisation: { method: 'asTheyAre' } })).toThrowSaying(/all must be whole numbers from 1 on/)
  expect(() => compute(made, 'cm', { discretisation: { method: 'binsOfSize', size: 5, lower: 0 } })).toThrowSaying(/below the first bin, which begins at 0/)
}) // prettier-ignore
