import type { Kernels } from '../kernels/kernels.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { refuse } from './messages.ts'

/**
 * Smooths grey levels (float64, in WASM memory) in place with a Gaussian of `sigmaMm` on every axis, cut off at three sigma, the
 * border value repeated. An axis whose voxels are wider than three sigma stays as it is; 0 mm leaves all as it is.
 */
export function smoothBox(kernels: Kernels, data: number, extent: Triple, spacingMm: Triple, sigmaMm: number): void {
  if (!(sigmaMm >= 0 && sigmaMm < Infinity)) {
    throw refuse('gaussian-width', { sigmaMm })
  }
  const reach = spacingMm.map((mm) => Math.floor((3 * sigmaMm) / mm)) as unknown as Triple
  kernels.scope(() => {
    const scratch = kernels.allocate(kernels.exports.gaussianBlurScratch(...extent, Math.max(...reach)))
    kernels.exports.gaussianBlur(data, ...extent, ...spacingMm, sigmaMm, ...reach, scratch)
  })
}
