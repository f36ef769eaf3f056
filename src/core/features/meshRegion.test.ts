import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import type { Direction } from '../image/volume.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { meshRegion, type RegionMesh } from './meshRegion.ts'

const reference = (path: string) => readFileSync(new URL(`../../../reference/${path}`, import.meta.url), 'utf8')
interface MaskText {
  size_xyz: Triple
  spacing_xyz_mm: Triple
  slices: string[]
}
const masks = Object.entries((JSON.parse(reference('pyradiomics/shape/masks.json')) as { masks: Record<string, MaskText> }).masks)
/** PyRadiomics's value of a feature. */
const wanted = (name: string, feature: string) =>
  Number(reference('pyradiomics/shape/shape.csv').match(new RegExp(`^${name},${feature},(.*)$`, 'm'))![1])

const straight: Direction = [1, 0, 0, 0, 1, 0, 0, 0, 1]
const [cos, sin] = [Math.cos(0.4), Math.sin(0.4)]
const oblique: Direction = [cos, -sin, 0, sin, cos, 0, 0, 0, 1]
const leftHanded: Direction = [1, 0, 0, 0, 1, 0, 0, 0, -1]

/** Area, and volume signed by the way the triangles turn, about a point. */
function measure({ positionsMm, triangles }: RegionMesh, about: Triple) {
  const at = (vertex: number) => [0, 1, 2].map((axis) => positionsMm[3 * vertex + axis] - about[axis])
  let [areaMm2, volumeMm3] = [0, 0]
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = [at(triangles[i]), at(triangles[i + 1]), at(triangles[i + 2])]
    const [u, v] = [b.map((x, axis) => x - a[axis]), c.map((x, axis) => x - a[axis])]
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
    areaMm2 += Math.hypot(...n) / 2
    volumeMm3 += (a[0] * n[0] + a[1] * n[1] + a[2] * n[2]) / 6
  }
  return { areaMm2, volumeMm3 }
}

describe.each(['release', 'debug'] as const)('the surface of a region, %s build', (build) => {
  test.each(masks)('%s has the area and the volume that PyRadiomics gives its mesh, however it lies in the patient', async (name, text) => {
    const kernels = await loadKernels({ build })
    const voxels = Uint8Array.from(text.slices.join('').replaceAll(' ', ''), (character) => (character === '#' ? 1 : 0))
    for (const direction of [straight, oblique, leftHanded]) {
      const originMm: Triple = [10, -20, 30]
      const [sx, sy, sz] = text.spacing_xyz_mm
      const made = meshRegion(kernels, { size: text.size_xyz, spacingMm: text.spacing_xyz_mm, originMm, direction, voxels })
      // PyRadiomics measures about the first voxel of the border that it lays round the region.
      const about = [0, 1, 2].map(
        (row) => originMm[row] - direction[3 * row] * sx - direction[3 * row + 1] * sy - direction[3 * row + 2] * sz,
      ) as unknown as Triple
      const { areaMm2, volumeMm3 } = measure(made, about)
      expect(areaMm2 / wanted(name, 'SurfaceArea')).toBeCloseTo(1, 5)
      expect(volumeMm3 / wanted(name, 'MeshVolume')).toBeCloseTo(1, 4)
    }
  }) // prettier-ignore
})

test('one voxel is an octahedron: six vertices half a voxel from its middle, normals outwards', async () => {
  const kernels = await loadKernels()
  for (const direction of [straight, leftHanded]) {
    const { positionsMm, normals, triangles } = meshRegion(kernels, {
      voxels: Uint8Array.of(0, 1),
      size: [2, 1, 1],
      spacingMm: [2, 4, 6],
      originMm: [98, 0, 0],
      direction,
    })
    expect(triangles).toHaveLength(24)
    const points = [0, 1, 2, 3, 4, 5].map((i) => [...positionsMm.subarray(3 * i, 3 * i + 3)].join(' ')).sort()
    expect(points).toEqual(['100 0 -3', '100 0 3', '100 -2 0', '100 2 0', '101 0 0', '99 0 0'].sort())
    for (let i = 0; i < 6; i++) {
      const [x, y, z] = positionsMm.subarray(3 * i, 3 * i + 3)
      const [nx, ny, nz] = normals.subarray(3 * i, 3 * i + 3)
      expect((x - 100) * nx + y * ny + z * nz).toBeCloseTo(Math.hypot(x - 100, y, z), 5)
    }
  }
})

test('a region without a voxel has no surface', async () => {
  const grid = { size: [2, 1, 1], spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: straight } as const
  expect(meshRegion(await loadKernels(), { ...grid, voxels: new Uint8Array(2) }).triangles).toHaveLength(0)
})
