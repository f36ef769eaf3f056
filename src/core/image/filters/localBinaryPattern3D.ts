import type { Block, Kernels, MaskBlock } from '../../kernels/kernels.ts'
import type { PixelType } from '../../numeric/voxelArray.ts'
import { icosphereVertices } from './icosphere.ts'

export interface LocalBinaryPattern3DOptions {
  /** Spherical harmonic degrees 0 .. levels - 1, at least one. */
  readonly levels: number
  /** Of the sphere, in voxels. */
  readonly radius: number
  /** Of the icosahedron: 0 has 12 vertices, 1 has 42, 2 has 162. */
  readonly subdivision: number
  /** The image: the degree of the harmonics, or `levels` for the kurtosis of the samples. */
  readonly map: number
}

/**
 * Local binary patterns in 3D of the ROI voxels (Banerjee et al. 2013, as PyRadiomics 3.0.1 computes them); 0 outside the ROI.
 *
 * A sphere of icosphere vertices around each voxel is sampled by cubic splines (radius in voxels, 0 outside the image). `k` is the excess
 * kurtosis of the samples; NaN where they are all equal, which features then carry. The pattern is 1 where a sample is at least
 * the centre's value; its energy in the spherical harmonics of degree n is image m<n+1>: `Re sqrt(sum over v of F_n(v)^2)`, complex
 * square, F_n the pattern's part of degree n. PyRadiomics hands scipy the two angles in swapped order: not rotation invariant.
 *
 * Samples, kurtosis and m1 have the bits of scipy 1.16 and numpy (float32 images: float32 samples; integer images: rounded samples),
 * so that ties with the centre fall alike; m2 and higher agree to rounding.
 *
 * @param samples `lbp3DSamples` of the whole ROI, part after part
 */
export function localBinaryPattern3D(
  kernels: Kernels,
  input: Block,
  mask: MaskBlock,
  options: LocalBinaryPattern3DOptions,
  samples: readonly Float64Array[],
): Block {
  const length = input.size[0] * input.size[1] * input.size[2]
  const pointer = kernels.allocate(length * 8)
  kernels.scope(() => {
    const joined = joinLbp3DSamples(options, samples)
    const count = joined.length / (options.levels + 1)
    const values = place64(kernels, joined.subarray(options.map * count, (options.map + 1) * count))
    kernels.exports.scatterToMask(values, mask.pointer, length, pointer)
  })
  return { ...input, pointer, pixelType: 'float64' }
}

/**
 * Values of the ROI voxels `from` to `to - 1`, counted in the mask's voxel order: `values[image][voxel - from]`, images in
 * the order of `map`. Each voxel stands alone, so a ROI may be split over workers: `joinLbp3DSamples` puts the pieces together.
 */
export function lbp3DSamples(
  kernels: Kernels,
  input: Block,
  mask: MaskBlock,
  options: Omit<LocalBinaryPattern3DOptions, 'map'>,
  from: number,
  to: number,
): Float64Array<ArrayBuffer> {
  const [nx, ny, nz] = input.size
  const { levels } = options
  const sphere = samplingSphere(kernels, options)
  return kernels.scope(() => {
    const slots = place32(kernels, sphere.slots)
    const tables = placeTables(kernels, input, sphere.offsets)
    const zeroLevel = place64(kernels, sphere.zeroLevel)
    const basis = place64(kernels, sphere.basis)
    const gram = place64(kernels, sphere.gram)
    const length = (levels + 1) * (to - from)
    const target = kernels.allocate(length * 8)
    const scratch = kernels.allocate(32 * sphere.vertexCount + 64 * levels * levels + 32 * levels)
    const coefficients = kernels.allocate((nx + 3) * (ny + 3) * (nz + 3) * 8 + 64)
    kernels.scope(() => {
      kernels.exports.mirrorSplineCoefficients(input.pointer, nx, ny, nz, kernels.allocate(nx * (ny * nz + 8) * 8), coefficients)
    })
    const bounds = integerBounds[input.pixelType]
    const kernel = input.pixelType === 'float32' ? kernels.exports.lbp3dLevels32 : kernels.exports.lbp3dLevels64
    kernel(
      coefficients,
      input.pointer,
      mask.pointer,
      nx,
      ny,
      nz,
      sphere.vertexCount,
      slots,
      tables,
      levels,
      zeroLevel,
      basis,
      gram,
      bounds ? 1 : 0,
      bounds?.[0] ?? 0,
      bounds?.[1] ?? 0,
      from,
      to,
      scratch,
      target,
    )
    return kernels.f64(target, length).slice()
  })
}

/** Joins the results of `lbp3DSamples` for adjoining ranges, given in order. */
export function joinLbp3DSamples(
  { levels }: Pick<LocalBinaryPattern3DOptions, 'levels'>,
  pieces: readonly Float64Array[],
): Float64Array<ArrayBuffer> {
  const images = levels + 1
  const joined = new Float64Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (let image = 0; image < images; image++) {
    for (const piece of pieces) {
      const count = piece.length / images
      joined.set(piece.subarray(image * count, (image + 1) * count), at)
      at += count
    }
  }
  return joined
}

const integerBounds: Partial<Record<PixelType, readonly [number, number]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
}

interface SamplingSphere {
  readonly vertexCount: number
  /** Distinct vertex coordinates, in voxels. */
  readonly offsets: Float64Array<ArrayBuffer>
  /** Per vertex the places of its z, y and x offset in `offsets`: component 0 belongs to the slowest axis. */
  readonly slots: Int32Array<ArrayBuffer>
  /** Value of image m1 by the number of ones in the pattern. */
  readonly zeroLevel: Float64Array<ArrayBuffer>
  /** Complex harmonics of degree 1 .. levels - 1, [vertex][n, m = -n .. n]. */
  readonly basis: Float64Array<ArrayBuffer>
  /** For each of these degrees the sums over the vertices of Y_m Y_m' (not conjugated), [n][m][m'], complex. */
  readonly gram: Float64Array<ArrayBuffer>
}

function samplingSphere(
  kernels: Kernels,
  { levels, radius, subdivision }: Omit<LocalBinaryPattern3DOptions, 'map'>,
): SamplingSphere {
  const vertices = icosphereVertices(subdivision, radius)
  const vertexCount = vertices.length / 3
  const offsets = [...new Set(vertices)]
  const slotOf = new Map(offsets.map((offset, slot) => [offset, slot]))
  const harmonics = Array.from({ length: vertexCount }, (_, v) => {
    const { acos, atan2, cos } = kernels.exports
    // at some radii (0.2) rounding lifts the quotient above 1, for which PyRadiomics's images are all NaN
    const azimuth = acos(Math.min(1, Math.max(-1, vertices[3 * v + 2] / radius)))
    const polarCosine = cos(atan2(vertices[3 * v + 1], vertices[3 * v]))
    return Array.from({ length: levels - 1 }, (_, i) => sphericalHarmonics(kernels, i + 1, azimuth, polarCosine))
  })
  return {
    vertexCount,
    offsets: Float64Array.from(offsets),
    slots: Int32Array.from(vertices, (offset) => slotOf.get(offset)!),
    zeroLevel: zeroLevelValues(vertexCount),
    basis: Float64Array.from(harmonics.flat(3)),
    gram: Float64Array.from(
      Array.from({ length: levels - 1 }, (_, i) => gramMatrix(harmonics.map((degrees) => degrees[i]))).flat(2),
    ),
  }
}

type Complex = readonly [re: number, im: number]

/** Y_nm for m = -n .. n, with the Condon-Shortley phase: `sqrt((2n + 1) / 4 pi (n - m)! / (n + m)!) P_nm(cos polar) exp(i m azimuth)`. */
function sphericalHarmonics({ exports }: Kernels, n: number, azimuth: number, polarCosine: number): Complex[] {
  const positive = Array.from({ length: n + 1 }, (_, m): Complex => {
    let ratio = 1
    for (let k = n - m + 1; k <= n + m; k++) ratio /= k
    const size = Math.sqrt(((2 * n + 1) / (4 * Math.PI)) * ratio) * associatedLegendre(n, m, polarCosine)
    return [size * exports.cos(m * azimuth), size * exports.sin(m * azimuth)]
  })
  const negative = positive.slice(1).map(([re, im], i): Complex => (i % 2 === 0 ? [-re, im] : [re, -im]))
  return [...negative.reverse(), ...positive]
}

/** P_nm(x) with the Condon-Shortley phase, by recurrence over the degree. */
function associatedLegendre(n: number, m: number, x: number): number {
  const sine = Math.sqrt(1 - x * x)
  let current = 1
  for (let k = 1; k <= m; k++) current *= -(2 * k - 1) * sine
  let previous = 0
  for (let degree = m + 1; degree <= n; degree++) {
    const next = ((2 * degree - 1) * x * current - (degree + m - 1) * previous) / (degree - m)
    previous = current
    current = next
  }
  return current
}

function gramMatrix(basis: readonly (readonly Complex[])[]): Complex[] {
  const terms = basis[0].map((_, m) => m)
  return terms.flatMap((i) =>
    terms.map((j): Complex => {
      let [re, im] = [0, 0]
      for (const y of basis) {
        re += y[i][0] * y[j][0] - y[i][1] * y[j][1]
        im += y[i][0] * y[j][1] + y[i][1] * y[j][0]
      }
      return [re, im]
    }),
  )
}

/** Degree 0 for 0, 1 ... all ones, summed as numpy does: vertex by vertex. */
function zeroLevelValues(vertexCount: number): Float64Array<ArrayBuffer> {
  const y = Math.sqrt(1 / (4 * Math.PI))
  let coefficient = 0
  return Float64Array.from({ length: vertexCount + 1 }, () => {
    let sum = 0
    for (let v = 0; v < vertexCount; v++) sum += coefficient * y * (coefficient * y)
    coefficient += y
    return Math.sqrt(sum)
  })
}

function placeTables(kernels: Kernels, { size }: Block, offsets: Float64Array): number {
  const place = place64(kernels, offsets)
  const addresses = [...size].reverse().flatMap((n) => {
    const weights = kernels.allocate(offsets.length * 4 * (n + 3) * 8)
    const starts = kernels.allocate(offsets.length * (n + 3) * 4)
    kernels.exports.mirrorSplineWeights(n, place, offsets.length, weights, starts)
    return [weights, starts]
  })
  return place32(kernels, Int32Array.from(addresses))
}

function place64(kernels: Kernels, values: Float64Array): number {
  const pointer = kernels.allocate(values.length * 8)
  kernels.f64(pointer, values.length).set(values)
  return pointer
}

function place32(kernels: Kernels, values: Int32Array): number {
  const pointer = kernels.allocate(values.length * 4)
  kernels.i32(pointer, values.length).set(values)
  return pointer
}
