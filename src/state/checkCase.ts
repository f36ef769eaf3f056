import { measureVolume, type VolumeStatistics } from '../core/image/statistics.ts'
import type { Volume } from '../core/image/volume.ts'
import { findBoundingBox } from '../core/mask/boundingBox.ts'
import type { Mask } from '../core/mask/mask.ts'
import type { VoxelArray } from '../core/numeric/voxelArray.ts'
import type { ExtractionSettings } from '../core/parameters.ts'

export interface CaseCheck {
  readonly voxelCount: number
  readonly sliceCount: number
  readonly minimum: number
  readonly maximum: number
  /** Of the image itself before resampling, by its bins; undefined for a fixed number of bins. */
  readonly greyLevels: number | undefined
  readonly warnings: readonly string[]
}

/** Fewer or more than this make texture hardly comparable (PyRadiomics's own advice). */
const usualLevels = { fewest: 16, most: 128 }
/** Above it slices are much thicker than their voxels are wide, and 3D texture mixes two scales. */
const anisotropyLimit = 3

/** What can be said of a region and the settings at once, without filtering or resampling anything. */
export function checkCase(image: Volume, mask: Mask, settings: ExtractionSettings): CaseCheck {
  const { lower, upper } = findBoundingBox(mask.voxels, mask.size)!
  const { voxelCount, minimum, maximum, nonFinite } = measureRegion(image.voxels, mask.voxels)
  const sliceCount = upper[2] - lower[2] + 1
  const greyLevels = settings.binCount === null ? countBins(image.voxels, minimum, maximum, settings) : undefined
  const thickness = Math.max(...image.spacingMm) / Math.min(...image.spacingMm)
  const isKeptAnisotropic = settings.resampledPixelSpacing === null && !settings.force2D && thickness >= anisotropyLimit
  return {
    voxelCount,
    sliceCount,
    minimum,
    maximum,
    greyLevels,
    warnings: [
      voxelCount === 1 ? 'The ROI is one voxel: it will be refused.' : undefined,
      voxelCount > 1 && sliceCount === 1 ? 'The ROI lies in one slice: 3D shape means little.' : undefined,
      nonFinite > 0
        ? `${nonFinite} voxels of the ROI are not finite numbers: the extraction will be refused. Take them out of the ROI.`
        : undefined,
      voxelCount > 1 && minimum === maximum ? 'All voxels of the ROI have the same grey value.' : undefined,
      greyLevels !== undefined && minimum < maximum && (greyLevels < usualLevels.fewest || greyLevels > usualLevels.most)
        ? `About ${greyLevels} grey levels in the original image; between ${usualLevels.fewest} and ${usualLevels.most} textures compare best. Change the bin width.`
        : undefined,
      isKeptAnisotropic
        ? `Voxels are ${thickness.toFixed(1)} times as long as they are wide: resample, or compute texture within slices (force2D).`
        : undefined,
    ].filter((warning) => warning !== undefined),
  }
}

function measureRegion(voxels: VoxelArray, mask: Uint8Array) {
  let [voxelCount, nonFinite, minimum, maximum] = [0, 0, Infinity, -Infinity]
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue
    voxelCount++
    const value = voxels[i]
    if (!Number.isFinite(value)) nonFinite++
    else {
      if (value < minimum) minimum = value
      if (value > maximum) maximum = value
    }
  }
  return { voxelCount, nonFinite, minimum, maximum }
}

const measured = new WeakMap<VoxelArray, VolumeStatistics>()

function countBins(voxels: VoxelArray, minimum: number, maximum: number, settings: ExtractionSettings): number {
  const scale = (value: number) => {
    if (!settings.normalize) return value
    const statistics = measured.get(voxels) ?? measureVolume(voxels)
    measured.set(voxels, statistics)
    const score = (value - statistics.mean) / statistics.sd
    const limit = settings.removeOutliers ?? Infinity
    return Math.min(limit, Math.max(-limit, score)) * settings.normalizeScale
  }
  return Math.floor(scale(maximum) / settings.binWidth) - Math.floor(scale(minimum) / settings.binWidth) + 1
}
