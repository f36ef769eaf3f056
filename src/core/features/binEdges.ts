import type { PixelType } from '../numeric/voxelArray.ts'
import type { BinEdgesRule } from './featureOptions.ts'
import { refuse } from './messages.ts'

/** Equally spaced bin edges `low + i * step`, i = 0, 1, ...; a value's level is the number of edges that are not above it. */
export interface BinEdges {
  readonly low: number
  readonly step: number
  /** Each edge is rounded to float32. */
  readonly single: boolean
  /** No level is higher. */
  readonly highestLevel: number
  /** The level that numpy.digitize gives to NaN: behind all edges. */
  readonly nanLevel: number
}

/**
 * The edges that PyRadiomics 3.0.1 bins with (imageoperations.getBinEdges, on numpy 2), to the last bit.
 * Fixed bin size: edges are multiples of the size (not counted from the minimum as in IBSI's FBS), each bin closed below.
 * Fixed bin number: as many equal bins between minimum and maximum, the maximum in the last one (IBSI's FBN).
 * float32 images: the first edge and the size are float32 numbers, further edges float64; edges by count are all float32.
 * Integer images of 8 or 16 bits: numpy's edges wrap around close to the type's limit; here they do not.
 * @param minimum, maximum of the values in the region
 * @throws DataError if either is not finite
 */
export function findBinEdges(minimum: number, maximum: number, discretisation: BinEdgesRule, pixelType: PixelType): BinEdges {
  if (!Number.isFinite(minimum) || !Number.isFinite(maximum)) {
    throw refuse('levels-not-finite', { minimum, maximum })
  }
  const float32 = pixelType === 'float32'
  const round = float32 ? Math.fround : (x: number) => x
  if (discretisation.method === 'fixedBinNumber') {
    const { count } = discretisation
    const [first, last] = minimum === maximum ? [round(minimum - 0.5), round(maximum + 0.5)] : [minimum, maximum]
    const step = round(round(last - first) / count)
    return { low: first, step, single: float32, highestLevel: count, nanLevel: count + 1 }
  }
  const width = round(discretisation.size)
  const low = round(minimum - floorModulo(minimum, width, round))
  const high = round(maximum + round(2 * discretisation.size))
  const step = round(round(low + width) - low)
  // As many edges as numpy.arange makes; where float32 edges drift, values behind the last one share its level.
  const edgeCount = Math.ceil(round(round(high - low) / width))
  return { low, step, single: false, highestLevel: edgeCount, nanLevel: edgeCount }
}

/** Python's `%` of floating-point numbers: the sign of the divisor. */
function floorModulo(x: number, divisor: number, round: (x: number) => number): number {
  const rest = x % divisor
  return rest < 0 ? round(rest + divisor) : rest
}
