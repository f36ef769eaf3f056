import { isInsideMask, placeMask, type MaskPart } from '../../core/mask/maskPart.ts'
import { statusOf } from '../../core/mask/progress.ts'
import type { KeptMask } from '../../storage/schema.ts'
import { failedKeeping } from '../keep/context.ts'
import { regionKey } from '../region.ts'
import { lookAtOther } from './bothReaders.ts'
import { isInHand, setStatus, type RoiContext } from './context.ts'
import type { RoiState } from '../roi.ts'

/** What is done with the region that an earlier session or another tab left of the image in hand. */
export function createRecovery(context: RoiContext): Pick<RoiState, 'restoreKept' | 'discardKept'> {
  const { get, regions, masks, deletions, endStroke } = context
  return {
    async restoreKept() {
      const { recovery, open, refuseLocked } = get()
      if (!recovery || !open || refuseLocked()) return
      const key = regionKey(open)
      try {
        const kept = await masks.unpack(recovery)
        // Meanwhile it may have been found equal to what is drawn, and another one be offered.
        if (!isInHand(context, key) || get().recovery !== recovery) return
        endStroke()
        if (recovery.progress === 'locked') {
          await regions.leaveBeside(key)
          if (!isInHand(context, key)) return
          restoreLocked(context, key, recovery, kept)
        } else {
          restoreUnlocked(context, key, recovery, kept)
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
  }
}

function restoreLocked(context: RoiContext, key: string, recovery: KeptMask, kept: MaskPart): void {
  const { regions } = context
  const taken = regions.takenAt(key, recovery)
  regions.update(key, { recovery: null })
  layLocked(context, recovery, kept)
  regions.update(key, taken)
  void regions.keep(key)
}

function restoreUnlocked(context: RoiContext, key: string, recovery: KeptMask, kept: MaskPart): void {
  const { get, regions } = context
  regions.update(key, { recovery: null, ...regions.takenAt(key, recovery) })
  get().replaceMask('Restore ROI', placeMask(kept))
  if (recovery.progress === 'complete') setStatus(context, statusOf(recovery))
}

/** A region that this session did not keep: a locked one is laid, another one offered. See `KeepRegionsServices.onNews`. */
export async function takeNews(context: RoiContext, key: string, kept: KeptMask, locked: MaskPart | undefined): Promise<void> {
  const { get, regions, endStroke } = context
  if (locked && isInHand(context, key)) endStroke()
  if (locked && isInHand(context, key) && get().voxelCount === 0) {
    layLocked(context, kept, locked)
  } else {
    regions.update(key, { recovery: kept })
    await dropEqualRecovery(context)
  }
}

/** What an earlier version of the program kept of an image. */
export async function adoptOld(context: RoiContext, key: string): Promise<void> {
  const { get, regions } = context
  try {
    const region = regions.get(key)
    if (!region || !(await regions.adoptOld(key))) return
    await lookAtOther(context, region.open)
    await get().listKept()
  } catch (error) {
    regions.update(key, { keeping: failedKeeping(error) })
  }
}

/** Nothing to decide where the kept region is the one that is open. */
export async function dropEqualRecovery(context: RoiContext): Promise<void> {
  const { get, regions, masks, endStroke } = context
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
    if (recovery.progress === 'complete' || recovery.progress === 'locked') setStatus(context, statusOf(recovery))
    void regions.keep(key)
    void regions.settle(key, recovery)
  } catch (error) {
    regions.update(key, { keeping: failedKeeping(error) })
  }
}

/** A locked region is laid on its image without asking: there is nothing else to do with it. */
function layLocked(context: RoiContext, kept: KeptMask, part: MaskPart): void {
  const { get, set, regions, history } = context
  const { open, revision } = get()
  const key = regionKey(open!)
  history.forget(key)
  open!.mask.voxels.set(placeMask(part))
  const { voxelCount, volumeCm3, savedAt } = kept
  set({ voxelCount, volumeCm3, drawnBox: part.box, revision: revision + 1, undoCount: 0, redoCount: 0 })
  setStatus(context, statusOf(kept))
  regions.update(key, { savedAt, keeping: { status: 'kept', at: savedAt } })
}
