import { expect, test } from 'vitest'
import type { RegionMesh } from '../core/features/meshRegion.ts'
import { meetSurface } from './meetSurface.ts'

/** Two squares across z, from -1 to 1 each way, at z of 2 and of 5. */
const squares: RegionMesh = {
  positionsMm: Float32Array.of(-1, -1, 2, 1, -1, 2, 1, 1, 2, -1, 1, 2, -1, -1, 5, 1, -1, 5, 1, 1, 5, -1, 1, 5),
  normals: new Float32Array(24),
  triangles: Uint32Array.of(0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7),
}
const none: RegionMesh = { positionsMm: new Float32Array(0), normals: new Float32Array(0), triangles: new Uint32Array(0) }

test('a line meets what is nearest to where it comes from, from either side, and nothing beside it', () => {
  expect(meetSurface([none, squares], [0.5, 0.25, 0], [0, 0, 1], null)).toEqual([0.5, 0.25, 5])
  expect(meetSurface([squares], [0.5, 0.25, 0], [0, 0, -1], null)).toEqual([0.5, 0.25, 2])
  expect(meetSurface([squares], [1.5, 0.25, 0], [0, 0, 1], null)).toBeUndefined()
  expect(meetSurface([], [0, 0, 0], [0, 0, 1], null)).toBeUndefined()
})

test('what is cut away is not met', () => {
  const below = { originMm: [0, 0, 3], normal: [0, 0, -1] } as const
  expect(meetSurface([squares], [0.5, 0.25, 0], [0, 0, 1], below)).toEqual([0.5, 0.25, 2])
  expect(meetSurface([squares], [0.5, 0.25, 0], [0, 0, 1], { originMm: [0, 0, 9], normal: [0, 0, 1] })).toBeUndefined()
})
