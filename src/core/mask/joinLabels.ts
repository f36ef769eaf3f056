import type { Triple } from '../numeric/voxelArray.ts'
import type { BoundingBox, Mask } from './mask.ts'

/** A mask that becomes a label. */
export interface MaskOfLabel {
  /** Greater than 0. */
  readonly value: number
  readonly mask: Pick<Mask, 'voxels'>
  /** Outside it the mask is empty. */
  readonly box: BoundingBox
}

/** Labels side by side; 0 is none of them. */
export interface LabelMap {
  readonly voxels: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>
  /** Those in it. */
  readonly values: readonly number[]
}

/**
 * Masks of one grid as label maps: one where no two share a voxel, else as many as are needed for each mask to stay whole. Each mask
 * goes into the first map in which it is free.
 */
export function joinLabels([nx, ny, nz]: Triple, labels: readonly MaskOfLabel[]): readonly LabelMap[] {
  const Voxels = labels.some(({ value }) => value > 255) ? Uint16Array : Uint8Array
  const maps: { readonly voxels: LabelMap['voxels']; readonly values: number[] }[] = []
  for (const { value, mask, box } of labels) {
    const places: number[] = []
    for (let z = box.lower[2]; z <= box.upper[2]; z++)
      for (let y = box.lower[1]; y <= box.upper[1]; y++) {
        const row = nx * (y + ny * z)
        for (let x = box.lower[0]; x <= box.upper[0]; x++) if (mask.voxels[row + x] !== 0) places.push(row + x)
      }
    let map = maps.find(({ voxels }) => places.every((place) => voxels[place] === 0))
    if (!map) maps.push((map = { voxels: new Voxels(nx * ny * nz), values: [] }))
    for (const place of places) map.voxels[place] = value
    map.values.push(value)
  }
  return maps
}
