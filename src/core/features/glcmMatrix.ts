import type { Kernels } from '../kernels/kernels.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { listDirections } from './directions.ts'
import type { LevelImage } from './discretise.ts'
import type { DirectionMerging, FeatureOptions, StepNorm } from './featureOptions.ts'

export type GlcmOptions = Pick<FeatureOptions, 'neighbourhood' | 'names' | 'symmetricPairs' | 'directions'>

/** A grey level co-occurrence matrix inside WASM memory: levelCount x levelCount float64, row = voxel, column = neighbour; not normalised. */
export interface GlcmMatrix {
  readonly pointer: number
  /** Sum of all cells; 0 if the region has no pair in that direction. */
  readonly total: number
}

/**
 * Counts pairs of neighbours, both inside the region, direction by direction, or all directions merged into one matrix
 * with weight exp(-d^2), d the norm of the step in mm (1 if unweighted). All matrices share one buffer, so each is
 * given to `visit`, which must leave zeros behind, and gone after it.
 */
export function visitGlcmMatrices(
  kernels: Kernels,
  levels: LevelImage,
  options: GlcmOptions,
  visit: (matrix: GlcmMatrix) => void,
): void {
  const { exports } = kernels
  const { levelCount: n } = levels
  const directions = listDirections(levels.size, options)
  kernels.scope(() => {
    const counts = kernels.allocate(4 * (n + 1) * (n + 1))
    const pointer = kernels.allocate(8 * n * n)
    exports.clear(counts, 4 * (n + 1) * (n + 1))
    exports.clear(pointer, 8 * n * n)
    let total = 0
    for (const step of directions) {
      exports.countPairs(levels.pointer, levels.places, levels.voxelCount, offsetOf(step, levels), n, counts)
      const weight = weightOf(kernels, step, levels.spacingMm, options.directions)
      total += exports.addPairs(counts, n, weight, options.symmetricPairs, pointer)
      if (options.directions !== null) continue
      visit({ pointer, total })
      total = 0
    }
    if (options.directions !== null) visit({ pointer, total })
  })
}

/** Distance in the level image between a voxel and its neighbour. */
export function offsetOf([x, y, z]: Triple, { rowStride, sliceStride }: LevelImage): number {
  return x + y * rowStride + z * sliceStride
}

/** Length of a step in mm: sum, root of the sum of squares, or largest of its components. */
export function stepLengthMm(step: Triple, spacingMm: Triple, norm: StepNorm): number {
  const [x, y, z] = step.map((component, axis) => Math.abs(component) * spacingMm[axis]) as unknown as Triple
  if (norm === 'manhattan') return z + y + x
  return norm === 'infinity' ? Math.max(x, y, z) : Math.sqrt(z * z + y * y + x * x)
}

function weightOf({ exports }: Kernels, step: Triple, spacingMm: Triple, merging: DirectionMerging): number {
  if (merging === null || merging === 'unweighted') return 1
  const length = stepLengthMm(step, spacingMm, merging)
  return exports.exp(-length * length)
}
