import type { Block, Kernels } from '../../kernels/kernels.ts'
import { refuse } from '../messages.ts'

/*
 * Filters of single grey values, scaled so that the image keeps its range; M is the largest |x| of the whole image.
 * Source: PyRadiomics 3.0.1 `getSquareImage` ... `getExponentialImage`. Results are float64 whatever the input is. Square and square
 * root have numpy's bits; logarithm and exponential are musl's, which may differ from numpy's in the last one.
 */

/** `(x / sqrt(M))^2`. @throws DataError if the image is 0 everywhere */
export function squareImage(kernels: Kernels, input: Block): Block {
  const most = nonZeroMagnitude(kernels, input, 'Square')
  return filterPoints(kernels, input, kernels.exports.squareScaled, 1 / Math.sqrt(most))
}

/** `sign(x) sqrt(|x| M)`; an image that is 0 everywhere stays so. */
export function squareRootImage(kernels: Kernels, input: Block): Block {
  return filterPoints(kernels, input, kernels.exports.rootScaled, magnitude(kernels, input))
}

/** `sign(x) ln(|x| + 1) M / ln(M + 1)`. @throws DataError if the image is 0 everywhere */
export function logarithmImage(kernels: Kernels, input: Block): Block {
  const most = nonZeroMagnitude(kernels, input, 'Logarithm')
  return filterPoints(kernels, input, kernels.exports.logarithmScaled, most / kernels.exports.log(most + 1))
}

/** `exp(x ln(M) / M)`. @throws DataError if the image is 0 everywhere */
export function exponentialImage(kernels: Kernels, input: Block): Block {
  const most = nonZeroMagnitude(kernels, input, 'Exponential')
  return filterPoints(kernels, input, kernels.exports.exponentialScaled, kernels.exports.log(most) / most)
}

function filterPoints(kernels: Kernels, input: Block, kernel: Kernels['exports']['squareScaled'], scale: number): Block {
  const count = voxels(input)
  const pointer = kernels.allocate(count * 8)
  kernel(input.pointer, count, scale, pointer)
  return { ...input, pointer, pixelType: 'float64' }
}

function magnitude(kernels: Kernels, input: Block): number {
  return kernels.exports.maximumMagnitude(input.pointer, voxels(input))
}

function nonZeroMagnitude(kernels: Kernels, input: Block, filter: 'Square' | 'Logarithm' | 'Exponential'): number {
  const most = magnitude(kernels, input)
  if (most === 0) {
    throw refuse('filter-of-zeros', { filter })
  }
  return most
}

function voxels({ size }: Block): number {
  return size[0] * size[1] * size[2]
}
