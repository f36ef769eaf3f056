import { createStore, type StoreApi } from 'zustand/vanilla'

/** Whether this browser keeps what it is given until somebody deletes it, and how much that is. */
export interface BrowserKeepingState {
  /** `mayDelete`: by itself, when the space of this computer runs out; `unknown`: it does not say. */
  readonly promise: 'keeps' | 'mayDelete' | 'unknown'
  /** Null where the browser does not tell. */
  readonly usedBytes: number | null
  /** Finds out without asking. */
  look(): Promise<void>
  /** Asks the browser to keep everything; some ask the user. Once for each page, unless it is asked for by hand. */
  ask(options?: { readonly again: boolean }): Promise<void>
}

export type BrowserKeepingStore = StoreApi<BrowserKeepingState>

/** @param storage missing in pages that are not from this machine or over https */
export function createBrowserKeepingStore(
  storage: Pick<StorageManager, 'persist' | 'persisted' | 'estimate'> | undefined,
): BrowserKeepingStore {
  let isAsked = false
  return createStore<BrowserKeepingState>()((set, get) => {
    const take = (persisted: boolean) => set({ promise: persisted ? 'keeps' : 'mayDelete' })
    return {
      promise: 'unknown',
      usedBytes: null,
      async look() {
        if (!storage) return
        try {
          take(await storage.persisted())
          set({ usedBytes: (await storage.estimate()).usage ?? null })
        } catch {
          // It does not say: so much is shown.
          set({ promise: 'unknown', usedBytes: null })
        }
      },
      async ask({ again } = { again: false }) {
        if (!storage || (isAsked && !again)) return
        isAsked = true
        try {
          take((await storage.persisted()) || (await storage.persist()))
        } catch {
          set({ promise: 'unknown' })
        }
        await get().look()
      },
    }
  })
}
