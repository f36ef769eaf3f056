import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import { identityDirection, type Volume } from '../../image/volume.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import {
  computeEdgeSpeed,
  computeRegionSpeed,
  contourVoxels,
  defaultContourOptions,
  evolveContour,
  gradientQuantile,
  startContour,
  type ContourOptions,
  type SpeedImage,
} from './activeContour.ts'

const kernels = await loadKernels()
const size: Triple = [40, 40, 20]
const spacingMm: Triple = [1, 1, 2]
const box = { lower: [0, 0, 0], upper: [39, 39, 19] } as const
const evenSpeed = (value: number, kind: SpeedImage['kind'] = 'region'): SpeedImage => ({
  kind,
  box,
  speed: new Float32Array(32000).fill(value),
})
const middle = { centre: [20, 20, 10] as Triple, radiusMm: 6 }
const count = (voxels: Uint8Array) => voxels.reduce((sum, voxel) => sum + voxel, 0)
/** The radius of a ball of that many voxels. */
const radiusOf = (voxels: Uint8Array) => Math.cbrt((3 * 2 * count(voxels)) / (4 * Math.PI))

/** A ball of 9 mm and level 100 on a ground of 20. */
const ball: Volume = {
  size,
  spacingMm,
  originMm: [0, 0, 0],
  direction: identityDirection,
  voxels: Int16Array.from({ length: 32000 }, (_, i) => {
    const [x, y, z] = [(i % 40) - 20, (Math.floor(i / 40) % 40) - 20, 2 * (Math.floor(i / 1600) - 10)]
    return x * x + y * y + z * z <= 81 ? 100 : 20
  }),
  source: { path: '', format: 'memory' },
}
const truth = count(Uint8Array.from(ball.voxels, (level) => (level === 100 ? 1 : 0)))

describe('evolveContour', () => {
  const only = (options: Partial<ContourOptions>) => ({ propagation: 0, curvature: 0, advection: 0, ...options })

  it('moves outwards and inwards at the speed asked for', () => {
    // A step is 0.4 mm here, three steps a round.
    const out = evolveContour(kernels, startContour(ball, evenSpeed(1), [middle], only({ propagation: 1 })), 5)
    expect(Math.abs(radiusOf(contourVoxels(out, ball)) - 12)).toBeLessThan(0.8)
    const back = evolveContour(
      kernels,
      startContour(ball, evenSpeed(-1), [{ ...middle, radiusMm: 10 }], only({ propagation: 1 })),
      5,
    )
    expect(Math.abs(radiusOf(contourVoxels(back, ball)) - 4)).toBeLessThan(0.8)
  })

  it('shrinks a ball by its curvature: r² falls by 4 t', () => {
    const start = startContour(ball, evenSpeed(0), [{ ...middle, radiusMm: 12 }], only({ curvature: 1 }))
    // The step for spacing 1, 1, 2: 0.4 / (2 (1 + 1 + 1 / 4)).
    const rounds = 15
    const time = rounds * 3 * (0.4 / 4.5)
    const end = evolveContour(kernels, start, rounds)
    const before = radiusOf(contourVoxels(start, ball))
    expect(Math.abs(radiusOf(contourVoxels(end, ball)) - Math.sqrt(before * before - 4 * time))).toBeLessThan(0.3)
  })

  it('gives the same bits in one go and round by round, and on both builds; the state given stays', async () => {
    const debug = await loadKernels({ build: 'debug' })
    const speed = computeEdgeSpeed(kernels, ball, box, { smoothingMm: 1, halfGradient: 10 })
    const start = startContour(ball, speed, [middle])
    const kept = start.phi.slice()
    const atOnce = evolveContour(kernels, start, 6)
    let stepwise = start
    for (let round = 0; round < 6; round++) stepwise = evolveContour(debug, stepwise, 1)
    const bytes = (values: Float32Array<ArrayBuffer>) => Buffer.from(values.buffer)
    expect(bytes(stepwise.phi).equals(bytes(atOnce.phi))).toBe(true)
    expect(bytes(start.phi).equals(bytes(kept))).toBe(true)
    expect([atOnce.rounds, stepwise.changedVoxels]).toEqual([6, atOnce.changedVoxels])
  })

  it.each(['edges', 'region'] as const)('finds a ball from a bubble in it by %s, and stands', (kind) => {
    const speed =
      kind === 'edges'
        ? computeEdgeSpeed(kernels, ball, box, { smoothingMm: 1, halfGradient: 3 })
        : computeRegionSpeed(kernels, ball, box, { smoothingMm: 0.5, low: 60, high: Infinity, softness: 10 })
    const end = evolveContour(kernels, startContour(ball, speed, [{ ...middle, radiusMm: 4 }]), 60)
    expect(Math.abs(count(contourVoxels(end, ball)) - truth) / truth).toBeLessThan(0.1)
    expect(end.changedVoxels).toBeLessThan(20)
  })

  it('joins bubbles, reaches the border of the volume, and vanishes where nothing is', () => {
    const two = [-4, 4].map((x) => ({ centre: [20 + x, 20, 10] as Triple, radiusMm: 3 }))
    const joined = evolveContour(kernels, startContour(ball, evenSpeed(1), two, only({ propagation: 1 })), 3)
    expect(contourVoxels(joined, ball)[20 + 40 * (20 + 40 * 10)]).toBe(1)
    const all = evolveContour(kernels, startContour(ball, evenSpeed(1), [middle], only({ propagation: 1 })), 40)
    expect(count(contourVoxels(all, ball))).toBe(32000)
    const none = evolveContour(kernels, startContour(ball, evenSpeed(-1), [middle]), 20)
    expect([count(contourVoxels(none, ball)), none.changedVoxels]).toEqual([0, 0])
  })

  it('works in a box of the volume, and of a single slice', () => {
    const part = { lower: [15, 15, 10], upper: [25, 25, 10] } as const
    const speed = computeRegionSpeed(kernels, ball, part, { smoothingMm: 0, low: 60, high: 200, softness: 5 })
    const end = evolveContour(kernels, startContour(ball, speed, [{ ...middle, radiusMm: 2 }], only({ propagation: 1 })), 20)
    expect(count(contourVoxels(end, ball))).toBe(121)
  })
})

describe('speed images', () => {
  it('are high on even ground and low on the edge', () => {
    const { speed } = computeEdgeSpeed(kernels, ball, box, { smoothingMm: 0, halfGradient: 20 })
    expect(speed[20 + 40 * (20 + 40 * 10)]).toBe(1)
    // 40 grey levels a mm at the edge: 1 / (1 + 4).
    expect(speed[29 + 40 * (20 + 40 * 10)]).toBeCloseTo(0.2, 6)
    expect(gradientQuantile(kernels, ball, box, 0, 1)).toBeGreaterThan(40)
    expect(gradientQuantile(kernels, ball, box, 0, 0)).toBe(0)
  })

  it('change their sign at the bounds of the range', () => {
    const levels: Volume = { ...ball, size: [5, 1, 1], voxels: Float32Array.of(0, 50, 60, 100, 130) }
    const line = { lower: [0, 0, 0], upper: [4, 0, 0] } as const
    const options = { smoothingMm: 0, low: 50, high: 100, softness: 10 }
    const expected = [-5, 0, 1, 0, -3].map((d) => d / Math.sqrt(1 + d * d))
    const { speed } = computeRegionSpeed(kernels, levels, line, options)
    expected.forEach((value, i) => expect(speed[i]).toBeCloseTo(value, 6))
    expect(computeRegionSpeed(kernels, levels, line, { ...options, low: -Infinity, high: Infinity }).speed[0]).toBe(1)
  })

  it('refuse what cannot be', () => {
    expect(() => computeEdgeSpeed(kernels, ball, box, { smoothingMm: 0, halfGradient: 0 })).toThrowSaying('half speed is 0')
    expect(() => computeRegionSpeed(kernels, ball, box, { smoothingMm: 0, low: 5, high: 5, softness: 1 })).toThrowSaying(
      'from 5 to 5',
    )
    expect(() => computeRegionSpeed(kernels, ball, box, { smoothingMm: 0, low: 1, high: 5, softness: 0 })).toThrowSaying(
      'softness',
    )
    expect(() => startContour(ball, evenSpeed(1), [])).toThrowSaying('None of 0 bubbles')
    expect(() => startContour(ball, evenSpeed(1), [{ centre: [90, 90, 90], radiusMm: 3 }])).toThrowSaying('None of 1 bubbles')
    expect(defaultContourOptions.region.advection).toBe(0)
  })
})
