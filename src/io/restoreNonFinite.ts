import type { FloatLayout } from './headers/rawHeader.ts'

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
  let rest = new Uint8Array(0)
  return (chunk) => {
    const skipped = Math.min(skip, chunk.length)
    skip -= skipped
    const bytes = new Uint8Array(rest.length + chunk.length - skipped)
    bytes.set(rest)
    bytes.set(chunk.subarray(skipped), rest.length)
    const count = Math.min(Math.floor(bytes.length / bytesPerVoxel), voxels.length - index)
    const view = new DataView(bytes.buffer)
    for (let i = 0; i < count; i++) {
      const value = bytesPerVoxel === 4 ? view.getFloat32(4 * i, littleEndian) : view.getFloat64(8 * i, littleEndian)
      // x - x is 0 for finite numbers, NaN for the others.
      if (value - value !== 0) voxels[index + i] = value
    }
    index += count
    rest = bytes.slice(count * bytesPerVoxel)
  }
}
