import type { Kernels } from '../kernels/kernels.ts'
import type { ExtractionSettings } from '../parameters/profiles/pyradiomics/parameters.ts'
import { listDirections } from './directions.ts'
import type { LevelImage } from './discretise.ts'
import { offsetOf, stepLengthMm } from './glcmMatrix.ts'
import type { SizeMatrix } from './sizeMatrix.ts'

export type GlrlmSettings = Pick<ExtractionSettings, 'force2D' | 'force2Ddimension' | 'weightingNorm'>

/**
 * Counts runs of equal level inside the region (a gap ends a run), direction by direction, or with a weightingNorm all into
 * one matrix, each run weighted by the length of the direction's step in mm (1 for no_weighting). The matrix of a direction in
 * which no line meets the region twice is empty. `distances` has no say here. Each matrix is gone after `visit`.
 */
export function visitGlrlmMatrices(
  kernels: Kernels,
  levels: LevelImage,
  settings: GlrlmSettings,
  visit: (matrix: SizeMatrix) => void,
): void {
  const { exports } = kernels
  const { size, levelCount: rows } = levels
  const columns = Math.max(...size)
  const directions = listDirections(size, { ...settings, distances: [1] })
  kernels.scope(() => {
    const pointer = kernels.allocate(8 * rows * columns)
    const sizes = kernels.allocate(8 * columns)
    const lengths = kernels.allocate(2 * levels.length)
    kernels.f64(sizes, columns).set(Array.from({ length: columns }, (_, j) => j + 1))
    const clear = () => exports.clear(pointer, 8 * rows * columns)
    clear()
    for (const step of directions) {
      exports.countRuns(
        levels.pointer, levels.places, levels.voxelCount, offsetOf(step, levels), columns, weightOf(step, levels, settings.weightingNorm),
        pointer, lengths, ...size, ...step, levels.rowStride, levels.sliceStride, levels.base,
      ) // prettier-ignore
      if (settings.weightingNorm !== null) continue
      visit({ pointer, columns, sizes })
      clear()
    }
    if (settings.weightingNorm !== null) visit({ pointer, columns, sizes })
  })
}

function weightOf(
  step: readonly [number, number, number],
  { spacingMm }: LevelImage,
  norm: GlrlmSettings['weightingNorm'],
): number {
  return norm === null || norm === 'no_weighting' ? 1 : stepLengthMm(step, spacingMm, norm)
}
