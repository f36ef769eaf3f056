import { expect, it } from 'vitest'
import type { Direction, Volume } from '../../image/volume.ts'
import type { Mask } from '../mask.ts'
import { measureRegion } from './measureRegion.ts'

/** Rows along the patient's head-foot axis, turned by 30 degrees: voxels of 0.5 x 2 x 3 mm whose index y runs to the head. */
const [c, s] = [Math.sqrt(3) / 2, 0.5]
const direction: Direction = [c, 0, -s, s, 0, c, 0, 1, 0]
const size = [6, 3, 4] as const
const grid = { size, spacingMm: [0.5, 2, 3], originMm: [10, -20, 30], direction } as const
const at = (x: number, y: number, z: number) => x + 6 * (y + 3 * z)

/** In slice y = 1 an L of (1..4, 1, 0) and (1, 1, 1..2); in slice y = 2 one voxel. */
const inside = [at(1, 1, 0), at(2, 1, 0), at(3, 1, 0), at(4, 1, 0), at(1, 1, 1), at(1, 1, 2), at(5, 2, 3)]
const mask: Mask = { ...grid, voxels: new Uint8Array(72) }
const image: Volume = { ...grid, voxels: new Int16Array(72).fill(1000), source: { path: 'made', format: 'memory' } }
inside.forEach((position, i) => {
  mask.voxels[position] = 1
  image.voxels[position] = [-4, 0, 2, 2, 8, 10, 3][i]
})

it('measures an ROI on an oblique anisotropic grid as by hand', () => {
  const measures = measureRegion(image, mask)
  expect(measures).toMatchObject({ voxels: 7, volumeMm3: 7 * 3, mean: 3, minimum: -4, maximum: 10 })
  // Deviations from 3: -7 -3 -1 -1 5 7 0, their squares 134.
  expect(measures.sd).toBeCloseTo(Math.sqrt(134 / 7), 12)
  expect(measures.histogram.counts.reduce((sum, n) => sum + n)).toBe(7)
  expect(measures.histogram.binSize).toBeCloseTo(14 / 64, 12)
  // Ends on the outline: from (4, -0.5) or (4.5, 0) to (1, 2.5); 3 x 0.5 mm by 3 x 3 mm is the longest.
  expect(measures.diameters![1]).toMatchObject({ slice: 1 })
  expect(measures.diameters![1].diameterMm).toBeCloseTo(Math.sqrt(1.5 * 1.5 + 9 * 9), 12)
  expect([measures.diameters![1].from, measures.diameters![1].to]).toEqual(
    expect.arrayContaining([
      [1, 1, 2.5],
      [4, 1, -0.5],
    ]),
  )
})

it('has no diameter and no level where nothing is drawn', () => {
  const measures = measureRegion(image, { ...mask, voxels: new Uint8Array(72) })
  expect(measures).toMatchObject({ voxels: 0, volumeMm3: 0, mean: NaN, sd: NaN, diameters: undefined })
})
