import { Dexie, type EntityTable } from 'dexie'
import type { BoundingBox } from '../core/mask/mask.ts'

/** Two readers draw the same images, each without seeing the other's regions. */
export type Reader = 1 | 2

/** How far a region is: a locked one is not changed any more. */
export type RoiProgress = 'empty' | 'inProgress' | 'complete' | 'locked'

/** A mask as it is kept in the browser. */
export interface KeptMask {
  /** Of the image that it was drawn on, see `fingerprint.ts`; that of the second reader's regions is `keptKey`. */
  readonly fingerprint: string
  /** Missing in masks kept before there were readers: the first one's. */
  readonly reader?: Reader
  /** What the reader was called when it was kept. */
  readonly readerName?: string
  /** Missing in masks kept before there were readers: in progress. */
  readonly progress?: RoiProgress
  /** When it got that far, in milliseconds since 1970. */
  readonly changedAt?: number
  /** The image's name as its user knows it. */
  readonly imageName: string
  /** Milliseconds since 1970. */
  readonly savedAt: number
  readonly size: readonly [number, number, number]
  readonly voxelCount: number
  readonly volumeCm3: number
  /** What `voxels` cover, null for an empty mask; the whole grid where it is missing (masks kept by the first version). */
  readonly box?: BoundingBox | null
  /** The user deleted it a moment ago: under which key it was kept, and when, in milliseconds since 1970. */
  readonly deleted?: { readonly key: string; readonly at: number }
  /** One byte a voxel in the order of `volume.ts`, gzipped. */
  readonly voxels: Uint8Array<ArrayBuffer>
}

/** Under which an image's region is kept: the first reader's under the image's fingerprint, as before there were readers. */
export function keptKey(fingerprint: string, reader: Reader): string {
  return reader === 1 ? fingerprint : `${fingerprint} reader ${reader}`
}

/** An outline that was begun and not closed yet. */
export interface KeptDraft {
  /** Of the region that it is drawn for, see `keptKey`. */
  readonly key: string
  readonly outline: {
    readonly plane: 'axial' | 'sagittal' | 'coronal'
    readonly slice: number
    readonly value: 0 | 1
    readonly points: readonly { readonly at: readonly [number, number, number]; readonly isVertex: boolean }[]
  }
}

const beside = ' beside '

/** For a region that must not take the place of the one kept under `key`: nobody has decided on that one, or another tab keeps it. */
export function besideKey(key: string): string {
  return key + beside + Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(16).padStart(8, '0')).join('')
}

/** Whether a region is kept under `key` or beside it. */
export const isKeptFor = (key: string, { fingerprint }: Pick<KeptMask, 'fingerprint'>): boolean =>
  fingerprint === key || fingerprint.startsWith(key + beside)

export type Database = Dexie & { masks: EntityTable<KeptMask, 'fingerprint'>; drafts: EntityTable<KeptDraft, 'key'> }

/** The browser's database. A version once released is never changed: later ones follow it with an upgrade. */
export function openDatabase(name = 'texel'): Database {
  const database = new Dexie(name) as Database
  database.version(1).stores({ masks: 'fingerprint, savedAt' })
  database.version(2).stores({ drafts: 'key' })
  return database
}
