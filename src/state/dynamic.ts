import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Message } from '../core/messages/message.ts'

/** How the phases of a dynamic series are looked at. */
export interface DynamicState {
  /** The phase that is shown, less the first one, lies over it; another phase that is opened comes with its own. */
  readonly isSubtracting: boolean
  /** Its other side, mirrored, stands beside the image. */
  readonly isMirroring: boolean
  /** What is being made, or why it could not be. */
  readonly work: { readonly status: 'idle' | 'running' } | { readonly status: 'failed'; readonly reason: Message }
  /** The phase that is on the screen while one is shown after the other, of the series in hand. */
  readonly playing: number | null
}

export type DynamicStore = StoreApi<DynamicState>

export const createDynamicStore = (): DynamicStore =>
  createStore<DynamicState>()(() => ({
    isSubtracting: false,
    isMirroring: false,
    work: { status: 'idle' },
    playing: null,
  }))
