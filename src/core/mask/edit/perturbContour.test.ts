import { describe, expect, test } from 'vitest'
import { loadKernels } from '../../../../workers/loadKernels.node.ts'
import { identityDirection } from '../../image/volume.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { computeDice } from '../compare/compareMasks.ts'
import type { Mask } from '../mask.ts'
import { defaultContourChanges, perturbContour, type ContourChanges } from './perturbContour.ts'

const kernels = await loadKernels({ build: 'debug' })

/** A ball around the middle of the volume. */
function ball(radiusMm: number, size: Triple = [48, 48, 24], spacingMm: Triple = [1.2, 1.2, 2.6]): Mask {
  const voxels = new Uint8Array(size[0] * size[1] * size[2])
  let at = 0
  for (let k = 0; k < size[2]; k++)
    for (let j = 0; j < size[1]; j++)
      for (let i = 0; i < size[0]; i++, at++) {
        const mm = [i, j, k].map((index, axis) => (index - (size[axis] - 1) / 2) * spacingMm[axis])
        voxels[at] = Math.hypot(...mm) <= radiusMm ? 1 : 0
      }
  return { size, spacingMm, originMm: [0, 0, 0], direction: identityDirection, voxels }
}

const count = (voxels: Uint8Array) => voxels.reduce((sum, voxel) => sum + voxel, 0)
const none: ContourChanges = { shiftMm: 0, growthMm: 0, roughnessMm: 0, roughnessLengthMm: 8 }
const perturb = (mask: Mask, changes: Partial<ContourChanges>, number = 1, seed = 5) => perturbContour(kernels, mask, { ...none, ...changes }, seed, number) // prettier-ignore

function centreMm({ size, spacingMm }: Mask, voxels: Uint8Array): number[] {
  const sum = [0, 0, 0]
  voxels.forEach((voxel, at) => {
    if (!voxel) return
    const place = [at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))]
    place.forEach((index, axis) => (sum[axis] += index * spacingMm[axis]))
  })
  return sum.map((total) => total / count(voxels))
}

test('without a change the region stays, whatever its voxels, down to one and at the border of the volume', () => {
  for (const mask of [ball(11), ball(0.5, [9, 9, 9]), ball(40, [12, 10, 8]), ball(9, [30, 30, 1], [1, 1, 5])])
    expect(perturb(mask, {})).toEqual(mask.voxels)
  const empty = { ...ball(5), voxels: new Uint8Array(48 * 48 * 24) }
  expect(count(perturb(empty, { growthMm: 3 }))).toBe(0)
})

test('a shift moves the middle as far as it was drawn, along every axis, and keeps the size', () => {
  const mask = ball(12)
  const spread = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => {
    const moved = perturb(mask, { shiftMm: 1.5 }, number)
    expect(count(moved) / count(mask.voxels)).toBeCloseTo(1, 1)
    return centreMm(mask, moved).map((mm, axis) => mm - centreMm(mask, mask.voxels)[axis])
  })
  for (const axis of [0, 1, 2]) {
    const sd = Math.sqrt(spread.reduce((sum, move) => sum + move[axis] ** 2, 0) / spread.length)
    expect(sd).toBeGreaterThan(0.6)
    expect(sd).toBeLessThan(2.6)
  }
})

test('growth moves the border outwards by mm: the volume is that of the larger ball', () => {
  const mask = ball(10)
  const numbers = Array.from({ length: 12 }, (_, i) => i)
  const grown = numbers.map((number) => count(perturb(mask, { growthMm: 1 }, number)) / count(mask.voxels))
  const radii = grown.map((ratio) => 10 * Math.cbrt(ratio) - 10)
  expect(Math.max(...radii)).toBeGreaterThan(0.3)
  expect(Math.min(...radii)).toBeLessThan(-0.3)
  const twice = numbers.map((number) => 10 * Math.cbrt(count(perturb(mask, { growthMm: 2 }, number)) / count(mask.voxels)) - 10) // prettier-ignore
  twice.forEach((mm, i) => expect(Math.abs(mm - 2 * radii[i])).toBeLessThan(0.9))
})

describe('as a second reader', () => {
  const mask = ball(10)

  test('differs by a Dice around 0.9, otherwise each time, the same with the same seed', () => {
    const all = Array.from({ length: 12 }, (_, i) => perturbContour(kernels, mask, defaultContourChanges, 7, i))
    const dices = all.map((voxels) => computeDice(voxels, mask.voxels)).sort((a, b) => a - b)
    expect(dices[6]).toBeGreaterThan(0.86)
    expect(dices[6]).toBeLessThan(0.95)
    expect(new Set(all.map((voxels) => voxels.join(''))).size).toBe(12)
    expect(perturbContour(kernels, mask, defaultContourChanges, 7, 3)).toEqual(all[3])
    expect(perturbContour(kernels, mask, defaultContourChanges, 8, 3)).not.toEqual(all[3])
  })

  test('a rough border stays near the old one', () => {
    const rough = perturb(mask, { roughnessMm: 0.7 })
    const far = ball(10 + 4 * 0.7 + 1.4).voxels
    const near = ball(10 - 4 * 0.7 - 1.4).voxels
    rough.forEach((voxel, at) => {
      if (voxel) expect(far[at]).toBe(1)
      else expect(near[at]).toBe(0)
    })
    expect(rough).not.toEqual(mask.voxels)
  })
})
