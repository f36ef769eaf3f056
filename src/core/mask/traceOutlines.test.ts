import { describe, expect, it } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { listPolygonVoxels } from './edit/polygon.ts'
import { traceOutlines, type Outline } from './traceOutlines.ts'

const slice = (...rows: string[]) => ({
  voxels: Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 1 : 0)),
  size: [rows[0].length, rows.length] as const,
})

/** Twice counted is out, as readers combine the contours of a slice. */
function fill(outlines: readonly Outline[], [nx, ny]: readonly [number, number], rule: 'evenOdd' | 'nonZero'): Uint8Array {
  const voxels = new Uint8Array(nx * ny)
  for (const points of outlines) {
    for (const at of listPolygonVoxels([nx, ny, 1], { sliceAxis: 2, slice: 0, points, rule })) voxels[at] ^= 1
  }
  return voxels
}

const area = (points: Outline) =>
  points.reduce((sum, [x, y], i) => {
    const [x1, y1] = points[(i + 1) % points.length]
    return sum + (x * y1 - x1 * y) / 2
  }, 0)

describe('traceOutlines', () => {
  it('goes along the edges of the voxels, with a point at each turn', () => {
    const { voxels, size } = slice('....', '.##.', '....')
    expect(traceOutlines(voxels, size)).toEqual([
      [
        [0.5, 0.5],
        [2.5, 0.5],
        [2.5, 1.5],
        [0.5, 1.5],
      ],
    ])
  })

  it('keeps voxels apart that touch at a corner', () => {
    const { voxels, size } = slice('#.', '.#')
    expect(traceOutlines(voxels, size)).toHaveLength(2)
  })

  it('reaches a hole, and one beneath it, by a channel, and an island in it by a line of its own', () => {
    const { voxels, size } = slice(
      '#######',
      '#..#..#',
      '#..#.##',
      '####.##',
      '#.....#',
      '#.#.#.#',
      '#.....#',
      '#######',
      '#.#####',
      '#######',
    )
    const outlines = traceOutlines(voxels, size)
    expect(outlines).toHaveLength(3)
    expect(fill(outlines, size, 'evenOdd')).toEqual(voxels)
  })

  it('gives any mask back by both rules, with its area, a quarter of a voxel away from every centre', () => {
    const random = createRandom(7)
    for (let round = 0; round < 300; round++) {
      const size = [1 + random.integer(12), 1 + random.integer(12)] as const
      const density = 1 + random.integer(9)
      const voxels = Uint8Array.from({ length: size[0] * size[1] }, () => (random.integer(10) < density ? 1 : 0))
      const outlines = traceOutlines(voxels, size)
      expect(fill(outlines, size, 'evenOdd')).toEqual(voxels)
      expect(fill(outlines, size, 'nonZero')).toEqual(voxels)
      expect(outlines.reduce((sum, outline) => sum + area(outline), 0)).toBeCloseTo(
        voxels.reduce((sum, inside) => sum + inside, 0),
        9,
      )
      for (const [x, y] of outlines.flat()) {
        expect(Math.max(Math.abs(x - Math.round(x)), Math.abs(y - Math.round(y)))).toBeGreaterThanOrEqual(0.25)
      }
    }
  })

  it('finds nothing in an empty slice', () => {
    expect(traceOutlines(new Uint8Array(6), [2, 3])).toEqual([])
  })
})
