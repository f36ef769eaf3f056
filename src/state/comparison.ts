import { createStore, type StoreApi } from 'zustand/vanilla'
import type { MaskComparison } from '../core/mask/compare/compareMasks.ts'
import type { Mask } from '../core/mask/mask.ts'
import { messageOf, type Message } from '../core/messages/message.ts'
import type { ReaderId } from '../core/study/study.ts'
import type { OpenRoi } from './region.ts'

/** What is laid on the image: the reader's own region, where the two differ, or what only one of them has. */
export type ComparisonOverlay = 'own' | 'differ' | 'only1' | 'only2'

/** 1 is only the first reader's, 2 only the second's, 3 both readers'; see `mapDisagreement`. */
export type ComparedMasks = MaskComparison & { readonly map: Uint8Array<ArrayBuffer> }

/** Of which lesion on which image the readers' regions are compared. */
export type Compared = Pick<OpenRoi, 'imageId' | 'lesion'>

export const isOfCompared = (run: ComparisonRun, open: Compared | null): boolean =>
  run.status !== 'idle' && run.imageId === open?.imageId && run.lesion === open.lesion

export type ComparisonRun =
  | { readonly status: 'idle' }
  | ({ readonly status: 'running' } & Compared)
  | ({ readonly status: 'done'; readonly result: ComparedMasks } & Compared)
  | ({ readonly status: 'failed'; readonly reason: Message } & Compared)

export interface ComparisonState {
  readonly run: ComparisonRun
  readonly overlay: ComparisonOverlay
  /** On the image's grid, for the overlay that is chosen: 1 only the first reader's, 2 only the second's. Null for the reader's own region. */
  readonly shown: Uint8Array<ArrayBuffer> | null
  compare(on: Compared, masks: Readonly<Record<ReaderId, Mask>>): Promise<void>
  show(overlay: ComparisonOverlay): void
}

export type ComparisonStore = StoreApi<ComparisonState>

/** How far the regions of two readers agree; a later comparison takes the place of an earlier one. */
export function createComparisonStore(
  compareMasks: (a: Mask, b: Mask, signal: AbortSignal) => Promise<ComparedMasks>,
): ComparisonStore {
  let running = new AbortController()
  return createStore<ComparisonState>()((set, get) => ({
    run: { status: 'idle' },
    overlay: 'own',
    shown: null,
    async compare({ imageId, lesion }, masks) {
      const on = { imageId, lesion }
      running.abort(new Error('Another comparison was begun.'))
      running = new AbortController()
      const { signal } = running
      set({ run: { status: 'running', ...on }, overlay: 'own', shown: null })
      try {
        const result = await compareMasks(masks[1], masks[2], signal)
        if (!signal.aborted) set({ run: { status: 'done', ...on, result } })
      } catch (error) {
        if (!signal.aborted) set({ run: { status: 'failed', ...on, reason: messageOf(error) } })
      }
    },
    show(overlay) {
      const { run } = get()
      if (run.status === 'done') set({ overlay, shown: overlayVoxels(run.result.map, overlay) })
    },
  }))
}

function overlayVoxels(map: Uint8Array, overlay: ComparisonOverlay): Uint8Array<ArrayBuffer> | null {
  if (overlay === 'own') return null
  const shownAs = [0, overlay === 'only2' ? 0 : 1, overlay === 'only1' ? 0 : 2, 0]
  return Uint8Array.from(map, (kind) => shownAs[kind])
}

/** The middle of what differs in the slice that differs most, as a voxel; undefined where nothing differs. */
export function findWorstPlace(
  { map, worstSlice }: Pick<ComparedMasks, 'map' | 'worstSlice'>,
  [nx, ny]: Mask['size'],
): readonly [number, number, number] | undefined {
  if (worstSlice === undefined) return undefined
  let [count, x, y] = [0, 0, 0]
  for (let j = 0; j < ny; j++) {
    for (let i = 0; i < nx; i++) {
      const kind = map[i + nx * (j + ny * worstSlice)]
      if (kind !== 1 && kind !== 2) continue
      count++
      x += i
      y += j
    }
  }
  return [Math.round(x / count), Math.round(y / count), worstSlice]
}
