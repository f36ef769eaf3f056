import { createStore, type StoreApi } from 'zustand/vanilla'
import { voxelCount as gridVoxelCount, type Volume } from '../core/image/volume.ts'
import { applyDifference, compareMaskVoxels, type MaskDifference } from '../core/mask/difference.ts'
import { createMaskHistory } from '../core/mask/history.ts'
import type { BoundingBox, Mask } from '../core/mask/mask.ts'
import { cutMask, growBox, isInsideMask, placeMask } from '../core/mask/maskPart.ts'
import type { KeptMask } from '../storage/database.ts'
import { fingerprintVolume } from '../storage/fingerprint.ts'
import type { KeptMaskSummary, MaskStore } from '../storage/maskStore.ts'

export type Keeping =
  | { readonly status: 'nothing' }
  | { readonly status: 'keeping' }
  /** Keeping would overwrite the recovered region, on which nobody has decided yet. */
  | { readonly status: 'waiting' }
  | { readonly status: 'kept'; readonly at: number }
  | { readonly status: 'failed'; readonly reason: string }

/** The image under the hand and the region drawn on it. */
export interface OpenRoi {
  readonly imageId: string
  readonly imageName: string
  readonly image: Volume
  readonly fingerprint: string
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
  /** The same image is open in another tab, which keeps its own region. */
  readonly openElsewhere: boolean
  /** Shows an image with the region that it has in this session, or an empty one. */
  openImage(imageId: string, imageName: string, image: Volume): Promise<void>
  /** After a stroke: what it did to the mask's voxels, which hold it already. */
  recordStroke(action: string, difference: MaskDifference): void
  /** Another mask on the image's grid takes the place of the region; can be undone. @param voxels 0 outside, 1 inside */
  replaceMask(action: string, voxels: Uint8Array<ArrayBuffer>): void
  undo(): void
  redo(): void
  restoreKept(): Promise<void>
  discardKept(): Promise<void>
  removeKept(fingerprint: string): Promise<void>
  listKept(): Promise<void>
  tell(notice: string): void
  dismissNotice(): void
  /** The image is gone from the session. */
  close(imageId: string): void
}

export type RoiStore = StoreApi<RoiState>

export interface RoiServices {
  readonly masks: MaskStore
  /** Takes the name for this tab while it is open. Resolves to false if another tab has it. */
  claim(name: string): Promise<boolean>
  /** Runs the work soon, once for many calls. */
  schedule(work: () => void): void
}

/** Region, history and keeping of the image in hand. */
export function createRoiStore({ masks, claim, schedule }: RoiServices): RoiStore {
  const history = createMaskHistory()
  let lastKeeping: Promise<void> = Promise.resolve()
  const regions = new Map<string, OpenRoi & Pick<RoiState, 'voxelCount' | 'drawnBox'>>()

  return createStore<RoiState>()((set, get) => {
    const fail = (error: unknown) =>
      set({ keeping: { status: 'failed', reason: error instanceof Error ? error.message : String(error) } })

    function changed(countChange: number, extra: Partial<RoiState> = {}) {
      const { open, voxelCount, drawnBox, revision } = get()
      const { imageId, image } = open!
      const count = voxelCount + countChange
      const { undo, redo } = history.counts(imageId)
      regions.set(imageId, { ...open!, voxelCount: count, drawnBox })
      set({
        voxelCount: count,
        volumeCm3: volumeOf(image, count),
        revision: revision + 1,
        undoCount: undo,
        redoCount: redo,
        keeping: { status: 'keeping' },
        ...extra,
      })
      schedule(() => void keep(imageId))
    }

    /** One keeping after the other, so that the last stroke is what stays. */
    function keep(imageId: string): Promise<void> {
      return (lastKeeping = lastKeeping.then(() => keepNow(imageId)))
    }

    async function keepNow(imageId: string) {
      const region = regions.get(imageId)
      if (!region) return
      const isOpen = () => get().open?.imageId === imageId
      if (isOpen() && get().recovery) {
        set({ keeping: { status: 'waiting' } })
        return
      }
      const { mask, drawnBox, fingerprint, imageName, image, voxelCount } = region
      const { revision } = get()
      const volumeCm3 = volumeOf(image, voxelCount)
      try {
        const { savedAt } = await masks.keep(cutMask(mask, drawnBox), { fingerprint, imageName, voxelCount, volumeCm3 })
        // Drawn on meanwhile: the next keeping is under way.
        if (isOpen() && get().revision === revision) set({ keeping: { status: 'kept', at: savedAt } })
      } catch (error) {
        fail(error)
      }
    }

    /** Nothing to decide where the kept region is the one that is open. */
    async function dropEqualRecovery() {
      const { recovery, voxelCount, open } = get()
      if (!recovery || !open || recovery.voxelCount !== voxelCount) return
      try {
        const kept = await masks.unpack(recovery)
        // With as many voxels, a region that lies inside the other one is the other one.
        if (get().open !== open || get().voxelCount !== recovery.voxelCount || !isInsideMask(kept, open.mask)) return
        set({ recovery: null })
        await keep(open.imageId)
      } catch (error) {
        fail(error)
      }
    }

    const record = (action: string, difference: MaskDifference) => {
      const { imageId, image } = get().open!
      set({ drawnBox: growBox(get().drawnBox, difference, image.size) })
      const { dropped } = history.record({ key: imageId, action, difference })
      changed(
        countChange(difference),
        dropped > 0
          ? {
              notice: `The ${dropped === 1 ? 'oldest step was' : `${dropped} oldest steps were`} dropped from undo: its memory of 256 MiB is full.`,
            }
          : {},
      )
    }

    return {
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

      async openImage(imageId, imageName, image) {
        const known = regions.get(imageId)
        const open = known ?? { imageId, imageName, image, fingerprint: fingerprintVolume(image), mask: emptyMask(image) }
        const { undo, redo } = history.counts(imageId)
        const { voxelCount, drawnBox } = known ?? { voxelCount: 0, drawnBox: null }
        regions.set(imageId, { ...open, voxelCount, drawnBox })
        // The last stroke on the image before must not wait until that one is open again.
        const before = get()
        if (before.open && before.keeping.status === 'keeping' && !before.recovery) void keep(before.open.imageId)
        set({
          open,
          voxelCount,
          volumeCm3: volumeOf(image, voxelCount),
          drawnBox,
          revision: get().revision + 1,
          undoCount: undo,
          redoCount: redo,
          keeping: { status: 'nothing' },
          recovery: null,
          notice: null,
        })
        try {
          const openElsewhere = !(await claim(open.fingerprint))
          const recovery = known ? null : ((await masks.find(open.fingerprint)) ?? null)
          if (get().open?.imageId === imageId)
            set({ openElsewhere, recovery: recovery && recovery.voxelCount > 0 ? recovery : null })
        } catch (error) {
          fail(error)
        }
      },

      recordStroke: record,

      replaceMask(action, voxels) {
        const { mask } = get().open!
        const difference = compareMaskVoxels(mask.voxels, voxels)
        applyDifference(mask.voxels, difference)
        record(action, difference)
        void dropEqualRecovery()
      },

      undo() {
        const { open } = get()
        const change = open && history.undo(open.imageId, open.mask.voxels)
        if (change) changed(-countChange(change.difference))
      },

      redo() {
        const { open } = get()
        const change = open && history.redo(open.imageId, open.mask.voxels)
        if (change) changed(countChange(change.difference))
      },

      async restoreKept() {
        const { recovery, open } = get()
        if (!recovery || !open) return
        try {
          const kept = await masks.unpack(recovery)
          if (get().open?.imageId !== open.imageId) return
          set({ recovery: null })
          get().replaceMask('Restore ROI', placeMask(kept))
        } catch (error) {
          fail(error)
        }
      },

      async discardKept() {
        const { recovery, keeping, open } = get()
        set({ recovery: null })
        if (!recovery || !open) return
        if (keeping.status === 'nothing') await get().removeKept(recovery.fingerprint)
        else await keep(open.imageId)
      },

      async removeKept(fingerprint) {
        try {
          await masks.remove(fingerprint)
          await get().listKept()
        } catch (error) {
          fail(error)
        }
      },

      async listKept() {
        try {
          set({ kept: await masks.list() })
        } catch (error) {
          fail(error)
        }
      },

      tell: (notice) => set({ notice }),
      dismissNotice: () => set({ notice: null }),

      close(imageId) {
        history.forget(imageId)
        regions.delete(imageId)
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
          })
      },
    }
  })
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
