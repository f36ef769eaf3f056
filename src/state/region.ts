import type { Volume } from '../core/image/volume.ts'
import { emptyMask, type BoundingBox, type Mask } from '../core/mask/mask.ts'
import type { RoiStatus } from '../core/mask/progress.ts'
import { imageKey } from '../storage/imageKey.ts'
import type { LesionId, ReaderId } from '../core/study/study.ts'
import type { Turn } from '../storage/commit.ts'
import { besideKey, keptKey } from '../storage/regionKey.ts'
import type { KeptMask } from '../storage/schema.ts'
import type { RegionName } from './extraction.ts'

export type Keeping =
  | { readonly status: 'nothing' }
  | { readonly status: 'keeping' }
  | { readonly status: 'kept'; readonly at: number }
  | { readonly status: 'failed'; readonly reason: string }

/** The image under the hand and the region that the reader drew on it. */
export interface OpenRoi {
  readonly reader: ReaderId
  readonly lesion: LesionId
  readonly imageId: string
  readonly imageName: string
  readonly image: Volume
  /** See `imageKey`. */
  readonly imageKey: string
  /** Under which it is kept, see `keptKey`. */
  readonly key: string
  /** Its voxels are painted in place; `revision` of the store tells that they changed. */
  readonly mask: Mask
}

/** An image that a reader draws a lesion on. */
export type RegionOn = Pick<OpenRoi, 'imageId' | 'imageName' | 'image' | 'reader' | 'lesion'>

/** A region of this session, in hand or not. */
export interface Region {
  readonly open: OpenRoi
  readonly voxelCount: number
  /** Outside it nothing was ever drawn; null where nothing was drawn at all. */
  readonly drawnBox: BoundingBox | null
  /** Null while nothing was drawn. */
  readonly status: RoiStatus | null
  readonly keeping: Keeping
  /** A region of this image from an earlier session, to be restored or discarded. */
  readonly recovery: KeptMask | null
  /** Of what is kept under the image's own key, as the store said when this session kept or took it; null if it never did. */
  readonly savedAt: number | null
  /** Of the lock on the image's own key, while this tab has it or thinks so. */
  readonly turn: Turn | undefined
  /** Another tab has the image, and the image's own key. */
  readonly isElsewhere: boolean
  /** Changed while it was not in hand: this tab has not asked yet whether another one has the image. */
  readonly isFromAfar: boolean
  /** Where it is kept while the image's own key belongs to a region that is undecided or another tab's. */
  readonly besideKey: string
  readonly isKeptBeside: boolean
  /** Why it was unlocked, until that is kept with it. */
  readonly unlockReason: string | undefined
  /** As it was called when it was kept last; the image may be off the list since. */
  readonly called: RegionName | null
}

/** Names a reader's region of a lesion on an image within a session. */
export const regionKey = ({ imageId, reader, lesion }: Pick<OpenRoi, 'imageId' | 'reader' | 'lesion'>) =>
  `${imageId} ${lesion} ${reader}`

/** Under which another reader's region of the same lesion is kept. */
export const keyOfReader = ({ imageKey, lesion }: OpenRoi, reader: ReaderId) => keptKey({ image: imageKey, reader, lesion })

export function beginRegion({ imageId, imageName, image, reader, lesion }: RegionOn): Region {
  const id = { image: imageKey(image), reader, lesion }
  const key = keptKey(id)
  return {
    open: { reader, lesion, imageId, imageName, image, imageKey: id.image, key, mask: emptyMask(image) },
    voxelCount: 0,
    drawnBox: null,
    status: null,
    keeping: { status: 'nothing' },
    recovery: null,
    savedAt: null,
    turn: undefined,
    isElsewhere: false,
    isFromAfar: false,
    besideKey: besideKey(key),
    isKeptBeside: false,
    unlockReason: undefined,
    called: null,
  }
}

/** It holds something that this browser refused to keep. */
export const isUnkept = ({ keeping, voxelCount }: Pick<Region, 'keeping' | 'voxelCount'>) =>
  keeping.status === 'failed' && voxelCount > 0
