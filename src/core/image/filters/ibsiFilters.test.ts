import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import type { Block, Kernels } from '../../kernels/kernels.ts'
import { createRandom } from '../../numeric/random.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { gaborImage, type GaborOptions } from './gabor.ts'
import { applyIbsiFilter, reachOf, type IbsiImageFilter } from './ibsiFilters.ts'
import type { Boundary } from './separable.ts'
import { simoncelliImage } from './simoncelli.ts'

const kernels: Kernels = await loadKernels({ build: 'debug' })

function respond(size: Triple, spacingMm: Triple, voxels: ArrayLike<number>, work: (image: Block) => Block): number[] {
  return kernels.scope(() => {
    const pointer = kernels.allocate(8 * voxels.length)
    kernels.f64(pointer, voxels.length).set(voxels)
    return [...kernels.f64(work({ pointer, size, spacingMm, pixelType: 'float64' }).pointer, voxels.length)]
  })
}

const made = (size: Triple, seed: number) => {
  const random = createRandom(seed)
  return Float64Array.from({ length: size[0] * size[1] * size[2] }, () => random.uniform())
}

/** The voxel of a line of n that stands for the one at i; -1: it counts as 0. */
const standIns: Record<Boundary, (i: number, n: number) => number> = {
  zero: (i, n) => (i >= 0 && i < n ? i : -1),
  nearest: (i, n) => Math.min(n - 1, Math.max(0, i)),
  periodic: (i, n) => ((i % n) + n) % n,
  mirror: (i, n) => {
    const at = ((i % (2 * n)) + 2 * n) % (2 * n)
    return at < n ? at : 2 * n - 1 - at
  },
}

describe('Gabor kernels', () => {
  const size: Triple = [7, 5, 4]
  const spacingMm: Triple = [1, 1.5, 2]
  const image = made(size, 5)
  const options: GaborOptions = { sigmaMm: 0.8, wavelengthMm: 3, aspectRatio: 1.5, angleDegrees: 20, stepDegrees: null, dimensions: 2, pooling: 'mean', boundary: 'mirror' } // prettier-ignore

  /** The definition, summed as it is written. */
  function modulus(at: Triple, [first, second]: readonly [number, number], degrees: number, { sigmaMm, wavelengthMm, aspectRatio, boundary }: GaborOptions): number {
    const angle = (degrees * Math.PI) / 180
    let [re, im] = [0, 0]
    for (let b = -9; b <= 9; b++)
      for (let a = -9; a <= 9; a++) {
        const from = [...at]
        from[first] = standIns[boundary](at[first] - a, size[first])
        from[second] = standIns[boundary](at[second] - b, size[second])
        if (from.includes(-1)) continue
        const [x, y] = [a * spacingMm[first], b * spacingMm[second]]
        const along = x * Math.cos(angle) + y * Math.sin(angle)
        const across = y * Math.cos(angle) - x * Math.sin(angle)
        const value = image[from[0] + 7 * (from[1] + 5 * from[2])] * Math.exp(-(along ** 2 + aspectRatio ** 2 * across ** 2) / (2 * sigmaMm ** 2))
        re += value * Math.cos((2 * Math.PI * along) / wavelengthMm)
        im += value * Math.sin((2 * Math.PI * along) / wavelengthMm)
      }
    return Math.hypot(re, im)
  } // prettier-ignore
  const wanted = (make: (at: Triple) => number) =>
    Array.from(image, (_, i) => make([i % 7, Math.floor(i / 7) % 5, Math.floor(i / 35)]))
  const compare = (asked: GaborOptions, make: (at: Triple) => number) => {
    const got = respond(size, spacingMm, image, (block) => gaborImage(kernels, block, asked))
    wanted(make).forEach((value, i) => expect(got[i]).toBeCloseTo(value, 9))
  }

  it.each(Object.keys(standIns) as Boundary[])('one wave in slices, %s beyond the image', (boundary) => {
    const asked = { ...options, boundary }
    compare(asked, (at) => modulus(at, [0, 1], 20, asked))
  })

  it('turned through the circle in the three planes: the mean, or the greatest', () => {
    const planes = [[0, 1], [0, 2], [1, 2]] as const // prettier-ignore
    for (const stepDegrees of [90, 120]) {
      const angles = Array.from({ length: 360 / stepDegrees }, (_, k) => 20 + k * stepDegrees)
      const all = (at: Triple) => planes.flatMap((plane) => angles.map((angle) => modulus(at, plane, angle, options)))
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
      compare({ ...options, stepDegrees, dimensions: 3 }, (at) => mean(all(at)))
      compare({ ...options, stepDegrees, dimensions: 3, pooling: 'maximum' }, (at) => Math.max(...all(at)))
    }
  })
})

describe('Simoncelli’s wavelet', () => {
  it.each([
    [[6, 5, 4], 3, 1],
    [[7, 4, 5], 3, 2],
    [[9, 10, 2], 2, 1],
  ] as [Triple, 2 | 3, number][])('of %j voxels in %d dimensions, level %d, is the weighted transform', (size, dimensions, level) => {
    const image = made(size, 11)
    const [nx, ny, nz] = size
    const got = respond(size, [1, 1, 1], image, (block) => simoncelliImage(kernels, block, { level, dimensions }))
    const top = 2 ** (1 - level)
    /** Whole frequencies of an axis, and where they lie between -1 and 1. */
    const axis = (n: number) => Array.from({ length: n }, (_, k) => ({ whole: k - Math.floor(n / 2), nu: n === 1 ? 0 : -1 + (2 * k) / (n - 1) }))
    const frequencies = axis(nx).flatMap((x) => axis(ny).flatMap((y) => (dimensions === 2 ? [{ whole: 0, nu: 0 }] : axis(nz)).map((z) => [x, y, z])))
    const count = dimensions === 2 ? nx * ny : nx * ny * nz
    const place = (i: number) => [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))]
    const weighted = frequencies.map((f) => ({ f, nu: Math.hypot(...f.map(({ nu }) => nu)) })).filter(({ nu }) => nu >= top / 4 && nu <= top)
    for (let i = 0; i < image.length; i++) {
      let value = 0
      for (const { f, nu } of weighted)
        for (let j = 0; j < image.length; j++) {
          const [a, b] = [place(i), place(j)]
          if (dimensions === 2 && a[2] !== b[2]) continue
          const phase = 2 * Math.PI * ((f[0].whole * (a[0] - b[0])) / nx + (f[1].whole * (a[1] - b[1])) / ny + (f[2].whole * (a[2] - b[2])) / nz)
          value += image[j] * Math.cos((Math.PI / 2) * Math.log2((2 * nu) / top)) * Math.cos(phase)
        }
      expect(got[i]).toBeCloseTo(value / count, 10)
    }
  }) // prettier-ignore
})

describe('how far a filter looks', () => {
  const filters: IbsiImageFilter[] = [
    { kind: 'mean', width: 5, dimensions: 3, boundary: 'mirror' },
    { kind: 'laplacianOfGaussian', sigmaMm: 1.2, cutOff: 4, dimensions: 3, boundary: 'nearest' },
    { kind: 'laws', kernel: 'L5E3S5', energyDistance: 3, pooling: 'maximum', boundary: 'zero' },
    { kind: 'gabor', sigmaMm: 1, wavelengthMm: 2, aspectRatio: 0.7, angleDegrees: 0, stepDegrees: 90, dimensions: 3, pooling: 'mean', boundary: 'mirror' },
    { kind: 'wavelet', wavelet: 'db3', subBand: 'LHH', level: 2, pooling: 'mean', boundary: 'mirror' },
  ] // prettier-ignore

  it.each(filters.map((filter) => [filter.kind, filter] as const))('%s: what lies farther changes nothing', (_, filter) => {
    const size: Triple = [41, 3, 2]
    const spacingMm: Triple = [1.1, 1.1, 1.1]
    const image = made(size, 21)
    const { voxels, mm } = reachOf(filter)
    const reach = voxels + Math.ceil(mm / 1.1)
    const at = 20
    const middle = (line: ArrayLike<number>) => [0, 1, 2, 3, 4, 5].map((row) => line[at + 41 * row])
    const whole = middle(respond(size, spacingMm, image, (block) => applyIbsiFilter(kernels, block, filter)))
    const changed = (distance: number) => {
      const other = image.map((value, i) => (Math.abs((i % 41) - at) >= distance ? value + 1000 * ((i % 3) + 1) : value))
      return middle(respond(size, spacingMm, other, (block) => applyIbsiFilter(kernels, block, filter)))
    }
    changed(reach + 1).forEach((value, row) => expect(value).toBeCloseTo(whole[row], 8))
    // What is told in mm is a bound.
    const nearer = mm > 0 ? Math.ceil(reach / 2) : reach
    expect(changed(nearer).some((value, row) => Math.abs(value - whole[row]) > 1e-6)).toBe(true)
  })

  it('is endless where frequencies or the other end of the image go in', () => {
    expect(reachOf({ kind: 'simoncelli', level: 1, dimensions: 2 }).voxels).toBe(Infinity)
    expect(reachOf({ kind: 'mean', width: 5, dimensions: 3, boundary: 'periodic' }).voxels).toBe(Infinity)
    expect(reachOf({ kind: 'none' })).toEqual({ voxels: 0, mm: 0 })
  })
})
