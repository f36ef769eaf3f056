import type { MaskHistory } from '../../core/mask/history.ts'
import type { RoiProgress, RoiStatus } from '../../core/mask/progress.ts'
import type { LesionId, ReaderId } from '../../core/study/study.ts'
import type { MaskStore } from '../../storage/maskStore.ts'
import type { DeletionsStore } from '../deletions.ts'
import type { KeepRegions } from '../keep/keepRegions.ts'
import type { ReadersStore } from '../readers.ts'
import type { RegionRefusal } from '../../core/study/regionActs.ts'
import { regionKey, type OpenRoi } from '../region.ts'
import type { RoiState } from '../roi.ts'

/** What the acts on regions share. */
export interface RoiContext {
  readonly get: () => RoiState
  readonly set: (change: Partial<RoiState>) => void
  readonly regions: KeepRegions
  readonly masks: MaskStore
  readonly deletions: DeletionsStore
  readonly readers: ReadersStore
  readonly history: MaskHistory
  /** Which lesion of the image's patient is drawn. */
  readonly lesionOf: (imageId: string) => LesionId
  readonly chooseLesion: (imageId: string, lesion: LesionId) => void
  readonly now: () => number
  /** Why a reader may not draw on an image, whatever its region is; null where they may. */
  readonly whyNotDraw: (region: OpenRoi, otherProgress: RoiProgress) => RegionRefusal | null
  /** Before a region goes out of hand or is changed otherwise: a stroke belongs to the region, and to the reader, that it was begun on. */
  readonly endStroke: () => void
}

/** @param key see `regionKey` */
export function isInHand({ get }: RoiContext, key: string): boolean {
  const { open } = get()
  return open !== null && regionKey(open) === key
}

/** Of whom a region is called that is changed now. */
export function readerName({ readers }: RoiContext, reader: ReaderId = readers.getState().reader): string {
  return readers.getState().names[reader]
}

/** Of the region in hand. */
export function setStatus({ get, set, regions }: RoiContext, status: RoiStatus): void {
  const { open, voxelCount, drawnBox, statuses } = get()
  const key = regionKey(open!)
  regions.update(key, { voxelCount, drawnBox, status })
  set({ status, statuses: { ...statuses, [key]: status } })
}
