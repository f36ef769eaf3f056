import type { FloatLayout } from '../headers/rawHeader.ts'

/**
 * Puts NaN and infinite voxels back: ITK's NIfTI reader turns each into 0 without a word (so does SimpleITK), and a hole in
 * the image would pass as data. Fed with the content of the file piece by piece.
 * @param voxels what ITK made of the file, in the file's order
 * @returns the function to feed
 */
export function restoreNonFinite(layout: FloatLayout, voxels: Float32Array | Float64Array): (chunk: Uint8Array) => void {
  const { voxelOffset, bytesPerVoxel, littleEndian } = layout
  let skip = voxelOffset
  let index = 0
  // The bytes of a voxel that lies in two pieces.
  const split = new Uint8Array(bytesPerVoxel)
  let splitBytes = 0

  const restore = (bytes: Uint8Array, count: number) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let i = 0; i < count; i++, index++) {
      const value = bytesPerVoxel === 4 ? view.getFloat32(4 * i, littleEndian) : view.getFloat64(8 * i, littleEndian)
      // x - x is 0 for finite numbers, NaN for the others.
      if (value - value !== 0) voxels[index] = value
    }
  }
  return (chunk) => {
    let bytes = chunk.subarray(Math.min(skip, chunk.length))
    skip -= chunk.length - bytes.length
    if (splitBytes > 0) {
      const taken = bytes.subarray(0, bytesPerVoxel - splitBytes)
      split.set(taken, splitBytes)
      splitBytes += taken.length
      bytes = bytes.subarray(taken.length)
      if (splitBytes < bytesPerVoxel) return
      restore(split, Math.min(1, voxels.length - index))
      splitBytes = 0
    }
    const whole = Math.floor(bytes.length / bytesPerVoxel)
    restore(bytes, Math.min(whole, voxels.length - index))
    const rest = bytes.subarray(whole * bytesPerVoxel)
    split.set(rest)
    splitBytes = rest.length
  }
}
