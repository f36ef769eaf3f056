import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Volume } from '../../image/volume.ts'
import { drawMask } from '../drawMask.ts'
import { findLongestDiameter } from './axialDiameter.ts'
import { measureMask } from './measureMask.ts'

describe('measureMask', () => {
  const mask = drawMask([['##', '#.']], [0.5, 2, 3])
  const image = (levels: number[]): Volume => ({
    ...mask,
    voxels: Float32Array.from(levels),
    source: { path: '', format: 'memory' },
  })

  it('gives volume, mean, SD and histogram', () => {
    expect(measureMask(image([1, 2, 6, 100]), mask, { bins: 5 })).toEqual({
      voxels: 3,
      volumeMm3: 9,
      mean: 3,
      sd: Math.sqrt(14 / 3),
      minimum: 1,
      maximum: 6,
      histogram: { low: 1, binSize: 1, counts: Uint32Array.of(1, 1, 0, 0, 1) },
    })
  })

  it('knows one level, no level and no mask', () => {
    expect(measureMask(image([2, 2, 2, 9]), mask)).toMatchObject({
      sd: 0,
      histogram: { low: 2, binSize: 0, counts: Uint32Array.of(3) },
    })
    expect(measureMask(image([NaN, 4, 6, 9]), mask)).toMatchObject({ voxels: 3, mean: 5 })
    expect(measureMask(image([1, 2, 3, 4]), { voxels: new Uint8Array(4) })).toMatchObject({
      voxels: 0,
      volumeMm3: 0,
      mean: NaN,
      minimum: NaN,
      histogram: { counts: new Uint32Array(0) },
    })
  })
})

describe('findLongestDiameter', () => {
  it('measures from edge to edge in mm', () => {
    expect(findLongestDiameter(drawMask([['...', '.#.']], [2, 3, 1]))).toMatchObject({
      diameterMm: 3,
      slice: 0,
      from: [1, 0.5, 0],
      to: [1, 1.5, 0],
    })
    expect(findLongestDiameter(drawMask([['####']], [2, 1, 1]))).toMatchObject({
      diameterMm: 8,
      from: [-0.5, 0, 0],
      to: [3.5, 0, 0],
    })
    // From (-0.5, 0) to (2.5, 2): across the corners.
    expect(findLongestDiameter(drawMask([['#..', '.#.', '..#']]))!.diameterMm).toBeCloseTo(Math.sqrt(13), 12)
  })

  it('looks at every slice on its own, across any axis', () => {
    const mask = drawMask(
      [
        ['#..#', '....'],
        ['##..', '...#'],
        ['#...', '....'],
      ],
      [1, 1, 10],
    )
    expect(findLongestDiameter(mask)).toMatchObject({ slice: 1, diameterMm: Math.sqrt(17) })
    expect(findLongestDiameter(mask, 0)).toMatchObject({ slice: 0, diameterMm: 30, from: [0, 0, -0.5], to: [0, 0, 2.5] })
    expect(findLongestDiameter(drawMask([['..']]))).toBeUndefined()
  })

  it.each([
    ['brain1', [256, 256, 25], [0.78125, 0.78125, 6.5]],
    ['breast1', [45, 120, 21], [0.6640620231628418, 0.6640620231628418, 2.0999999046325684]],
  ] as const)('agrees with the largest in-plane pair of all voxel edges of %s', (name, size, spacingMm) => {
    const bytes = gunzipSync(readFileSync(new URL(`../../../../public/samples/${name}/mask.nii.gz`, import.meta.url)))
    const voxels = Uint8Array.from(bytes.subarray(bytes.readFloatLE(108)))
    const [nx, ny, nz] = size
    let longest = 0
    for (let z = 0; z < nz; z++) {
      const edges: [number, number][] = []
      for (let y = 0; y < ny; y++) {
        for (let x = 0; x < nx; x++) {
          const at = x + nx * (y + ny * z)
          if (voxels[at] === 0) continue
          if (!voxels[at - 1]) edges.push([x - 0.5, y])
          if (!voxels[at + 1]) edges.push([x + 0.5, y])
          if (!voxels[at - nx]) edges.push([x, y - 0.5])
          if (!voxels[at + nx]) edges.push([x, y + 0.5])
        }
      }
      for (const [x0, y0] of edges)
        for (const [x1, y1] of edges) longest = Math.max(longest, Math.hypot((x1 - x0) * spacingMm[0], (y1 - y0) * spacingMm[1]))
    }
    const found = findLongestDiameter({ ...drawMask([['.']]), size, spacingMm, voxels })!
    expect(found.diameterMm).toBeCloseTo(longest, 10)

    // Across it: of all pairs of edges in its slice, what lies between where two such lines cross one at a right angle.
    const [u, v] = [0, 1].map((axis) => ((found.to[axis] - found.from[axis]) * spacingMm[axis]) / longest)
    const turned: [number, number][] = []
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++) {
        const at = x + nx * (y + ny * found.slice)
        if (voxels[at] === 0) continue
        for (const [dx, dy, next] of [[-0.5, 0, -1], [0.5, 0, 1], [0, -0.5, -nx], [0, 0.5, nx]]) {
          const [px, py] = [(x + dx) * spacingMm[0], (y + dy) * spacingMm[1]]
          if (!voxels[at + next]) turned.push([px * u + py * v, py * u - px * v])
        }
      } // prettier-ignore
    let widest = 0
    for (const [along] of turned) {
      let [low, high] = [Infinity, -Infinity]
      for (const [s, p] of turned)
        for (const [t, q] of turned) {
          if (s > along || t < along) continue
          const across = s === t ? p : p + ((along - s) / (t - s)) * (q - p)
          low = Math.min(low, across)
          high = Math.max(high, across)
        }
      widest = Math.max(widest, high - low)
    }
    expect(found.orthogonalMm).toBeCloseTo(widest, 8)
  })

  it('gives what lies across it at a right angle, over a bay as a caliper does', () => {
    expect(findLongestDiameter(drawMask([['#####']], [1, 3, 1]))).toMatchObject({ diameterMm: 5, orthogonalMm: 3 })
    const bay = findLongestDiameter(drawMask([['#.....#', '#######']]))!
    const filled = findLongestDiameter(drawMask([['#######', '#######']]))!
    expect(bay.orthogonalMm).toBe(filled.orthogonalMm)
    expect(bay.orthogonalMm).toBeGreaterThan(1.5)
  })
})
