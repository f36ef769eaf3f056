import type { Block, Kernels } from '../../kernels/kernels.ts'
import type { Axis, PixelType } from '../../numeric/voxelArray.ts'

export interface LocalBinaryPattern2DOptions {
  /** In pixels. */
  readonly radius: number
  /** On the circle. */
  readonly samples: number
  /** scikit-image's names. */
  readonly method: 'default' | 'ror' | 'uniform' | 'nri_uniform' | 'var'
  /** Slices lie across it. */
  readonly acrossAxis: Axis
}

/** In the order of the kernel's method numbers. */
const methods: readonly LocalBinaryPattern2DOptions['method'][] = ['default', 'ror', 'uniform', 'nri_uniform', 'var']

/**
 * Local binary patterns (Ojala et al. 2002) of every slice across an axis; PyRadiomics's image
 * lbp-2D. `samples` points on a circle of `radius` pixels are sampled bilinearly (0 outside the slice) and compared
 * with the centre; the method turns the pattern into a number. scikit-image's rules to the bit: coordinates are rounded to 5
 * digits, `uniform` counts changes from the first to the last point only, `default` and `ror` are 32-bit numbers, the
 * variance of equal points is NaN. The result has the input's pixel type: codes that do not fit wrap round, variances lose their fraction.
 */
export function localBinaryPattern2D(kernels: Kernels, input: Block, options: LocalBinaryPattern2DOptions): Block {
  const { samples, radius, acrossAxis } = options
  const [nx, ny, nz] = input.size
  const [x, y, z] = [
    [nx, 8],
    [ny, nx * 8],
    [nz, nx * ny * 8],
  ]
  // numpy's swapaxes(0, 2 - axis) of the array (z, y, x)
  const [slices, rows, columns] = [
    [x, y, z],
    [y, z, x],
    [z, y, x],
  ][acrossAxis]
  const count = nx * ny * nz
  const pointer = kernels.allocate(count * 8)
  kernels.scope(() => {
    const offsets = kernels.allocate(samples * 16)
    kernels.f64(offsets, samples * 2).set(circle(kernels, samples, radius))
    const scratch = kernels.allocate(samples * 9)
    const method = methods.indexOf(options.method)
    for (let slice = 0; slice < slices[0]; slice++) {
      const start = slice * slices[1]
      kernels.exports.localBinaryPattern2D(
        input.pointer + start,
        rows[0],
        columns[0],
        rows[1],
        columns[1],
        samples,
        offsets,
        method,
        scratch,
        pointer + start,
      )
    }
  })
  storeAs(input.pixelType, kernels.f64(pointer, count))
  return { ...input, pointer }
}

/** Row, then column offsets of the points, counter-clockwise from the right, in pixels. */
function circle({ exports }: Kernels, samples: number, radius: number): number[] {
  const angles = Array.from({ length: samples }, (_, i) => (2 * Math.PI * i) / samples)
  return [...angles.map((angle) => -radius * exports.sin(angle)), ...angles.map((angle) => radius * exports.cos(angle))].map(
    roundTo5Digits,
  )
}

function roundTo5Digits(value: number): number {
  return Math.round(value * 1e5) / 1e5
}

/** Rewrites values as a numpy array of the type would keep them. */
function storeAs(type: PixelType, values: Float64Array): void {
  if (type === 'float64') return
  for (let i = 0; i < values.length; i++) values[i] = converted(type, values[i])
}

function converted(type: PixelType, value: number): number {
  switch (type) {
    case 'float64':
      return value
    case 'float32':
      return Math.fround(value)
    case 'int32':
      return Number.isNaN(value) ? -2147483648 : value | 0
    case 'uint32':
      return value >>> 0
    case 'int16':
      return (value << 16) >> 16
    case 'uint16':
      return value & 0xffff
    case 'int8':
      return (value << 24) >> 24
    case 'uint8':
      return value & 0xff
  }
}
