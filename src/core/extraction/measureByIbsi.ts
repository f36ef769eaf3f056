import { computeIbsiFamily, countIbsiLevels } from '../features/ibsi/computeIbsiFamily.ts'
import { peakRadiusMm } from '../features/ibsi/localIntensity.ts'
import { applyIbsiFilter, reachOf, type IbsiImageFilter } from '../image/filters/ibsiFilters.ts'
import { planCrop } from '../image/resample.ts'
import type { BoundingBox } from '../mask/mask.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import { cropImage, type MeasureByIbsi, type OpenCase } from './runJob.ts'

/** The families of one image by the IBSI's definitions, or how many levels it has. */
export const measureByIbsi: MeasureByIbsi = (open, work, { name, filter, families, options }) => {
  const { kernels, prepared } = open
  const { lower, upper } = prepared.boundingBox
  const seen = boxSeenBy(filter, open)
  const surroundings = applyIbsiFilter(kernels, cropImage(kernels, open.image, seen), filter)
  const boxAt = lower.map((first, axis) => first - seen.lower[axis]) as unknown as Triple
  const last = upper.map((end, axis) => end - seen.lower[axis]) as unknown as Triple
  const region = {
    image: cropImage(kernels, surroundings, { lower: boxAt, upper: last }),
    mask: open.regionMask,
    voxelCount: prepared.voxelCount,
    morphology: open.shapeMask,
    surroundings,
    boxAt,
  }
  if (work === 'ibsiLevels') return { greyLevels: countIbsiLevels(kernels, region, options) }
  return {
    features: families.flatMap((family) =>
      computeIbsiFamily(kernels, region, family, options).map(
        ({ name: feature, value }) => [`${name}_${feature}`, value] as const,
      ),
    ),
  }
}

/** What of the image goes into the region's response and that of its surroundings: the same whatever else is asked for. */
function boxSeenBy(filter: IbsiImageFilter, { prepared: { grid, boundingBox } }: OpenCase): BoundingBox {
  const { voxels, mm } = reachOf(filter)
  const padding = grid.spacingMm.map((spacing) => 1 + voxels + Math.ceil((peakRadiusMm + mm) / spacing)) as unknown as Triple
  return planCrop({ grid, boundingBox, padding }).sourceBox
}
