import {
  applyDifference,
  compareMaskVoxels,
  countGained,
  revertDifference,
  type MaskDifference,
} from '../../core/mask/difference.ts'
import type { MaskChange } from '../../core/mask/history.ts'
import { volumeCm3 } from '../../core/mask/mask.ts'
import { growBox } from '../../core/mask/maskPart.ts'
import { progressOnceChanged, type RoiStatus } from '../../core/mask/progress.ts'
import type { KeptMask } from '../../storage/schema.ts'
import { told } from '../messages.ts'
import { regionKey, type Region } from '../region.ts'
import { isInHand, readerName, setStatus, type RoiContext } from './context.ts'
import { dropEqualRecovery } from './recovery.ts'
import type { RoiState } from '../roi.ts'

type Changes = Pick<RoiState, 'recordStroke' | 'replaceMask' | 'makeChange' | 'undo' | 'redo' | 'layOn'>

/** Changes of regions, each of which can be undone. */
export function createChanges(context: RoiContext): Changes {
  const { get, set, endStroke } = context
  return {
    recordStroke(action, difference) {
      if (get().refuseLocked()) {
        revertDifference(get().open!.mask.voxels, difference)
        set({ revision: get().revision + 1 })
        return
      }
      record(context, action, difference)
    },

    replaceMask(action, voxels) {
      endStroke()
      get().makeChange(action, compareMaskVoxels(get().open!.mask.voxels, voxels))
    },

    makeChange(action, difference) {
      endStroke()
      if (get().refuseLocked()) return
      applyDifference(get().open!.mask.voxels, difference)
      record(context, action, difference)
      void dropEqualRecovery(context)
    },

    undo: () => step(context, 'undo'),
    redo: () => step(context, 'redo'),

    async layOn(on, action, voxels, { replaces }) {
      const { regions } = context
      const key = regionKey(on)
      const news = await regions.findNews(regions.take(on))
      // As it is now: its image may have been opened, and drawn on, meanwhile.
      const region = regions.take(on)
      if (region.status?.progress === 'locked' || news?.progress === 'locked') return 'locked'
      if (!replaces && (region.voxelCount > 0 || region.recovery || news)) return 'drawn'
      const difference = compareMaskVoxels(region.open.mask.voxels, voxels)
      if (isInHand(context, key)) get().makeChange(action, difference)
      else changeFromAfar(context, region, { key, action, difference }, news)
      return 'laid'
    },
  }
}

function step(context: RoiContext, way: 'undo' | 'redo'): void {
  const { get, history, endStroke } = context
  endStroke()
  const { open, refuseLocked } = get()
  if (refuseLocked()) return
  const change = open && history[way](regionKey(open), open.mask.voxels)
  if (!change) return
  const gained = countGained(change.difference)
  changed(context, way === 'undo' ? -gained : gained)
  // What it was before the change, it is again.
  if (way === 'undo' && change.statusBefore) setStatus(context, change.statusBefore)
}

/** The voxels of the region in hand hold a change already. */
function record(context: RoiContext, action: string, difference: MaskDifference): void {
  const { get, set } = context
  const { open, drawnBox, status } = get()
  set({ drawnBox: growBox(drawnBox, difference, open!.image.size) })
  const wasComplete = status?.progress === 'complete'
  const change = { key: regionKey(open!), action, difference, ...(wasComplete && { statusBefore: status }) }
  const extra = enterHistory(context, change)
  changed(context, countGained(difference), wasComplete && !extra.notice ? { notice: told('complete-no-more', {}) } : extra)
}

/** The voxels of the region in hand were changed by so many. */
function changed(context: RoiContext, gained: number, extra: Partial<RoiState> = {}): void {
  const { get, set, history, regions, now } = context
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
  setStatus(context, { progress: progressOnceChanged(count), by: readerName(context), at: now() })
  void regions.keep(key)
}

/** A change of a region that is not in hand. @param news of an earlier session, to be decided on when its image is opened */
function changeFromAfar(context: RoiContext, region: Region, change: MaskChange, news: KeptMask | undefined): void {
  const { get, set, regions, now } = context
  const { mask, reader, image } = region.open
  const { key, difference } = change
  applyDifference(mask.voxels, difference)
  set(enterHistory(context, change))
  const voxelCount = region.voxelCount + countGained(difference)
  const status: RoiStatus = { progress: progressOnceChanged(voxelCount), by: readerName(context, reader), at: now() }
  const drawnBox = growBox(region.drawnBox, difference, image.size)
  regions.update(key, { voxelCount, drawnBox, status, recovery: region.recovery ?? news ?? null, isFromAfar: true })
  set({ statuses: { ...get().statuses, [key]: status } })
  void regions.keep(key)
}

/** @returns what the user should know of it, if anything */
function enterHistory({ history }: RoiContext, change: MaskChange): Pick<RoiState, 'notice'> | Record<string, never> {
  const { dropped } = history.record(change)
  if (dropped === 0) return {}
  return { notice: told('undo-dropped', { steps: dropped, budgetMiB: Math.round(history.budgetBytes / 2 ** 20) }) }
}
