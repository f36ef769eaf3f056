import fc from 'fast-check'
import { expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import { identityDirection, type Volume } from '../../image/volume.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { drawMask, showMask } from '../drawMask.ts'
import { boxOfSeeds, growFromSeeds } from './growFromSeeds.ts'

const builds = await Promise.all((['release', 'debug'] as const).map((build) => loadKernels({ build })))
const [kernels] = builds
const plain = { marginMm: 100, smoothingMm: 0, costPerMm: 0 }

function makeImage(size: Triple, levels: ArrayLike<number>, spacingMm: Triple = [1, 1, 1]): Volume {
  const grid = { size, spacingMm, originMm: [0, 0, 0], direction: identityDirection } as const
  return { ...grid, voxels: Float64Array.from(levels), source: { path: '', format: 'memory' } }
}

it('gives each plateau to the seed in it, and cuts an even ground in the middle', () => {
  const rows = ['11111', '19991', '19991', '11111']
  const image = makeImage(
    [5, 4, 1],
    rows.flatMap((row) => [...row].map(Number)),
  )
  const seeds = new Uint8Array(20)
  seeds[7] = 1
  seeds[0] = 2
  const grown = growFromSeeds(kernels, image, seeds, plain)
  expect(
    showMask(
      grown.map((label) => (label === 1 ? 1 : 0)),
      image.size,
    ),
  ).toEqual([['.....', '.###.', '.###.', '.....']])
  expect(grown.filter((label) => label === 2).length).toBe(14)
  const even = makeImage([6, 1, 1], [5, 5, 5, 5, 5, 5], [2, 1, 1])
  expect([...growFromSeeds(kernels, even, Uint8Array.of(1, 0, 0, 0, 0, 2), { ...plain, costPerMm: 0.01 })]).toEqual([
    1, 1, 1, 2, 2, 2,
  ])
})

it('keeps to the box of the strokes with its margin in mm', () => {
  const image = makeImage([9, 1, 3], new Array(27).fill(1), [2, 1, 5])
  const seeds = new Uint8Array(27)
  seeds[9 + 4] = 1
  seeds[9 + 5] = 2
  const box = boxOfSeeds(image, seeds, 3)
  expect(box).toEqual({ lower: [2, 0, 0], upper: [7, 0, 2] })
  expect(growFromSeeds(kernels, image, seeds, { ...plain, marginMm: 3 }).filter(Boolean).length).toBe(18)
  expect(boxOfSeeds(image, new Uint8Array(27), 3)).toBeUndefined()
})

it('keeps the strokes as they were drawn, also on the border of the volume and for more labels', () => {
  const image = makeImage(
    [4, 4, 2],
    Array.from({ length: 32 }, (_, i) => (i * 7) % 5),
  )
  const seeds = new Uint8Array(32)
  ;[seeds[0], seeds[3], seeds[31]] = [1, 2, 7]
  const grown = growFromSeeds(kernels, image, seeds, plain)
  expect([grown[0], grown[3], grown[31]]).toEqual([1, 2, 7])
  expect(grown.every((label) => [1, 2, 7].includes(label))).toBe(true)
})

it('refuses strokes of one kind only, and grey levels that are no numbers', () => {
  const image = makeImage([3, 1, 1], [1, 2, NaN])
  expect(() => growFromSeeds(kernels, image, Uint8Array.of(1, 0, 0), plain)).toThrowSaying(
    'draw at least one inside (1) and one outside (2)',
  )
  expect(() => growFromSeeds(kernels, image, new Uint8Array(3), plain)).toThrowSaying('no label')
  expect(() => growFromSeeds(kernels, image, Uint8Array.of(1, 2, 0), plain)).toThrowSaying('A grey level near the strokes is NaN')
})

it('tells its progress up to the end', () => {
  const mask = drawMask([['####', '####']])
  const seen: number[] = []
  growFromSeeds(kernels, makeImage(mask.size, new Array(8).fill(0)), Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 2), plain, (percent) =>
    seen.push(percent),
  )
  expect(seen.at(-1)).toBe(100)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
})

it('settles every voxel on a cheapest path, on both builds alike', () => {
  fc.assert(
    fc.property(
      fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
      fc.infiniteStream(fc.integer({ min: 0, max: 4095 })),
      (size, random) => {
        const count = size[0] * size[1] * size[2]
        const levels = Array.from({ length: count }, () => random.next().value)
        ;[levels[0], levels[1]] = [0, 4095]
        const seeds = new Uint8Array(count)
        ;[seeds[0], seeds[count - 1]] = [1, 2]
        const options = { ...plain, costPerMm: 0.01 }
        const [release, debug] = builds.map((build) => growFromSeeds(build, makeImage(size, levels), seeds, options))
        expect(release).toEqual(debug)
        const toInside = cheapestWays(size, levels, 0, 40.95)
        const toOutside = cheapestWays(size, levels, count - 1, 40.95)
        release.forEach((label, i) => {
          if (toInside[i] !== toOutside[i]) expect(label).toBe(toInside[i] < toOutside[i] ? 1 : 2)
        })
      },
    ),
    { seed: 17, numRuns: 100 },
  )
})

/** The definition, by relaxing until nothing changes (Bellman and Ford). */
function cheapestWays([nx, ny, nz]: Triple, levels: readonly number[], from: number, costPerMm: number): number[] {
  const ways = levels.map((_, i) => (i === from ? 0 : Infinity))
  for (let changed = true; changed;) {
    changed = false
    for (let i = 0; i < levels.length; i++) {
      const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / nx / ny)]
      for (let k = 0; k < 27; k++) {
        const [dx, dy, dz] = [(k % 3) - 1, (Math.floor(k / 3) % 3) - 1, Math.floor(k / 9) - 1]
        const [a, b, c] = [x + dx, y + dy, z + dz]
        if (a < 0 || b < 0 || c < 0 || a >= nx || b >= ny || c >= nz) continue
        const j = a + nx * (b + ny * c)
        const way = ways[j] + Math.abs(levels[i] - levels[j]) + Math.round(costPerMm * Math.hypot(dx, dy, dz))
        if (way < ways[i]) {
          ways[i] = way
          changed = true
        }
      }
    }
  }
  return ways
}
