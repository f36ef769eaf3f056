import type { Block, Kernels } from '../../kernels/kernels.ts'
import { voxelCount } from '../volume.ts'

export interface GradientOptions {
  /** Grey values for each mm; else for each voxel. */
  readonly perMm: boolean
}

/**
 * Gradient magnitude, per mm or per voxel, in the bits of ITK's GradientMagnitudeImageFilter: central differences, with
 * the border value repeated and the same divisor at the border, so an end voxel gets half a one-sided difference.
 *
 * @returns a new block in the caller's scope; float32 values.
 */
export function gradient(kernels: Kernels, input: Block, { perMm }: GradientOptions): Block {
  const { size, spacingMm } = input
  const pointer = kernels.allocate(voxelCount(input) * 8)
  const [hx, hy, hz] = spacingMm.map((spacing) => 0.5 * (perMm ? 1 / spacing : 1))
  kernels.exports.gradientMagnitude(input.pointer, ...size, hx, hy, hz, pointer)
  return { pointer, size, spacingMm, pixelType: 'float32' }
}
