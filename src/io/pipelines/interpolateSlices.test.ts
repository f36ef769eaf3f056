import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { identityDirection } from '../../core/image/volume.ts'
import type { Axis } from '../../core/mask/brush.ts'
import { computeDice } from '../../core/mask/compare/compareMasks.ts'
import { drawMask, showMask } from '../../core/mask/drawMask.ts'
import type { Mask } from '../../core/mask/mask.ts'
import { interpolateSlices } from './interpolateSlices.node.ts'

const large = ['#####', '#####', '#####', '#####', '#####']
const small = ['.....', '.....', '..#..', '.....', '.....']
const nothing = ['.....', '.....', '.....', '.....', '.....']

describe('interpolateSlices', () => {
  it('fills between two slices, keeps both, and adds nothing beyond', async () => {
    const mask = drawMask([nothing, large, nothing, small, nothing])
    const slices = showMask(await interpolateSlices(mask, 2), mask.size)
    expect([slices[0], slices[1], slices[3], slices[4]]).toEqual([nothing, large, small, nothing])
    const between = slices[2].join('').replaceAll('.', '').length
    expect(between).toBeGreaterThan(1)
    expect(between).toBeLessThan(25)
  })

  it.each([0, 1, 2] as const)('interpolates along axis %i only', async (axis) => {
    // Two square plates with a gap of three slices between them across the axis; across the others nothing is missing.
    const mask = drawMask(Array.from({ length: 9 }, () => Array.from({ length: 9 }, () => '.'.repeat(9))))
    const stride = [1, 9, 81]
    const [u, v] = [0, 1, 2].filter((other) => other !== axis)
    for (const at of [2, 6])
      for (let a = 2; a < 7; a++)
        for (let b = 2; b < 7; b += 2) mask.voxels[at * stride[axis] + a * stride[u] + b * stride[v]] = 1
    const filled = await interpolateSlices(mask, axis)
    expect(filled.reduce((sum, voxel) => sum + voxel, 0)).toBe(5 * 15)
  })

  it('leaves an empty mask, one slice and neighbouring slices as they are', async () => {
    for (const slices of [
      [nothing, nothing],
      [nothing, large],
      [large, small, large],
    ]) {
      const mask = drawMask(slices)
      expect(await interpolateSlices(mask, 2)).toEqual(mask.voxels)
    }
  })

  it('restores brain1 from every third sagittal slice', async () => {
    const bytes = gunzipSync(readFileSync(new URL('../../../public/samples/brain1/mask.nii.gz', import.meta.url)))
    const truth: Mask = {
      size: [256, 256, 25],
      spacingMm: [0.78125, 0.78125, 6.5],
      originMm: [0, 0, 0],
      direction: identityDirection,
      voxels: Uint8Array.from(bytes.subarray(bytes.readFloatLE(108))),
    }
    const drawn = keepEveryThird(truth, 0)
    expect(computeDice(drawn.voxels, truth.voxels)).toBeLessThan(0.6)
    const filled = await interpolateSlices(drawn, 0)
    expect(computeDice(filled, truth.voxels)).toBeGreaterThan(0.93)
    expect(Buffer.compare(keepEveryThird({ ...truth, voxels: filled }, 0).voxels, drawn.voxels)).toBe(0)
  })
})

function keepEveryThird(mask: Mask, axis: Axis): Mask {
  const stride = [1, mask.size[0], mask.size[0] * mask.size[1]][axis]
  const sliceOf = (i: number) => Math.floor(i / stride) % mask.size[axis]
  const drawn = [...new Set([...mask.voxels.keys()].filter((i) => mask.voxels[i] === 1).map(sliceOf))].sort((a, b) => a - b)
  const kept = new Set(drawn.filter((slice) => (slice - drawn[0]) % 3 === 0 || slice === drawn.at(-1)))
  return { ...mask, voxels: mask.voxels.map((voxel, i) => (kept.has(sliceOf(i)) ? voxel : 0)) }
}
