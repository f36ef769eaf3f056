import { computeIbsiFamily, countIbsiLevels } from '../features/ibsi/computeIbsiFamily.ts'
import { applyIbsiFilter } from '../image/filters/ibsiFilters.ts'
import { regionOf, type MeasureByIbsi } from './runJob.ts'

/** The families of one image by the IBSI's definitions, or how many levels it has. */
export const measureByIbsi: MeasureByIbsi = (open, work, { name, filter, families, options }) => {
  const image = applyIbsiFilter(open.kernels, open.image, filter)
  const region = {
    ...regionOf(open, image),
    morphology: open.shapeMask,
    surroundings: image,
    boxAt: open.prepared.boundingBox.lower,
  }
  if (work === 'ibsiLevels') return { greyLevels: countIbsiLevels(open.kernels, region, options) }
  return {
    features: families.flatMap((family) =>
      computeIbsiFamily(open.kernels, region, family, options).map(
        ({ name: feature, value }) => [`${name}_${feature}`, value] as const,
      ),
    ),
  }
}
