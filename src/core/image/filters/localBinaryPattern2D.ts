import type { Block, Kernels } from '../../kernels/kernels.ts'
import type { PixelType } from '../../numeric/voxelArray.ts'
import type { ExtractionSettings } from '../../parameters/profiles/pyradiomics/parameters.ts'

export type Lbp2DSettings = Pick<ExtractionSettings, 'lbp2DRadius' | 'lbp2DSamples' | 'lbp2DMethod' | 'force2Ddimension'>

/** In the order of the kernel's method numbers. */
const lbp2DMethods: readonly Lbp2DSettings['lbp2DMethod'][] = ['default', 'ror', 'uniform', 'nri_uniform', 'var']

/**
 * Local binary patterns (Ojala et al. 2002) of every slice across force2Ddimension (0 = z), whether force2D is set or not; PyRadiomics's
 * image lbp-2D. `lbp2DSamples` points on a circle of `lbp2DRadius` pixels are sampled bilinearly (0 outside the slice) and compared
 * with the centre; the method turns the pattern into a number. scikit-image's rules to the bit: coordinates are rounded to 5
 * digits, `uniform` counts changes from the first to the last point only, `default` and `ror` are 32-bit numbers, the
 * variance of equal points is NaN. The result has the input's pixel type: codes that do not fit wrap round, variances lose their fraction.
 */
export function localBinaryPattern2D(kernels: Kernels, input: Block, settings: Lbp2DSettings): Block {
  const { lbp2DSamples: samples, lbp2DRadius: radius, lbp2DMethod, force2Ddimension } = settings
  const [nx, ny, nz] = input.size
  const [x, y, z] = [
    [nx, 8],
    [ny, nx * 8],
    [nz, nx * ny * 8],
  ]
  // numpy's swapaxes(0, dimension) of the array (z, y, x)
  const [slices, rows, columns] = [
    [z, y, x],
    [y, z, x],
    [x, y, z],
  ][force2Ddimension]
  const count = nx * ny * nz
  const pointer = kernels.allocate(count * 8)
  kernels.scope(() => {
    const offsets = kernels.allocate(samples * 16)
    kernels.f64(offsets, samples * 2).set(circle(kernels, samples, radius))
    const scratch = kernels.allocate(samples * 9)
    const method = lbp2DMethods.indexOf(lbp2DMethod)
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
