import type { BoundingBox, Grid } from './volume.ts'
import { exp } from '../numeric/functions.ts'
import type { Triple } from '../numeric/voxelArray.ts'

/**
 * A Gaussian random field of unit variance: white noise under a Gaussian kernel, so that values `d` mm apart correlate by
 * e^(-d² / (2 lengthMm²)). It is made where it is wanted and 1.25 lengths around; from there it goes on at the opposite face, so that its
 * variance is the same everywhere and what is wanted hardly meets itself. Beyond it is 0.
 * @param normal standard normal numbers
 * @param wanted a part of the grid
 */
export function gaussianField(
  normal: () => number,
  { size, spacingMm }: Pick<Grid, 'size' | 'spacingMm'>,
  wanted: BoundingBox,
  lengthMm: number,
): Float32Array<ArrayBuffer> {
  const margin = spacingMm.map((mm) => Math.ceil((1.25 * lengthMm) / mm))
  const lower = wanted.lower.map((at, axis) => Math.max(0, at - margin[axis]))
  const extent = wanted.upper.map(
    (at, axis) => Math.min(size[axis] - 1, at + margin[axis]) - lower[axis] + 1,
  ) as unknown as Triple
  const part = new Float32Array(extent[0] * extent[1] * extent[2])
  for (let i = 0; i < part.length; i++) part[i] = normal()
  spacingMm.forEach((mm, axis) => {
    const weights = gaussianWeights(lengthMm / Math.SQRT2 / mm)
    let squares = 0
    for (const [i, weight] of weights.entries()) squares += (i === 0 ? 1 : 2) * weight * weight
    const scale = 1 / Math.sqrt(squares)
    convolve(
      part,
      extent,
      axis,
      weights.map((weight) => weight * scale),
      (at, length) => ((at % length) + length) % length,
    )
  })
  const field = new Float32Array(size[0] * size[1] * size[2])
  for (let k = 0; k < extent[2]; k++)
    for (let j = 0; j < extent[1]; j++) {
      const from = extent[0] * (j + extent[1] * k)
      field.set(part.subarray(from, from + extent[0]), lower[0] + size[0] * (lower[1] + j + size[1] * (lower[2] + k)))
    }
  return field
}

/** Blurs in place, as a scanner's point spread does; beyond the border stand the values of the border. */
export function blur(values: Float32Array<ArrayBuffer>, size: Triple, spacingMm: Triple, sdMm: number): void {
  spacingMm.forEach((mm, axis) =>
    convolve(values, size, axis, gaussianWeights(sdMm / mm), (at, length) => Math.min(length - 1, Math.max(0, at))),
  )
}

/** A kernel's right half with its middle, to 3 SD and at least to the neighbour; the whole adds up to 1. */
function gaussianWeights(sd: number): Float64Array {
  const raw = new Float64Array(Math.max(2, Math.ceil(3 * sd) + 1)).map((_, i) => exp(-(i * i) / (2 * sd * sd)))
  const sum = raw.reduce((total, weight, i) => total + (i === 0 ? weight : 2 * weight), 0)
  return raw.map((weight) => weight / sum)
}

function convolve(
  values: Float32Array<ArrayBuffer>,
  size: Triple,
  axis: number,
  weights: Float64Array,
  placeOf: (at: number, length: number) => number,
): void {
  const length = size[axis]
  const stride = [1, size[0], size[0] * size[1]][axis]
  const reach = weights.length - 1
  const sources = new Int32Array(length + 2 * reach).map((_, i) => stride * placeOf(i - reach, length))
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
