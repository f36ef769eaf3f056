import type { GreyWindow } from './greyWindow.ts'

/** In Hounsfield units, as OHIF's presets of a CT are (`defaultWindowLevelPresets.ts`), and in their order. */
export const ctWindows = {
  softTissue: { centre: 40, width: 400 },
  lung: { centre: -600, width: 1500 },
  liver: { centre: 90, width: 150 },
  bone: { centre: 480, width: 2500 },
  brain: { centre: 40, width: 80 },
} as const satisfies Record<string, GreyWindow>

export type CtTissue = keyof typeof ctWindows
