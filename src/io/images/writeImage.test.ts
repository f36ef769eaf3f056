import { describe, expect, it } from 'vitest'
import { identityDirection, indexToPhysical, type Direction, type Grid } from '../../core/image/volume.ts'
import { isSameGridButRounding } from '../../core/mask/compareGeometry.ts'
import { newVoxelArray, pixelTypeOf, type PixelType } from '../../core/numeric/voxelArray.ts'
import { itkCodec } from './itkCodec.node.ts'
import { readImageFile } from './readImageFile.ts'
import { fileFromBytes } from '../sourceFile.ts'
import { writeImage } from './writeImage.ts'

const [c, s] = [Math.cos(0.4), Math.sin(0.4)]
const tilt = (third: 1 | -1): Direction => [c, -s * 0.6, s * 0.8 * third, s, c * 0.6, -c * 0.8 * third, 0, 0.8, 0.6 * third]
const grids: [string, Direction][] = [
  ['straight', identityDirection],
  ['left-handed', [1, 0, 0, 0, 1, 0, 0, 0, -1]],
  ['oblique', tilt(1)],
  ['oblique and left-handed', tilt(-1)],
  ['sagittal', [0, 0, 1, 1, 0, 0, 0, -1, 0]],
]
const grid = (direction: Direction): Grid => ({
  size: [5, 4, 3],
  spacingMm: [0.7, 0.8, 2.1],
  originMm: [-103.4, 87.25, -12.9],
  direction,
})

describe.each(['mask.nii.gz', 'mask.nii', 'mask.nrrd'])('%s comes back', (name) => {
  it.each(grids)('on a grid that is %s', async (_, direction) => {
    const mask = { ...grid(direction), voxels: Uint8Array.from({ length: 60 }, (_, i) => Number(i % 7 === 0)) }
    const { volumes } = await readImageFile(itkCodec, fileFromBytes(name, await writeImage(itkCodec, mask, name)))
    const [back] = volumes
    expect(back.voxels).toEqual(mask.voxels)
    expect(back.size).toEqual(mask.size)
    // NIfTI keeps places as float32: no more than their rounding lies between, and the mask is laid on its image at once.
    expect(isSameGridButRounding(mask, back)).toBe(true)
    for (const index of [
      [0, 0, 0],
      [4, 3, 2],
      [1, 2, 0],
    ] as const) {
      const expected = indexToPhysical(mask, index)
      indexToPhysical(back, index).forEach((mm, axis) => expect(Math.abs(mm - expected[axis])).toBeLessThan(2e-5))
    }
  })
})

it.each(['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64'] as PixelType[])(
  '%s keeps its type and bits',
  async (type) => {
    const voxels = newVoxelArray(type, 60)
    voxels.forEach((_, i) => (voxels[i] = i * 1.37))
    const bytes = await writeImage(itkCodec, { ...grid(identityDirection), voxels }, 'image.nii.gz')
    const { volumes } = await readImageFile(itkCodec, fileFromBytes('image.nii.gz', bytes))
    expect(pixelTypeOf(volumes[0].voxels)).toBe(type)
    expect(volumes[0].voxels).toEqual(voxels)
  },
)

it('writes only the part that a view shows', async () => {
  const whole = Uint8Array.from({ length: 100 }, (_, i) => i)
  const bytes = await writeImage(itkCodec, { ...grid(identityDirection), voxels: whole.subarray(30, 90) }, 'image.nii')
  const { volumes } = await readImageFile(itkCodec, fileFromBytes('image.nii', bytes))
  expect(Array.from(volumes[0].voxels)).toEqual(Array.from(whole.subarray(30, 90)))
})
