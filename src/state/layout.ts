import { createStore, type StoreApi } from 'zustand/vanilla'
import type { KeepSetting, Settings } from '../storage/settings.ts'

/** Of the panels beside the views, at the page's usual size of text, in CSS pixels. */
export const panelWidths = { smallest: 308, greatest: 640 }

/** What a fourth view beside the planes shows: what enhanced, projected along parallel rays, or the ROI as a surface in 3D. */
export type FourthView = 'projection' | 'surface'

export interface LayoutState {
  readonly layout: Settings['layout']
  /** The phases stand beside each other in place of the planes; not kept. */
  readonly areTiled: boolean
  /** Null for the planes alone; not kept. */
  readonly fourth: FourthView | null
  /** @param change a width beyond `panelWidths` is taken to its ends */
  set(change: Partial<Settings['layout']>): void
  tile(areTiled: boolean): void
  showFourth(fourth: FourthView | null): void
}

export type LayoutStore = StoreApi<LayoutState>

/** How the ROI screen is divided; kept for the next session. */
export const createLayoutStore = ({ layout }: Pick<Settings, 'layout'>, keep: KeepSetting<'layout'>): LayoutStore =>
  createStore<LayoutState>()((set, get) => ({
    layout,
    areTiled: false,
    fourth: null,
    set(change) {
      const next = { ...get().layout, ...change }
      const panelsPx = Math.min(panelWidths.greatest, Math.max(panelWidths.smallest, Math.round(next.panelsPx)))
      const layout = { ...next, panelsPx }
      keep('layout', layout)
      set({ layout })
    },
    tile: (areTiled) => set({ areTiled }),
    showFourth: (fourth) => set({ fourth }),
  }))
