import { createStore, type StoreApi } from 'zustand/vanilla'

export type AnalysisScreen = 'cohorts' | 'harmonise' | 'agree' | 'select' | 'train' | 'evaluate'
export type Screen = 'images' | 'roi' | 'features' | AnalysisScreen

/** The steps of the analysis in the data's way, each with its key. */
export const analysisSteps: readonly { readonly screen: AnalysisScreen; readonly name: string; readonly key: string }[] = [
  { screen: 'cohorts', name: 'Cohorts', key: '1' },
  { screen: 'harmonise', name: 'Harmonise', key: '2' },
  { screen: 'agree', name: 'Agree', key: '3' },
  { screen: 'select', name: 'Select', key: '4' },
  { screen: 'train', name: 'Train', key: '5' },
  { screen: 'evaluate', name: 'Evaluate', key: '6' },
]
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
