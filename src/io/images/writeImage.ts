import type { Grid } from '../../core/image/volume.ts'
import { pixelTypeOf, type VoxelArray } from '../../core/numeric/voxelArray.ts'
import type { ImageCodec, ItkImage } from './imageCodec.ts'
import type { Bytes } from '../sourceFile.ts'

/**
 * A mask or volume as the bytes of a NIfTI or NRRD file on its own grid. Voxels come back as they are; spacing, origin and direction
 * are float32 in NIfTI, so they come back to 7 digits from there.
 * @param name with the ending .nii, .nii.gz or .nrrd (both compressed)
 */
export function writeImage(codec: ImageCodec, volume: Grid & { readonly voxels: VoxelArray }, name: string): Promise<Bytes> {
  const image: ItkImage = {
    imageType: { dimension: 3, componentType: pixelTypeOf(volume.voxels), pixelType: 'Scalar', components: 1 },
    name: '',
    size: [...volume.size],
    spacing: [...volume.spacingMm],
    origin: [...volume.originMm],
    direction: Float64Array.from(volume.direction),
    metadata: new Map(),
    // ITK takes the whole buffer behind a view.
    data: volume.voxels.byteLength === volume.voxels.buffer.byteLength ? volume.voxels : volume.voxels.slice(),
  }
  return codec.writeImage(image, name)
}
