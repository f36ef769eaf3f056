import { createStore, type StoreApi } from 'zustand/vanilla'
import { voxelCount as gridVoxelCount, type Volume } from '../core/image/volume.ts'
import { applyDifference, compareMaskVoxels, revertDifference, type MaskDifference } from '../core/mask/difference.ts'
import { createMaskHistory, type MaskChange, type MaskHistory } from '../core/mask/history.ts'
import type { BoundingBox, Mask } from '../core/mask/mask.ts'
import { cutMask, growBox, isInsideMask, placeMask, type MaskPart } from '../core/mask/maskPart.ts'
import type { KeptMask, RoiProgress } from '../storage/schema.ts'
import { hashMask } from '../storage/hashMask.ts'
import { imageKey } from '../storage/imageKey.ts'
import { UnknownRegionError, type KeptMaskSummary, type MaskStore, type RegionAbout } from '../storage/maskStore.ts'
import type { OldRegions } from '../storage/oldRegions.ts'
import { besideKey, firstLesion, keptKey, type Lesion, type Reader } from '../storage/regionKey.ts'
import { formatDateTime } from './formatDateTime.ts'
import type { TabClaims } from './claimTab.ts'
import type { DeletionsStore } from './deletions.ts'
import type { RegionName } from './extraction.ts'
import { otherReader, type ReadersStore } from './readers.ts'

export type Keeping =
  | { readonly status: 'nothing' }
  | { readonly status: 'keeping' }
  | { readonly status: 'kept'; readonly at: number }
  | { readonly status: 'failed'; readonly reason: string }

/** How far a region is, who brought it there and when (milliseconds since 1970). */
export interface RoiStatus {
  readonly progress: RoiProgress
  readonly by: string
  readonly at: number
}

/** What became of a region that was to be laid on an image: 'drawn' where another one is there already and stays. */
export type LaidOn = 'laid' | 'drawn' | 'locked'

/** The image under the hand and the region that the reader drew on it. */
export interface OpenRoi {
  readonly reader: Reader
  readonly lesion: Lesion
  readonly imageId: string
  readonly imageName: string
  readonly image: Volume
  /** See `imageKey`. */
  readonly imageKey: string
  /** Under which it is kept, see `keptKey`. */
  readonly key: string
  /** Its voxels are painted in place; `revision` tells that they changed. */
  readonly mask: Mask
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
  /** A region of this image from an earlier session, to be restored or discarded. */
  readonly recovery: KeptMask | null
  /** Regions of all images in this browser. */
  readonly kept: readonly KeptMaskSummary[]
  /** Something that the user should know once, e.g. that the oldest undo steps are gone. */
  readonly notice: string | null
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
  layOn(
    on: Pick<OpenRoi, 'imageId' | 'imageName' | 'image' | 'reader'>,
    action: string,
    voxels: Uint8Array<ArrayBuffer>,
    options: { readonly replaces: boolean },
  ): Promise<LaidOn>
  undo(): void
  redo(): void
  /** The other reader takes the hand; the same image stays open, with that reader's own region. */
  chooseReader(reader: Reader): Promise<void>
  /** Says how far the open region is, at once but for unlocking. Refused, with a notice, where that cannot be. */
  setProgress(progress: Exclude<RoiProgress, 'empty'>): Promise<void>
  /** The regions of both readers on the open image; null unless both are locked. */
  readLockedMasks(): Promise<Readonly<Record<Reader, Mask>> | null>
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
  tell(notice: string): void
  dismissNotice(): void
  /** Why an image must stay: a region of it is not kept; null where it may go. */
  whyStay(imageId: string): string | null
  /** The image is gone from the session. */
  close(imageId: string): void
}

export type RoiStore = StoreApi<RoiState>

export type UnkeptRegion = RegionAbout & { readonly part: MaskPart }

export interface RoiServices {
  readonly masks: MaskStore
  readonly oldRegions: OldRegions
  readonly readers: ReadersStore
  readonly now: () => number
  readonly claims: TabClaims
  readonly deletions: DeletionsStore
  /** What a region is called in files and tables; null while its image is no patient's, e.g. off the list. */
  readonly nameRegion: (region: Pick<OpenRoi, 'imageId' | 'reader'>) => RegionName | null
  readonly history?: MaskHistory
  /** Ends the stroke under the hand, if there is one: it is recorded then, as what was drawn so far. */
  readonly endStroke?: () => void
}

/** A region of this session, in hand or not. */
interface Region extends Pick<RoiState, 'voxelCount' | 'drawnBox' | 'status' | 'keeping' | 'recovery'> {
  readonly open: OpenRoi
  /** Of what is kept under the image's own key, as the store said when this session kept or took it; null if it never did. */
  readonly savedAt: number | null
  /** Another tab has the image, and the image's own key. */
  readonly isElsewhere: boolean
  /** Changed while it was not in hand: this tab has not asked yet whether another one has the image. */
  readonly isFromAfar: boolean
  /** Where it is kept while the image's own key belongs to a region that is undecided or another tab's. */
  readonly besideKey: string
  readonly isKeptBeside: boolean
  /** As it was called when it was kept last; the image may be off the list since. */
  readonly called: RegionName | null
}

const untouched: Omit<Region, 'open' | 'besideKey'> = {
  voxelCount: 0,
  drawnBox: null,
  status: null,
  keeping: { status: 'nothing' },
  recovery: null,
  savedAt: null,
  isElsewhere: false,
  isFromAfar: false,
  isKeptBeside: false,
  called: null,
}

function beginRegion({ imageId, imageName, image, reader }: Parameters<RoiState['layOn']>[0]): OpenRoi {
  const id = { image: imageKey(image), reader, lesion: firstLesion }
  const { lesion } = id
  return { reader, lesion, imageId, imageName, image, imageKey: id.image, key: keptKey(id), mask: emptyMask(image) }
}

/** It holds something that this browser refused to keep. */
const isUnkept = ({ keeping, voxelCount }: Pick<Region, 'keeping' | 'voxelCount'>) =>
  keeping.status === 'failed' && voxelCount > 0

const keyOfReader = ({ imageKey, lesion }: OpenRoi, reader: Reader) => keptKey({ image: imageKey, reader, lesion })

/** Names a reader's region of an image within a session. */
export const regionKey = ({ imageId, reader }: Pick<OpenRoi, 'imageId' | 'reader'>) => `${imageId} ${reader}`

/** Region, history and keeping of the image in hand. */
export function createRoiStore({
  masks,
  oldRegions,
  readers,
  now,
  claims,
  deletions,
  nameRegion,
  history = createMaskHistory(),
  // Before a region goes out of hand or is changed otherwise: a stroke belongs to the region, and to the reader, that it was begun on.
  endStroke = () => {},
}: RoiServices): RoiStore {
  let lastKeeping: Promise<void> = Promise.resolve()
  /** Regions whose keeping has not begun yet: it takes along all that is drawn until then. */
  const toKeep = new Set<string>()
  const regions = new Map<string, Region>()

  return createStore<RoiState>()((set, get) => {
    const failed = (error: unknown): Keeping => ({
      status: 'failed',
      reason: error instanceof Error ? error.message : String(error),
    })

    const readerName = (reader = readers.getState().reader) => readers.getState().names[reader]
    const isOpen = (key: string) => get().open !== null && regionKey(get().open!) === key

    function refuseLocked(): boolean {
      const { status, otherProgress } = get()
      if (status?.progress !== 'locked') return false
      set({
        notice:
          `This ROI was locked by ${status.by} on ${formatDateTime(status.at)}: it cannot be changed. ` +
          (otherProgress === 'locked'
            ? 'Both readers have locked theirs, so it stays locked.'
            : 'Unlock it in the ROI panel to go on drawing.'),
      })
      return true
    }

    /** Of a region in hand or not; told of the one in hand. */
    function update(key: string, change: Partial<Omit<Region, 'open' | 'besideKey'>>) {
      const region = regions.get(key)
      if (!region) return
      const { keeping, recovery, isElsewhere } = { ...region, ...change }
      regions.set(key, { ...region, ...change })
      if (isOpen(key)) set({ keeping, recovery, openElsewhere: isElsewhere })
    }

    function setStatus(status: RoiStatus) {
      const { open, voxelCount, drawnBox, statuses } = get()
      const key = regionKey(open!)
      regions.set(key, { ...regions.get(key)!, voxelCount, drawnBox, status })
      set({ status, statuses: { ...statuses, [key]: status } })
    }

    function changed(countChange: number, extra: Partial<RoiState> = {}) {
      const { open, voxelCount, revision } = get()
      const { image } = open!
      const count = voxelCount + countChange
      const { undo, redo } = history.counts(regionKey(open!))
      set({
        voxelCount: count,
        volumeCm3: volumeOf(image, count),
        revision: revision + 1,
        undoCount: undo,
        redoCount: redo,
        ...extra,
      })
      setStatus({ progress: count === 0 ? 'empty' : 'inProgress', by: readerName(), at: now() })
      void keep(regionKey(open!))
    }

    /**
     * At once: a stroke that is over must not be lost with the page. One keeping after the other, so that the last stroke is
     * what stays; strokes that come faster than that are kept together.
     */
    function keep(key: string): Promise<void> {
      const region = regions.get(key)
      const called = region && (nameRegion(region.open) ?? region.called)
      update(key, { keeping: { status: 'keeping' }, ...(called && { called }) })
      if (!toKeep.has(key)) {
        toKeep.add(key)
        lastKeeping = lastKeeping.then(() => keepNow(key))
      }
      return lastKeeping
    }

    async function keepNow(key: string) {
      toKeep.delete(key)
      const region = regions.get(key)
      if (!region) return
      try {
        const { isBeside, savedAt } = await put(region)
        // Drawn on meanwhile: the next keeping is due.
        const keeping = !toKeep.has(key) && { keeping: { status: 'kept' as const, at: savedAt } }
        update(key, { isKeptBeside: isBeside, ...(!isBeside && { savedAt }), ...keeping })
        if (region.isKeptBeside && !isBeside) await masks.remove(region.besideKey)
        if (isBeside && !region.isElsewhere && !region.isFromAfar && !region.recovery) await lookForKept(key)
      } catch (error) {
        update(key, { keeping: failed(error) })
      }
    }

    /** Under the image's own key, unless that belongs to another region, be it that this session never heard of that one. */
    async function put(region: Region): Promise<KeptMaskSummary & { readonly isBeside: boolean }> {
      const own = region.open.key
      if (!region.isElsewhere && !region.isFromAfar && region.recovery?.key !== own) {
        try {
          return { ...(await putAt(region, own, region.savedAt)), isBeside: false }
        } catch (error) {
          if (!(error instanceof UnknownRegionError)) throw error
        }
      }
      return { ...(await putAt(region, region.besideKey)), isBeside: true }
    }

    /** @param known what this session knows to be kept there, see `MaskStore` */
    async function putAt(region: Region, key: string, known?: number | null) {
      const part = cutMask(region.open.mask, region.drawnBox)
      const maskHash = await hashMask(part)
      set({ maskHashes: { ...get().maskHashes, [region.open.key]: maskHash } })
      return masks.keep(part, { ...describeRegion(region), maskHash, key }, known)
    }

    const describeRegion = ({ open, voxelCount, status, called }: Region): Omit<RegionAbout, 'key'> => {
      const { reader, lesion, imageName, image } = open
      const { spacingMm, originMm, direction } = image
      return {
        image: open.imageKey,
        reader,
        lesion,
        imageName,
        voxelCount,
        volumeCm3: volumeOf(image, voxelCount),
        grid: { spacingMm, originMm, direction },
        ...(called && { called }),
        ...(status && { readerName: status.by, progress: status.progress, changedAt: status.at }),
      }
    }

    /** What the browser keeps for a region that this session did not put there. */
    async function findNews(region: Region): Promise<KeptMask | undefined> {
      const own = region.open.key
      const isNews = ({ key, savedAt, voxelCount }: KeptMask) =>
        voxelCount > 0 && (key === own ? savedAt !== region.savedAt : key !== region.besideKey)
      return (await masks.findAll(own)).find(isNews)
    }

    /** What the browser keeps of a region, unless this session put it there: a locked one is laid, another one offered. */
    async function lookForKept(key: string) {
      const region = regions.get(key)
      if (!region || region.status?.progress === 'locked') return
      const kept = await findNews(region)
      if (!kept) return
      const locked = kept.progress === 'locked' && region.voxelCount === 0 ? await masks.unpack(kept) : undefined
      if (locked && isOpen(key)) endStroke()
      if (locked && isOpen(key) && get().voxelCount === 0) layLocked(kept, locked)
      else {
        update(key, { recovery: kept })
        await dropEqualRecovery()
      }
    }

    /** In the row of keepings. */
    const look = (key: string, before = lastKeeping) =>
      (lastKeeping = before.then(() => lookForKept(key)).catch((error: unknown) => update(key, { keeping: failed(error) })))

    /** How far the other reader is: in this session, or as another one kept it. */
    async function lookAtOther(open: OpenRoi) {
      const { imageId, reader } = open
      const other = otherReader(reader)
      const here = regions.get(regionKey({ imageId, reader: other }))?.status?.progress
      const kept = await masks.find(keyOfReader(open, other))
      const otherProgress =
        kept && statusOf(kept).progress === 'locked' ? 'locked' : (here ?? (kept ? statusOf(kept).progress : 'empty'))
      if (isOpen(regionKey({ imageId, reader }))) set({ otherProgress })
    }

    /**
     * A region of an earlier session was restored or discarded: where it was kept beside the image's own, it goes once what is
     * open is kept, and the next one is offered.
     */
    function settle(key: string, decided: KeptMask) {
      lastKeeping = lastKeeping
        .then(async () => {
          const region = regions.get(key)
          if (!region || (region.voxelCount > 0 && region.keeping.status !== 'kept')) return
          if (decided.key !== region.open.key) await masks.remove(decided.key)
          await lookForKept(key)
        })
        .catch((error: unknown) => update(key, { keeping: failed(error) }))
    }

    /** What this session knows of the image's own key after a decision on a region. */
    const takenAt = (key: string, kept: KeptMask) => {
      const region = regions.get(key)!
      return { savedAt: kept.key === region.open.key ? kept.savedAt : region.savedAt }
    }

    /** What an earlier version of the program kept of the image, by its voxels. */
    async function adoptOld(key: string) {
      try {
        const region = regions.get(key)
        if (!region || !(await oldRegions.adopt(region.open.image))) return
        await look(key)
        await lookAtOther(region.open)
        await get().listKept()
      } catch (error) {
        update(key, { keeping: failed(error) })
      }
    }

    /** The other tab is closed: what it kept is offered, and what is drawn here is the image's own from now on, or beside it until that is decided. */
    const tabIsFree = (key: string) => {
      update(key, { isElsewhere: false })
      void look(key)
      if (regions.get(key)?.isKeptBeside) void keep(key)
    }

    /** Nothing to decide where the kept region is the one that is open. */
    async function dropEqualRecovery() {
      const { recovery, voxelCount, open } = get()
      if (!recovery || !open || recovery.voxelCount !== voxelCount) return
      const key = regionKey(open)
      try {
        const kept = await masks.unpack(recovery)
        endStroke()
        // With as many voxels, a region that lies inside the other one is the other one.
        if (get().open !== open || get().voxelCount !== recovery.voxelCount || !isInsideMask(kept, open.mask)) return
        update(key, { recovery: null, ...takenAt(key, recovery) })
        // Equal voxels do not unlock a region.
        if (recovery.progress === 'complete' || recovery.progress === 'locked') setStatus(statusOf(recovery))
        void keep(key)
        settle(key, recovery)
      } catch (error) {
        update(key, { keeping: failed(error) })
      }
    }

    async function deleteNow(deletedKey: string) {
      const [key, region] = [...regions].find(([, one]) => (one.isKeptBeside ? one.besideKey : one.open.key) === deletedKey) ?? []
      const { refuse, delete: setAside } = deletions.getState()
      if (region && region.status?.progress !== 'locked' && region.keeping.status === 'failed') {
        refuse(
          `The ROI of ${region.open.imageName} was drawn on since it was kept last: open its image and save it, or take it back, first.`,
        )
        return
      }
      if ((key && isOpen(key)) || (await claims.isElsewhere(deletedKey))) {
        refuse('The image of this ROI is open in another tab, where it may be drawn on: close that tab first.')
        return
      }
      if (!(await setAside(deletedKey)) || !key || !region) return
      history.forget(key)
      regions.delete(key)
      const statuses = { ...get().statuses }
      delete statuses[key]
      set({ statuses })
    }

    const record = (action: string, difference: MaskDifference) => {
      const { image } = get().open!
      set({ drawnBox: growBox(get().drawnBox, difference, image.size) })
      changed(countChange(difference), enterHistory({ key: regionKey(get().open!), action, difference }))
    }

    /** @returns what the user should know of it, if anything */
    const enterHistory = (change: MaskChange): Pick<RoiState, 'notice'> | Record<string, never> => {
      const { dropped } = history.record(change)
      if (dropped === 0) return {}
      const steps = dropped === 1 ? 'oldest step was' : `${dropped} oldest steps were`
      return {
        notice: `The ${steps} dropped from undo: its memory of ${Math.round(history.budgetBytes / 2 ** 20)} MiB is full.`,
      }
    }

    /** A change of a region that is not in hand. @param news of an earlier session, to be decided on when its image is opened */
    const changeFromAfar = (region: Region, action: string, difference: MaskDifference, news: KeptMask | undefined) => {
      const { mask, reader, image } = region.open
      const key = regionKey(region.open)
      applyDifference(mask.voxels, difference)
      set(enterHistory({ key, action, difference }))
      const voxelCount = region.voxelCount + countChange(difference)
      const status: RoiStatus = { progress: voxelCount === 0 ? 'empty' : 'inProgress', by: readerName(reader), at: now() }
      const drawnBox = growBox(region.drawnBox, difference, image.size)
      const recovery = region.recovery ?? news ?? null
      regions.set(key, { ...region, voxelCount, drawnBox, status, recovery, isFromAfar: true })
      set({ statuses: { ...get().statuses, [key]: status } })
      void keep(key)
    }

    /** The region of this session, which begins here where there was none. */
    const takeRegion = ({ imageId, imageName, image, reader }: Parameters<RoiState['layOn']>[0]): Region => {
      const key = regionKey({ imageId, reader })
      const known = regions.get(key)
      if (known) return known
      const open = beginRegion({ imageId, imageName, image, reader })
      const region = { open, ...untouched, besideKey: besideKey(open.key) }
      regions.set(key, region)
      return region
    }

    /** What is drawn stays kept beside what takes its place, and is offered again. */
    async function leaveBeside(key: string) {
      await lastKeeping
      const region = regions.get(key)!
      if (region.voxelCount > 0) await putAt(region, region.besideKey)
      regions.set(key, { ...regions.get(key)!, besideKey: besideKey(region.open.key), isKeptBeside: false })
    }

    /** A locked region is laid on its image without asking: there is nothing else to do with it. */
    function layLocked(kept: KeptMask, part: MaskPart) {
      const { open, revision } = get()
      history.forget(regionKey(open!))
      open!.mask.voxels.set(placeMask(part))
      const { voxelCount, volumeCm3, savedAt } = kept
      set({
        voxelCount,
        volumeCm3,
        drawnBox: part.box,
        revision: revision + 1,
        undoCount: 0,
        redoCount: 0,
      })
      setStatus(statusOf(kept))
      update(regionKey(open!), { savedAt, keeping: { status: 'kept', at: savedAt } })
    }

    return {
      refuseLocked,
      open: null,
      voxelCount: 0,
      volumeCm3: 0,
      drawnBox: null,
      revision: 0,
      undoCount: 0,
      redoCount: 0,
      keeping: { status: 'nothing' },
      recovery: null,
      kept: [],
      notice: null,
      openElsewhere: false,
      status: null,
      otherProgress: 'empty',
      statuses: {},
      maskHashes: {},

      async openImage(imageId, imageName, image) {
        endStroke()
        const { reader } = readers.getState()
        const key = regionKey({ imageId, reader })
        const region = takeRegion({ imageId, imageName, image, reader })
        const { open } = region
        const { undo, redo } = history.counts(key)
        const { voxelCount, drawnBox, status, keeping, recovery, isElsewhere } = region
        const other = regions.get(regionKey({ imageId, reader: otherReader(reader) }))
        set({
          open,
          voxelCount,
          volumeCm3: volumeOf(image, voxelCount),
          drawnBox,
          revision: get().revision + 1,
          undoCount: undo,
          redoCount: redo,
          keeping,
          recovery,
          openElsewhere: isElsewhere,
          notice: null,
          status,
          otherProgress: other?.status?.progress ?? 'empty',
        })
        // In the row of keepings: what an earlier session left is found before a stroke is written over it.
        return (lastKeeping = lastKeeping.then(async () => {
          try {
            const isMine = await claims.claim(open.key, () => tabIsFree(key))
            update(key, { isElsewhere: !isMine, isFromAfar: false })
            await lookForKept(key)
            if (isMine && regions.get(key)?.isKeptBeside) void keep(key)
            await lookAtOther(open)
            // Strokes do not wait for it: they are kept under another key.
            void adoptOld(key)
          } catch (error) {
            update(key, { keeping: failed(error) })
          }
        }))
      },

      async chooseReader(reader) {
        endStroke()
        readers.getState().choose(reader)
        const { open } = get()
        if (open && open.reader !== reader) await get().openImage(open.imageId, open.imageName, open.image)
      },

      async setProgress(progress) {
        endStroke()
        const { open, status, voxelCount, recovery, openElsewhere } = get()
        if (!open || status?.progress === progress) return
        const key = regionKey(open)
        const isUnlocking = status?.progress === 'locked'
        if (isUnlocking) {
          // The other reader may have locked theirs in another tab since.
          await lastKeeping
          await lookAtOther(open)
          if (!isOpen(key) || get().status?.progress !== 'locked') return
        }
        const refusal =
          isUnlocking && get().otherProgress === 'locked'
            ? 'Both readers have locked their ROIs and may see each other’s now, so neither can be unlocked.'
            : voxelCount === 0
              ? 'Nothing is drawn yet: an empty ROI can be neither complete nor locked.'
              : recovery
                ? 'An ROI of an earlier session waits: restore or discard it first.'
                : progress === 'locked' && openElsewhere
                  ? 'This image is open in another tab, which keeps the ROI: lock it there, or close that tab first.'
                  : undefined
        if (refusal) {
          set({ notice: refusal })
          return
        }
        setStatus({ progress, by: readerName(), at: now() })
        set({ notice: null })
        const kept = keep(key)
        // What was drawn beside a locked region, and could not be decided on while it was locked.
        if (isUnlocking) await look(key, kept)
      },

      async readLockedMasks() {
        const { open, status, otherProgress } = get()
        if (!open || status?.progress !== 'locked' || otherProgress !== 'locked') return null
        const { image, imageId, mask: own } = open
        const reader = otherReader(open.reader)
        const region = regions.get(regionKey({ imageId, reader }))
        const kept = region ? undefined : await masks.find(keyOfReader(open, reader))
        const other = region?.open.mask ?? (kept && { ...emptyMask(image), voxels: placeMask(await masks.unpack(kept)) })
        if (!other) return null
        return open.reader === 1 ? { 1: own, 2: other } : { 1: other, 2: own }
      },

      recordStroke(action, difference) {
        if (refuseLocked()) {
          revertDifference(get().open!.mask.voxels, difference)
          set({ revision: get().revision + 1 })
          return
        }
        record(action, difference)
      },

      replaceMask(action, voxels) {
        endStroke()
        if (!refuseLocked()) get().makeChange(action, compareMaskVoxels(get().open!.mask.voxels, voxels))
      },

      makeChange(action, difference) {
        endStroke()
        if (refuseLocked()) return
        applyDifference(get().open!.mask.voxels, difference)
        record(action, difference)
        void dropEqualRecovery()
      },

      async layOn(on, action, voxels, { replaces }) {
        const key = regionKey(on)
        const news = await findNews(takeRegion(on))
        // As it is now: its image may have been opened, and drawn on, meanwhile.
        const region = takeRegion(on)
        if (region.status?.progress === 'locked' || news?.progress === 'locked') return 'locked'
        if (!replaces && (region.voxelCount > 0 || region.recovery || news)) return 'drawn'
        const difference = compareMaskVoxels(region.open.mask.voxels, voxels)
        if (isOpen(key)) get().makeChange(action, difference)
        else changeFromAfar(region, action, difference, news)
        return 'laid'
      },

      undo() {
        endStroke()
        const { open } = get()
        if (refuseLocked()) return
        const change = open && history.undo(regionKey(open), open.mask.voxels)
        if (change) changed(-countChange(change.difference))
      },

      redo() {
        endStroke()
        const { open } = get()
        if (refuseLocked()) return
        const change = open && history.redo(regionKey(open), open.mask.voxels)
        if (change) changed(countChange(change.difference))
      },

      async restoreKept() {
        const { recovery, open } = get()
        if (!recovery || !open || refuseLocked()) return
        const key = regionKey(open)
        try {
          const kept = await masks.unpack(recovery)
          if (!isOpen(key)) return
          endStroke()
          if (recovery.progress === 'locked') {
            await leaveBeside(key)
            if (!isOpen(key)) return
            const { savedAt } = takenAt(key, recovery)
            update(key, { recovery: null })
            layLocked(recovery, kept)
            update(key, { savedAt })
            void keep(key)
            settle(key, recovery)
            return
          }
          update(key, { recovery: null, ...takenAt(key, recovery) })
          get().replaceMask('Restore ROI', placeMask(kept))
          if (recovery.progress === 'complete') setStatus(statusOf(recovery))
          settle(key, recovery)
        } catch (error) {
          update(key, { keeping: failed(error) })
        }
      },

      async discardKept() {
        const { recovery, voxelCount, openElsewhere, open } = get()
        if (!recovery || !open) return
        const key = regionKey(open)
        const isOwn = recovery.key === open.key
        // It is the other tab's, and is offered again when that is closed.
        if (openElsewhere && isOwn) {
          update(key, { recovery: null })
          return
        }
        if (!(await deletions.getState().delete(recovery.key))) return
        update(key, { recovery: null })
        if (isOwn && voxelCount > 0) await keep(key)
        settle(key, recovery)
        await lastKeeping
      },

      async whenKept() {
        for (let last; last !== lastKeeping;) {
          last = lastKeeping
          await last
        }
      },

      listUnkept: () =>
        [...regions.values()].filter(isUnkept).map((region) => {
          const { open, drawnBox } = region
          return { ...describeRegion(region), key: region.open.key, part: cutMask(open.mask, drawnBox) }
        }),

      async keepAgain() {
        const { open } = get()
        if (open) await keep(regionKey(open))
      },

      async deleteKept(key) {
        // In the row of keepings: a stroke that is on the way goes with the rest.
        await (lastKeeping = lastKeeping.then(() => deleteNow(key)))
        await get().listKept()
        // There may be room for it now.
        if (get().keeping.status === 'failed') await get().keepAgain()
      },

      async nameAgain() {
        for (const [key, { called, open }] of regions) {
          const now = nameRegion(open)
          if (!called || !now || now.stem === called.stem) continue
          update(key, { called: now })
          lastKeeping = lastKeeping
            .then(async () => {
              const region = regions.get(key)
              if (region) await masks.rename(region.isKeptBeside ? region.besideKey : region.open.key, now)
            })
            .catch((error: unknown) => update(key, { keeping: failed(error) }))
        }
        await lastKeeping
      },

      async lookAgain() {
        await get().listKept()
        const { open } = get()
        if (open) await look(regionKey(open))
      },

      async listKept() {
        try {
          const kept = await masks.list()
          const drawn = new Set([...regions.values()].flatMap(({ open, voxelCount }) => (voxelCount > 0 ? [open.key] : [])))
          set({
            kept,
            maskHashes: Object.fromEntries([
              ...kept.flatMap(({ key, maskHash }) => (maskHash === undefined ? [] : [[key, maskHash] as const])),
              ...Object.entries(get().maskHashes).filter(([key]) => drawn.has(key)),
            ]),
          })
        } catch (error) {
          set({ keeping: failed(error) })
        }
      },

      tell: (notice) => set({ notice }),
      dismissNotice: () => set({ notice: null }),

      whyStay(imageId) {
        const lost = [...regions.values()].find((region) => region.open.imageId === imageId && isUnkept(region))
        if (!lost) return null
        return `${lost.open.imageName} stays on the list: its ROI is not kept in this browser and would be lost. Save it as a file first.`
      },

      close(imageId) {
        if (get().open?.imageId === imageId) endStroke()
        for (const reader of [1, 2] as const) {
          const key = regionKey({ imageId, reader })
          history.forget(key)
          // Its last stroke may still be on the way.
          lastKeeping = lastKeeping.then(() => void regions.delete(key))
        }
        if (get().open?.imageId === imageId)
          set({
            open: null,
            voxelCount: 0,
            volumeCm3: 0,
            drawnBox: null,
            undoCount: 0,
            redoCount: 0,
            recovery: null,
            keeping: { status: 'nothing' },
            status: null,
            otherProgress: 'empty',
          })
      },
    }
  })
}

/** Of a region that is kept; what was kept before there were readers is in progress. */
export function statusOf({ progress, readerName, reader, changedAt, savedAt, voxelCount }: KeptMaskSummary): RoiStatus {
  return {
    progress: voxelCount === 0 ? 'empty' : (progress ?? 'inProgress'),
    by: readerName ?? `Reader ${reader ?? 1}`,
    at: changedAt ?? savedAt,
  }
}

function emptyMask(image: Volume): Mask {
  const { size, spacingMm, originMm, direction } = image
  return { size, spacingMm, originMm, direction, voxels: new Uint8Array(gridVoxelCount(image)) }
}

function volumeOf({ spacingMm: [x, y, z] }: Volume, count: number): number {
  return (count * x * y * z) / 1000
}

/** Voxels that the region gained. */
function countChange({ lengths, before, after }: MaskDifference): number {
  return lengths.reduce((sum, length, run) => sum + length * (Number(after[run] !== 0) - Number(before[run] !== 0)), 0)
}
