import type { ImageFilter } from '../image/filters/filters.ts'
import type { Message } from '../messages/message.ts'
import type { ExtractionPlan, ImagePlan } from '../parameters/plan.ts'
import type { PreparedCase } from './case.ts'
import { tell } from './messages.ts'

export type Work =
  | { readonly kind: 'shape' | 'shape2D' }
  /** `greyLevels` only counts the levels of the image, see `greyLevels.ts`. */
  | { readonly kind: 'features' | 'greyLevels'; readonly image: ImagePlan }
  /** Values of the ROI's voxels `from` to `to` (exclusive) that images are made of. */
  | { readonly kind: 'samples'; readonly filter: ImageFilter; readonly from: number; readonly to: number }

/** A piece of an extraction that one worker does alone. The pieces do not depend on how many workers there are. */
export interface Job {
  readonly id: string
  /** What is told while it runs. */
  readonly step: Message
  /** The profile's name of the image, the first part of its features' names. */
  readonly imageName: string
  readonly work: Work
  /** Relative; long jobs start first. */
  readonly cost: number
  /** Jobs whose values this one needs. */
  readonly needs: readonly string[]
}

/** ROI voxels a job of samples; large enough that what every job repeats of the whole image (LBP's spline prefilter) does not matter. */
const voxelsPerSampling = 40_000

/** All jobs of a case, in the order in which their features are written. */
export function planJobs(
  { grid, voxelCount }: Pick<PreparedCase, 'grid' | 'voxelCount'>,
  { images, featureClasses, shape2D }: ExtractionPlan,
): Job[] {
  const has = (name: string) => featureClasses.some((request) => request.name === name)
  const shapes = (['shape', 'shape2D'] as const)
    .filter((kind) => has(kind) && (kind === 'shape' || shape2D !== null))
    .map((kind): Job => ({
      id: kind,
      step: tell('step-job', { name: kind, part: null }),
      imageName: 'original',
      work: { kind },
      cost: voxelCount * 2,
      needs: [],
    }))
  if (!featureClasses.some(({ name }) => name !== 'shape' && name !== 'shape2D')) return shapes

  const imageCost = grid.size[0] * grid.size[1] * grid.size[2]
  const parts = Math.max(1, Math.ceil(voxelCount / voxelsPerSampling))
  const bound = (part: number) => Math.floor((voxelCount * part) / parts)
  const planSampling = (sampling: string, filter: ImageFilter) =>
    Array.from({ length: parts }, (_, part): Job => ({
      id: `${sampling} part ${part + 1}`,
      step: tell('step-job', { name: sampling, part: { number: part + 1, of: parts } }),
      imageName: sampling,
      work: { kind: 'samples', filter, from: bound(part), to: bound(part + 1) },
      cost: (bound(part + 1) - bound(part)) * 40 + imageCost,
      needs: [],
    }))
  const samplings = new Map<string, readonly Job[]>()
  const jobs = images.flatMap((image): Job[] => {
    const { name, filter, sampling } = image
    const isFirst = sampling !== undefined && !samplings.has(sampling)
    if (isFirst) samplings.set(sampling, planSampling(sampling, filter))
    const samples = sampling === undefined ? [] : samplings.get(sampling)!
    const job: Job = {
      id: name,
      step: tell('step-job', { name, part: null }),
      imageName: name,
      work: { kind: 'features', image },
      cost: voxelCount * 4 + imageCost,
      needs: samples.map(({ id }) => id),
    }
    return isFirst ? [...samples, job] : [job]
  })
  return [...shapes, ...jobs]
}
