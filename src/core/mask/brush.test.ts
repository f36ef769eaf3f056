import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identityDirection } from '../image/volume.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { paintStroke, type Axis, type Brush } from './brush.ts'
import type { Mask } from './mask.ts'

const emptyMask = (size: Triple, spacingMm: Triple = [1, 1, 1]): Mask => ({
  size,
  spacingMm,
  originMm: [0, 0, 0],
  direction: identityDirection,
  voxels: new Uint8Array(size[0] * size[1] * size[2]),
})
const disc = (radiusMm: number, sliceAxis: Axis = 2): Brush => ({ radiusMm, shape: 'disc', sliceAxis })
const sphere = (radiusMm: number): Brush => ({ radiusMm, shape: 'sphere', sliceAxis: 2 })

/** A slice as text, so that the eye can check it: # is painted. */
const drawn = ({ voxels, size }: Mask, slice: number) =>
  Array.from({ length: size[1] }, (_, j) =>
    Array.from({ length: size[0] }, (_, i) => (voxels[i + size[0] * (j + size[1] * slice)] ? '#' : '.')).join(''),
  )

describe('paintStroke', () => {
  it('draws a disc in its slice only, rim included', () => {
    const mask = emptyMask([7, 7, 3])
    const changed = paintStroke(mask, [3, 3, 1], [3, 3, 1], disc(2), 1)
    expect(drawn(mask, 1)).toEqual(['.......', '...#...', '..###..', '.#####.', '..###..', '...#...', '.......'])
    expect(drawn(mask, 0).concat(drawn(mask, 2)).join('')).not.toContain('#')
    expect(changed.length).toBe(13)
  })

  it('measures millimetres: wide voxels get a narrow row of them', () => {
    const mask = emptyMask([7, 7, 1], [2, 1, 5])
    paintStroke(mask, [3, 3, 0], [3, 3, 0], disc(2), 1)
    expect(drawn(mask, 0)).toEqual(['.......', '...#...', '...#...', '..###..', '...#...', '...#...', '.......'])
  })

  it('draws a disc in any grid plane', () => {
    const mask = emptyMask([3, 5, 5])
    paintStroke(mask, [1, 2, 2], [1, 2, 2], disc(1, 0), 1)
    expect(
      [...mask.voxels.entries()].filter(([, v]) => v).map(([at]) => [at % 3, Math.floor(at / 3) % 5, Math.floor(at / 15)]),
    ).toEqual([
      [1, 2, 1],
      [1, 1, 2],
      [1, 2, 2],
      [1, 3, 2],
      [1, 2, 3],
    ])
  })

  it('draws a sphere through the slices', () => {
    const mask = emptyMask([5, 5, 5], [1, 1, 2])
    paintStroke(mask, [2, 2, 2], [2, 2, 2], sphere(2), 1)
    expect(drawn(mask, 1)).toEqual(['.....', '.....', '..#..', '.....', '.....'])
    expect(drawn(mask, 2)[2]).toBe('#####')
    expect(drawn(mask, 0).join('')).not.toContain('#')
  })

  it('paints at least the voxel under the pointer', () => {
    const mask = emptyMask([5, 5, 1], [3, 3, 3])
    paintStroke(mask, [1.4, 2.4, 0], [1.4, 2.4, 0], disc(0.1), 1)
    expect(drawn(mask, 0)).toEqual(['.....', '.....', '.#...', '.....', '.....'])
  })

  it('sweeps along a fast move without gaps', () => {
    const mask = emptyMask([9, 5, 1])
    paintStroke(mask, [1, 1, 0], [7, 3, 0], disc(0), 1)
    expect(drawn(mask, 0)).toEqual(['.........', '.##......', '...###...', '......##.', '.........'])
    const wide = emptyMask([9, 3, 1])
    paintStroke(wide, [1, 1, 0], [7, 1, 0], disc(1), 1)
    expect(drawn(wide, 0)).toEqual(['.#######.', '#########', '.#######.'])
  })

  it('keeps a disc in the slice where the stroke began', () => {
    const mask = emptyMask([3, 3, 3])
    paintStroke(mask, [1, 1, 1], [1, 1, 2], disc(0), 1)
    expect([...mask.voxels].filter(Boolean).length).toBe(1)
  })

  it('erases, and reports only voxels that changed', () => {
    const mask = emptyMask([5, 5, 1])
    mask.voxels[12] = 1
    expect(paintStroke(mask, [2, 2, 0], [2, 2, 0], disc(1), 0)).toEqual([12])
    expect(paintStroke(mask, [2, 2, 0], [2, 2, 0], disc(1), 0)).toEqual([])
    expect(mask.voxels.some(Boolean)).toBe(false)
  })

  it('is clipped to the volume, also far outside', () => {
    const mask = emptyMask([3, 3, 1])
    paintStroke(mask, [-1, 1, 0], [-1, 1, 0], disc(1), 1)
    expect(drawn(mask, 0)).toEqual(['...', '#..', '...'])
    expect(paintStroke(mask, [-50, -50, 0], [-20, -50, 0], disc(5), 1)).toEqual([])
  })

  it('refuses what is no radius or no point', () => {
    const mask = emptyMask([3, 3, 1])
    expect(() => paintStroke(mask, [1, 1, 0], [1, 1, 0], disc(NaN), 1)).toThrowSaying('radius is NaN mm')
    expect(() => paintStroke(mask, [1, NaN, 0], [1, 1, 0], disc(1), 1)).toThrowSaying('must be finite')
  })

  it('equals the definition, voxel by voxel, for random brushes and segments', () => {
    const size: Triple = [9, 8, 7]
    const point = fc.tuple(...size.map((n) => fc.double({ min: -2, max: n + 1, noNaN: true })))
    fc.assert(
      fc.property(
        point,
        point,
        fc.double({ min: 0, max: 6, noNaN: true }),
        fc.constantFrom('disc', 'sphere'),
        (from, to, radiusMm, shape) => {
          const mask = emptyMask(size, [0.8, 1.3, 2.5])
          const painted = new Set(
            paintStroke(mask, from as unknown as Triple, to as unknown as Triple, { radiusMm, shape, sliceAxis: 2 }, 1),
          )
          const slice = Math.round(from[2])
          const flat = (p: readonly number[]) => (shape === 'disc' ? [p[0], p[1], slice] : p)
          const wrong: number[] = []
          const mm = (p: readonly number[]) => [p[0] * 0.8, p[1] * 1.3, p[2] * 2.5]
          for (let at = 0; at < mask.voxels.length; at++) {
            if (mask.voxels[at] !== Number(painted.has(at))) wrong.push(at)
            const voxel = [at % 9, Math.floor(at / 9) % 8, Math.floor(at / 72)]
            const distance = distanceToSegment(mm(voxel), mm(flat(from)), mm(flat(to)))
            const allowed = shape === 'sphere' || voxel[2] === slice
            if (allowed && distance < radiusMm - 1e-6) {
              if (!painted.has(at)) wrong.push(at)
            }
            // A voxel beyond the radius is there only because the segment runs through its neighbourhood of half a voxel.
            if (!allowed || distance > Math.max(radiusMm, Math.hypot(0.4, 0.65, 1.25)) + 1e-4) expect(painted.has(at)).toBe(false)
          }
        },
      ),
      { seed: 20260411, numRuns: 200 },
    )
  })
})

function distanceToSegment(p: number[], a: number[], b: number[]): number {
  const ab = b.map((x, i) => x - a[i])
  const ap = p.map((x, i) => x - a[i])
  const dot = (u: number[], v: number[]) => u[0] * v[0] + u[1] * v[1] + u[2] * v[2]
  const t = Math.min(1, Math.max(0, dot(ap, ab) / (dot(ab, ab) || 1)))
  return Math.hypot(...ap.map((x, i) => x - t * ab[i]))
}
