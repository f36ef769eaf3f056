export { createViewer } from './createViewer.ts'
export { extractSlice } from './extractSlice.ts'
export { defaultViewerOptions, outsideColour, previewColour } from './viewer.ts'
export type {
  BrushSetting,
  Probe,
  ThresholdSetting,
  Viewer,
  ViewerEvents,
  ViewerOptions,
  ViewerState,
  ViewState,
} from './viewer.ts'
export type { SecondImage } from './blendSlice.ts'
export { viridis } from './colourMap.ts'
export type { EnhancementMap } from './enhancementLayer.ts'
export {
  brightnessOf,
  ctWindows,
  greyScaleOf,
  percentileWindow,
  startWindow,
  type CtTissue,
  type GreyScale,
  type GreyWindow,
} from './greyWindow.ts'
export type { Interpolation } from './imageRenderer.ts'
export type { Colour, MaskStyle } from './maskLayer.ts'
export { mouseHints } from './mouse.ts'
export { voxelAt } from './placement.ts'
export { createSurfaceView, type Surface, type SurfaceTrouble, type SurfaceView } from './surfaceView.ts'
export type { HalfSpace } from './meetSurface.ts'
export { axisVector, directionLetters, gridPlanes, planes, type Plane } from './planes.ts'
export type { Outline } from './outline.ts'
export type { OutlinedMask } from './outlinesLayer.ts'
export { isEditing, isLooking, isPainting, mayTake, toolNames, toolRow, type Preset, type Tool } from './tools.ts'
