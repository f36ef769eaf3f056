import { expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import { drawMask, showMask } from '../drawMask.ts'
import { fillHoles } from './fillHoles.ts'

const kernels = await loadKernels({ build: 'debug' })
const full = ['.....', '.###.', '.###.', '.###.', '.....']
const ring = ['.....', '.###.', '.#.#.', '.###.', '.....']

it('fills what is closed on all sides', () => {
  const mask = drawMask([full, ring, full])
  expect(showMask(fillHoles(kernels, mask), mask.size)).toEqual([full, full, full])
})

it('keeps a tunnel in 3D and fills it slice by slice across its own axis only', () => {
  const mask = drawMask([full, ring, ring])
  expect(fillHoles(kernels, mask)).toEqual(mask.voxels)
  expect(fillHoles(kernels, mask, 0)).toEqual(mask.voxels)
  expect(fillHoles(kernels, mask, 1)).toEqual(mask.voxels)
  expect(showMask(fillHoles(kernels, mask, 2), mask.size)).toEqual([full, full, full])
})

it('does not take the border of the volume for a wall', () => {
  const mask = drawMask([['###', '#..', '###']])
  expect(fillHoles(kernels, mask, 2)).toEqual(mask.voxels)
})

it('closes a hole whose wall touches by corners only', () => {
  const mask = drawMask([['.#.', '#.#', '.#.']])
  expect(showMask(fillHoles(kernels, mask, 2), mask.size)).toEqual([['.#.', '###', '.#.']])
})

it('leaves empty, single and full masks as they are', () => {
  for (const rows of [
    ['...', '...'],
    ['...', '.#.'],
    ['###', '###'],
  ]) {
    const mask = drawMask([rows])
    expect(fillHoles(kernels, mask)).toEqual(mask.voxels)
    expect(fillHoles(kernels, mask, 2)).toEqual(mask.voxels)
  }
})
