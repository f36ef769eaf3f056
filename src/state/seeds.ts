import { createStore, type StoreApi } from 'zustand/vanilla'
import { voxelCount } from '../core/image/volume.ts'
import type { MaskDifference } from '../core/mask/difference.ts'
import { createMaskHistory } from '../core/mask/history.ts'
import type { Mask } from '../core/mask/mask.ts'
import type { RoiStore } from './roi.ts'

/** Strokes that say what is not the tumour. Those that say what is are the region itself. */
export interface SeedsState {
  /** On the grid of the open image; null until the first stroke is wanted. Painted in place: `revision` tells. */
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

const key = 'outside'

/**
 * The strokes outside go with the image and are no part of its region, so they have a history of their own.
 * @param endStroke as in `RoiServices`: a stroke is inside or outside by what it was begun as
 */
export function createSeedsStore(roi: RoiStore, endStroke: () => void): SeedsStore {
  const history = createMaskHistory()
  return createStore<SeedsState>()((set, get) => {
    const none = { outside: null, strokeCount: 0, undoneCount: 0, isDrawing: false }
    const changed = () => {
      const { undo, redo } = history.counts(key)
      set({ strokeCount: undo, undoneCount: redo, revision: get().revision + 1 })
    }
    roi.subscribe((state, before) => {
      if (state.open?.imageId === before.open?.imageId) return
      history.forget()
      set(none)
    })
    return {
      ...none,
      revision: 0,
      draw(isDrawing) {
        endStroke()
        const image = roi.getState().open?.image
        if (!isDrawing || !image) {
          set({ isDrawing: false })
          return
        }
        const { size, spacingMm, originMm, direction } = image
        const outside = get().outside ?? { size, spacingMm, originMm, direction, voxels: new Uint8Array(voxelCount(image)) }
        set({ outside, isDrawing: true })
      },
      recordStroke(action, difference) {
        history.record({ key, action, difference })
        changed()
      },
      undo() {
        endStroke()
        const { outside } = get()
        if (outside && history.undo(key, outside.voxels)) changed()
      },
      redo() {
        endStroke()
        const { outside } = get()
        if (outside && history.redo(key, outside.voxels)) changed()
      },
      clear() {
        endStroke()
        history.forget()
        set({ ...none, revision: get().revision + 1 })
      },
    }
  })
}
