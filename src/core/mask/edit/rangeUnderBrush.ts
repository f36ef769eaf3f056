import type { Volume } from '../../image/volume.ts'
import type { Triple } from '../../numeric/voxelArray.ts'
import { paintStroke, type Brush } from '../brush.ts'
import type { GreyRange } from './threshold.ts'
import { refuse } from '../messages.ts'

/** Times the SD, on both sides of the mean. */
export const defaultRangeDeviations = 2

/**
 * The range of an adaptive threshold brush: mean plus and minus `deviations` times the SD (divided by N) of the finite grey
 * levels under the brush at its first touch. One voxel makes a range of its own level alone.
 * @param at continuous voxel index of the brush's middle
 * @returns undefined where the brush covers no finite grey level
 * @throws DataError if the number of deviations is not a finite number of at least 0, or as `paintStroke`
 */
export function rangeUnderBrush(volume: Volume, at: Triple, brush: Brush, deviations: number): GreyRange | undefined {
  if (!(deviations >= 0 && deviations < Infinity)) {
    throw refuse('deviations', { deviations })
  }
  const covered = new Set<number>()
  const empty = { ...volume, voxels: new Uint8Array() }
  paintStroke(empty, at, at, brush, 1, (position) => {
    covered.add(position)
    return false
  })
  const levels = [...covered].map((position) => volume.voxels[position]).filter(Number.isFinite)
  if (levels.length === 0) return undefined
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length
  const variance = levels.reduce((sum, level) => sum + (level - mean) * (level - mean), 0) / levels.length
  const reach = deviations * Math.sqrt(variance)
  return { low: mean - reach, high: mean + reach }
}
