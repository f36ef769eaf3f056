import { fitNormalisation, locateVoxel, normalise, type NormalisationOptions } from '../image/normalise.ts'
import { findNonFinite } from '../image/nonFinite.ts'
import { resampleImage, resampleLabels, type ResamplingPlan, type SliceRange } from '../image/resample.ts'
import { measureVolume, type VolumeStatistics } from '../image/statistics.ts'
import { voxelCount as countVoxels } from '../image/volume.ts'
import type { Block, Kernels } from '../kernels/kernels.ts'
import { extentOf } from '../mask/boundingBox.ts'
import { checkRegion } from '../mask/checkRegion.ts'
import { compareGeometry } from '../mask/compareGeometry.ts'
import { resegment } from '../mask/resegment.ts'
import { pixelTypeOf, type Triple } from '../numeric/voxelArray.ts'
import type { ExtractionPlan } from '../parameters/plan.ts'
import type { CaseCut, PreparedCase, PreparedSlices } from './case.ts'
import { adviseOnMemory } from './adviseOnMemory.ts'
import { planImage } from './cutCase.ts'
import { describeImage, describeMask } from './diagnostics.ts'
import { refuse } from './messages.ts'

/**
 * Brings image and mask to the grid on which they are measured: normalise, resample, resegment, check, in PyRadiomics's order.
 * @param wholeImage figures of the whole image before anything else, for the normalisation
 * @throws DataError if nothing can be computed: voxels without a finite value where they matter, a constant image that
 *   is to be normalised, a region that is one voxel, too small or has vanished
 */
export function prepareCase(kernels: Kernels, cut: CaseCut, wholeImage: VolumeStatistics, plan: ExtractionPlan): PreparedCase {
  const slices = prepareSlices(kernels, cut, wholeImage, plan)
  return finishCase(cut, slices, wholeImage, plan)
}

/**
 * The first and longest part of the way: normalise and resample.
 * @param slices of the new grid that are made; the bits of a voxel do not depend on them, so they may be made in parts
 * @throws as `prepareCase`
 */
export function prepareSlices(
  kernels: Kernels,
  cut: CaseCut,
  wholeImage: VolumeStatistics,
  plan: ExtractionPlan,
  slices?: SliceRange,
): PreparedSlices {
  const target = planImage(cut.imageGrid, cut.maskGrid, cut.boundingBox, plan)
  if (cut.voxelCount === 1) throw refuse('one-voxel', {})
  const { voxels, pixelType } = adviseOnMemory(plan, () =>
    kernels.scope(() => {
      const image = resampleImage(
        kernels,
        loadImage(kernels, cut, wholeImage, plan.normalisation),
        cut.imageGrid,
        target,
        plan.resampling?.interpolation ?? 'nearest',
        slices,
      )
      return { voxels: kernels.f64(image.pointer, countVoxels(image)).slice(), pixelType: image.pixelType }
    }),
  )
  return {
    voxels,
    pixelType,
    mask: resampleLabels({ ...cut.maskGrid, voxels: cut.region, box: cut.boundingBox }, target.grid, slices),
  }
}

/** The second part: resegment, check and describe. @param slices all of them @throws as `prepareCase` */
export function finishCase(
  cut: Omit<CaseCut, 'voxels'>,
  { voxels, pixelType, mask }: PreparedSlices,
  wholeImage: VolumeStatistics,
  plan: ExtractionPlan,
): PreparedCase {
  const target = planImage(cut.imageGrid, cut.maskGrid, cut.boundingBox, plan)
  const resampled = plan.resampling !== null
  const box = { offset: [0, 0, 0] as const, size: target.grid.size }
  const region = checkRegion(mask, target.grid.size, plan.region, resampled ? 'resampling' : undefined)
  checkFinite(voxels, mask, target, cut.imageGrid.size, wholeImage, plan)

  const corrected = !resampled && compareGeometry(cut.imageGrid, cut.maskGrid, plan.geometry.tolerance).length > 0
  const describe = <T>(lines: () => T[]): T[] => (plan.diagnostics ? lines() : [])
  const diagnostics = describe(() => [
    ...describeImage('original', cut.imageGrid, wholeImage),
    ...describeMask('original', cut.maskGrid, cut.boundingBox, cut.region, {
      offset: cut.boundingBox.lower,
      size: extentOf(cut.boundingBox),
    }),
    ...(resampled
      ? [
          ...describeImage('interpolated', target.grid, measureVolume(voxels)),
          ...describeMask('interpolated', target.grid, region.boundingBox, mask, box, voxels),
        ]
      : []),
    ...(corrected ? describeMask('corrected', target.grid, region.boundingBox, mask, box, voxels) : []),
  ])
  const common = { grid: target.grid, voxels, pixelType, plan }
  const warnings = [...region.warnings, ...plan.notices]
  if (!plan.resegmentation) return { ...common, ...region, mask, shapeMask: mask, diagnostics, warnings }

  const resegmented = resegment(voxels, mask, pixelType, plan.resegmentation).voxels
  const kept = checkRegion(resegmented, target.grid.size, plan.region, 'resegmentation')
  return {
    ...common,
    ...kept,
    mask: resegmented,
    shapeMask: plan.resegmentation.shape ? resegmented : mask,
    diagnostics: [
      ...diagnostics,
      ...describe(() => describeMask('resegmented', target.grid, kept.boundingBox, resegmented, box, voxels)),
    ],
    warnings: [...kept.warnings, ...plan.notices],
  }
}

/** The cut as float64 in WASM memory, normalised if that is asked for; normalisation never needs a copy of the whole volume. */
function loadImage(kernels: Kernels, cut: CaseCut, wholeImage: VolumeStatistics, options: NormalisationOptions | null): Block {
  const block: Block = {
    pointer: kernels.allocate(cut.voxels.length * 8),
    size: extentOf(cut.imageBox),
    spacingMm: cut.imageGrid.spacingMm,
    pixelType: pixelTypeOf(cut.voxels),
  }
  kernels.f64(block.pointer, cut.voxels.length).set(cut.voxels)
  return options ? normalise(kernels, block, fitNormalisation(wholeImage, cut.imageGrid.size, options.name), options) : block
}

/**
 * A filter spreads what is not finite over its reach, the spline prefilter over the whole crop. Places are told as voxels of
 * the image that was given.
 */
function checkFinite(
  voxels: Float64Array,
  mask: Uint8Array,
  { kind, grid, sourceBox }: ResamplingPlan,
  imageSize: Triple,
  { nonFinite, firstNonFinite }: VolumeStatistics,
  { images }: ExtractionPlan,
): void {
  const filtered = images.some(({ filter }) => filter.kind !== 'none')
  const reach = filtered ? 'filters' : 'region'
  const { lower } = kind === 'crop' ? sourceBox : { lower: [0, 0, 0] as const }
  const [nx, ny, nz] = grid.size
  const box = { lower, upper: [lower[0] + nx - 1, lower[1] + ny - 1, lower[2] + nz - 1] as const }
  const found = findNonFinite(voxels, box, filtered ? undefined : mask)
  if (found.count === 0) return
  if (kind === 'crop') throw refuse('not-finite', { found, reach })
  throw refuse('not-finite-resampled', { found: { count: nonFinite, first: [locateVoxel(firstNonFinite, imageSize)] }, reach })
}
