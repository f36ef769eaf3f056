import fc from 'fast-check'
import { expect, it } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { computeSquaredDistances } from './distances.ts'

const builds = await Promise.all((['release', 'debug'] as const).map((build) => loadKernels({ build })))

/** The definition: the least of the distances to all voxels. */
function byDefinition(mask: Uint8Array, wanted: boolean, [nx, ny, nz]: Triple, [sx, sy, sz]: Triple): number[] {
  const place = (i: number) => [i % nx, Math.floor(i / nx) % ny, Math.floor(i / nx / ny)]
  const targets = [...mask.keys()].filter((i) => (mask[i] !== 0) === wanted).map(place)
  return Array.from({ length: nx * ny * nz }, (_, i) => {
    const [x, y, z] = place(i)
    return Math.min(...targets.map(([a, b, c]) => ((a - x) * sx) ** 2 + ((b - y) * sy) ** 2 + ((c - z) * sz) ** 2))
  })
}

it('equals the least distance to all voxels, on both builds to the bit', () => {
  fc.assert(
    fc.property(
      fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 6 })),
      fc.tuple(...[0, 1, 2].map(() => fc.constantFrom(0.4, 0.78125, 1, 2.5, 6.5))),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom('inside' as const, 'outside' as const),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (size, spacing, share, nearest, random) => {
        const mask = Uint8Array.from({ length: size[0] * size[1] * size[2] }, () => (random.next().value < share ? 7 : 0))
        const [release, debug] = builds.map((kernels) =>
          kernels.scope(() => {
            const pointer = kernels.allocate(mask.length)
            kernels.u8(pointer, mask.length).set(mask)
            const distances = computeSquaredDistances(kernels, pointer, nearest, size, spacing as unknown as Triple)
            return kernels.f64(distances, mask.length).slice()
          }),
        )
        expect(new Uint8Array(release.buffer)).toEqual(new Uint8Array(debug.buffer))
        const expected = byDefinition(mask, nearest === 'inside', size, spacing as unknown as Triple)
        release.forEach((distance, i) => {
          if (expected[i] === Infinity) expect(distance).toBe(Infinity)
          else expect(Math.abs(distance - expected[i])).toBeLessThanOrEqual(1e-12 * (1 + expected[i]))
        })
      },
    ),
    { seed: 20261123, numRuns: 300 },
  )
})
