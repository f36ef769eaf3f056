import type { Block, Kernels } from '../../kernels/kernels.ts'
import { voxelCount } from '../volume.ts'
import type { LeftOut } from './leftOut.ts'
import { tell } from '../messages.ts'

export interface LaplacianOfGaussianOptions {
  /** Width of the Gaussian. */
  readonly sigmaMm: number
  /** What the profile calls this width, and what filters see around the region, for messages. */
  readonly names: { readonly sigma: string; readonly padding: string }
}

/**
 * Laplacian of Gaussian, normalised across scale (times sigma squared), in the bits of ITK's LaplacianRecursiveGaussianImageFilter:
 * the recursive approximation of Farneback and Westin (2006), border values continued to infinity, float32 after every pass.
 *
 * As in PyRadiomics an image that is too small for the filter gives no image: fewer than 4 voxels along an axis, or fewer than
 * ceil(sigma / spacing) + 1.
 *
 * @returns a new block in the caller's scope, float32 values; or the reason why there is none
 */
export function laplacianOfGaussian(
  kernels: Kernels,
  input: Block,
  { sigmaMm, names }: LaplacianOfGaussianOptions,
): Block | LeftOut {
  const { size, spacingMm } = input
  if (!(sigmaMm > 0)) return { skipped: tell('log-sigma', { sigmaMm }) }
  if (Math.min(...size) < 4) return { skipped: tell('log-few-voxels', { size, spacingMm, padding: names.padding }) }
  if (size.some((n, axis) => n < Math.ceil(sigmaMm / spacingMm[axis]) + 1)) {
    return {
      skipped: tell('log-wide', { sigmaMm, size, spacingMm, ...names }),
    }
  }
  const pointer = kernels.allocate(voxelCount(input) * 8)
  kernels.scope(() => {
    const scratch = kernels.allocate(kernels.exports.laplacianOfGaussianScratch(...size))
    kernels.exports.laplacianOfGaussian(input.pointer, ...size, ...spacingMm, sigmaMm, scratch, pointer)
  })
  return { pointer, size, spacingMm, pixelType: 'float32' }
}
