import { createStore, type StoreApi } from 'zustand/vanilla'
import type { GreyWindow } from '../viewer/index.ts'

export type SecondWay = 'beside' | 'fade' | 'checkerboard'

export interface SecondState {
  /** The image that is shown with the open one; null for none. */
  readonly imageId: string | null
  /** The name of an image that is being read and will stand beside the open one: its room is kept, nothing moves under the hand. */
  readonly awaited: string | null
  readonly way: SecondWay
  /** Of the second image in the fade, from 0 to 1. */
  readonly share: number
  /** Windows that differ from those that the images came with. */
  readonly windows: Readonly<Record<string, GreyWindow>>
  choose(imageId: string | null): void
  /** Another image is shown no more: the room beside is kept for one that is being read. */
  awaitBeside(name: string): void
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
    awaited: null,
    way: 'fade',
    share: 0.5,
    windows: {},
    choose: (imageId) => set({ imageId, awaited: null }),
    awaitBeside: (name) => set({ imageId: null, awaited: name, way: 'beside' }),
    setWay: (way) => set({ way }),
    setShare: (share) => set({ share: Math.min(1, Math.max(0, share)) }),
    setWindow: (imageId, window) => set({ windows: { ...get().windows, [imageId]: window } }),
  }))
