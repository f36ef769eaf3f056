import type { ImageFilter } from '../image/filters/filters.ts'
import type { Message } from '../messages/message.ts'
import type { IbsiFamily } from '../features/ibsi/definitions.ts'
import type { ExtractionPlan, IbsiImagePlan, ImagePlan } from '../parameters/plan.ts'
import type { PreparedCase } from './case.ts'
import { tell } from './messages.ts'

export type Work =
  | { readonly kind: 'shape' | 'shape2D' }
  /** `greyLevels` only counts the levels of the image, see `greyLevels.ts`. */
  | { readonly kind: 'features' | 'greyLevels'; readonly image: ImagePlan }
  /** Features of the image by the IBSI's definitions; `ibsiLevels` only counts its levels. */
  | { readonly kind: 'ibsi' | 'ibsiLevels'; readonly image: IbsiImagePlan }
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

/** What a family costs of a voxel, about: sums over all pairs of voxels are the dearest, and steps in all directions. */
const familyCosts: Readonly<Partial<Record<IbsiFamily, number>>> = {
  morph: 100,
  loc: 20,
  cm: 10,
  rlm: 10,
  szm: 10,
  dzm: 10,
  ngt: 10,
  ngl: 10,
}

/** The image itself is there at once, so its families are computed apart; a filter is applied once for all. */
function planIbsiJobs({ grid, voxelCount }: Pick<PreparedCase, 'grid' | 'voxelCount'>, images: readonly IbsiImagePlan[]): Job[] {
  const imageCost = grid.size[0] * grid.size[1] * grid.size[2]
  return images.flatMap((image) => {
    const isFiltered = image.filter.kind !== 'none'
    const parts = isFiltered ? [image.families] : image.families.map((family) => [family])
    return parts.map((families): Job => {
      const id = isFiltered ? image.name : `${image.name} ${families.join()}`
      return {
        id,
        step: tell('step-job', { name: id, part: null }),
        imageName: image.name,
        work: { kind: 'ibsi', image: { ...image, families } },
        cost: families.reduce((sum, family) => sum + voxelCount * (familyCosts[family] ?? 1), isFiltered ? imageCost * 40 : 0),
        needs: [],
      }
    })
  })
}

/** All jobs of a case, in the order in which their features are written. */
export function planJobs(
  { grid, voxelCount }: Pick<PreparedCase, 'grid' | 'voxelCount'>,
  { images, featureClasses, shape2D, ibsi }: ExtractionPlan,
): Job[] {
  if (ibsi.length > 0) return planIbsiJobs({ grid, voxelCount }, ibsi)
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
