import { createStore, type StoreApi } from 'zustand/vanilla'
import type { KeepSetting, Settings } from '../storage/settings.ts'
import { analysisSteps } from './analysis/studySteps.ts'
import type { LearnScreen, Screen } from './screen.ts'

export type AnalysisTheme = Settings['analysisTheme']

export interface AppearanceState {
  /** Of tables and figures. Images are read in the dark, whatever is set. */
  readonly analysisTheme: AnalysisTheme
  setAnalysisTheme(theme: AnalysisTheme): void
}

export type AppearanceStore = StoreApi<AppearanceState>

/** How the page looks; kept for the next session. */
export const createAppearanceStore = ({ analysisTheme }: Pick<Settings, 'analysisTheme'>, keep: KeepSetting<'analysisTheme'>): AppearanceStore =>
  createStore<AppearanceState>()((set) => ({
    analysisTheme,
    setAnalysisTheme(theme) {
      keep('analysisTheme', theme)
      set({ analysisTheme: theme })
    },
  })) // prettier-ignore

/** Where tables and figures are, made data or not: these screens may be light. */
export const isLearnScreen = (screen: Screen): screen is LearnScreen => screen === 'playground' || screen === 'lessons'

export const isAnalysisScreen = (screen: Screen): boolean => analysisSteps.some((step) => step.screen === screen)
