import type { Volume } from '../../image/volume.ts'
import type { Mask } from '../mask.ts'

/** What a reader sees of the ROI while drawing. */
export interface MaskMeasures {
  readonly voxels: number
  readonly volumeMm3: number
  /** Of the finite grey levels inside; NaN if there is none. */
  readonly mean: number
  /** Divided by N, as PyRadiomics's variance. */
  readonly sd: number
  readonly minimum: number
  readonly maximum: number
  readonly histogram: Histogram
}

/** Counts of grey levels in bins of equal width: bin i holds [low + i width, low + (i + 1) width), the last its upper end too. */
export interface Histogram {
  readonly low: number
  readonly binSize: number
  readonly counts: Uint32Array<ArrayBuffer>
}

const defaultMeasureOptions = { bins: 64 }

/**
 * Volume (number of voxels times their size), mean, SD, range and histogram of the grey levels in a mask of the volume's grid. The
 * histogram goes from the smallest to the largest level; a single level makes one bin of width 0; none makes no bin.
 */
export function measureMask(
  { voxels, spacingMm }: Volume,
  mask: Pick<Mask, 'voxels'>,
  { bins } = defaultMeasureOptions,
): MaskMeasures {
  const inside: number[] = []
  let count = 0
  for (let i = 0; i < mask.voxels.length; i++) {
    if (mask.voxels[i] === 0) continue
    count++
    if (Number.isFinite(voxels[i])) inside.push(voxels[i])
  }
  const levels = Float64Array.from(inside)
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length
  const squares = levels.reduce((sum, level) => sum + (level - mean) * (level - mean), 0)
  const minimum = levels.reduce((least, level) => Math.min(least, level), Infinity)
  const maximum = levels.reduce((most, level) => Math.max(most, level), -Infinity)
  return {
    voxels: count,
    volumeMm3: count * spacingMm[0] * spacingMm[1] * spacingMm[2],
    mean,
    sd: Math.sqrt(squares / levels.length),
    minimum: levels.length > 0 ? minimum : NaN,
    maximum: levels.length > 0 ? maximum : NaN,
    histogram: countLevels(levels, minimum, maximum, bins),
  }
}

function countLevels(levels: Float64Array, low: number, high: number, bins: number): Histogram {
  if (levels.length === 0) return { low: NaN, binSize: NaN, counts: new Uint32Array(0) }
  if (low === high) return { low, binSize: 0, counts: Uint32Array.of(levels.length) }
  const binSize = (high - low) / bins
  const counts = new Uint32Array(bins)
  for (const level of levels) counts[Math.min(bins - 1, Math.floor((level - low) / binSize))]++
  return { low, binSize, counts }
}
