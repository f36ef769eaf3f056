import type { Block, Kernels } from '../kernels/kernels.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { VolumeStatistics } from './statistics.ts'
import { voxelCount } from './volume.ts'
import { refuse } from './messages.ts'

/** What normalisation learns from the whole image. Plain data. */
export interface Normalisation {
  readonly mean: number
  /** Sample standard deviation (divided by count - 1). */
  readonly sd: number
}

export interface NormalisationOptions {
  /** Standard deviation of the result, greater than 0. */
  readonly sd: number
  /** Values further than so many standard deviations from the mean are set to that limit; null keeps them. */
  readonly limitSd: number | null
  /** What the profile calls this step, for messages. */
  readonly name: string
}

/**
 * @param statistics of the whole image, on its own grid and before anything else
 * @param name what the profile calls this step, for messages
 * @throws DataError if the image is constant, or has voxels that are not finite: they would make every voxel NaN
 */
export function fitNormalisation(
  { count, mean, sd, minimum, nonFinite, firstNonFinite }: VolumeStatistics,
  size: Triple,
  name: string,
): Normalisation {
  if (nonFinite > 0) {
    throw refuse('not-finite', { voxels: nonFinite, first: locateVoxel(firstNonFinite, size), setting: name })
  }
  if (!(sd > 0)) {
    throw refuse('constant', { voxels: count, level: minimum, setting: name })
  }
  return { mean, sd }
}

/**
 * Turns grey levels into multiples of the standard deviation from the mean, in place and in the order of operations of ITK and
 * PyRadiomics (`imageoperations.normalizeImage`): (x - mean) * (1 / sd), limited, times the scale.
 *
 * @returns the block, now of the type float64
 */
export function normalise(
  kernels: Kernels,
  block: Block,
  { mean, sd }: Normalisation,
  options: Pick<NormalisationOptions, 'sd' | 'limitSd'>,
): Block {
  kernels.exports.normalise(block.pointer, voxelCount(block), mean, 1 / sd, options.limitSd ?? Infinity, options.sd)
  return { ...block, pixelType: 'float64' }
}

/** Voxel (x, y, z) at a position in an array in the order of `volume.ts`. */
export function locateVoxel(position: number, [nx, ny]: Triple): Triple {
  return [position % nx, Math.floor(position / nx) % ny, Math.floor(position / (nx * ny))]
}
