import { identityDirection } from '../core/image/volume.ts'
import { cutMask } from '../core/mask/maskPart.ts'

/* Test support: a region as it is kept. */

export const grid = { size: [4, 3, 2], spacingMm: [1, 1, 3], originMm: [0, 0, 0], direction: identityDirection } as const
export const voxels = Uint8Array.from({ length: 24 }, (_, i) => Number(i % 5 === 0))
export const mask = cutMask({ ...grid, voxels }, { lower: [0, 0, 0], upper: [3, 2, 1] })
export const about = {
  key: 'a',
  image: 'i',
  reader: '1',
  lesion: 'L1',
  imageName: 'T1',
  progress: 'inProgress',
  readerName: 'Ada',
  changedAt: 1,
  voxelCount: 5,
  volumeCm3: 0.015,
} as const
