import { createStore, type StoreApi } from 'zustand/vanilla'

export type AnalysisScreen = 'cohorts' | 'harmonise' | 'agree' | 'select' | 'train' | 'evaluate'
export type Screen = 'images' | 'roi' | 'features' | AnalysisScreen

export type SemiAutomaticTool = 'seeds' | 'contour' | 'enhancement'

export interface ScreenState {
  readonly screen: Screen
  readonly keysShown: boolean
  /** Which of the tools is in front when their panel is open. */
  readonly semiAutomatic: SemiAutomaticTool
  readonly semiAutomaticOpen: boolean
  show(screen: Screen): void
  showKeys(shown: boolean): void
  chooseSemiAutomatic(tool: SemiAutomaticTool): void
  openSemiAutomatic(open: boolean): void
}

export type ScreenStore = StoreApi<ScreenState>

/** Which screen is in front, whether the list of keys lies above it, and what of it is unfolded by key. */
export const createScreenStore = (): ScreenStore =>
  createStore<ScreenState>()((set) => ({
    screen: 'images',
    keysShown: false,
    semiAutomatic: 'seeds',
    semiAutomaticOpen: false,
    show: (screen) => set({ screen }),
    showKeys: (keysShown) => set({ keysShown }),
    chooseSemiAutomatic: (semiAutomatic) => set({ semiAutomatic }),
    openSemiAutomatic: (semiAutomaticOpen) => set({ semiAutomaticOpen }),
  }))
