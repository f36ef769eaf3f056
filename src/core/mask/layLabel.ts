import { resampleLabels } from '../image/resample.ts'
import type { Grid } from '../image/volume.ts'
import { findBoundingBox } from './boundingBox.ts'
import { countOutside } from './countOutside.ts'
import { selectAtLeast } from './fractions.ts'
import { selectLabel, type LabelImage } from './labels.ts'
import type { BoundingBox } from './mask.ts'

/** One label of a mask as a region; plain data. */
export interface LaidLabel {
  /** 1 inside, 0 outside, in the order of `volume.ts`. */
  readonly region: Uint8Array<ArrayBuffer>
  readonly voxelCount: number
  /** Voxels of the label, as the mask has them, that lie outside the image and are not in the region. */
  readonly outsideVoxels: number
  /** Voxels of the label in the mask. */
  readonly labelVoxels: number
  /** Null if nothing of it lies on the grid. */
  readonly boundingBox: BoundingBox | null
}

/** A value, or of a mask that holds shares the least that is inside. */
export type LabelChoice = number | { readonly atLeast: number }

/**
 * Lays one label of a mask on the grid of an image.
 * @param target where the mask is resampled to (nearest voxel); null where it stands on the image's grid already
 * @throws DataError if no voxel has the label or reaches the threshold
 */
export function layLabel(mask: LabelImage, choice: LabelChoice, target: Grid | null): LaidLabel {
  const selected = typeof choice === 'number' ? selectLabel(mask, choice) : selectAtLeast(mask, choice.atLeast)
  const region = target ? resampleLabels(selected, target) : selected.voxels
  let voxelCount = 0
  for (let i = 0; i < region.length; i++) voxelCount += region[i]
  const boundingBox = findBoundingBox(region, (target ?? mask).size) ?? null
  const own = target ? findBoundingBox(selected.voxels, mask.size) : undefined
  if (!target || !own) return { region, voxelCount, outsideVoxels: 0, labelVoxels: voxelCount, boundingBox }
  const { inside, outside } = countOutside(selected, own, target)
  return { region, voxelCount, outsideVoxels: outside, labelVoxels: inside + outside, boundingBox }
}
