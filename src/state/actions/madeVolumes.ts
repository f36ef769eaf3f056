import { identityDirection, type Volume } from '../../core/image/volume.ts'
import type { FoundVolume } from '../images.ts'
import type { OpenRoi } from '../region.ts'

/* For tests of actions: an image, a volume of the list, a region in hand. */

export const madeVolume = (path: string, x = 0): Volume => ({
  size: [2, 2, 1],
  spacingMm: [1, 1, 1],
  originMm: [x, 0, 0],
  direction: identityDirection,
  voxels: Int16Array.of(1, 2, 3, 4),
  source: { path, format: 'memory' },
})

export const madeFound = (id: string, change: Partial<FoundVolume> = {}): FoundVolume => ({
  id,
  name: id,
  volume: madeVolume(id),
  warnings: [],
  kind: 'image',
  opening: 1,
  files: [],
  keptAs: null,
  isRestored: false,
  ...change,
})

/** The region of an image, with its first voxel inside. */
export function madeRegion(found: FoundVolume): OpenRoi {
  const { volume: image, id, name } = found
  return {
    reader: '1',
    lesion: 'L1',
    imageId: id,
    imageName: name,
    image,
    imageKey: `key of ${id}`,
    key: `key of ${id} L1 reader 1`,
    mask: { ...image, voxels: Uint8Array.of(1, 0, 0, 0) },
  }
}
