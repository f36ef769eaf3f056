import type { Grid } from '../image/volume.ts'
import type { VoxelArray } from '../numeric/voxelArray.ts'
import type { Mask } from './mask.ts'
import type { DataError } from '../messages/message.ts'
import { refuse } from './messages.ts'

/** An image whose grey levels are labels, as it comes out of a file. */
export interface LabelImage extends Grid {
  readonly voxels: VoxelArray
}

export interface Label {
  /** As stored: any number but 0. */
  readonly value: number
  readonly count: number
}

export interface LabelList {
  /** By value, without 0. */
  readonly labels: readonly Label[]
  /** Voxels of 0. */
  readonly background: number
  /** NaN or infinite voxels: they belong to no label. */
  readonly nonFinite: number
  /** True if there were more values than labels can sensibly be; the list then holds the first of them that were met. */
  readonly truncated: boolean
}

/** More values than this are grey levels, not labels. */
export const mostLabels = 4096

/** Lists the values of a mask, whatever they are (255, 0.0039), with their voxel counts. */
export function listLabels(voxels: VoxelArray): LabelList {
  const counts = new Map<number, number>()
  let background = 0
  let nonFinite = 0
  let truncated = false
  // Labels come in runs: the map is asked once a run.
  for (let i = 0; i < voxels.length;) {
    const value = voxels[i]
    let end = i + 1
    while (end < voxels.length && voxels[end] === value) end++
    const run = end - i
    if (value === 0) background += run
    else if (!Number.isFinite(value)) nonFinite += run
    else if (counts.has(value) || counts.size < mostLabels) counts.set(value, (counts.get(value) ?? 0) + run)
    else truncated = true
    i = end
  }
  const labels = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => a.value - b.value)
  return { labels, background, nonFinite, truncated }
}

/**
 * Keeps one label as a mask. Values are cut to whole numbers for a whole label, as PyRadiomics does (1.7 is label 1); a label that is not
 * whole, such as 0.0039, is found as stored (float32 or float64).
 *
 * @throws DataError if no voxel has the label; it lists those that are there
 */
export function selectLabel({ voxels, size, spacingMm, originMm, direction }: LabelImage, label: number): Mask {
  const whole = Number.isInteger(label)
  const single = Math.fround(label)
  const inside = new Uint8Array(voxels.length)
  let count = 0
  for (let i = 0; i < voxels.length; i++) {
    const value = voxels[i]
    if (value === 0) continue
    if (whole ? Math.trunc(value) === label : value === label || value === single) {
      inside[i] = 1
      count++
    }
  }
  if (count === 0) throw refuseLabel(label, listLabels(voxels))
  return { voxels: inside, size, spacingMm, originMm, direction }
}

function refuseLabel(label: number, { labels, truncated }: LabelList): DataError {
  return labels.length === 0 ? refuse('no-label', {}) : refuse('label-missing', { label, labels, truncated })
}
