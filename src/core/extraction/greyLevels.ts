import type { ExtractionPlan } from '../parameters/plan.ts'
import type { IbsiFamily } from '../features/ibsi/definitions.ts'
import type { FeatureOptionNames } from '../features/featureOptions.ts'
import type { PreparedCase } from './case.ts'
import { planJobs, type Job } from './planJobs.ts'
import type { JobResult } from './runJob.ts'
import type { Message } from '../messages/message.ts'
import { tell } from './messages.ts'

/** Fewer or more are legal, but hardly comparable (PyRadiomics's own advice). */
const usualGreyLevels = { least: 16, most: 128 }

/** Grey levels of one image of the region after binning, before texture is computed from them. */
export interface GreyLevelCount {
  /** PyRadiomics's name of the image. */
  readonly imageName: string
  /** Levels that occur; undefined where they cannot be used. */
  readonly count?: number
  /** Why the image will be refused; names the setting to change. */
  readonly problem?: Message
}

/**
 * The jobs that count the grey levels of every image: each image is made and binned as in the extraction, texture is left
 * out. None where no texture class is asked for.
 */
export function planGreyLevels(prepared: Pick<PreparedCase, 'grid' | 'voxelCount'>, plan: ExtractionPlan): Job[] {
  if (plan.ibsi.length > 0) return planIbsiLevels(prepared, plan)
  const hasTexture = plan.featureClasses.some(({ name }) => !['shape', 'shape2D', 'firstorder'].includes(name))
  if (!hasTexture) return []
  return planJobs(prepared, plan)
    .filter(({ work }) => work.kind === 'features' || work.kind === 'samples')
    .map((job) => (job.work.kind === 'features' ? { ...job, work: { ...job.work, kind: 'greyLevels' } } : job))
}

/** Levels matter to the histogram of levels and to texture; the families of an image have them in common. */
function planIbsiLevels(prepared: Pick<PreparedCase, 'grid' | 'voxelCount'>, plan: ExtractionPlan): Job[] {
  const images = plan.ibsi.filter(({ families }) => families.some((family) => !withoutLevels.includes(family)))
  return planJobs(prepared, { ...plan, ibsi: images.map((image) => ({ ...image, families: ['ih'] })) }).map((job) =>
    job.work.kind === 'ibsi' ? { ...job, work: { ...job.work, kind: 'ibsiLevels' } } : job,
  )
}

const withoutLevels: readonly IbsiFamily[] = ['morph', 'loc', 'stat', 'ivh']

/** In the order of the images; those that are left out of the extraction are left out here. */
export function collectGreyLevels(jobs: readonly Job[], results: readonly JobResult[]): GreyLevelCount[] {
  const byId = new Map(results.map((result) => [result.id, result]))
  return jobs.flatMap(({ id, imageName, work }) => {
    const { greyLevels: count, failure: problem } = byId.get(id) ?? {}
    if ((work.kind !== 'greyLevels' && work.kind !== 'ibsiLevels') || (count === undefined && problem === undefined)) return []
    return [{ imageName, ...(count !== undefined && { count }), ...(problem !== undefined && { problem }) }]
  })
}

/**
 * One message for all images whose number of grey levels is unusual; undefined if there is none.
 * @param names what the profile calls what can be chosen
 */
export function warnOfGreyLevels(
  counts: readonly GreyLevelCount[],
  { binSize, binNumber }: Pick<FeatureOptionNames, 'binSize' | 'binNumber'>,
): Message | undefined {
  const { least, most } = usualGreyLevels
  const unusual = counts.flatMap(({ imageName, count }) =>
    count !== undefined && (count < least || count > most) ? [{ imageName, count }] : [],
  )
  return unusual.length === 0 ? undefined : tell('grey-levels', { least, most, counts: unusual, names: { binSize, binNumber } })
}
