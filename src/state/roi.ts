import type { StoreApi } from 'zustand/vanilla'
import type { Volume } from '../core/image/volume.ts'
import type { MaskDifference } from '../core/mask/difference.ts'
import type { BoundingBox, Mask } from '../core/mask/mask.ts'
import type { Message } from '../core/messages/message.ts'
import type { RoiProgress, RoiStatus } from '../core/mask/progress.ts'
import type { LesionId, ReaderId } from '../core/study/study.ts'
import type { KeptMask, KeptRegion } from '../storage/schema.ts'
import type { UnkeptRegion } from './keep/keepDrawn.ts'
import type { Keeping, OpenRoi, RegionOn } from './region.ts'

/** What became of a region that was to be laid on an image: 'drawn' where another one is there already and stays. */
export type LaidOn = 'laid' | 'drawn' | 'locked'

/** A region of a lesion that is not in hand. */
export interface DrawnLesion {
  readonly lesion: LesionId
  readonly progress: RoiProgress
  readonly mask: Mask
  /** Outside it the region is empty. */
  readonly box: BoundingBox
  readonly voxelCount: number
}

export interface RoiState {
  readonly open: OpenRoi | null
  readonly voxelCount: number
  readonly volumeCm3: number
  /** Outside it nothing was ever drawn; null where nothing was drawn at all. */
  readonly drawnBox: BoundingBox | null
  readonly revision: number
  readonly undoCount: number
  readonly redoCount: number
  readonly keeping: Keeping
  /** Something that was drawn, on whatever image, is on its way into the browser. */
  readonly isKeeping: boolean
  /** A region of this image from an earlier session, to be restored or discarded. */
  readonly recovery: KeptMask | null
  /** Regions of all images in this browser. */
  readonly kept: readonly KeptRegion[]
  /** Something that the user should know once, e.g. that the oldest undo steps are gone. */
  readonly notice: Message | null
  /** The same image is open in another tab, which keeps its own region: this one's is kept beside it. */
  readonly openElsewhere: boolean
  /** Of the open region; null while nothing was drawn. */
  readonly status: RoiStatus | null
  /** How far the other reader is with the open image: that much is told, but nothing of the region. */
  readonly otherProgress: RoiProgress
  /** Of regions as they are drawn now or kept, by their key, see `hashMask`. */
  readonly maskHashes: Readonly<Record<string, string>>
  /** Of the regions of this session, by `regionKey`. */
  readonly statuses: Readonly<Record<string, RoiStatus>>
  /** Shows an image with the region that it has in this session, or an empty one. */
  openImage(imageId: string, imageName: string, image: Volume): Promise<void>
  /** Tells why a locked region stays as it is. @returns whether it does */
  refuseLocked(): boolean
  /** After a stroke: what it did to the mask's voxels, which hold it already. */
  recordStroke(action: string, difference: MaskDifference): void
  /** Another mask on the image's grid takes the place of the region; can be undone. @param voxels 0 outside, 1 inside */
  replaceMask(action: string, voxels: Uint8Array<ArrayBuffer>): void
  /** The same where the difference is known already. @throws if it belongs to another state of the mask; nothing is changed then */
  makeChange(action: string, difference: MaskDifference): void
  /**
   * Lays a region on an image that need not be in hand, for a reader; can be undone there. @param voxels 0 outside, 1 inside
   * @param options.replaces whether it may take the place of one that is drawn; one of an earlier session stays to be restored
   */
  layOn(on: RegionOn, action: string, voxels: Uint8Array<ArrayBuffer>, options: { readonly replaces: boolean }): Promise<LaidOn>
  undo(): void
  redo(): void
  /** Another lesion of the patient comes in hand; the same image stays open. */
  chooseLesion(lesion: LesionId): Promise<void>
  /**
   * The reader's own regions of other lesions on the open image: as they are drawn in this session, else as they are kept. Empty ones
   * are left out.
   */
  readLesions(lesions: readonly LesionId[]): Promise<readonly DrawnLesion[]>
  /** The other reader takes the hand; the same image stays open, with that reader's own region. */
  chooseReader(reader: ReaderId): Promise<void>
  /**
   * Says how far the open region is, at once but for unlocking. Refused, with a notice, where that cannot be.
   * @param reason for unlocking, which is kept with the journal
   */
  setProgress(progress: Exclude<RoiProgress, 'empty'>, reason?: string): Promise<void>
  /** The regions of both readers on the open image; null unless each may see the other's. */
  readLockedMasks(): Promise<Readonly<Record<ReaderId, Mask>> | null>
  restoreKept(): Promise<void>
  discardKept(): Promise<void>
  /** Resolves when all that was drawn is kept, or was refused. */
  whenKept(): Promise<void>
  /** What was drawn and could not be kept. */
  listUnkept(): readonly UnkeptRegion[]
  /** Once more, after the browser refused, e.g. because its space was used up. */
  keepAgain(): Promise<void>
  /** Of an image that is not open; its region in this session goes with it. See `deletions.ts`. */
  deleteKept(key: string): Promise<void>
  listKept(): Promise<void>
  /** Patients were told apart, put together or labelled: what is kept of this session is called accordingly. */
  nameAgain(): Promise<void>
  /** Something that is kept was changed elsewhere: in another tab, or brought back. */
  lookAgain(): Promise<void>
  tell(notice: Message): void
  dismissNotice(): void
  /** Why an image must stay: a region of it is not kept; null where it may go. */
  whyStay(imageId: string): Message | null
  /** The image is gone from the session. */
  close(imageId: string): void
}

export type RoiStore = StoreApi<RoiState>

/** What the hand starts from where nothing is open. */
export const nothingOpen = {
  open: null,
  voxelCount: 0,
  volumeCm3: 0,
  drawnBox: null,
  undoCount: 0,
  redoCount: 0,
  keeping: { status: 'nothing' },
  recovery: null,
  status: null,
  otherProgress: 'empty',
} as const
