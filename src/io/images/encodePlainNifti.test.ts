import { expect, it } from 'vitest'
import { identityDirection } from '../../core/image/volume.ts'
import { fileFromBytes } from '../sourceFile.ts'
import { encodePlainNifti } from './encodePlainNifti.ts'
import { itkCodec } from './itkCodec.node.ts'

it.each([Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array])(
  'is read by ITK with the same voxels at the same place, %o',
  async (type) => {
    const size = [3, 4, 5] as const
    const voxels = Object.assign(
      new type(60),
      Array.from({ length: 60 }, (_, i) => 2 * i),
    )
    const grid = { size, spacingMm: [0.5, 0.75, 2], originMm: [-10, 20, 30], direction: identityDirection } as const
    const image = await itkCodec.readImage('NIfTI', fileFromBytes('a.nii', encodePlainNifti({ ...grid, voxels })))
    expect(image?.size).toEqual([3, 4, 5])
    expect(image?.spacing).toEqual([0.5, 0.75, 2])
    expect(image?.origin).toEqual([-10, 20, 30])
    expect([...image!.direction]).toEqual([...identityDirection].map((value) => value + 0))
    expect(image?.data).toEqual(voxels)
  },
)
