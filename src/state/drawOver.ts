import { createStore, type StoreApi } from 'zustand/vanilla'
import { acceptOver, type Accepts, type Held } from '../core/mask/edit/drawOver.ts'
import type { KeepSetting, Settings } from '../storage/settings.ts'
import type { OtherLesions } from './otherLesions.ts'
import type { Readable, Watched } from './readable.ts'
import type { RoiState } from './roi.ts'

export interface DrawOverState {
  readonly drawOver: Settings['drawOver']
  /** How much of what the hand did last was not to be drawn over. */
  readonly held: Held
  set(change: Partial<Settings['drawOver']>): void
  tellHeld(held: Held): void
  /** Which voxels of the region in hand a tool may change; null is all of them. */
  accepts(): Accepts | null
}

export type DrawOverStore = StoreApi<DrawOverState>

export interface DrawOverServices {
  readonly roi: Watched<Pick<RoiState, 'open'>>
  readonly otherLesions: Readable<Pick<OtherLesions, 'beside' | 'others'>>
  readonly keep: KeepSetting<'drawOver'>
}

/** Nothing is drawn over it. */
const nothing: Accepts = () => false

/** Over what all tools draw: one rule, kept for the next session. */
export function createDrawOverStore(
  { drawOver }: Pick<Settings, 'drawOver'>,
  { roi, otherLesions, keep }: DrawOverServices,
): DrawOverStore {
  const store = createStore<DrawOverState>()((set, get) => ({
    drawOver,
    held: 'nothing',
    set(change) {
      const next = { ...get().drawOver, ...change }
      keep('drawOver', next)
      set({ drawOver: next, held: 'nothing' })
    },
    tellHeld(held) {
      if (held !== get().held) set({ held })
    },
    accepts() {
      const { over, range } = get().drawOver
      const { open } = roi.getState()
      if (!open || (over === 'everything' && !range)) return null
      const { beside, others } = otherLesions.getState()
      // Until the other lesions were read nobody knows what is background.
      if (over !== 'everything' && beside !== open) return nothing
      const levels = range && { voxels: open.image.voxels, range }
      if (over === 'everything') return acceptOver({ levels })
      if (over === 'background') return acceptOver({ levels, besides: others.map(({ mask }) => mask.voxels) })
      const within = others.find(({ lesion }) => lesion === over)?.mask.voxels
      return within ? acceptOver({ levels, within }) : nothing
    },
  }))
  roi.subscribe((state, before) => {
    if (state.open !== before.open) store.getState().tellHeld('nothing')
  })
  return store
}
