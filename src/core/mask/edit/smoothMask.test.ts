import { expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import { drawMask, showMask } from '../drawMask.ts'
import { smoothMask } from './smoothMask.ts'

const kernels = await loadKernels({ build: 'debug' })

it('takes specks and spurs away and fills dents', () => {
  const mask = drawMask([['#......', '.......', '..###..', '..#.###', '..###..', '.......']])
  expect(showMask(smoothMask(kernels, mask, 3), mask.size)).toEqual([
    ['.......', '.......', '...#...', '..####.', '...#...', '.......'],
  ])
})

it('leaves a tie as it was, also where the border cuts the box off', () => {
  const mask = drawMask([['##', '..']])
  expect(smoothMask(kernels, mask, 3)).toEqual(mask.voxels)
})

it('smooths thick slices in their plane only', () => {
  const mask = drawMask(
    [
      ['...', '...', '...'],
      ['###', '###', '###'],
      ['...', '...', '...'],
    ],
    [1, 1, 6],
  )
  expect(smoothMask(kernels, mask, 3)).toEqual(mask.voxels)
  expect(smoothMask(kernels, mask, 18).some(Boolean)).toBe(false)
})

it('leaves an empty mask empty, takes one voxel away, and refuses what is no width', () => {
  const empty = drawMask([['...']])
  expect(smoothMask(kernels, empty, 3)).toEqual(empty.voxels)
  expect(smoothMask(kernels, drawMask([['...', '.#.', '...']]), 3).some(Boolean)).toBe(false)
  expect(() => smoothMask(kernels, empty, 0)).toThrowSaying('is 0 mm wide')
})
