import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import type { Kernels } from '../../kernels/kernels.ts'
import { createRandom } from '../../numeric/random.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { lawsImage } from './laws.ts'
import { axisFilter, convolve, turnFilters, type Boundary, type FilterSet } from './separable.ts'
import { undecimatedWavelet } from './undecimatedWavelet.ts'

const kernels: Kernels = await loadKernels({ build: 'debug' })

function respond(size: Triple, voxels: ArrayLike<number>, work: (image: { pointer: number; size: Triple; spacingMm: Triple; pixelType: 'float64' }) => { pointer: number }): number[] {
  return kernels.scope(() => {
    const pointer = kernels.allocate(8 * voxels.length)
    kernels.f64(pointer, voxels.length).set(voxels)
    const result = work({ pointer, size, spacingMm: [1, 1, 1], pixelType: 'float64' })
    return [...kernels.f64(result.pointer, voxels.length)]
  })
} // prettier-ignore

const made = (size: Triple, seed: number) => {
  const random = createRandom(seed)
  return Float64Array.from({ length: size[0] * size[1] * size[2] }, () => random.uniform())
}

describe('convolution along an axis', () => {
  // A line a b c d, looked at two voxels before and three behind.
  const beyond: Record<Boundary, number[]> = { zero: [0, 0, 0, 0, 0], nearest: [1, 1, 4, 4, 4], periodic: [3, 4, 1, 2, 3], mirror: [2, 1, 4, 3, 2] } // prettier-ignore

  it.each(Object.entries(beyond))('%s: what lies beyond the image, along each axis', (boundary, [a, b, c, d, e]) => {
    const line = [a, b, 1, 2, 3, 4, c, d, e]
    for (const [axis, size] of ([[4, 1, 1], [1, 4, 1], [1, 1, 4]] as Triple[]).entries())
      for (const offset of [-2, -1, 0, 1, 2, 3]) {
        const still = { weights: [1], offsets: [0] }
        const filters: FilterSet = Array.from({ length: axis + 1 }, (_, k) => (k === axis ? { weights: [10], offsets: [offset] } : still))
        expect(respond(size, [1, 2, 3, 4], (image) => convolve(kernels, image, filters, boundary as Boundary))).toEqual(
          [2, 3, 4, 5].map((at) => 10 * line[at + offset]),
        )
      }
  }) // prettier-ignore

  it('a filter’s middle weight stands at the voxel, of an even number the one behind the middle', () => {
    expect(respond([7, 1, 1], [0, 0, 0, 1, 0, 0, 0], (image) => convolve(kernels, image, [axisFilter([1, 2, 3])], 'zero'))).toEqual([0, 0, 1, 2, 3, 0, 0]) // prettier-ignore
    expect(respond([7, 1, 1], [0, 0, 0, 1, 0, 0, 0], (image) => convolve(kernels, image, [axisFilter([1, 2, 3, 4])], 'zero'))).toEqual([0, 1, 2, 3, 4, 0, 0]) // prettier-ignore
  })
})

describe('right-angle turns', () => {
  const [f, g, h] = [axisFilter([1, 2, 0]), axisFilter([0, 3, 5]), axisFilter([7, 1, 2])]

  it('are 4 in a plane and 24 in space, all different for filters without symmetry', () => {
    for (const [set, count] of [[[f, g], 4], [[f, g, h], 24]] as const)
      expect(new Set(turnFilters(set).map((turned) => JSON.stringify(turned))).size).toBe(count)
  }) // prettier-ignore

  it('of the filters give what turning the image, filtering and turning back gives', () => {
    const size: Triple = [5, 5, 1]
    const image = made(size, 3)
    const turn = (voxels: ArrayLike<number>) => Array.from({ length: 25 }, (_, i) => voxels[Math.floor(i / 5) + 5 * (4 - (i % 5))])
    const direct = turnFilters([f, g]).map((set) => respond(size, image, (block) => convolve(kernels, block, set, 'mirror')))
    let turned: ArrayLike<number> = image
    for (let quarter = 0; quarter < 4; quarter++) {
      let back = respond(size, turned, (block) => convolve(kernels, block, [f, g], 'mirror'))
      for (let k = quarter; k < 4 && k > 0; k++) back = turn(back)
      const same = direct.filter((response) => response.every((value, i) => Math.abs(value - back[i]) < 1e-12))
      expect(same, `turned ${quarter} times`).toHaveLength(1)
      turned = turn(turned)
    }
  }) // prettier-ignore

  it('make a pooled response blind to how the image lies', () => {
    const size: Triple = [4, 4, 4]
    const image = made(size, 9)
    const turn = (voxels: ArrayLike<number>) => Array.from({ length: 64 }, (_, i) => voxels[Math.floor(i / 16) + 4 * (i % 4) + 16 * (Math.floor(i / 4) % 4)])
    for (const work of [
      (block: Parameters<typeof lawsImage>[1]) => lawsImage(kernels, block, { kernel: 'L5E5S5', energyDistance: 1, pooling: 'maximum', boundary: 'mirror' }),
      (block: Parameters<typeof lawsImage>[1]) => undecimatedWavelet(kernels, block, { wavelet: 'db3', subBand: 'LHH', level: 2, pooling: 'mean', boundary: 'periodic' }),
    ]) {
      const [straight, turned] = [respond(size, image, work), respond(size, turn(image), work)]
      turn(straight).forEach((value, i) => expect(turned[i]).toBeCloseTo(value, 12))
    }
  }) // prettier-ignore
})

it('higher levels of a wavelet look twice as far, at the low-passed image', () => {
  const haar = (level: number) => respond([16, 1, 1], Array.from({ length: 16 }, (_, i) => (i === 8 ? 1 : 0)), (image) => undecimatedWavelet(kernels, image, { wavelet: 'haar', subBand: 'H', level, pooling: null, boundary: 'periodic' })) // prettier-ignore
  const places = (response: readonly number[]) => response.flatMap((value, i) => (Math.abs(value) > 1e-12 ? [[i, Number(value.toFixed(6))]] : [])) // prettier-ignore
  const r = Number(Math.SQRT1_2.toFixed(6))
  expect(places(haar(1))).toEqual([[7, -r], [8, r]]) // prettier-ignore
  expect(places(haar(2))).toEqual([[5, -0.5], [6, -0.5], [7, 0.5], [8, 0.5]]) // prettier-ignore
})
