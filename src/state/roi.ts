import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Volume } from '../core/image/volume.ts'
import {
  applyDifference,
  compareMaskVoxels,
  countGained,
  revertDifference,
  type MaskDifference,
} from '../core/mask/difference.ts'
import { createMaskHistory, type MaskChange, type MaskHistory } from '../core/mask/history.ts'
import { emptyMask, volumeCm3, type BoundingBox, type Mask } from '../core/mask/mask.ts'
import { growBox, isInsideMask, placeMask, type MaskPart } from '../core/mask/maskPart.ts'
import {
  otherReadersProgress,
  progressOnceChanged,
  refuseProgress,
  statusOf,
  type RoiProgress,
  type RoiStatus,
} from '../core/mask/progress.ts'
import { maySee } from '../core/study/readers.ts'
import type { ReaderId } from '../core/study/study.ts'
import type { KeptMask, KeptRegion } from '../storage/schema.ts'
import type { DeletionsStore } from './deletions.ts'
import { createKeepRegions, failedKeeping, type KeepRegionsServices, type UnkeptRegion } from './keepRegions.ts'
import type { ReadersStore } from './readers.ts'
import { isUnkept, keyOfReader, regionKey, type Keeping, type OpenRoi, type Region, type RegionOn } from './region.ts'
import type { Message } from '../core/messages/message.ts'
import { told } from './messages.ts'

/** What became of a region that was to be laid on an image: 'drawn' where another one is there already and stays. */
export type LaidOn = 'laid' | 'drawn' | 'locked'

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
  /** The other reader takes the hand; the same image stays open, with that reader's own region. */
  chooseReader(reader: ReaderId): Promise<void>
  /** Says how far the open region is, at once but for unlocking. Refused, with a notice, where that cannot be. */
  setProgress(progress: Exclude<RoiProgress, 'empty'>): Promise<void>
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

export interface RoiServices extends Pick<KeepRegionsServices, 'masks' | 'oldRegions' | 'claims' | 'nameRegion'> {
  readonly deletions: DeletionsStore
  readonly readers: ReadersStore
  readonly now: () => number
  readonly history?: MaskHistory
  /** Ends the stroke under the hand, if there is one: it is recorded then, as what was drawn so far. */
  readonly endStroke?: () => void
}

/** What the hand starts from where nothing is open. */
const nothingOpen = {
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

/** Region, history and progress of the image in hand; how regions are kept is in `keepRegions.ts`. */
export function createRoiStore({
  readers,
  now,
  deletions,
  history = createMaskHistory(),
  // Before a region goes out of hand or is changed otherwise: a stroke belongs to the region, and to the reader, that it was begun on.
  endStroke = () => {},
  ...keeping
}: RoiServices): RoiStore {
  return createStore<RoiState>()((set, get) => {
    const { masks } = keeping
    const isOpen = (key: string) => get().open !== null && regionKey(get().open!) === key
    const regions = createKeepRegions({
      ...keeping,
      deletions,
      onUpdate(key, { keeping, recovery, isElsewhere }) {
        if (isOpen(key)) set({ keeping, recovery, openElsewhere: isElsewhere })
      },
      onHash: (key, maskHash) => set({ maskHashes: { ...get().maskHashes, [key]: maskHash } }),
      onNews,
    })

    const readerName = (reader = readers.getState().reader) => readers.getState().names[reader]

    function refuseLocked(): boolean {
      const { status, otherProgress } = get()
      if (status?.progress !== 'locked') return false
      set({
        notice: told('locked', { by: status.by, at: status.at, isOtherLocked: otherProgress === 'locked' }),
      })
      return true
    }

    function setStatus(status: RoiStatus) {
      const { open, voxelCount, drawnBox, statuses } = get()
      const key = regionKey(open!)
      regions.update(key, { voxelCount, drawnBox, status })
      set({ status, statuses: { ...statuses, [key]: status } })
    }

    /** A locked region is laid, another one offered. */
    async function onNews(key: string, kept: KeptMask, locked: MaskPart | undefined) {
      if (locked && isOpen(key)) endStroke()
      if (locked && isOpen(key) && get().voxelCount === 0) layLocked(kept, locked)
      else {
        regions.update(key, { recovery: kept })
        await dropEqualRecovery()
      }
    }

    /** How far the other reader is: in this session, or as another one kept it. */
    async function lookAtOther(open: OpenRoi) {
      const { imageId, reader } = open
      const other = readers.getState().other(reader)
      const here = regions.get(regionKey({ imageId, reader: other }))?.status?.progress
      const otherProgress = otherReadersProgress(here, await masks.find(keyOfReader(open, other)))
      if (isOpen(regionKey(open))) set({ otherProgress })
    }

    async function adoptOld(key: string) {
      try {
        const region = regions.get(key)
        if (!region || !(await regions.adoptOld(key))) return
        await lookAtOther(region.open)
        await get().listKept()
      } catch (error) {
        regions.update(key, { keeping: failedKeeping(error) })
      }
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
        regions.update(key, { recovery: null, ...regions.takenAt(key, recovery) })
        // Equal voxels do not unlock a region.
        if (recovery.progress === 'complete' || recovery.progress === 'locked') setStatus(statusOf(recovery))
        void regions.keep(key)
        void regions.settle(key, recovery)
      } catch (error) {
        regions.update(key, { keeping: failedKeeping(error) })
      }
    }

    /** The voxels of the region in hand were changed by so many. */
    function changed(gained: number, extra: Partial<RoiState> = {}) {
      const { open, voxelCount, revision } = get()
      const count = voxelCount + gained
      const key = regionKey(open!)
      const { undo, redo } = history.counts(key)
      set({
        voxelCount: count,
        volumeCm3: volumeCm3(open!.image, count),
        revision: revision + 1,
        undoCount: undo,
        redoCount: redo,
        ...extra,
      })
      setStatus({ progress: progressOnceChanged(count), by: readerName(), at: now() })
      void regions.keep(key)
    }

    const record = (action: string, difference: MaskDifference) => {
      const { image } = get().open!
      set({ drawnBox: growBox(get().drawnBox, difference, image.size) })
      changed(countGained(difference), enterHistory({ key: regionKey(get().open!), action, difference }))
    }

    /** @returns what the user should know of it, if anything */
    const enterHistory = (change: MaskChange): Pick<RoiState, 'notice'> | Record<string, never> => {
      const { dropped } = history.record(change)
      if (dropped === 0) return {}
      return { notice: told('undo-dropped', { steps: dropped, budgetMiB: Math.round(history.budgetBytes / 2 ** 20) }) }
    }

    /** A change of a region that is not in hand. @param news of an earlier session, to be decided on when its image is opened */
    const changeFromAfar = (region: Region, action: string, difference: MaskDifference, news: KeptMask | undefined) => {
      const { mask, reader, image } = region.open
      const key = regionKey(region.open)
      applyDifference(mask.voxels, difference)
      set(enterHistory({ key, action, difference }))
      const voxelCount = region.voxelCount + countGained(difference)
      const status: RoiStatus = { progress: progressOnceChanged(voxelCount), by: readerName(reader), at: now() }
      const drawnBox = growBox(region.drawnBox, difference, image.size)
      regions.update(key, { voxelCount, drawnBox, status, recovery: region.recovery ?? news ?? null, isFromAfar: true })
      set({ statuses: { ...get().statuses, [key]: status } })
      void regions.keep(key)
    }

    /** A locked region is laid on its image without asking: there is nothing else to do with it. */
    function layLocked(kept: KeptMask, part: MaskPart) {
      const { open, revision } = get()
      const key = regionKey(open!)
      history.forget(key)
      open!.mask.voxels.set(placeMask(part))
      const { voxelCount, volumeCm3, savedAt } = kept
      set({ voxelCount, volumeCm3, drawnBox: part.box, revision: revision + 1, undoCount: 0, redoCount: 0 })
      setStatus(statusOf(kept))
      regions.update(key, { savedAt, keeping: { status: 'kept', at: savedAt } })
    }

    return {
      ...nothingOpen,
      refuseLocked,
      revision: 0,
      kept: [],
      notice: null,
      openElsewhere: false,
      statuses: {},
      maskHashes: {},

      async openImage(imageId, imageName, image) {
        endStroke()
        const { reader } = readers.getState()
        const key = regionKey({ imageId, reader })
        const { open, voxelCount, drawnBox, status, keeping, recovery, isElsewhere } = regions.take({
          imageId,
          imageName,
          image,
          reader,
        })
        const { undo, redo } = history.counts(key)
        const other = regions.get(regionKey({ imageId, reader: readers.getState().other(reader) }))
        set({
          open,
          voxelCount,
          volumeCm3: volumeCm3(image, voxelCount),
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
        return regions.inTurn(key, async () => {
          await regions.claim(key)
          await lookAtOther(open)
          // Strokes do not wait for it: they are kept under another key.
          void adoptOld(key)
        })
      },

      async chooseReader(reader) {
        endStroke()
        readers.getState().choose(reader)
        const { open } = get()
        if (open && open.reader !== reader) await get().openImage(open.imageId, open.imageName, open.image)
      },

      async setProgress(progress) {
        endStroke()
        const { open, status } = get()
        if (!open || status?.progress === progress) return
        const key = regionKey(open)
        const isUnlocking = status?.progress === 'locked'
        if (isUnlocking) {
          // The other reader may have locked theirs in another tab since.
          await regions.whenKept()
          await lookAtOther(open)
          if (!isOpen(key) || get().status?.progress !== 'locked') return
        }
        const { otherProgress, voxelCount, recovery, openElsewhere } = get()
        const refusal = refuseProgress(
          {
            progress: status?.progress,
            otherProgress,
            voxelCount,
            isRecoveryWaiting: recovery !== null,
            isOpenElsewhere: openElsewhere,
          },
          progress,
        )
        if (refusal) {
          set({ notice: told('progress-refused', { why: refusal }) })
          return
        }
        setStatus({ progress, by: readerName(), at: now() })
        set({ notice: null })
        void regions.keep(key)
        // What was drawn beside a locked region, and could not be decided on while it was locked.
        if (isUnlocking) await regions.look(key)
      },

      async readLockedMasks() {
        const { open, status, otherProgress } = get()
        if (!open) return null
        const { image, imageId, mask: own } = open
        const { study, other: otherOf } = readers.getState()
        const reader = otherOf(open.reader)
        const progressOf = (id: ReaderId) => (id === reader ? otherProgress : (status?.progress ?? 'empty'))
        if (!maySee(study, open.reader, reader, progressOf)) return null
        const region = regions.get(regionKey({ imageId, reader }))
        const kept = region ? undefined : await masks.find(keyOfReader(open, reader))
        const other = region?.open.mask ?? (kept && { ...emptyMask(image), voxels: placeMask(await masks.unpack(kept)) })
        if (!other) return null
        return { [open.reader]: own, [reader]: other }
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
        const news = await regions.findNews(regions.take(on))
        // As it is now: its image may have been opened, and drawn on, meanwhile.
        const region = regions.take(on)
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
        if (change) changed(-countGained(change.difference))
      },

      redo() {
        endStroke()
        const { open } = get()
        if (refuseLocked()) return
        const change = open && history.redo(regionKey(open), open.mask.voxels)
        if (change) changed(countGained(change.difference))
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
            await regions.leaveBeside(key)
            if (!isOpen(key)) return
            const taken = regions.takenAt(key, recovery)
            regions.update(key, { recovery: null })
            layLocked(recovery, kept)
            regions.update(key, taken)
            void regions.keep(key)
          } else {
            regions.update(key, { recovery: null, ...regions.takenAt(key, recovery) })
            get().replaceMask('Restore ROI', placeMask(kept))
            if (recovery.progress === 'complete') setStatus(statusOf(recovery))
          }
          void regions.settle(key, recovery)
        } catch (error) {
          regions.update(key, { keeping: failedKeeping(error) })
        }
      },

      async discardKept() {
        const { recovery, voxelCount, openElsewhere, open } = get()
        if (!recovery || !open) return
        const key = regionKey(open)
        const isOwn = recovery.key === open.key
        // It is the other tab's, and is offered again when that is closed.
        if (openElsewhere && isOwn) {
          regions.update(key, { recovery: null })
          return
        }
        if (!(await deletions.getState().delete(recovery.key))) return
        regions.update(key, { recovery: null })
        if (isOwn && voxelCount > 0) await regions.keep(key)
        await regions.settle(key, recovery)
      },

      whenKept: regions.whenKept,
      listUnkept: regions.listUnkept,

      async keepAgain() {
        const { open } = get()
        if (open) await regions.keep(regionKey(open))
      },

      async deleteKept(keptKey) {
        const gone = await regions.delete(keptKey, isOpen)
        if (gone !== undefined) {
          history.forget(gone)
          set({ statuses: Object.fromEntries(Object.entries(get().statuses).filter(([key]) => key !== gone)) })
        }
        await get().listKept()
        // There may be room for it now.
        if (get().keeping.status === 'failed') await get().keepAgain()
      },

      nameAgain: regions.nameAgain,

      async lookAgain() {
        await get().listKept()
        const { open } = get()
        if (open) await regions.look(regionKey(open))
      },

      async listKept() {
        try {
          const kept = await masks.list()
          const drawn = new Set(regions.list().flatMap(({ open, voxelCount }) => (voxelCount > 0 ? [open.key] : [])))
          set({
            kept,
            maskHashes: Object.fromEntries([
              ...kept.flatMap(({ key, maskHash }) => (maskHash === undefined ? [] : [[key, maskHash] as const])),
              ...Object.entries(get().maskHashes).filter(([key]) => drawn.has(key)),
            ]),
          })
        } catch (error) {
          set({ keeping: failedKeeping(error) })
        }
      },

      tell: (notice) => set({ notice }),
      dismissNotice: () => set({ notice: null }),

      whyStay(imageId) {
        const lost = regions.list().find((region) => region.open.imageId === imageId && isUnkept(region))
        if (!lost) return null
        return told('image-stays', { imageName: lost.open.imageName })
      },

      close(imageId) {
        const isInHand = get().open?.imageId === imageId
        if (isInHand) endStroke()
        for (const { id: reader } of readers.getState().study.readers) {
          const key = regionKey({ imageId, reader })
          history.forget(key)
          regions.forget(key)
        }
        if (isInHand) set(nothingOpen)
      },
    }
  })
}
