import type { Grid } from '../../core/image/volume.ts'
import { findBoundingBox } from '../../core/mask/boundingBox.ts'
import { cutMask, placeMask, type MaskPart } from '../../core/mask/maskPart.ts'
import type { Triple } from '../../core/numeric/voxelArray.ts'
import { streamContent } from '../gzip.ts'
import { encodePlainNifti } from '../images/encodePlainNifti.ts'
import { hashMask } from '../images/hashMask.ts'
import { fileFromBytes, type Bytes } from '../sourceFile.ts'

const firstVoxelByte = 352

/** A region on the whole grid of its image, as NIfTI that viewers open beside it. */
export async function packMask(part: MaskPart, grid: Omit<Grid, 'size'>): Promise<Bytes> {
  const nifti = encodePlainNifti({ ...grid, size: part.size, voxels: placeMask(part) })
  const packed = new Blob([nifti]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}

/**
 * The region in such a file; no more is unpacked than its grid has voxels.
 * @param wanted as the records of the study have it
 * @returns null where the file is damaged or holds another region: nothing is guessed in its place
 */
export async function unpackMask(
  packed: Bytes,
  { size, maskHash }: { readonly size: Triple; readonly maskHash: string },
): Promise<MaskPart | null> {
  const voxels = new Uint8Array(size[0] * size[1] * size[2])
  const length = await streamContent(fileFromBytes('', packed), true, () => {
    let at = -firstVoxelByte
    return (chunk) => {
      const part = chunk.subarray(Math.max(0, -at), Math.max(0, voxels.length - at))
      if (part.length > 0) voxels.set(part, Math.max(0, at))
      at += chunk.length
    }
  })
  if (length !== firstVoxelByte + voxels.length) return null
  const part = cutMask({ size, voxels }, findBoundingBox(voxels, size) ?? null)
  return (await hashMask(part)) === maskHash ? part : null
}
