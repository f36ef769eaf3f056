import type { Grid, Volume } from '../../core/image/volume.ts'
import { placeMask, type MaskPart } from '../../core/mask/maskPart.ts'
import { pixelTypeOf, type VoxelArray } from '../../core/numeric/voxelArray.ts'
import { encodePlainNifti } from '../images/encodePlainNifti.ts'
import type { Bytes } from '../sourceFile.ts'
import type { FiledImage } from './recordsFile.ts'

/** A region on the whole grid of its image, as NIfTI that viewers open beside it. */
export const packMask = (part: MaskPart, grid: Omit<Grid, 'size'>): Promise<Bytes> =>
  packNifti({ ...grid, size: part.size, voxels: placeMask(part) })

/** What stands on a grid, as NIfTI that viewers open. Nothing of a header but the grid is in it. */
export async function packNifti(volume: Grid & { readonly voxels: VoxelArray }): Promise<Bytes> {
  const packed = new Blob([encodePlainNifti(volume)]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}

/** What a study file says of an image that is in it: NIfTI has 7 digits of a grid, and features come of all of them. */
export const describeImage = (
  { size, spacingMm, originMm, direction, voxels }: Volume,
  about: Pick<FiledImage, 'image' | 'file' | 'content'>,
): FiledImage => ({ ...about, pixelType: pixelTypeOf(voxels), grid: { size, spacingMm, originMm, direction } })
