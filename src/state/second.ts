import { createStore, type StoreApi } from 'zustand/vanilla'
import type { GreyWindow } from '../viewer/index.ts'

export type SecondWay = 'beside' | 'fade' | 'checkerboard'

export interface SecondState {
  /** The image that is shown with the open one; null for none. */
  readonly imageId: string | null
  readonly way: SecondWay
  /** Of the second image in the fade, from 0 to 1. */
  readonly share: number
  /** Windows that differ from those that the images came with. */
  readonly windows: Readonly<Record<string, GreyWindow>>
  choose(imageId: string | null): void
  setWay(way: SecondWay): void
  /** @param share is taken to the ends of 0 to 1 */
  setShare(share: number): void
  setWindow(imageId: string, window: GreyWindow): void
}

export type SecondStore = StoreApi<SecondState>

/** Another image of the patient, shown with the open one. */
export const createSecondStore = (): SecondStore =>
  createStore<SecondState>()((set, get) => ({
    imageId: null,
    way: 'fade',
    share: 0.5,
    windows: {},
    choose: (imageId) => set({ imageId }),
    setWay: (way) => set({ way }),
    setShare: (share) => set({ share: Math.min(1, Math.max(0, share)) }),
    setWindow: (imageId, window) => set({ windows: { ...get().windows, [imageId]: window } }),
  }))
