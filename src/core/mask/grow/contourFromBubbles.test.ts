import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import { identityDirection, type Volume } from '../../image/volume.ts'
import { contourVoxels, evolveContour } from './activeContour.ts'
import { boxOfBubbles, contourFromBubbles, countLevels, defaultContourSettings, rangeOfBubbles } from './contourFromBubbles.ts'

/** A ball of radius 6 around (12, 12, 12) on noise-free ground. */
const ball = (inside: number, outside: number): Volume => ({
  size: [25, 25, 25],
  spacingMm: [1, 1, 1],
  originMm: [0, 0, 0],
  direction: identityDirection,
  source: { path: 'ball', format: 'memory' },
  voxels: Float32Array.from({ length: 25 ** 3 }, (_, i) => {
    const [x, y, z] = [i % 25, Math.floor(i / 25) % 25, Math.floor(i / 625)]
    return (x - 12) ** 2 + (y - 12) ** 2 + (z - 12) ** 2 <= 36 ? inside + (i % 3) : outside + (i % 5)
  }),
})
const bubbles = [{ centre: [12, 12, 12], radiusMm: 3 }] as const

describe.each([
  ['bright', 100, 20],
  ['dark', 20, 100],
] as const)('contourFromBubbles, %s tumour', (_, inside, outside) => {
  const volume = ball(inside, outside)
  const truth = volume.voxels.map((level) => Number(Math.abs(level - inside) < 10))

  it.each(['region', 'edges'] as const)('fills the ball by %s', async (kind) => {
    const kernels = await loadKernels({ build: 'debug' })
    const settings = { ...defaultContourSettings, kind, roomMm: 8, smoothingMm: 0 }
    const voxels = contourVoxels(evolveContour(kernels, contourFromBubbles(kernels, volume, bubbles, settings).state, 60), volume)
    const count = (test: (i: number) => boolean) => voxels.reduce((sum, _voxel, i) => sum + Number(test(i)), 0)
    const both = count((i) => voxels[i] === 1 && truth[i] === 1)
    expect((2 * both) / (count((i) => voxels[i] === 1) + count((i) => truth[i] === 1))).toBeGreaterThan(0.9)
  })
})

describe('settings of a contour', () => {
  it('keep the box inside the volume', () => {
    expect(boxOfBubbles(ball(1, 0), [{ centre: [2, 12, 12], radiusMm: 3 }], 4)).toEqual({ lower: [0, 5, 5], upper: [9, 19, 19] })
    expect(() => boxOfBubbles(ball(1, 0), [], 4)).toThrowSaying(/no bubble/)
  })

  it('take the range from the bubbles', () => {
    const volume = ball(100, 20)
    const { low, high, sd } = rangeOfBubbles(volume, boxOfBubbles(volume, bubbles, 8), bubbles)
    expect(low).toBeGreaterThan(25)
    expect(low).toBeLessThan(100)
    expect(high).toBeCloseTo(101 + 4 * sd, 0)
  })

  it('are what the speed image is made with: the range that is told or set, between its levels or beyond them', async () => {
    const kernels = await loadKernels({ build: 'debug' })
    const volume = ball(100, 20)
    const start = (change: Partial<typeof defaultContourSettings>) => {
      const { state, setup } = contourFromBubbles(kernels, volume, bubbles, {
        ...defaultContourSettings,
        roomMm: 8,
        smoothingMm: 0,
        ...change,
      })
      const { lower, upper } = state.speed.box
      const at = ([x, y, z]: readonly [number, number, number]) =>
        state.speed.speed[x - lower[0] + (upper[0] - lower[0] + 1) * (y - lower[1] + (upper[1] - lower[1] + 1) * (z - lower[2]))]
      return { setup, inside: at([12, 12, 12]), outside: at([2, 12, 12]) }
    }
    const told = start({})
    const { low, high } = rangeOfBubbles(volume, boxOfBubbles(volume, bubbles, 8), bubbles)
    expect(told.setup.range).toEqual({ low, high })
    expect(told.inside).toBeGreaterThan(0)
    expect(told.outside).toBeLessThan(0)
    const set = start({ range: { low: 0, high: 40 } })
    expect(set.setup.range).toEqual({ low: 0, high: 40 })
    expect(set.inside).toBeLessThan(0)
    expect(set.outside).toBeGreaterThan(0)
    const inverted = start({ range: { low: 0, high: 40 }, inverted: true })
    expect([inverted.inside, inverted.outside]).toEqual([-set.inside, -set.outside])
    expect(start({ kind: 'edges' }).setup.range).toBeNull()
  })

  it('come with the grey levels of the box, every finite voxel once', () => {
    const line = { voxels: Float32Array.of(0, 64, 1, 32, NaN, 63.9, 500), size: [7, 1, 1] as const }
    const { lowest, highest, counts } = countLevels(line, { lower: [0, 0, 0], upper: [5, 0, 0] })
    expect([lowest, highest]).toEqual([0, 64])
    expect(counts.flatMap((count, step) => (count > 0 ? [[step, count]] : []))).toEqual([
      [0, 1],
      [1, 1],
      [32, 1],
      [63, 2],
    ])
    expect(countLevels({ voxels: Int16Array.of(5, 5), size: [2, 1, 1] }, { lower: [0, 0, 0], upper: [1, 0, 0] }).counts[0]).toBe(
      2,
    )
  })

  it('refuse an empty range', async () => {
    const kernels = await loadKernels({ build: 'debug' })
    const settings = { ...defaultContourSettings, range: { low: 5, high: 5 } }
    expect(() => contourFromBubbles(kernels, ball(100, 20), bubbles, settings)).toThrowSaying(/lower end/)
  })
})
