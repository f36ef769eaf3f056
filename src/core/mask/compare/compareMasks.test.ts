import { expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import { drawMask } from '../drawMask.ts'
import { compareMasks, mapDisagreement } from './compareMasks.ts'

const kernels = await loadKernels({ build: 'debug' })
const a = drawMask(
  [
    ['##..', '....'],
    ['....', '....'],
  ],
  [2, 1, 3],
)
const b = drawMask(
  [
    ['.##.', '....'],
    ['....', '#...'],
  ],
  [2, 1, 3],
)

it('counts and measures as by hand', () => {
  expect(compareMasks(kernels, a, b)).toEqual({
    voxelsA: 2,
    voxelsB: 3,
    voxelsInBoth: 1,
    dice: 0.4,
    jaccard: 0.25,
    // A: 2 and 0 mm away; B: 0, 2 and the root of 1 + 9.
    hausdorffMm: Math.sqrt(10),
    hausdorff95Mm: expect.closeTo(2 + 0.9 * (Math.sqrt(10) - 2), 12) as number,
    meanSurfaceDistanceMm: (4 + Math.sqrt(10)) / 5,
    volumeDifferenceMm3: 6,
    relativeVolumeDifference: 0.5,
    disagreementBySlice: Uint32Array.of(2, 1),
    worstSlice: 0,
  })
  expect([...compareMasks(kernels, a, b, 0).disagreementBySlice]).toEqual([2, 0, 1, 0])
})

it('maps who has what', () => {
  expect([...mapDisagreement(a, b)]).toEqual([1, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0])
})

it('says NaN where there is nothing to compare', () => {
  const empty = drawMask(
    [
      ['....', '....'],
      ['....', '....'],
    ],
    [2, 1, 3],
  )
  expect(compareMasks(kernels, empty, empty)).toMatchObject({ dice: NaN, jaccard: NaN, hausdorffMm: NaN, worstSlice: undefined })
  expect(compareMasks(kernels, a, empty)).toMatchObject({
    dice: 0,
    jaccard: 0,
    meanSurfaceDistanceMm: NaN,
    relativeVolumeDifference: -1,
  })
  expect(compareMasks(kernels, empty, a).relativeVolumeDifference).toBe(NaN)
})

it('is the same both ways, and none for equals', () => {
  expect(compareMasks(kernels, b, a)).toMatchObject({ dice: 0.4, hausdorffMm: Math.sqrt(10), volumeDifferenceMm3: -6 })
  expect(compareMasks(kernels, b, b)).toMatchObject({ dice: 1, hausdorffMm: 0, hausdorff95Mm: 0, meanSurfaceDistanceMm: 0 })
})

it('refuses masks of different grids', () => {
  expect(() => compareMasks(kernels, a, drawMask([['##']]))).toThrowSaying('4 x 2 x 2 voxels was compared with one of 2 x 1 x 1')
})
