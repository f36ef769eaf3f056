import fc from 'fast-check'
import { expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import { countConnectedComponents } from '../connectedComponents.ts'
import { drawMask, showMask } from '../drawMask.ts'
import { keepIslandAt, keepLargestIsland, removeSmallIslands } from './islands.ts'

const builds = await Promise.all((['release', 'debug'] as const).map((build) => loadKernels({ build })))
const [kernels] = builds
const mask = drawMask([['##...', '##..#', '..#..', '....#']], [2, 1, 0.5])

it('keeps the largest part, by corners or by faces', () => {
  expect(showMask(keepLargestIsland(kernels, mask), mask.size)).toEqual([['##...', '##...', '..#..', '.....']])
  expect(showMask(keepLargestIsland(kernels, mask, 6), mask.size)).toEqual([['##...', '##...', '.....', '.....']])
  const equal = drawMask([['..#', '...', '#..']])
  expect(showMask(keepLargestIsland(kernels, equal), equal.size)).toEqual([['..#', '...', '...']])
})

it('removes what is smaller than a volume', () => {
  expect(removeSmallIslands(kernels, mask, 1)).toEqual(mask.voxels)
  expect(showMask(removeSmallIslands(kernels, mask, 1.01), mask.size)).toEqual([['##...', '##...', '..#..', '.....']])
  expect(removeSmallIslands(kernels, mask, 100).some(Boolean)).toBe(false)
  expect(() => removeSmallIslands(kernels, mask, NaN)).toThrowSaying('is NaN mm3')
})

it('keeps the one clicked', () => {
  expect(showMask(keepIslandAt(kernels, mask, [4, 3, 0])!, mask.size)).toEqual([['.....', '.....', '.....', '....#']])
  expect(keepIslandAt(kernels, mask, [4, 0, 0])).toBeUndefined()
  expect(keepIslandAt(kernels, mask, [5, 0, 0])).toBeUndefined()
})

it('does not join across the ends of rows and slices, and leaves an empty mask empty', () => {
  const ends = drawMask([
    ['..#', '#..'],
    ['...', '...'],
  ])
  expect(keepLargestIsland(kernels, ends, 6).reduce((sum, voxel) => sum + voxel, 0)).toBe(1)
  const empty = drawMask([['...']])
  expect(keepLargestIsland(kernels, empty)).toEqual(empty.voxels)
})

it('numbers as many parts as there are, the first one first, on both builds', () => {
  fc.assert(
    fc.property(
      fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 })),
      fc.double({ min: 0.02, max: 0.6, noNaN: true }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (size, share, random) => {
        const voxels = Uint8Array.from({ length: size[0] * size[1] * size[2] }, () => (random.next().value < share ? 1 : 0))
        const [release, debug] = builds.map((build) =>
          build.scope(() => {
            const [source, labels] = [build.allocate(voxels.length), build.allocate(4 * voxels.length)]
            build.u8(source, voxels.length).set(voxels)
            const parts = build.exports.labelComponents(source, ...size, 1, labels)
            return { parts, labels: [...build.i32(labels, voxels.length)] }
          }),
        )
        expect(release).toEqual(debug)
        expect(release.parts).toBe(countConnectedComponents(voxels, size))
        expect([...new Set(release.labels.filter(Boolean))]).toEqual(Array.from({ length: release.parts }, (_, i) => i + 1))
      },
    ),
    { seed: 11, numRuns: 200 },
  )
})
