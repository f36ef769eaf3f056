import { exp } from '../numeric/functions.ts'
import type { Triple } from '../numeric/voxelArray.ts'

/**
 * A Gaussian random field of unit variance: white noise under a Gaussian kernel, so that values `d` mm apart correlate by
 * e^(-d² / (2 lengthMm²)). It goes on at the opposite face, so that its variance is the same everywhere.
 * @param normal standard normal numbers, one a voxel
 */
export function gaussianField(
  normal: () => number,
  size: Triple,
  spacingMm: Triple,
  lengthMm: number,
): Float32Array<ArrayBuffer> {
  const field = new Float32Array(size[0] * size[1] * size[2])
  for (let i = 0; i < field.length; i++) field[i] = normal()
  spacingMm.forEach((mm, axis) => {
    const weights = gaussianWeights(lengthMm / Math.SQRT2 / mm)
    let squares = 0
    for (const [i, weight] of weights.entries()) squares += (i === 0 ? 1 : 2) * weight * weight
    const scale = 1 / Math.sqrt(squares)
    convolve(
      field,
      size,
      axis,
      weights.map((weight) => weight * scale),
      (at, length) => ((at % length) + length) % length,
    )
  })
  return field
}

/** Blurs in place, as a scanner's point spread does; beyond the border stand the values of the border. */
export function blur(values: Float32Array<ArrayBuffer>, size: Triple, spacingMm: Triple, sdMm: number): void {
  spacingMm.forEach((mm, axis) =>
    convolve(values, size, axis, gaussianWeights(sdMm / mm), (at, length) => Math.min(length - 1, Math.max(0, at))),
  )
}

/** A kernel's right half with its middle, to 3 SD and at least to the neighbour; the whole adds up to 1. */
function gaussianWeights(sd: number): number[] {
  const raw = Array.from({ length: Math.max(2, Math.ceil(3 * sd) + 1) }, (_, i) => exp(-(i * i) / (2 * sd * sd)))
  const sum = raw.reduce((total, weight, i) => total + (i === 0 ? weight : 2 * weight), 0)
  return raw.map((weight) => weight / sum)
}

function convolve(
  values: Float32Array<ArrayBuffer>,
  size: Triple,
  axis: number,
  weights: readonly number[],
  placeOf: (at: number, length: number) => number,
): void {
  const length = size[axis]
  const stride = [1, size[0], size[0] * size[1]][axis]
  const reach = weights.length - 1
  const sources = Array.from({ length: length + 2 * reach }, (_, i) => stride * placeOf(i - reach, length))
  const line = new Float64Array(sources.length)
  const block = stride * length
  for (let row = 0; row < values.length / length; row++) {
    const start = block * Math.floor(row / stride) + (row % stride)
    for (let i = 0; i < line.length; i++) line[i] = values[start + sources[i]]
    for (let i = 0; i < length; i++) {
      let sum = weights[0] * line[i + reach]
      for (let k = 1; k <= reach; k++) sum += weights[k] * (line[i + reach - k] + line[i + reach + k])
      values[start + stride * i] = sum
    }
  }
}
