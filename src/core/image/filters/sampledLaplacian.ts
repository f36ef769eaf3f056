import type { Block, Kernels } from '../../kernels/kernels.ts'
import { voxelCount } from '../volume.ts'
import { axisFilter, convolve, type Boundary } from './separable.ts'

export interface SampledLaplacianOptions {
  /** Of the Gaussian, in mm. */
  readonly sigmaMm: number
  /** The filter ends so many sigma from its centre. */
  readonly cutOff: number
  /** 2: in slices. */
  readonly dimensions: 2 | 3
  readonly boundary: Boundary
}

/**
 * Laplacian of a Gaussian by its sampled kernel (IBSI 2, 3.2): the second derivative along each axis, smoothed along the others, summed. Not
 * made to sum to 0, and not multiplied by sigma², unlike ITK's recursive filter. @returns a new block in the caller's scope
 */
export function sampledLaplacian(
  kernels: Kernels,
  image: Block,
  { sigmaMm, cutOff, dimensions, boundary }: SampledLaplacianOptions,
): Block {
  const { exports } = kernels
  const axes = Array.from({ length: dimensions }, (_, axis) => {
    const sigma = sigmaMm / image.spacingMm[axis]
    const reach = Math.floor(cutOff * sigma + 0.5)
    const places = Array.from({ length: 2 * reach + 1 }, (_, k) => k - reach)
    const gaussian = places.map((t) => exports.exp((-t * t) / (2 * sigma * sigma)) / (Math.sqrt(2 * Math.PI) * sigma))
    const second = places.map((t, k) => gaussian[k] * (((t * t) / (sigma * sigma) - 1) / (sigma * sigma)))
    return { smooth: axisFilter(gaussian), second: axisFilter(second) }
  })
  const count = voxelCount(image)
  const pointer = kernels.allocate(8 * count)
  kernels.f64(pointer, count).fill(0)
  for (let derived = 0; derived < dimensions; derived++) {
    kernels.scope(() => {
      const filters = axes.map(({ smooth, second }, axis) => (axis === derived ? second : smooth))
      const part = kernels.f64(convolve(kernels, image, filters, boundary).pointer, count)
      const sum = kernels.f64(pointer, count)
      for (let i = 0; i < count; i++) sum[i] += part[i]
    })
  }
  return { ...image, pointer }
}
