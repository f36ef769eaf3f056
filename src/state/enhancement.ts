import { createStore, type StoreApi } from 'zustand/vanilla'

/** How the enhancement of a phase over the first one is coloured. */
export interface EnhancementSetting {
  readonly isShown: boolean
  /** By its content, see `phaseId`; the first after the baseline where it is none of the series. */
  readonly phaseId: string | null
  /** Where the colours begin. */
  readonly lowPercent: number
  /** Of the last colour; more than `lowPercent`. */
  readonly highPercent: number
  /** From 0 to 1. */
  readonly opacity: number
}

export interface EnhancementState extends EnhancementSetting {
  /** A range without a width is not taken. */
  set(change: Partial<EnhancementSetting>): void
}

export type EnhancementStore = StoreApi<EnhancementState>

export const createEnhancementStore = (): EnhancementStore =>
  createStore<EnhancementState>()((set, get) => ({
    isShown: false,
    phaseId: null,
    lowPercent: 50,
    highPercent: 200,
    opacity: 0.6,
    set(change) {
      const { lowPercent, highPercent } = { ...get(), ...change }
      if (lowPercent < highPercent) set(change)
    },
  }))
