/** Test support: NIfTI-1 files with whatever header a test needs; RAS in the file, no rotation. */
export interface MadeNifti {
  /** x, y, z and, if wanted, further dimensions. */
  readonly size: readonly number[]
  readonly spacing?: readonly number[]
  readonly origin?: readonly [number, number, number]
  /** NIfTI's code: 2 uint8, 4 int16, 16 float32, 128 RGB. */
  readonly datatype: 2 | 4 | 16 | 128
  /** A value a voxel, by its place in the file (for RGB a value a byte). */
  readonly value: (index: number) => number
}

const bytesOf = { 2: 1, 4: 2, 16: 4, 128: 3 }

export function makeNifti({ size, spacing = size.map(() => 1), origin = [0, 0, 0], datatype, value }: MadeNifti): Uint8Array {
  const count = size.reduce((product, n) => product * n, 1)
  const bytes = new Uint8Array(352 + count * bytesOf[datatype])
  const view = new DataView(bytes.buffer)
  view.setInt32(0, 348, true)
  view.setInt16(40, size.length, true)
  for (let axis = 0; axis < 7; axis++) view.setInt16(42 + 2 * axis, size[axis] ?? 1, true)
  view.setInt16(70, datatype, true)
  view.setInt16(72, 8 * bytesOf[datatype], true)
  view.setFloat32(76, 1, true)
  spacing.forEach((mm, axis) => view.setFloat32(80 + 4 * axis, mm, true))
  view.setFloat32(108, 352, true)
  view.setUint8(123, 2)
  view.setInt16(254, 1, true)
  // The s-form: x and y run against RAS, so that ITK gives the identity in LPS.
  origin.forEach((mm, axis) => {
    const sign = axis < 2 ? -1 : 1
    view.setFloat32(280 + 16 * axis + 4 * axis, sign * (spacing[axis] ?? 1), true)
    view.setFloat32(280 + 16 * axis + 12, sign * mm, true)
  })
  bytes.set([0x6e, 0x2b, 0x31, 0], 344)
  for (let i = 0; i < (datatype === 128 ? 3 * count : count); i++) {
    if (datatype === 4) view.setInt16(352 + 2 * i, value(i), true)
    else if (datatype === 16) view.setFloat32(352 + 4 * i, value(i), true)
    else view.setUint8(352 + i, value(i))
  }
  return bytes
}
