import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import { drawMask, showMask } from '../drawMask.ts'
import { closeMask, growMargin, openMask, shrinkMargin } from './margin.ts'

describe.each(['release', 'debug'] as const)('margins, %s build', (build) => {
  const dot = [['.....', '.....', '..#..', '.....', '.....']]

  it('grow to a true circle in mm, rim included', async () => {
    const kernels = await loadKernels({ build })
    const mask = drawMask(dot, [1, 1, 3])
    expect(showMask(growMargin(kernels, mask, 1), mask.size)).toEqual([['.....', '..#..', '.###.', '..#..', '.....']])
    expect(showMask(growMargin(kernels, mask, 2), mask.size)).toEqual([['..#..', '.###.', '#####', '.###.', '..#..']])
    const wide = drawMask(dot, [2, 1, 3])
    expect(showMask(growMargin(kernels, wide, 2), mask.size)).toEqual([['..#..', '..#..', '.###.', '..#..', '..#..']])
  })

  it('reach the next slice only when it is near enough', async () => {
    const kernels = await loadKernels({ build })
    const mask = drawMask([['.'], ['.'], ['#'], ['.'], ['.']], [1, 1, 6.5])
    const grown = (mm: number) => growMargin(kernels, mask, mm).join('')
    expect([grown(6.4), grown(6.5), grown(13)]).toEqual(['00100', '01110', '11111'])
  })

  it('stop at the border of the volume, and shrink nothing away along it', async () => {
    const kernels = await loadKernels({ build })
    const mask = drawMask([['##..', '##..', '....']])
    expect(showMask(growMargin(kernels, mask, 1), mask.size)).toEqual([['###.', '###.', '##..']])
    expect(showMask(shrinkMargin(kernels, mask, 1), mask.size)).toEqual([['#...', '....', '....']])
    const full = drawMask([['##', '##']])
    expect(shrinkMargin(kernels, full, 100)).toEqual(full.voxels)
  })

  it('leave an empty mask empty, take one voxel away, and do nothing for 0 mm', async () => {
    const kernels = await loadKernels({ build })
    const empty = drawMask([['...', '...']])
    expect(growMargin(kernels, empty, 5)).toEqual(empty.voxels)
    expect(shrinkMargin(kernels, empty, 5)).toEqual(empty.voxels)
    const mask = drawMask(dot)
    expect(shrinkMargin(kernels, mask, 1).some(Boolean)).toBe(false)
    expect(growMargin(kernels, mask, 0)).toEqual(mask.voxels)
    expect(growMargin(kernels, mask, 0)).not.toBe(mask.voxels)
  })

  it('close a gap and open a bridge away, without moving the rest', async () => {
    const kernels = await loadKernels({ build })
    const gap = drawMask([['.......', '.##.##.', '.##.##.', '.##.##.', '.......']])
    expect(showMask(closeMask(kernels, gap, 1), gap.size)).toEqual([['.......', '.##.##.', '.#####.', '.##.##.', '.......']])
    const bridge = drawMask([['###....', '###....', '#######', '###....', '###....']])
    expect(showMask(openMask(kernels, bridge, 1), bridge.size)).toEqual([['###....', '###....', '####...', '###....', '###....']])
  })

  it('refuse what is no length', async () => {
    const kernels = await loadKernels({ build })
    expect(() => growMargin(kernels, drawMask(dot), -1)).toThrowSaying('The margin is -1 mm')
    expect(() => shrinkMargin(kernels, drawMask(dot), NaN)).toThrowSaying('The margin is NaN mm')
  })
})
