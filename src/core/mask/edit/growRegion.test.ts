import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import { identityDirection, type Volume } from '../../image/volume.ts'
import type { Triple, VoxelArray } from '../../numeric/voxelArray.ts'
import { drawMask, showMask } from '../drawMask.ts'
import { floodMask, growRegion, rangeAroundSeed } from './growRegion.ts'
import { selectThreshold } from './threshold.ts'

const kernels = await loadKernels({ build: 'debug' })

/** An image whose grey levels are the digits of a drawing. */
function drawImage(slices: string[][], type: (levels: number[]) => VoxelArray = (levels) => Int16Array.from(levels)): Volume {
  return {
    size: [slices[0][0].length, slices[0].length, slices.length],
    spacingMm: [1, 1, 2],
    originMm: [0, 0, 0],
    direction: identityDirection,
    voxels: type(slices.flat().flatMap((row) => [...row].map(Number))),
    source: { path: 'drawing', format: 'memory' },
  }
}

const image = drawImage([
  ['11199', '99199', '55155'],
  ['99999', '99199', '99999'],
  ['11111', '11111', '11111'],
])

describe('selectThreshold', () => {
  it('takes grey levels of a range, both ends included, in a box and a mask', () => {
    expect(selectThreshold(image, { low: 1, high: 5 }).reduce((sum, voxel) => sum + voxel, 0)).toBe(3 + 1 + 5 + 1 + 15)
    const box = { lower: [0, 2, 0], upper: [4, 2, 0] } as const
    expect(showMask(selectThreshold(image, { low: 5, high: 5 }, { box }), image.size)[0]).toEqual(['.....', '.....', '##.##'])
    const within = { voxels: new Uint8Array(45).fill(1, 10, 12) }
    expect(
      [...selectThreshold(image, { low: 5, high: 9 }, { box, within }).entries()].filter(([, v]) => v).map(([i]) => i),
    ).toEqual([10, 11])
  })

  it('takes no NaN, and refuses an empty range and a box beyond the volume', () => {
    const withNaN = drawImage([['12']], () => Float32Array.of(NaN, 2))
    expect([...selectThreshold(withNaN, { low: -Infinity, high: Infinity })]).toEqual([0, 1])
    expect(() => selectThreshold(image, { low: 2, high: 1 })).toThrowSaying('goes from 2 to 1')
    expect(() => selectThreshold(image, { low: 1, high: 2 }, { box: { lower: [0, 0, 0], upper: [5, 0, 0] } })).toThrowSaying(
      'does not fit',
    )
  })
})

describe('growRegion', () => {
  const range = { low: 1, high: 1 }

  it('goes across faces through the range, in 3D', () => {
    expect(growRegion(kernels, image, [0, 0, 0], { range }).reduce((sum, voxel) => sum + voxel, 0)).toBe(3 + 1 + 1 + 1 + 15)
  })

  it('stays in a slice, and in a box', () => {
    expect(showMask(growRegion(kernels, image, [0, 0, 0], { range, sliceAxis: 2 }), image.size)).toEqual([
      ['###..', '..#..', '..#..'],
      ['.....', '.....', '.....'],
      ['.....', '.....', '.....'],
    ])
    const box = { lower: [0, 0, 0], upper: [4, 1, 1] } as const
    expect(growRegion(kernels, image, [2, 0, 0], { range, box }).reduce((sum, voxel) => sum + voxel, 0)).toBe(5)
  })

  it('finds nothing from a seed out of range, and refuses a seed that is no voxel of the box', () => {
    expect(growRegion(kernels, image, [4, 0, 0], { range }).some(Boolean)).toBe(false)
    expect(() => growRegion(kernels, image, [5, 0, 0], { range })).toThrowSaying('is not a voxel of the box')
    expect(() => growRegion(kernels, image, [0.5, 0, 0], { range })).toThrowSaying('is not a voxel of the box')
  })

  it('does not go over the end of a row', () => {
    const rows = drawImage([['991', '199']])
    expect([...growRegion(kernels, rows, [2, 0, 0], { range })]).toEqual([0, 0, 1, 0, 0, 0])
  })
})

describe('rangeAroundSeed', () => {
  it('takes the mean of the neighbourhood, cut off at the border', () => {
    expect(rangeAroundSeed(image, [0, 2, 2], { tolerance: 2, radiusVoxels: 0 })).toEqual({ low: -1, high: 3 })
    const corner = rangeAroundSeed(image, [0, 0, 0], { tolerance: 1, radiusVoxels: 1 })
    expect((corner.low + corner.high) / 2).toBeCloseTo((1 + 1 + 9 + 9 + 9 * 4) / 8, 12)
  })

  it('leaves NaN out and refuses to have no grey level', () => {
    const withNaN = drawImage([['11']], () => Float64Array.of(NaN, 4))
    expect(rangeAroundSeed(withNaN, [0, 0, 0], { tolerance: 0, radiusVoxels: 1 })).toEqual({ low: 4, high: 4 })
    expect(() => rangeAroundSeed(withNaN, [0, 0, 0], { tolerance: 0, radiusVoxels: 0 })).toThrowSaying('no grey level is finite')
    expect(() => rangeAroundSeed(withNaN, [0, 0, 0], { tolerance: -1, radiusVoxels: 0 })).toThrowSaying('tolerance is -1')
  })
})

describe('floodMask', () => {
  const outline = drawMask([
    ['.####', '.#..#', '.####'],
    ['.####', '.#..#', '.####'],
  ])

  it('fills the part around the click, in its slice or in 3D', () => {
    const count = (seed: Triple, axis?: 2) => floodMask(kernels, outline, seed, 1, axis).reduce((sum, voxel) => sum + voxel, 0)
    expect([count([2, 1, 0], 2), count([2, 1, 0]), count([0, 0, 0], 2)]).toEqual([22, 24, 23])
  })

  it('empties a part of the mask', () => {
    expect(floodMask(kernels, outline, [1, 0, 0], 0).some(Boolean)).toBe(false)
    expect(floodMask(kernels, outline, [1, 0, 0], 1)).toEqual(outline.voxels)
    expect(() => floodMask(kernels, outline, [9, 0, 0], 0)).toThrowSaying('is not a voxel of the box')
  })
})
