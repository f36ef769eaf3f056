import { newVoxelArray, type VoxelArray } from '../../core/numeric/voxelArray.ts'
import { streamContent } from '../gzip.ts'
import type { PlainNifti } from '../headers/plainNifti.ts'
import type { DecodedImage } from './imageCodec.ts'
import type { SourceFile } from '../sourceFile.ts'

/**
 * The image of a plain NIfTI file with ITK's bits, except that voxels which are no finite numbers stay as they are.
 * @returns the image, in which missing voxels are 0, and the bytes of the unpacked file; undefined if that is cut or damaged
 * @throws RangeError where there is no memory for the voxels
 */
export async function readPlainNifti(
  file: SourceFile,
  gzipped: boolean,
  { storedType, scaling, voxelOffset, size, spacing, origin, direction }: PlainNifti,
): Promise<{ readonly image: DecodedImage; readonly contentBytes: number } | undefined> {
  const count = size.reduce((product, n) => product * n, 1)
  const stored = newVoxelArray(storedType, count)
  const contentBytes = await streamContent(file, gzipped, () => fill(new Uint8Array(stored.buffer), voxelOffset))
  if (contentBytes === undefined) return undefined
  const imageType = { dimension: size.length, components: 1, pixelType: 'Scalar' }
  const data = scaling ? scale(stored, scaling) : stored
  return { image: { imageType, size, spacing, origin, direction, data }, contentBytes }
}

/** @returns the function to feed with the content piece by piece: what comes after `skip` bytes goes to `target`, until that is full */
function fill(target: Uint8Array, skip: number): (chunk: Uint8Array) => void {
  let at = -skip
  return (chunk) => {
    const part = chunk.subarray(Math.max(0, -at), Math.max(0, target.length - at))
    if (part.length > 0) target.set(part, Math.max(0, at))
    at += chunk.length
  }
}

/** As ITK does it: float32, the product and the sum in float64, float32 again. */
function scale(stored: VoxelArray, { slope, intercept }: NonNullable<PlainNifti['scaling']>): Float32Array<ArrayBuffer> {
  const scaled = new Float32Array(stored.length)
  for (let i = 0; i < stored.length; i++) scaled[i] = Math.fround(stored[i]) * slope + intercept
  return scaled
}
