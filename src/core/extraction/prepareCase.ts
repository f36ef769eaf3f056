import { fitNormalisation, locateVoxel, normalise } from '../image/normalise.ts'
import { resampleImage, resampleLabels } from '../image/resample.ts'
import { measureVolume, type VolumeStatistics } from '../image/statistics.ts'
import { voxelCount as countVoxels } from '../image/volume.ts'
import type { Block, Kernels } from '../kernels/kernels.ts'
import { extentOf, findBoundingBox } from '../mask/boundingBox.ts'
import { compareGeometry } from '../mask/compareGeometry.ts'
import type { BoundingBox } from '../mask/mask.ts'
import { resegmentMask } from '../mask/resegment.ts'
import { pixelTypeOf, type Triple } from '../numeric/voxelArray.ts'
import type { ExtractionParameters, ExtractionSettings } from '../parameters.ts'
import { ExtractionError, type CaseCut, type PreparedCase } from './case.ts'
import { planImage } from './cutCase.ts'
import { describeImage, describeMask } from './diagnostics.ts'

/**
 * Brings image and mask to the grid on which they are measured: normalise, resample, resegment, check, in PyRadiomics's order.
 * @param wholeImage figures of the whole image before anything else, for the normalisation
 * @throws ExtractionError if nothing can be computed: voxels without a finite value where they matter, a constant image that
 *   is to be normalised, a region that is one voxel, too small or has vanished
 */
export function prepareCase(
  kernels: Kernels,
  cut: CaseCut,
  wholeImage: VolumeStatistics,
  parameters: ExtractionParameters,
): PreparedCase {
  const { settings } = parameters
  const plan = planImage(cut.imageGrid, cut.maskGrid, cut.boundingBox, parameters)
  const resampled = Boolean(settings.resampledPixelSpacing && settings.interpolator)
  checkRegion(cut.boundingBox, cut.voxelCount, { ...settings, minimumROIDimensions: 1, minimumROISize: null })

  const { voxels, pixelType } = kernels.scope(() => {
    const image = resampleImage(
      kernels,
      loadImage(kernels, cut, wholeImage, settings),
      cut.imageGrid,
      plan,
      settings.interpolator ?? 'sitkNearestNeighbor',
    )
    return { voxels: kernels.f64(image.pointer, countVoxels(plan.grid)).slice(), pixelType: image.pixelType }
  })
  const box = { offset: [0, 0, 0] as const, size: plan.grid.size }
  const mask = resampleLabels({ ...cut.maskGrid, voxels: cut.region, box: cut.boundingBox }, plan.grid)
  const boundingBox = findBoundingBox(mask, plan.grid.size)
  if (!boundingBox) {
    throw new ExtractionError(
      resampled
        ? `No voxel of the region is left at ${plan.grid.spacingMm.join(' x ')} mm: it is thinner than the new voxels. Use a finer resampledPixelSpacing.`
        : 'No voxel of the region lies inside the image. Check that the mask belongs to this image.',
    )
  }
  const count = sum(mask)
  checkRegion(boundingBox, count, settings)
  checkFinite(voxels, mask, parameters, plan.grid.size)

  const corrected = !resampled && compareGeometry(cut.imageGrid, cut.maskGrid, settings.geometryTolerance).length > 0
  const describe = <T>(lines: () => T[]): T[] => (settings.additionalInfo ? lines() : [])
  const diagnostics = describe(() => [
    ...describeImage('original', cut.imageGrid, wholeImage),
    ...describeMask('original', cut.maskGrid, cut.boundingBox, cut.region, {
      offset: cut.boundingBox.lower,
      size: extentOf(cut.boundingBox),
    }),
    ...(resampled
      ? [
          ...describeImage('interpolated', plan.grid, measureVolume(voxels)),
          ...describeMask('interpolated', plan.grid, boundingBox, mask, box, voxels),
        ]
      : []),
    ...(corrected ? describeMask('corrected', plan.grid, boundingBox, mask, box, voxels) : []),
  ])
  const warnings = warnAboutRegion(boundingBox, parameters)
  const common = { grid: plan.grid, voxels, pixelType, parameters, warnings }
  if (!settings.resegmentRange) return { ...common, mask, shapeMask: mask, boundingBox, voxelCount: count, diagnostics }

  const resegmented = resegmentMask(voxels, mask, { range: settings.resegmentRange, mode: settings.resegmentMode, pixelType })
  const kept = sum(resegmented)
  if (kept <= 1) {
    throw new ExtractionError(
      `Resegmentation to ${settings.resegmentRange.join(' .. ')} (${settings.resegmentMode}) leaves ${kept} of the region's ${count} voxels. Widen resegmentRange.`,
    )
  }
  const narrowed = findBoundingBox(resegmented, plan.grid.size)!
  checkRegion(narrowed, kept, settings)
  return {
    ...common,
    mask: resegmented,
    shapeMask: settings.resegmentShape ? resegmented : mask,
    boundingBox: narrowed,
    voxelCount: kept,
    diagnostics: [...diagnostics, ...describe(() => describeMask('resegmented', plan.grid, narrowed, resegmented, box, voxels))],
  }
}

/** The cut as float64 in WASM memory, normalised if that is asked for; normalisation never needs a copy of the whole volume. */
function loadImage(kernels: Kernels, cut: CaseCut, wholeImage: VolumeStatistics, settings: ExtractionSettings): Block {
  const block: Block = {
    pointer: kernels.allocate(cut.voxels.length * 8),
    size: extentOf(cut.imageBox),
    spacingMm: cut.imageGrid.spacingMm,
    pixelType: pixelTypeOf(cut.voxels),
  }
  kernels.f64(block.pointer, cut.voxels.length).set(cut.voxels)
  return settings.normalize ? normalise(kernels, block, fitNormalisation(wholeImage, cut.imageGrid.size), settings) : block
}

/** A filter spreads what is not finite over its reach, the spline prefilter over the whole crop. */
function checkFinite(voxels: Float64Array, mask: Uint8Array, { imageTypes }: ExtractionParameters, size: Triple): void {
  const filtered = imageTypes.some(({ type }) => type !== 'Original')
  let count = 0
  let first = -1
  for (let i = 0; i < voxels.length; i++) {
    if (voxels[i] - voxels[i] === 0 || (!filtered && mask[i] === 0)) continue
    if (count++ === 0) first = i
  }
  if (count === 0) return
  throw new ExtractionError(
    `${count} voxels ${filtered ? 'that the filters see' : 'of the region'} are not finite (NaN or infinite), the first at voxel (${locateVoxel(first, size).join(', ')}) of the grid that is measured. Leave them out of the region or replace them in the image.`,
  )
}

/** PyRadiomics's checkMask: one voxel never, and what minimumROIDimensions and minimumROISize ask. */
function checkRegion(
  boundingBox: BoundingBox,
  count: number,
  { minimumROIDimensions, minimumROISize }: ExtractionSettings,
): void {
  const dimensions = extentOf(boundingBox).filter((n) => n > 1).length
  if (dimensions === 0)
    throw new ExtractionError(
      'The region is a single voxel; features need more. Draw a larger region, or resample less coarsely.',
    )
  if (dimensions < minimumROIDimensions) {
    throw new ExtractionError(
      `The region extends along ${dimensions} of 3 axes (${extentOf(boundingBox).join(' x ')} voxels), minimumROIDimensions asks for ${minimumROIDimensions}. Draw a larger region or lower minimumROIDimensions.`,
    )
  }
  if (minimumROISize !== null && count <= minimumROISize) {
    throw new ExtractionError(
      `The region has ${count} voxels, minimumROISize asks for more than ${minimumROISize}. Draw a larger region or lower minimumROISize.`,
    )
  }
}

function warnAboutRegion(boundingBox: BoundingBox, { settings, featureClasses }: ExtractionParameters): string[] {
  const extent = extentOf(boundingBox)
  const warnings: string[] = []
  const flat = extent.findIndex((n) => n === 1)
  if (flat >= 0 && !settings.force2D) {
    warnings.push(
      `The region is one voxel thick along ${'xyz'[flat]}: 3D shape and 3D texture mean little for it. Consider force2D with force2Ddimension ${2 - flat}.`,
    )
  }
  if (featureClasses.some(({ name }) => name === 'shape2D') && !settings.force2D) {
    warnings.push('shape2D was left out, as in PyRadiomics: it needs force2D.')
  }
  return warnings
}

function sum(mask: Uint8Array): number {
  return mask.reduce((total, inside) => total + inside, 0)
}
