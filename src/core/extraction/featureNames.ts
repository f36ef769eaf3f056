import { listIbsiFeatures } from '../features/ibsi/definitions.ts'
import { featureDefinitions } from '../features/registry.ts'
import { listEnabledFeatures } from '../features/listEnabledFeatures.ts'
import type { FeatureClassRequest } from '../features/featureClasses.ts'
import { identityDirection } from '../image/volume.ts'
import type { ExtractionPlan } from '../parameters/plan.ts'
import { planJobs } from './planJobs.ts'

/**
 * Names of the features that the plan asks for, in the order in which an extraction gives them. An image never gives others; it may
 * give fewer, where PyRadiomics too leaves out an image too small for LoG, or shape2D of a region that is no slice.
 */
export function listFeatureNames(plan: ExtractionPlan): string[] {
  const namesOf = ({ name, features }: FeatureClassRequest) =>
    listEnabledFeatures(featureDefinitions[name], features).map((feature) => `${name}_${feature}`)
  const isShape = ({ name }: FeatureClassRequest) => name === 'shape' || name === 'shape2D'
  // The names do not depend on how large the image is.
  const jobs = planJobs({ grid: anyGrid, voxelCount: 1 }, plan)
  const names = jobs.flatMap(({ imageName, work }) => {
    if (work.kind === 'ibsi') {
      const { families, options } = work.image
      return families.flatMap((family) =>
        listIbsiFeatures(family, options.aggregations).map(({ name }) => `${imageName}_${name}`),
      )
    }
    if (work.kind === 'samples') return []
    const requests = plan.featureClasses.filter((request) =>
      work.kind === 'features' ? !isShape(request) : request.name === work.kind,
    )
    return requests.flatMap(namesOf).map((name) => `${imageName}_${name}`)
  })
  return [...new Set(names)]
}

const anyGrid = { size: [1, 1, 1], spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: identityDirection } as const
