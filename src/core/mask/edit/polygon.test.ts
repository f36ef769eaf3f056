import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawMask, showMask } from '../drawMask.ts'
import { fillPolygon, listPolygonVoxels, useScissors, type Polygon } from './polygon.ts'

const square = (from: number, to: number): Polygon['points'] => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
]
const inSlice = (points: Polygon['points'], rule: Polygon['rule'] = 'evenOdd'): Polygon => ({
  sliceAxis: 2,
  slice: 0,
  points,
  rule,
})

describe('fillPolygon', () => {
  it('takes the voxels whose centres are inside', () => {
    const mask = drawMask([['.....', '.....', '.....', '.....']])
    expect(showMask(fillPolygon(mask, inSlice(square(0.5, 2.6)), 1), mask.size)).toEqual([['.....', '.##..', '.##..', '.....']])
    const triangle = inSlice([
      [-0.5, -0.5],
      [3.6, -0.5],
      [-0.5, 3.6],
    ])
    expect(showMask(fillPolygon(mask, triangle, 1), mask.size)).toEqual([['####.', '###..', '##...', '#....']])
    expect(mask.voxels.some(Boolean)).toBe(false)
  })

  it('gives a centre on a common edge to one of two polygons', () => {
    const size = [8, 4, 1] as const
    const left = listPolygonVoxels(size, inSlice([[0, 0], [3, 0], [5, 3], [0, 3]])) // prettier-ignore
    const right = listPolygonVoxels(size, inSlice([[3, 0], [7, 0], [7, 3], [5, 3]])) // prettier-ignore
    const both = listPolygonVoxels(size, inSlice([[0, 0], [7, 0], [7, 3], [0, 3]])) // prettier-ignore
    expect([...left, ...right].sort((a, b) => a - b)).toEqual(both)
    expect(both.length).toBe(21)
  })

  it('leaves out what is enclosed twice, or keeps it', () => {
    const size = [7, 7, 1] as const
    const twice = [...square(-0.5, 6.5), [-0.5, -0.5] as const, ...square(1.5, 4.5), [1.5, 1.5] as const]
    expect(listPolygonVoxels(size, inSlice(twice)).length).toBe(49 - 9)
    expect(listPolygonVoxels(size, inSlice(twice, 'nonZero')).length).toBe(49)
  })

  it.each([
    [0, [2, 3]],
    [1, [1, 3]],
    [2, [1, 2]],
  ] as const)('draws across axis %i', (sliceAxis, [u, v]) => {
    const size = [4, 5, 6] as const
    const axes = [0, 1, 2].filter((axis) => axis !== sliceAxis)
    const polygon: Polygon = { sliceAxis, slice: 1, points: [[u - 0.5, v - 0.5], [u + 0.5, v - 0.5], [u + 0.5, v + 0.5], [u - 0.5, v + 0.5]], rule: 'nonZero' } // prettier-ignore
    const at = [1, 1, 1]
    at[axes[0]] = u
    at[axes[1]] = v
    expect(listPolygonVoxels(size, polygon)).toEqual([at[0] + 4 * (at[1] + 5 * at[2])])
  })

  it('is clipped to the volume; too few points and other slices enclose nothing', () => {
    const size = [3, 3, 2] as const
    expect(listPolygonVoxels(size, inSlice(square(-10, 10))).length).toBe(9)
    expect(listPolygonVoxels(size, { ...inSlice(square(-10, 10)), slice: 2 })).toEqual([])
    expect(listPolygonVoxels(size, inSlice([[0, 0], [2, 2]]))).toEqual([]) // prettier-ignore
    expect(listPolygonVoxels(size, inSlice([]))).toEqual([])
    expect(() => listPolygonVoxels(size, inSlice([[0, NaN]]))).toThrowSaying('not finite')
  })

  it('equals the definition, voxel by voxel, for random outlines that cross themselves', () => {
    const point = fc.tuple(fc.double({ min: -2, max: 10, noNaN: true }), fc.double({ min: -2, max: 10, noNaN: true }))
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 9 }), fc.constantFrom('evenOdd', 'nonZero'), (points, rule) => {
        const size = [8, 9, 1] as const
        const inside = new Set(listPolygonVoxels(size, inSlice(points, rule)))
        for (let i = 0; i < 72; i++) {
          const [x, y] = [i % 8, Math.floor(i / 8)]
          const winding = points.reduce((sum, [x0, y0], k) => {
            const [x1, y1] = points[(k + 1) % points.length]
            if (y0 <= y === y1 <= y) return sum
            const crossing = x0 + ((y - y0) * (x1 - x0)) / (y1 - y0)
            if (Math.abs(crossing - x) < 1e-9) return NaN
            return crossing <= x ? sum + (rule === 'evenOdd' || y1 > y0 ? 1 : -1) : sum
          }, 0)
          if (!Number.isNaN(winding)) expect(inside.has(i)).toBe(rule === 'evenOdd' ? winding % 2 === 1 : winding !== 0)
        }
      }),
      { seed: 3, numRuns: 300 },
    )
  })
})

describe('useScissors', () => {
  const full = ['####', '####', '####']
  const mask = drawMask([full, full])
  const hole = inSlice(square(0.5, 2.4))

  it('cuts inside or outside, in one slice or all', () => {
    const cut = (side: 'inside' | 'outside', slices: 'one' | 'all') =>
      showMask(useScissors(mask, hole, { side, value: 0, slices }), mask.size)
    expect(cut('inside', 'one')).toEqual([['####', '#..#', '#..#'], full])
    expect(cut('inside', 'all')).toEqual([
      ['####', '#..#', '#..#'],
      ['####', '#..#', '#..#'],
    ])
    expect(cut('outside', 'one')).toEqual([['....', '.##.', '.##.'], full])
    expect(cut('outside', 'all')).toEqual([
      ['....', '.##.', '.##.'],
      ['....', '.##.', '.##.'],
    ])
  })

  it('cuts across another axis', () => {
    const across: Polygon = { sliceAxis: 1, slice: 2, points: square(-0.5, 0.5), rule: 'evenOdd' }
    expect(showMask(useScissors(mask, across, { side: 'inside', value: 0, slices: 'one' }), mask.size)).toEqual([
      ['####', '####', '.###'],
      full,
    ])
  })

  it('fills inside or outside, in one slice or all, and leaves what is on the other side', () => {
    const drawn = drawMask([
      ['#...', '.#..', '....'],
      ['....', '....', '...#'],
    ])
    const fill = (side: 'inside' | 'outside', slices: 'one' | 'all') =>
      showMask(useScissors(drawn, hole, { side, value: 1, slices }), drawn.size)
    expect(fill('inside', 'one')).toEqual([
      ['#...', '.##.', '.##.'],
      ['....', '....', '...#'],
    ])
    expect(fill('inside', 'all')).toEqual([
      ['#...', '.##.', '.##.'],
      ['....', '.##.', '.###'],
    ])
    expect(fill('outside', 'one')).toEqual([
      ['####', '##.#', '#..#'],
      ['....', '....', '...#'],
    ])
  })

  it('cuts nothing out of an empty mask, and changes nothing in a slice that is not there', () => {
    const empty = drawMask([['....', '....', '....']])
    expect(useScissors(empty, hole, { side: 'outside', value: 0, slices: 'all' })).toEqual(empty.voxels)
    expect(useScissors(mask, { ...hole, slice: 7 }, { side: 'outside', value: 0, slices: 'one' })).toEqual(mask.voxels)
    expect(useScissors(empty, { ...hole, slice: 7 }, { side: 'inside', value: 1, slices: 'one' })).toEqual(empty.voxels)
  })
})
