import type { VolumeSource } from '../../core/image/volume.ts'
import type { Mask } from '../../core/mask/mask.ts'
import type { DicomElement } from './encodeDicom.ts'
import { identityTags } from './identityTags.ts'

/* What files about a series have in common: whose they are, and what they refer to. */

export type SliceReference = NonNullable<VolumeSource['reference']>['slices'][number]

/** What must be there is there, empty where the series does not have it; a series without identifiers gets new ones. */
export function identityElements(
  identity: NonNullable<VolumeSource['reference']>['identity'],
  newUid: () => string,
): DicomElement[] {
  const optional = ['00080005', '00120062', '00120063']
  const made: Readonly<Record<string, string>> = {
    ...(identity['0020000d'] === undefined && { '0020000d': newUid() }),
    ...(identity['00200052'] === undefined && { '00200052': newUid() }),
  }
  return Object.entries(identityTags)
    .filter(([tag]) => identity[tag] !== undefined || !optional.includes(tag))
    .map(([tag, vr]) => [tag, vr, identity[tag] ?? made[tag] ?? ''])
}

export function instanceElements({ sopInstanceUid, frame }: SliceReference, sopClassUid: string): DicomElement[] {
  return [
    ['00081150', 'UI', sopClassUid],
    ['00081155', 'UI', sopInstanceUid],
    ...(frame === null ? [] : [['00081160', 'IS', String(frame)] as const]),
  ]
}

export function seriesItem(seriesUid: string, slices: readonly SliceReference[], sopClassUid: string): DicomElement[] {
  const files = [...new Set(slices.map(({ sopInstanceUid }) => sopInstanceUid))]
  return [
    ['0008114a', 'SQ', files.map((sopInstanceUid) => instanceElements({ sopInstanceUid, frame: null }, sopClassUid))],
    ['0020000e', 'UI', seriesUid],
  ]
}

/** A region that is written into a DICOM file among others of the same image. */
export interface DicomRegion {
  /** On the grid of the image. */
  readonly mask: Mask
  /** ASCII, others become `?`, 64 characters at most. */
  readonly label: string
  /** Red, green and blue from 0 to 255. */
  readonly colour: readonly [red: number, green: number, blue: number]
}

/** What a region is called that stands alone. */
export const soleRegion: Omit<DicomRegion, 'mask'> = { label: 'ROI', colour: [255, 138, 71] }

/** Slices that hold a voxel of the mask. */
export function drawnSlices({ voxels, size: [nx, ny, nz] }: Mask): number[] {
  return Array.from({ length: nz }, (_, slice) => slice).filter((slice) =>
    voxels.subarray(slice * nx * ny, (slice + 1) * nx * ny).some((value) => value !== 0),
  )
}

export function dateAndTime(now: Date): [string, string] {
  const two = (value: number) => String(value).padStart(2, '0')
  return [
    `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`,
    `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`,
  ]
}
