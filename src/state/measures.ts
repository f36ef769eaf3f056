import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PartBridge, PartMeasures } from '../../workers/partBridge.ts'
import type { RoiStore } from './roi.ts'
import { messageOf, type Message } from '../core/messages/message.ts'

export interface MeasuresState {
  /** Of the region as it was at `revision`; null where nothing is drawn, or nothing was measured yet. */
  readonly measures: PartMeasures | null
  readonly revision: number
  readonly problem: Message | null
}

export type MeasuresStore = StoreApi<MeasuresState>

export interface MeasuresServices {
  readonly roi: RoiStore
  readonly measure: PartBridge['measure']
}

/** When the hand has rested for so long, the region is measured anew. */
export const restMs = 150

/** Measures the region in hand whenever it has changed and the hand rests: never two at a time, and the last one counts. */
export function createMeasuresStore({ roi, measure }: MeasuresServices): MeasuresStore {
  const store = createStore<MeasuresState>()(() => ({ measures: null, revision: -1, problem: null }))
  let timer: ReturnType<typeof setTimeout> | undefined
  let measuring: AbortController | undefined

  const measureNow = async () => {
    const { open, drawnBox, voxelCount, revision } = roi.getState()
    if (measuring || store.getState().revision === revision) return
    if (!open || !drawnBox || voxelCount === 0) {
      store.setState({ measures: null, revision, problem: null })
      return
    }
    const { signal } = (measuring = new AbortController())
    try {
      const measures = await measure(open.image, open.mask, drawnBox, signal)
      if (!signal.aborted) store.setState({ measures, revision, problem: null })
    } catch (error) {
      if (!signal.aborted) store.setState({ measures: null, revision, problem: messageOf(error) })
    } finally {
      measuring = undefined
    }
    if (roi.getState().revision !== revision) void measureNow()
  }

  roi.subscribe((state, before) => {
    if (state.revision === before.revision && state.open === before.open) return
    if (state.open !== before.open) {
      // Of an image that is open no more, nobody wants to know.
      measuring?.abort(new Error('Another region was opened.'))
      store.setState({ measures: null, revision: -1, problem: null })
    }
    clearTimeout(timer)
    timer = setTimeout(() => void measureNow(), restMs)
  })
  return store
}
