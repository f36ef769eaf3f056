import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Volume } from '../core/image/volume.ts'
import type { KeepSetting, Settings } from '../storage/settings.ts'
import type { MaskStyle, Preset, Probe, Viewer, ViewerState } from '../viewer/index.ts'

export interface HandState {
  readonly preset: Preset
  /** The viewer while the ROI screen has one; buttons and keys speak to it. */
  readonly viewer: Viewer | null
  /** Tool, brush, window and the rest, as the viewer told them last. */
  readonly settings: ViewerState | null
  /** Under the pointer, or else under the linked cursor. */
  readonly probe: Probe | null
  /** The image that is on the screen. */
  readonly drawn: Volume | null
  /** How regions are drawn. */
  readonly maskStyle: MaskStyle
  setPreset(preset: Preset): void
  setMaskStyle(style: MaskStyle): void
  attachViewer(viewer: Viewer): () => void
}

export type HandStore = StoreApi<HandState>

/** Whose habits keys and mouse follow and how regions are drawn (both kept with the study), what the hand holds, and where it is. */
export const createHandStore = (
  { hands, maskStyle }: Pick<Settings, 'hands' | 'maskStyle'>,
  keep: KeepSetting<'hands' | 'maskStyle'>,
): HandStore =>
  createStore<HandState>()((set, get) => ({
    preset: hands,
    maskStyle,
    viewer: null,
    settings: null,
    probe: null,
    drawn: null,
    setPreset(preset) {
      keep('hands', preset)
      set({ preset })
      get().viewer?.setPreset(preset)
    },
    setMaskStyle(maskStyle) {
      keep('maskStyle', maskStyle)
      set({ maskStyle })
      get().viewer?.setMaskStyle(maskStyle)
    },
    attachViewer(viewer) {
      const readSettings = () => set({ settings: viewer.getState() })
      const stops = [
        viewer.on('settings', readSettings),
        viewer.on('window', readSettings),
        viewer.on('maximise', readSettings),
        viewer.on('imageDrawn', ({ volume }) => set({ drawn: volume })),
        viewer.on('cursor', (probe) => set({ probe })),
        viewer.on('pointer', (pointer) => set({ probe: pointer ?? viewer.getState().cursor })),
      ]
      set({ viewer, settings: viewer.getState() })
      return () => {
        stops.forEach((stop) => stop())
        set({ viewer: null, settings: null, probe: null, drawn: null })
      }
    },
  }))
