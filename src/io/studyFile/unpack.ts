import type { Volume } from '../../core/image/volume.ts'
import { findBoundingBox } from '../../core/mask/boundingBox.ts'
import { cutMask, type MaskPart } from '../../core/mask/maskPart.ts'
import { newVoxelArray, type Triple, type VoxelArray } from '../../core/numeric/voxelArray.ts'
import { streamContent } from '../gzip.ts'
import { hashMask } from '../images/hashMask.ts'
import { hashContent } from '../images/identifyVolume.ts'
import { fileFromBytes, type Bytes } from '../sourceFile.ts'
import type { FiledImage } from './recordsFile.ts'

const firstVoxelByte = 352

/**
 * The region in a NIfTI file of a study file; no more is unpacked than its grid has voxels.
 * @param wanted as the records of the study have it
 * @returns null where the file is damaged or holds another region: nothing is guessed in its place
 */
export async function unpackMask(
  packed: Bytes,
  { size, maskHash }: { readonly size: Triple; readonly maskHash: string },
): Promise<MaskPart | null> {
  const voxels = new Uint8Array(size[0] * size[1] * size[2])
  if (!(await unpackNifti(packed, voxels))) return null
  const part = cutMask({ size, voxels }, findBoundingBox(voxels, size) ?? null)
  return (await hashMask(part)) === maskHash ? part : null
}

/** The image, on the grid that it was read with. @returns null where the file is damaged or holds other voxels */
export async function unpackImage(packed: Bytes, { image, file, content, pixelType, grid }: FiledImage): Promise<Volume | null> {
  const voxels = newVoxelArray(pixelType, grid.size[0] * grid.size[1] * grid.size[2])
  const volume = { ...grid, voxels }
  if (!(await unpackNifti(packed, voxels)) || (await hashContent(volume)) !== content) return null
  return { ...volume, source: { path: file, format: 'NIfTI', identity: { image, content } } }
}

/**
 * Fills the voxels from such a file, of which no more is unpacked than they hold.
 * @returns whether the file is whole and has as many
 */
async function unpackNifti(packed: Bytes, voxels: VoxelArray): Promise<boolean> {
  const target = new Uint8Array(voxels.buffer, voxels.byteOffset, voxels.byteLength)
  const length = await streamContent(fileFromBytes('', packed), true, () => {
    let at = -firstVoxelByte
    return (chunk) => {
      const part = chunk.subarray(Math.max(0, -at), Math.max(0, target.length - at))
      if (part.length > 0) target.set(part, Math.max(0, at))
      at += chunk.length
    }
  })
  return length === firstVoxelByte + target.length
}
