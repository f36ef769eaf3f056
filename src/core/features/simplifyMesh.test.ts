import { expect, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { meshRegion, type RegionMesh } from './meshRegion.ts'
import { simplifyMesh } from './simplifyMesh.ts'

const size = [40, 40, 40] as const
const middle = 19.5
const radius = 17

async function meshBall(): Promise<RegionMesh> {
  const voxels = Uint8Array.from({ length: 40 ** 3 }, (_, i) =>
    Number(Math.hypot((i % 40) - middle, (Math.floor(i / 40) % 40) - middle, Math.floor(i / 1600) - middle) < radius),
  )
  return meshRegion(await loadKernels(), {
    size,
    spacingMm: [1, 1, 1],
    originMm: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    voxels,
  })
}
const distances = ({ positionsMm }: RegionMesh) =>
  Array.from({ length: positionsMm.length / 3 }, (_, i) =>
    Math.hypot(...positionsMm.subarray(3 * i, 3 * i + 3).map((at) => at - middle)),
  )

test('a ball with fewer triangles is still that ball, its normals outwards', async () => {
  const ball = await meshBall()
  expect(ball.triangles.length / 3).toBeGreaterThan(4000)
  const few = simplifyMesh(ball, 1500, 2)
  expect(few.triangles.length / 3).toBeLessThanOrEqual(1500)
  expect(few.triangles.length / 3).toBeGreaterThan(300)
  // Averages of points of the surface lie within it, by no more than a cell is deep.
  expect(Math.max(...distances(few))).toBeLessThan(radius + 0.5)
  expect(Math.min(...distances(few))).toBeGreaterThan(radius - 2.5)
  for (let at = 0; at < few.positionsMm.length; at += 3) {
    const [x, y, z] = few.positionsMm.subarray(at, at + 3).map((place) => place - middle)
    const [nx, ny, nz] = few.normals.subarray(at, at + 3)
    expect((x * nx + y * ny + z * nz) / Math.hypot(x, y, z)).toBeGreaterThan(0.8)
  }
  expect(new Set(few.triangles).size).toBe(few.positionsMm.length / 3)
})

test('a surface that is small enough is left as it is', async () => {
  const ball = await meshBall()
  expect(simplifyMesh(ball, ball.triangles.length / 3, 2)).toBe(ball)
  expect(simplifyMesh(ball, ball.triangles.length / 3 - 1, 2)).not.toBe(ball)
})
