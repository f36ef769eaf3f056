import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countConnectedComponents } from './connectedComponents.ts'

it('joins voxels that touch by a corner and parts those that do not', () => {
  // x fastest: a corner contact between (0,0,0) and (1,1,1), and (3,0,0) apart
  const mask = new Uint8Array(4 * 2 * 2)
  mask[0] = 1
  mask[1 + 4 * (1 + 2 * 1)] = 1
  mask[3] = 1
  expect(countConnectedComponents(mask, [4, 2, 2])).toBe(2)
})

it('does not wrap round the ends of a row', () => {
  expect(countConnectedComponents(Uint8Array.of(0, 0, 1, 1, 0, 0), [3, 2, 1])).toBe(2)
})

it('finds nothing in an empty mask', () => {
  expect(countConnectedComponents(new Uint8Array(8), [2, 2, 2])).toBe(0)
})

/** The definition, voxel by voxel. */
function countByFilling(mask: Uint8Array, [nx, ny, nz]: readonly [number, number, number]): number {
  const unseen = new Set([...mask.keys()].filter((i) => mask[i] !== 0))
  let count = 0
  for (const seed of unseen) {
    count++
    unseen.delete(seed)
    const stack = [seed]
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [x, y, z] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))]
      for (let d = 0; d < 27; d++) {
        const [i, j, k] = [x + (d % 3) - 1, y + (Math.floor(d / 3) % 3) - 1, z + Math.floor(d / 9) - 1]
        const next = i + nx * (j + ny * k)
        if (i >= 0 && i < nx && j >= 0 && j < ny && k >= 0 && k < nz && unseen.delete(next)) stack.push(next)
      }
    }
  }
  return count
}

it('equals filling from voxel to voxel on random masks', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 5 }),
      fc.double({ min: 0.02, max: 0.6, noNaN: true }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (nx, ny, nz, share, random) => {
        const mask = Uint8Array.from({ length: nx * ny * nz }, () => (random.next().value < share ? 1 : 0))
        expect(countConnectedComponents(mask, [nx, ny, nz])).toBe(countByFilling(mask, [nx, ny, nz]))
      },
    ),
    { seed: 7, numRuns: 300 },
  )
})
