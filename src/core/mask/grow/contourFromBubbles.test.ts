import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import { identityDirection, type Volume } from '../../image/volume.ts'
import { contourVoxels, evolveContour } from './activeContour.ts'
import { boxOfBubbles, contourFromBubbles, defaultContourSettings, rangeOfBubbles } from './contourFromBubbles.ts'

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
    const voxels = contourVoxels(evolveContour(kernels, contourFromBubbles(kernels, volume, bubbles, settings), 60), volume)
    const count = (test: (i: number) => boolean) => voxels.reduce((sum, _voxel, i) => sum + Number(test(i)), 0)
    const both = count((i) => voxels[i] === 1 && truth[i] === 1)
    expect((2 * both) / (count((i) => voxels[i] === 1) + count((i) => truth[i] === 1))).toBeGreaterThan(0.9)
  })
})

describe('settings of a contour', () => {
  it('keep the box inside the volume', () => {
    expect(boxOfBubbles(ball(1, 0), [{ centre: [2, 12, 12], radiusMm: 3 }], 4)).toEqual({ lower: [0, 5, 5], upper: [9, 19, 19] })
    expect(() => boxOfBubbles(ball(1, 0), [], 4)).toThrow(/no bubble/)
  })

  it('take the range from the bubbles', () => {
    const volume = ball(100, 20)
    const { low, high, sd } = rangeOfBubbles(volume, boxOfBubbles(volume, bubbles, 8), bubbles)
    expect(low).toBeGreaterThan(25)
    expect(low).toBeLessThan(100)
    expect(high).toBeCloseTo(101 + 4 * sd, 0)
  })

  it('refuse an empty range', async () => {
    const kernels = await loadKernels({ build: 'debug' })
    const settings = { ...defaultContourSettings, range: { low: 5, high: 5 } }
    expect(() => contourFromBubbles(kernels, ball(100, 20), bubbles, settings)).toThrow(/lower end/)
  })
})
