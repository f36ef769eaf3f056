import type { StoreApi } from 'zustand/vanilla'

/** A store, or as much of one as somebody reads; a test gives what it needs. */
export interface Readable<State> {
  getState(): State
}

/** The same, told when it changes. */
export type Watched<State> = Pick<StoreApi<State>, 'getState' | 'subscribe'>
