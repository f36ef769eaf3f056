import { createStore, type StoreApi } from 'zustand/vanilla'

export type AnalysisScreen = 'cohorts' | 'harmonise' | 'agree' | 'select' | 'train' | 'evaluate' | 'report' | 'apply'
export type LearnScreen = 'playground' | 'lessons'
export type Screen = 'study' | 'images' | 'roi' | 'features' | AnalysisScreen | LearnScreen

export type SemiAutomaticTool = 'seeds' | 'contour' | 'enhancement'

export interface ScreenState {
  readonly screen: Screen
  readonly keysShown: boolean
  /** The work list stands on the ROI screen, in front of the views. */
  readonly listShown: boolean
  /** Which of the tools is in front when their panel is open. */
  readonly semiAutomatic: SemiAutomaticTool
  readonly semiAutomaticOpen: boolean
  show(screen: Screen): void
  showKeys(shown: boolean): void
  showList(shown: boolean): void
  chooseSemiAutomatic(tool: SemiAutomaticTool): void
  openSemiAutomatic(open: boolean): void
}

export type ScreenStore = StoreApi<ScreenState>

/** Which screen is in front, whether the list of keys lies above it, and what of it is unfolded by key. */
export const createScreenStore = (): ScreenStore =>
  createStore<ScreenState>()((set) => ({
    screen: 'images',
    keysShown: false,
    listShown: false,
    semiAutomatic: 'seeds',
    semiAutomaticOpen: false,
    show: (screen) => set({ screen }),
    showKeys: (keysShown) => set({ keysShown }),
    showList: (listShown) => set({ listShown }),
    chooseSemiAutomatic: (semiAutomatic) => set({ semiAutomatic }),
    openSemiAutomatic: (semiAutomaticOpen) => set({ semiAutomaticOpen }),
  }))
