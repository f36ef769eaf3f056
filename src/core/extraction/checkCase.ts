import { dimensionOf } from '../features/ibsi/aggregations.ts'
import type { Grid, Volume } from '../image/volume.ts'
import { findEmptySlices } from '../mask/emptySlices.ts'
import type { BoundingBox, Mask } from '../mask/mask.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { ExtractionPlan } from '../parameters/plan.ts'
import type { Message } from '../messages/message.ts'
import { tell } from './messages.ts'

export interface CaseCheck {
  readonly voxelCount: number
  readonly sliceCount: number
  readonly minimum: number
  readonly maximum: number
  readonly warnings: readonly Message[]
  /** One of the warnings says that the extraction will be refused. */
  readonly isRefused: boolean
}

/** Places of voxels that are told. */
const listedVoxels = 5
/** Above it slices are much thicker than their voxels are wide, and 3D texture mixes two scales. */
const anisotropyLimit = 3

/**
 * What can be said of a region and the plan at once, without filtering or resampling anything.
 * @param box outside it the mask is empty
 */
export function checkCase(image: Volume, mask: Mask, box: BoundingBox, plan: ExtractionPlan): CaseCheck {
  const { voxelCount, sliceCount, minimum, maximum, nonFinite } = measureRegion(image, mask, box)
  const empty = findEmptySlices(mask.voxels, mask.size, box)
  return {
    voxelCount,
    sliceCount,
    minimum,
    maximum,
    warnings: [
      voxelCount === 1 ? tell('roi-one-voxel', {}) : undefined,
      nonFinite.count > 0 ? tell('roi-not-finite', { found: nonFinite }) : undefined,
      voxelCount > 1 && sliceCount === 1 ? tell('roi-one-slice', {}) : undefined,
      voxelCount > 1 && minimum === maximum ? tell('roi-one-level', {}) : undefined,
      empty ? tell('roi-slices-empty', { empty }) : undefined,
      warnOfAnisotropy(image, plan),
    ].filter((warning) => warning !== undefined),
    isRefused: voxelCount === 1 || nonFinite.count > 0,
  }
}

/** Undefined where voxels are about as long as they are wide, or become so, or where no texture reaches from slice to slice. */
export function warnOfAnisotropy(
  { spacingMm }: Pick<Grid, 'spacingMm'>,
  { resampling, images, ibsi, names }: ExtractionPlan,
): Message | undefined {
  const thickness = Math.max(...spacingMm) / Math.min(...spacingMm)
  const isAcrossSlices =
    images.some(({ features }) => features.neighbourhood.acrossAxis === null) ||
    ibsi.some(({ options }) => options.aggregations.some((aggregation) => dimensionOf(aggregation) === '3D'))
  return resampling === null && isAcrossSlices && thickness >= anisotropyLimit
    ? tell('roi-anisotropic', { thickness, setting: names.inPlane })
    : undefined
}

function measureRegion({ voxels, size: [nx, ny] }: Volume, mask: Mask, { lower, upper }: BoundingBox) {
  let [voxelCount, nonFiniteCount, minimum, maximum] = [0, 0, Infinity, -Infinity]
  const first: Triple[] = []
  let sliceCount = 0
  for (let k = lower[2]; k <= upper[2]; k++) {
    const before = voxelCount
    for (let j = lower[1]; j <= upper[1]; j++) {
      const row = nx * (j + ny * k)
      for (let i = row + lower[0]; i <= row + upper[0]; i++) {
        if (mask.voxels[i] === 0) continue
        voxelCount++
        const value = voxels[i]
        if (!Number.isFinite(value)) {
          nonFiniteCount++
          if (first.length < listedVoxels) first.push([i - row, j, k])
        } else {
          if (value < minimum) minimum = value
          if (value > maximum) maximum = value
        }
      }
    }
    if (voxelCount > before) sliceCount++
  }
  return { voxelCount, nonFinite: { count: nonFiniteCount, first }, minimum, maximum, sliceCount }
}
