import { refuseProgress } from '../../core/study/regionActs.ts'
import { told } from '../messages.ts'
import { regionKey } from '../region.ts'
import { isInHand, readerName, setStatus, type RoiContext } from './context.ts'
import { lookAtOther } from './bothReaders.ts'
import type { RoiState } from '../roi.ts'

/** How far the region in hand is, and that a locked one stays as it is. */
export function createLocks(context: RoiContext): Pick<RoiState, 'refuseLocked' | 'setProgress'> {
  const { get, set, regions, endStroke, now, whyNotDraw } = context

  /** The other reader may have locked theirs in another tab since. @returns whether the region is still there to be unlocked */
  async function lookBeforeUnlocking(): Promise<boolean> {
    const open = get().open!
    await regions.whenKept()
    await lookAtOther(context, open)
    return isInHand(context, regionKey(open)) && get().status?.progress === 'locked'
  }

  return {
    refuseLocked() {
      const { status, otherProgress, open } = get()
      if (status?.progress !== 'locked') {
        const why = open && whyNotDraw(open, otherProgress)
        if (why) set({ notice: told('progress-refused', { why }) })
        return Boolean(why)
      }
      set({ notice: told('locked', { by: status.by, at: status.at, isOtherLocked: otherProgress === 'locked' }) })
      return true
    },

    async setProgress(progress, reason = '') {
      endStroke()
      const { open, status } = get()
      if (!open || status?.progress === progress) return
      const key = regionKey(open)
      const isUnlocking = status?.progress === 'locked'
      if (isUnlocking && !(await lookBeforeUnlocking())) return
      const { otherProgress, voxelCount, recovery, openElsewhere } = get()
      const refusal = refuseProgress(
        {
          progress: status?.progress ?? 'empty',
          otherProgress,
          voxelCount,
          isRecoveryWaiting: recovery !== null,
          isOpenElsewhere: openElsewhere,
          isExcluded: false,
        },
        progress,
      )
      if (refusal) {
        set({ notice: told('progress-refused', { why: refusal }) })
        return
      }
      if (isUnlocking && reason.trim() === '') {
        set({ notice: told('unlock-without-reason', {}) })
        return
      }
      if (isUnlocking) regions.update(key, { unlockReason: reason.trim() })
      setStatus(context, { progress, by: readerName(context), at: now() })
      set({ notice: null })
      void regions.keep(key)
      // What was drawn beside a locked region, and could not be decided on while it was locked.
      if (isUnlocking) await regions.look(key)
    },
  }
}
