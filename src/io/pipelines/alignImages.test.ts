import { expect, it } from 'vitest'
import { moveGrid, movePoint, type RigidMove } from '../../core/image/rigidMove.ts'
import { indexToPhysical, type Direction, type Volume } from '../../core/image/volume.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import { alignImages } from './alignImages.node.ts'
import { readRegistration } from './rigidRegistration.ts'

/** Two bright bodies of unlike size on an oblique grid. */
const [c, s] = [Math.cos(0.2), Math.sin(0.2)]
const direction: Direction = [c, 0, s, 0, 1, 0, -s, 0, c]
const size: Triple = [48, 44, 24]
const image: Volume = {
  size,
  spacingMm: [2, 2, 4],
  originMm: [-40, -50, -30],
  direction,
  voxels: Float32Array.from({ length: 48 * 44 * 24 }, (_, at) => {
    const [i, j, k] = [at % 48, Math.floor(at / 48) % 44, Math.floor(at / (48 * 44))]
    const bump = (x: number, y: number, z: number, width: number) =>
      Math.exp(-(((i - x) * 2) ** 2 + ((j - y) * 2) ** 2 + ((k - z) * 4) ** 2) / width ** 2)
    return 400 * bump(20, 18, 10, 22) + 250 * bump(32, 30, 15, 12) + 150 * bump(12, 30, 8, 8)
  }),
  source: { path: 'made', format: 'memory' },
}
const corners: Triple[] = [
  [0, 0, 0],
  [47, 43, 23],
  [20, 18, 10],
]

it('finds how an image was turned and moved, by physical points, and changes neither image', async () => {
  const [ct, st] = [Math.cos(0.07), Math.sin(0.07)]
  const apart: RigidMove = { rotation: [ct, -st, 0, st, ct, 0, 0, 0, 1], centreMm: [0, 0, 0], translationMm: [5, -4, 3] }
  const before = structuredClone({ ...image, voxels: image.voxels.slice() })
  // The same voxels elsewhere, darker and reversed as in a sequence of another contrast.
  const moved: Volume = {
    ...image,
    ...moveGrid(image, apart),
    voxels: image.voxels.map((value) => 300 - value / 2),
  }
  const back = await alignImages(moved, image)
  for (const corner of corners) {
    const found = movePoint(back, indexToPhysical(moved, corner))
    const expected = indexToPhysical(image, corner)
    expect(Math.hypot(...found.map((value, axis) => value - expected[axis]))).toBeLessThan(1)
  }
  expect({ ...image }).toEqual(before)
}, 120_000)

it('refuses an answer that is no rigid transform', () => {
  expect(() => readRegistration([{ Transform: ['AffineTransform'], TransformParameters: [] }], image)).toThrowSaying(/by hand/)
  expect(() => readRegistration(undefined, image)).toThrowSaying(/by hand/)
})
