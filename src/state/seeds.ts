import { createStore, type StoreApi } from 'zustand/vanilla'
import { voxelCount } from '../core/image/volume.ts'
import type { MaskDifference } from '../core/mask/difference.ts'
import { createMaskHistory, type MaskHistory } from '../core/mask/history.ts'
import type { Mask } from '../core/mask/mask.ts'
import type { OpenRoi } from './region.ts'
import type { RoiStore } from './roi.ts'

/** Strokes that say what is not the tumour. Those that say what is are the region itself. */
export interface SeedsState {
  /** Of the region in hand, on its grid; null until the first stroke is wanted. Painted in place: `revision` tells. */
  readonly outside: Mask | null
  /** Strokes that can be undone, and undone ones. */
  readonly strokeCount: number
  readonly undoneCount: number
  readonly revision: number
  /** The brush draws outside strokes now, not the region. */
  readonly isDrawing: boolean
  draw(isDrawing: boolean): void
  recordStroke(action: string, difference: MaskDifference): void
  undo(): void
  redo(): void
  clear(): void
}

export type SeedsStore = StoreApi<SeedsState>

/** The strokes outside a region, with a history of their own: they are no part of it. */
interface Strokes {
  readonly outside: Mask
  readonly history: MaskHistory
}

const key = 'outside'

/**
 * The strokes outside go and come with the region that they were drawn for: of one reader's no other sees anything.
 * @param endStroke as in `RoiServices`: a stroke is inside or outside by what it was begun as
 */
export function createSeedsStore(roi: RoiStore, endStroke: () => void): SeedsStore {
  /** They are gone with the region, when that is closed or deleted. */
  const ofRegion = new WeakMap<OpenRoi, Strokes>()
  return createStore<SeedsState>()((set, get) => {
    const none = { outside: null, strokeCount: 0, undoneCount: 0 }
    const inHand = () => {
      const { open } = roi.getState()
      return open ? ofRegion.get(open) : undefined
    }
    const describe = (): Partial<SeedsState> => {
      const strokes = inHand()
      if (!strokes) return none
      const { undo, redo } = strokes.history.counts(key)
      return { outside: strokes.outside, strokeCount: undo, undoneCount: redo }
    }
    const changed = () => set({ ...describe(), revision: get().revision + 1 })
    roi.subscribe((state, before) => {
      if (state.open !== before.open) set({ ...describe(), isDrawing: false })
    })
    return {
      ...none,
      isDrawing: false,
      revision: 0,
      draw(isDrawing) {
        endStroke()
        const { open } = roi.getState()
        if (!isDrawing || !open) {
          set({ isDrawing: false })
          return
        }
        if (!ofRegion.has(open)) {
          const { size, spacingMm, originMm, direction } = open.image
          const outside = { size, spacingMm, originMm, direction, voxels: new Uint8Array(voxelCount(open.image)) }
          ofRegion.set(open, { outside, history: createMaskHistory() })
        }
        set({ ...describe(), isDrawing: true })
      },
      recordStroke(action, difference) {
        inHand()?.history.record({ key, action, difference })
        changed()
      },
      undo() {
        endStroke()
        const strokes = inHand()
        if (strokes?.history.undo(key, strokes.outside.voxels)) changed()
      },
      redo() {
        endStroke()
        const strokes = inHand()
        if (strokes?.history.redo(key, strokes.outside.voxels)) changed()
      },
      clear() {
        endStroke()
        const { open } = roi.getState()
        if (open) ofRegion.delete(open)
        set({ ...none, isDrawing: false, revision: get().revision + 1 })
      },
    }
  })
}
