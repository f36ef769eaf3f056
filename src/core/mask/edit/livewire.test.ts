import { expect, it } from 'vitest'
import { identityDirection, type Volume } from '../../image/volume.ts'
import { createRandom } from '../../numeric/random.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { createLivewire } from './livewire.ts'

/** A bright disc with noise, of true roundness in mm, in slices of which only one is drawn in. */
function disc({ spacingMm = [1, 1, 1] as Triple, noise = 0, middle = [40, 40], radiusMm = 20 } = {}): Volume {
  const size = [80, 80, 3] as const
  const random = createRandom(5)
  const voxels = Float32Array.from({ length: 80 * 80 * 3 }, (_, p) => {
    const [x, y] = [((p % 80) - middle[0]) * spacingMm[0], ((Math.floor(p / 80) % 80) - middle[1]) * spacingMm[1]]
    return (x * x + y * y <= radiusMm * radiusMm && Math.floor(p / 6400) === 1 ? 200 : 50) + noise * (random.uniform() - 0.5)
  })
  return {
    size,
    spacingMm,
    originMm: [0, 0, 0],
    direction: identityDirection,
    voxels,
    source: { path: 'made', format: 'memory' },
  }
}

const areNeighbours = (a: Triple, b: Triple) => a.every((n, axis) => Math.abs(n - b[axis]) <= 1) && a.join() !== b.join()

it.each([0, 40])('goes round a disc along its border, not across it, with noise of %i', (noise) => {
  const from: Triple = [20, 40, 1]
  const to: Triple = [40, 20, 1]
  const way = createLivewire(disc({ noise }), 2, from)(to)
  expect(way.length).toBeGreaterThan(18)
  for (const [x, y] of way) expect(Math.abs(Math.hypot(x - 40, y - 40) - 20)).toBeLessThan(1.6)
  const whole = [from, ...way, to]
  for (const [i, at] of whole.slice(1).entries()) expect(areNeighbours(at, whole[i])).toBe(true)
})

it('takes the way that is short in mm where voxels are not square, and the same way back', () => {
  const volume = disc({ spacingMm: [1, 2, 5], middle: [40, 40], radiusMm: 30 })
  const [left, top]: [Triple, Triple] = [[10, 40, 1], [40, 25, 1]] // prettier-ignore
  const way = createLivewire(volume, 2, left)(top)
  for (const [x, y] of way) expect(Math.abs(Math.hypot(x - 40, 2 * (y - 40)) - 30)).toBeLessThan(2.5)
})

it('is straight where there is no edge, and asks no more of what is no number', () => {
  const flat = disc({ radiusMm: -1 })
  expect(createLivewire(flat, 2, [10, 10, 1])([16, 10, 1])).toEqual([11, 12, 13, 14, 15].map((x) => [x, 10, 1]))
  expect(createLivewire(flat, 2, [10, 10, 1])([14, 14, 1])).toEqual([11, 12, 13].map((x) => [x, x, 1]))
  expect(createLivewire(flat, 2, [10, 10, 1])([10.4, 9.6, 1])).toEqual([])
  const missing: Volume = { ...flat, voxels: new Float32Array(80 * 80 * 3).fill(NaN) }
  expect(createLivewire(missing, 2, [10, 10, 1])([12, 10, 1])).toEqual([[11, 10, 1]])
})

it.each([0, 1] as const)('draws across axis %i, and stays within the volume and its reach', (axis) => {
  const volume = disc()
  const from: [number, number, number] = [10, 10, 1]
  from[axis] = 5
  const to: [number, number, number] = [...from]
  to[axis === 0 ? 1 : 0] = 500
  const way = createLivewire(volume, axis, from)(to)
  expect(way.every((at) => at[axis] === 5)).toBe(true)
  expect(way[way.length - 1][axis === 0 ? 1 : 0]).toBe(10 + 64 - 1)
  expect(
    createLivewire(
      volume,
      axis,
      [-20, -20, -20],
    )(from)
      .flat()
      .every((n) => n >= 0),
  ).toBe(true)
})

it('begins as the way to any voxel that it goes through', () => {
  const random = createRandom(11)
  const voxels = Float32Array.from({ length: 108 }, () => Math.round(100 * random.uniform()))
  const made: Volume = { ...disc(), size: [12, 9, 1], voxels }
  const livewire = createLivewire(made, 2, [0, 0, 0])
  const way = livewire([11, 8, 0])
  expect(way.length).toBeGreaterThan(9)
  for (const [i, at] of way.entries()) expect(livewire(at)).toEqual(way.slice(0, i))
})
