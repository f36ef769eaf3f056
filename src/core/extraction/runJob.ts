import { computeFeatureClasses, type GreyValueRequest } from '../features/computeFeatureClass.ts'
import { discretiseRegion } from '../features/discretise.ts'
import type { RegionImage } from '../features/regionImage.ts'
import { computeShape } from '../features/shape.ts'
import { computeShape2D, shape2DSkipReason } from '../features/shape2D.ts'
import { applyFilter, sampleFilter } from '../image/filters/filters.ts'
import type { Block, Kernels, MaskBlock } from '../kernels/kernels.ts'
import { extentOf } from '../mask/boundingBox.ts'
import type { BoundingBox } from '../mask/mask.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { IbsiImagePlan, ImagePlan } from '../parameters/plan.ts'
import { adviseOnMemory } from './adviseOnMemory.ts'
import type { PreparedCase } from './case.ts'
import type { Job } from './planJobs.ts'
import type { Message } from '../messages/message.ts'

/** A prepared case inside the memory of one instance of the kernels. */
export interface OpenCase {
  readonly kernels: Kernels
  readonly prepared: PreparedCase
  readonly image: Block
  readonly mask: MaskBlock
  /** The region cropped to its bounding box. */
  readonly regionMask: MaskBlock
  readonly shapeMask: MaskBlock
  readonly ibsi: MeasureByIbsi | undefined
}

/** `measureByIbsi`: told by the host, so that a page which does not offer the profile does not load it. */
export type MeasureByIbsi = (open: OpenCase, work: 'ibsi' | 'ibsiLevels', image: IbsiImagePlan) => Omit<JobResult, 'id'>

export interface JobResult {
  readonly id: string
  readonly features?: readonly (readonly [string, number])[]
  /** Samples of a part of the ROI, for the images that are made of them. */
  readonly values?: Float64Array<ArrayBuffer>
  /** Grey levels after binning; undefined if no texture was asked for. */
  readonly greyLevels?: number
  /** Why PyRadiomics, too, leaves this image out. */
  readonly skipped?: Message
  /** Why this piece could not be computed; the others are not touched by it. */
  readonly failure?: Message
}

/** Copies a case into the kernels' memory, where it stays as long as they do. */
export function openCase(kernels: Kernels, prepared: PreparedCase, ibsi?: MeasureByIbsi): OpenCase {
  return adviseOnMemory(prepared.plan, () => loadCase(kernels, prepared, ibsi))
}

function loadCase(kernels: Kernels, prepared: PreparedCase, ibsi: MeasureByIbsi | undefined): OpenCase {
  const { grid, voxels, pixelType } = prepared
  const image: Block = { pointer: kernels.allocate(voxels.byteLength), size: grid.size, spacingMm: grid.spacingMm, pixelType }
  kernels.f64(image.pointer, voxels.length).set(voxels)
  const mask = allocateMask(kernels, prepared.mask, grid.size)
  return {
    kernels,
    prepared,
    ibsi,
    image,
    mask,
    regionMask: cropMask(kernels, mask, prepared.boundingBox),
    // PyRadiomics crops the mask for shape to the bounds of the resegmented one, also where they are narrower.
    shapeMask: cropMask(kernels, allocateMask(kernels, prepared.shapeMask, grid.size), prepared.boundingBox),
  }
}

/**
 * Computes one piece of an extraction.
 * @param parts values of the jobs that `job.needs` names, in that order
 * @throws DataError if this piece cannot be computed, with the reason
 */
export function runJob(open: OpenCase, job: Job, parts: readonly Float64Array<ArrayBuffer>[] = []): JobResult {
  return adviseOnMemory(open.prepared.plan, () => open.kernels.scope(() => doWork(open, job, parts)))
}

function doWork(open: OpenCase, job: Job, parts: readonly Float64Array<ArrayBuffer>[]): JobResult {
  const { kernels } = open
  switch (job.work.kind) {
    case 'shape':
      return {
        id: job.id,
        features: nameFeatures(
          job,
          'shape',
          computeShape(kernels, open.shapeMask, open.image.spacingMm, requested(open, 'shape')),
        ),
      }
    case 'shape2D': {
      const plane = open.prepared.plan.shape2D!
      const skipped = shape2DSkipReason(open.shapeMask.size, plane)
      if (skipped !== null) return { id: job.id, skipped }
      const features = computeShape2D(kernels, open.shapeMask, open.image.spacingMm, plane, requested(open, 'shape2D'))
      return { id: job.id, features: nameFeatures(job, 'shape2D', features) }
    }
    case 'samples':
      return { id: job.id, values: sampleFilter(open, job.work.filter, job.work.from, job.work.to) }
    case 'features':
    case 'greyLevels': {
      const { image: planned } = job.work
      const image = applyFilter(open, planned.filter, parts)
      if ('skipped' in image) return { id: job.id, skipped: image.skipped }
      const work = job.work.kind === 'features' ? measureImage : countGreyLevels
      return { id: job.id, ...work(open, planned, image) }
    }
    case 'ibsi':
    case 'ibsiLevels': {
      if (!open.ibsi) throw new Error('Nothing here measures by the IBSI.')
      return { id: job.id, ...open.ibsi(open, job.work.kind, job.work.image) }
    }
  }
}

function regionOf({ kernels, prepared, regionMask }: OpenCase, image: Block): RegionImage {
  const { boundingBox, voxelCount } = prepared
  return { image: cropImage(kernels, image, boundingBox), mask: regionMask, voxelCount }
}

function countGreyLevels(open: OpenCase, { features }: ImagePlan, image: Block): Omit<JobResult, 'id'> {
  return { greyLevels: discretiseRegion(open.kernels, regionOf(open, image), features).levelCount }
}

function measureImage(open: OpenCase, planned: ImagePlan, image: Block): Omit<JobResult, 'id'> {
  const requests = open.prepared.plan.featureClasses.filter(
    (request): request is GreyValueRequest => request.name !== 'shape' && request.name !== 'shape2D',
  )
  const { features, greyLevels } = computeFeatureClasses(open.kernels, regionOf(open, image), requests, planned.features)
  return {
    features: features.map(([name, value]) => [`${planned.name}_${name}`, value]),
    ...(greyLevels !== undefined && { greyLevels }),
  }
}

function requested({ prepared }: OpenCase, name: string): 'all' | readonly string[] {
  return prepared.plan.featureClasses.find((request) => request.name === name)!.features
}

function nameFeatures(
  { imageName }: Job,
  className: string,
  features: readonly (readonly [string, number])[],
): [string, number][] {
  return features.map(([name, value]) => [`${imageName}_${className}_${name}`, value])
}

function allocateMask(kernels: Kernels, voxels: Uint8Array, size: Triple): MaskBlock {
  const pointer = kernels.allocate(voxels.length)
  kernels.u8(pointer, voxels.length).set(voxels)
  return { pointer, size }
}

function cropMask(kernels: Kernels, { pointer, size }: MaskBlock, box: BoundingBox): MaskBlock {
  const extent = extentOf(box)
  const target = kernels.allocate(extent[0] * extent[1] * extent[2])
  kernels.exports.cropU8(pointer, size[0], size[1], ...box.lower, ...extent, target)
  return { pointer: target, size: extent }
}

/** A copy of a box of an image, in the caller's scope. */
export function cropImage(kernels: Kernels, { pointer, size, ...rest }: Block, box: BoundingBox): Block {
  const extent = extentOf(box)
  const target = kernels.allocate(extent[0] * extent[1] * extent[2] * 8)
  kernels.exports.cropF64(pointer, size[0], size[1], ...box.lower, ...extent, target)
  return { ...rest, pointer: target, size: extent }
}
