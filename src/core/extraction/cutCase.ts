import { planCentredResampling, planCrop, planResampling, type ResamplingPlan } from '../image/resample.ts'
import type { Grid, Volume } from '../image/volume.ts'
import { extentOf, findBoundingBox } from '../mask/boundingBox.ts'
import { checkInsideImage } from '../mask/checkRegion.ts'
import { compareGeometry } from '../mask/compareGeometry.ts'
import type { BoundingBox, Mask } from '../mask/mask.ts'
import { newVoxelArray, pixelTypeOf, type Triple, type VoxelArray } from '../numeric/voxelArray.ts'
import type { ExtractionPlan } from '../parameters/plan.ts'
import type { CaseCut } from './case.ts'
import { refuse } from './messages.ts'

/**
 * Cuts out what the features depend on. Cheap (one copy of the boxes), so that it can be done where the volume is and
 * the rest elsewhere.
 * @throws DataError if the mask is empty, or stands on another grid than the image and is not to be brought onto it,
 *   or lies outside the image
 */
export function cutCase(image: Volume, mask: Mask, plan: ExtractionPlan): CaseCut {
  const cut = planCut(image, mask, plan)
  return { ...cut, voxels: cutBox(image.voxels, image, cut.imageBox) }
}

/** The same but for the image's voxels, which are much to copy at once. @throws as `cutCase` */
export function planCut(image: Volume, mask: Mask, plan: ExtractionPlan): Omit<CaseCut, 'voxels'> {
  const { tolerance, resampleMask, names } = plan.geometry
  const differences = compareGeometry(image, mask, tolerance)
  if (differences.length > 0 && !resampleMask) throw refuse('grids-differ', { differences, names })
  const boundingBox = findBoundingBox(mask.voxels, mask.size, mask.within)
  if (!boundingBox) throw refuse('mask-empty', {})
  if (differences.length > 0) checkInsideImage(mask, boundingBox, image)
  const region = cutBox(mask.voxels, mask, boundingBox)
  let voxelCount = 0
  for (let i = 0; i < region.length; i++) voxelCount += region[i]
  const [imageGrid, maskGrid] = [image, mask].map((grid) => gridOf(grid, plan.geometry.spacingDigits))
  return {
    imageGrid,
    imageBox: planImage(imageGrid, maskGrid, boundingBox, plan).sourceBox,
    maskGrid,
    boundingBox,
    region,
    voxelCount,
  }
}

/**
 * The grid on which filters see the image, and what of the image that takes: the resampled crop, the crop
 * to the surroundings, or else the whole image (only the region if there is no filter to see more).
 */
export function planImage(
  imageGrid: Grid,
  maskGrid: Grid,
  boundingBox: BoundingBox,
  { geometry, resampling, surroundings: { padding, paddingMm, forFiltersOnly, crop }, images }: ExtractionPlan,
): ResamplingPlan {
  if (resampling?.grid === 'commonCentre')
    return planCentredResampling({ ...resampling, grid: maskGrid, imageGrid, boundingBox, padding, paddingMm })
  if (resampling) return planResampling({ ...resampling, grid: maskGrid, imageGrid, boundingBox, padding })
  const sameGrid = compareGeometry(imageGrid, maskGrid, geometry.tolerance).length === 0
  if (sameGrid && forFiltersOnly && images.every(({ filter }) => filter.kind === 'none'))
    return planCrop({ grid: imageGrid, boundingBox, padding: 0 })
  if (sameGrid && crop) {
    const around = imageGrid.spacingMm.map((spacing) => padding + Math.ceil(paddingMm / spacing)) as unknown as Triple
    return planCrop({ grid: imageGrid, boundingBox, padding: around })
  }
  return planCrop({
    grid: imageGrid,
    boundingBox: { lower: [0, 0, 0], upper: [imageGrid.size[0] - 1, imageGrid.size[1] - 1, imageGrid.size[2] - 1] },
    padding: 0,
  })
}

/** @param digits that spacings keep; null: all */
function gridOf({ size, spacingMm, originMm, direction }: Grid, digits: number | null): Grid {
  const kept = digits === null ? spacingMm : (spacingMm.map((mm) => Number(mm.toPrecision(digits))) as unknown as Triple)
  return { size, spacingMm: kept, originMm, direction }
}

/** Copy of the voxels in a box. */
function cutBox<T extends VoxelArray>(voxels: T, grid: Grid, box: BoundingBox): T {
  const [mx, my, mz] = extentOf(box)
  const target = newVoxelArray(pixelTypeOf(voxels), mx * my * mz) as T
  copySlices(voxels, grid, box, target, 0, mz)
  return target
}

/** Copies the slices `from` to `to` (exclusive, counted from the box's first one) of a box into the array of the whole box. */
export function copySlices<T extends VoxelArray>(
  voxels: T,
  { size: [nx, ny] }: Grid,
  box: BoundingBox,
  target: T,
  from: number,
  to: number,
): void {
  const [mx, my] = extentOf(box)
  const [x, y, z] = box.lower
  for (let k = from, at = from * mx * my; k < to; k++) {
    for (let j = 0; j < my; j++, at += mx) {
      const start = x + nx * (y + j + ny * (z + k))
      target.set(voxels.subarray(start, start + mx), at)
    }
  }
}
