import { Dexie, type EntityTable } from 'dexie'
import type { BoundingBox } from '../core/mask/mask.ts'

/** A mask as it is kept in the browser. */
export interface KeptMask {
  /** Of the image that it was drawn on, see `fingerprint.ts`. */
  readonly fingerprint: string
  /** The image's name as its user knows it. */
  readonly imageName: string
  /** Milliseconds since 1970. */
  readonly savedAt: number
  readonly size: readonly [number, number, number]
  readonly voxelCount: number
  readonly volumeCm3: number
  /** What `voxels` cover, null for an empty mask; the whole grid where it is missing (masks kept by the first version). */
  readonly box?: BoundingBox | null
  /** One byte a voxel in the order of `volume.ts`, gzipped. */
  readonly voxels: Uint8Array<ArrayBuffer>
}

export type Database = Dexie & { masks: EntityTable<KeptMask, 'fingerprint'> }

/** The browser's database. A version once released is never changed: later ones follow it with an upgrade. */
export function openDatabase(name = 'texel'): Database {
  const database = new Dexie(name) as Database
  database.version(1).stores({ masks: 'fingerprint, savedAt' })
  return database
}
