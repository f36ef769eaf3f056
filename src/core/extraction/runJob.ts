import { computeFeatureClasses, type GreyValueRequest } from '../features/computeFeatureClass.ts'
import { discretiseRegion } from '../features/discretise.ts'
import type { RegionImage } from '../features/regionImage.ts'
import { computeShape } from '../features/shape.ts'
import { computeShape2D, shape2DSkipReason } from '../features/shape2D.ts'
import { gradient } from '../image/filters/gradient.ts'
import { laplacianOfGaussian } from '../image/filters/laplacianOfGaussian.ts'
import { localBinaryPattern2D } from '../image/filters/localBinaryPattern2D.ts'
import { joinLbp3DSamples, lbp3DSamples } from '../image/filters/localBinaryPattern3D.ts'
import { exponentialImage, logarithmImage, squareImage, squareRootImage } from '../image/filters/pointwise.ts'
import { waveletSubBand } from '../image/filters/wavelet.ts'
import type { Block, Kernels, MaskBlock } from '../kernels/kernels.ts'
import { extentOf } from '../mask/boundingBox.ts'
import type { BoundingBox } from '../mask/mask.ts'
import type { Triple } from '../numeric/voxelArray.ts'
import type { ExtractionSettings } from '../parameters/profiles/pyradiomics/parameters.ts'
import type { PreparedCase } from './case.ts'
import type { ImageRecipe, Job } from './planJobs.ts'

/** A prepared case inside the memory of one instance of the kernels. */
export interface OpenCase {
  readonly kernels: Kernels
  readonly prepared: PreparedCase
  readonly image: Block
  readonly mask: MaskBlock
  /** The region cropped to its bounding box. */
  readonly regionMask: MaskBlock
  readonly shapeMask: MaskBlock
}

export interface JobResult {
  readonly id: string
  readonly features?: readonly (readonly [string, number])[]
  /** LBP-3D values of a part of the ROI, map after map. */
  readonly values?: Float64Array<ArrayBuffer>
  /** Grey levels after binning; undefined if no texture was asked for. */
  readonly greyLevels?: number
  /** Why PyRadiomics, too, leaves this image out. */
  readonly skipped?: string
  /** Why this piece could not be computed; the others are not touched by it. */
  readonly failure?: string
}

/** Copies a case into the kernels' memory, where it stays as long as they do. */
export function openCase(kernels: Kernels, prepared: PreparedCase): OpenCase {
  const { grid, voxels, pixelType } = prepared
  const image: Block = { pointer: kernels.allocate(voxels.byteLength), size: grid.size, spacingMm: grid.spacingMm, pixelType }
  kernels.f64(image.pointer, voxels.length).set(voxels)
  const mask = allocateMask(kernels, prepared.mask, grid.size)
  return {
    kernels,
    prepared,
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
 * @throws if this piece cannot be computed, with the reason
 */
export function runJob(open: OpenCase, job: Job, parts: readonly Float64Array<ArrayBuffer>[] = []): JobResult {
  const { kernels } = open
  return kernels.scope(() => {
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
        const skipped = shape2DSkipReason(open.shapeMask.size, job.settings)
        if (skipped !== null) return { id: job.id, skipped }
        const features = computeShape2D(
          kernels,
          open.shapeMask,
          open.image.spacingMm,
          job.settings.force2Ddimension,
          requested(open, 'shape2D'),
        )
        return { id: job.id, features: nameFeatures(job, 'shape2D', features) }
      }
      case 'lbp3D':
        return { id: job.id, values: lbp3DSamples(kernels, open.image, open.mask, job.settings, job.work.from, job.work.to) }
      case 'features':
      case 'greyLevels': {
        const image = makeImage(open, job, job.work.recipe, parts)
        if ('skipped' in image) return { id: job.id, skipped: image.skipped }
        return job.work.kind === 'features' ? measureImage(open, job, image) : countGreyLevels(open, job, image)
      }
    }
  })
}

function makeImage(
  open: OpenCase,
  { settings }: Job,
  recipe: ImageRecipe,
  parts: readonly Float64Array<ArrayBuffer>[],
): Block | { skipped: string } {
  const { kernels, image } = open
  switch (recipe.filter) {
    case 'original':
      return image
    case 'square':
      return squareImage(kernels, image)
    case 'squareroot':
      return squareRootImage(kernels, image)
    case 'logarithm':
      return logarithmImage(kernels, image)
    case 'exponential':
      return exponentialImage(kernels, image)
    case 'gradient':
      return gradient(kernels, image, { useSpacing: settings.gradientUseSpacing })
    case 'log': {
      const result = laplacianOfGaussian(kernels, image, recipe.sigmaMm)
      return 'skipped' in result ? result : result.block
    }
    case 'wavelet':
      return waveletSubBand(kernels, image, settings, recipe.subBand)
    case 'lbp2D':
      return localBinaryPattern2D(kernels, image, settings)
    case 'lbp3D':
      return placeLbp3D(open, settings, recipe.map, parts)
  }
}

function regionOf({ kernels, prepared, regionMask }: OpenCase, image: Block): RegionImage {
  const { boundingBox, voxelCount } = prepared
  return { image: cropImage(kernels, image, boundingBox), mask: regionMask, voxelCount }
}

function countGreyLevels(open: OpenCase, job: Job, image: Block): JobResult {
  return { id: job.id, greyLevels: discretiseRegion(open.kernels, regionOf(open, image), job.settings).levelCount }
}

function measureImage(open: OpenCase, job: Job, image: Block): JobResult {
  const requests = open.prepared.parameters.featureClasses.filter(
    (request): request is GreyValueRequest => request.name !== 'shape' && request.name !== 'shape2D',
  )
  const { features, greyLevels } = computeFeatureClasses(open.kernels, regionOf(open, image), requests, job.settings)
  return {
    id: job.id,
    features: features.map(([name, value]) => [`${job.imageName}_${name}`, value]),
    ...(greyLevels !== undefined && { greyLevels }),
  }
}

function requested({ prepared }: OpenCase, name: string): 'all' | readonly string[] {
  return prepared.parameters.featureClasses.find((request) => request.name === name)!.features
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

function cropImage(kernels: Kernels, { pointer, size, ...rest }: Block, box: BoundingBox): Block {
  const extent = extentOf(box)
  const target = kernels.allocate(extent[0] * extent[1] * extent[2] * 8)
  kernels.exports.cropF64(pointer, size[0], size[1], ...box.lower, ...extent, target)
  return { ...rest, pointer: target, size: extent }
}

/** One map of LBP-3D out of the values of all parts of the ROI. */
function placeLbp3D(
  { kernels, image, mask, prepared }: OpenCase,
  settings: ExtractionSettings,
  map: number,
  parts: readonly Float64Array[],
): Block {
  const length = prepared.mask.length
  const pointer = kernels.allocate(length * 8)
  kernels.scope(() => {
    const values = kernels.allocate(prepared.voxelCount * 8)
    const joined = joinLbp3DSamples(settings, parts).subarray(map * prepared.voxelCount, (map + 1) * prepared.voxelCount)
    kernels.f64(values, prepared.voxelCount).set(joined)
    kernels.exports.scatterToMask(values, mask.pointer, length, pointer)
  })
  return { ...image, pointer, pixelType: 'float64' }
}
