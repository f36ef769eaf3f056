import { createStore, type StoreApi } from 'zustand/vanilla'
import { LockedRegionError, undoMs, type DeletedMask, type DeletedMaskStore } from '../storage/deletedMasks.ts'
import type { KeptRegion } from '../storage/schema.ts'
import { messageOf, type Message } from '../core/messages/message.ts'
import { told } from './messages.ts'

/** The one way in which a kept region goes away because somebody wants it to: with half a minute to bring it back, and never a locked one. */
export interface DeletionsState {
  /** What can still be brought back, the latest first. */
  readonly deleted: readonly DeletedMask[]
  /** Which of them was deleted here last, by its `key`. */
  readonly latest: string | null
  /** Why something that is kept was not deleted or removed. */
  readonly refusal: Message | null
  /** @param key under which the region is kept @returns whether it is deleted; where not, `refusal` says why */
  delete(key: string): Promise<boolean>
  /** @param key of the deleted region */
  undo(key: string): Promise<void>
  /** Finds what was deleted before a reload, or in another tab, and removes what is too old to be brought back. */
  look(): Promise<void>
  refuse(reason: Message): void
  dismissRefusal(): void
}

export type DeletionsStore = StoreApi<DeletionsState>

export interface DeletionsServices {
  readonly store: DeletedMaskStore
  readonly now: () => number
  /** Something was brought back: its image may be open. */
  readonly onBack: () => void
  /** There may be room for more. */
  readonly onRemoved: () => void
  /** Tells the other tabs. */
  readonly announce: () => void
}

export function createDeletionsStore({ store, now, onBack, onRemoved, announce }: DeletionsServices): DeletionsStore {
  let timer: ReturnType<typeof setTimeout> | undefined

  return createStore<DeletionsState>()((set, get) => {
    const explain = (error: unknown) =>
      set({ refusal: error instanceof LockedRegionError ? tellLock(error.region) : messageOf(error) })
    return {
      deleted: [],
      latest: null,
      refusal: null,

      async delete(key) {
        set({ refusal: null })
        try {
          const gone = await store.setAside(key, now())
          set({ latest: gone?.key ?? null })
          await get().look()
          announce()
          return true
        } catch (error) {
          explain(error)
          return false
        }
      },

      async undo(key) {
        try {
          const isBack = await store.bringBack(key)
          if (!isBack) get().refuse(told('deleted-for-good', {}))
          await get().look()
          announce()
          if (isBack) onBack()
        } catch (error) {
          explain(error)
        }
      },

      async look() {
        clearTimeout(timer)
        try {
          const known = get().deleted.length
          await store.removeOld(now())
          const deleted = await store.list()
          set({ deleted })
          const oldest = deleted.at(-1)
          if (oldest) timer = setTimeout(() => void get().look(), Math.max(0, oldest.deleted.at + undoMs - now()))
          if (deleted.length < known) onRemoved()
        } catch (error) {
          explain(error)
        }
      },

      refuse: (refusal) => set({ refusal }),
      dismissRefusal: () => set({ refusal: null }),
    }
  })
}

function tellLock({ imageName, readerName, changedAt }: KeptRegion): Message {
  return told('locked-stays', { imageName, by: readerName, at: changedAt })
}
