/** Three numbers along the index axes x, y, z. */
export type Triple = readonly [number, number, number]

/** x, y, z. */
export type Axis = 0 | 1 | 2

export type VoxelArray =
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>

export type PixelType = 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'float32' | 'float64'

const pixelTypes: readonly [new (length: number) => VoxelArray, PixelType][] = [
  [Int8Array, 'int8'],
  [Uint8Array, 'uint8'],
  [Int16Array, 'int16'],
  [Uint16Array, 'uint16'],
  [Int32Array, 'int32'],
  [Uint32Array, 'uint32'],
  [Float32Array, 'float32'],
  [Float64Array, 'float64'],
]

export function pixelTypeOf(voxels: VoxelArray): PixelType {
  return pixelTypes.find(([type]) => voxels instanceof type)![1]
}

export function newVoxelArray(type: PixelType, length: number): VoxelArray {
  return new (pixelTypes.find(([, name]) => name === type)![0])(length)
}
