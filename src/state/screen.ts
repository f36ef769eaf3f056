import { createStore } from 'zustand/vanilla'

export type Screen = 'images' | 'roi' | 'features'

export interface ScreenState {
  readonly screen: Screen
  readonly keysShown: boolean
  show(screen: Screen): void
  showKeys(shown: boolean): void
}

/** Which screen is in front, and whether the list of keys lies above it. */
export const screenStore = createStore<ScreenState>()((set) => ({
  screen: 'images',
  keysShown: false,
  show: (screen) => set({ screen }),
  showKeys: (keysShown) => set({ keysShown }),
}))
