import type { Volume } from '../core/image/volume.ts'
import type { MaskDifference } from '../core/mask/difference.ts'
import type { Accepts, Held } from '../core/mask/edit/drawOver.ts'
import type { BoundingBox, Mask } from '../core/mask/mask.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import type { SecondImage } from './blendSlice.ts'
import type { EnhancementMap } from './enhancementLayer.ts'
import type { GreyWindow } from './greyWindow.ts'
import type { Interpolation } from './imageRenderer.ts'
import type { Colour, MaskStyle } from './maskLayer.ts'
import type { OutlinedMask } from './outlinesLayer.ts'
import type { Plane } from './planes.ts'
import type { Outline } from './outline.ts'
import type { SketchSettings, SketchState } from './sketchTools.ts'
import type { Preset, Tool } from './tools.ts'

export interface BrushSetting {
  readonly radiusMm: number
  readonly shape: 'disc' | 'sphere'
}

/** Grey levels, both ends included, that the threshold brush paints. */
export interface ThresholdSetting {
  /** Adaptive takes the range anew from the first touch of each stroke. */
  readonly mode: 'fixed' | 'adaptive'
  readonly low: number
  readonly high: number
  /** SD on both sides of the mean under the brush. */
  readonly deviations: number
  /** What lies outside the range is painted, not what lies in it. */
  readonly inverted: boolean
}

/** A voxel, where it stands in the patient, and its grey level. */
export interface Probe {
  readonly index: Triple
  /** LPS, of the voxel's centre for the linked cursor, of the point itself for the pointer. */
  readonly positionMm: Triple
  readonly value: number
}

export interface ViewState {
  /** Voxel index along the axis through the slices; the screen shows one more. */
  readonly slice: number
  readonly sliceCount: number
  /** LPS: the point of the slice in the middle of the view. */
  readonly centreMm: Triple
  /** Of CSS pixels. */
  readonly mmPerPixel: number
  /** 1 when the slice fits the view. */
  readonly zoom: number
}

export interface ViewerState extends SketchState {
  readonly hasImage: boolean
  readonly hasMask: boolean
  /** The grey levels of the image are Hounsfield units: windows of CT mean something. */
  readonly isHounsfield: boolean
  /** No view that has room has its picture, and each says why: what nobody sees is not to be changed. */
  readonly isBlind: boolean
  readonly tool: Tool
  readonly preset: Preset
  readonly brush: BrushSetting
  /** Null without an image. */
  readonly window: GreyWindow | null
  readonly opacity: number
  readonly maskVisible: boolean
  readonly maskStyle: MaskStyle
  readonly interpolation: Interpolation
  readonly crosshairVisible: boolean
  readonly annotationsVisible: boolean
  readonly threshold: ThresholdSetting
  readonly maximised: Plane | null
  /** The view that was last under the hand: keys act on it. */
  readonly activePlane: Plane
  readonly cursor: Probe | null
  /** Null without an image. */
  readonly views: Readonly<Record<Plane, ViewState>> | null
}

export interface ViewerEvents {
  /** The linked cursor moved, or its image changed. */
  cursor: Probe | null
  /** What is under the pointer; null when it leaves the image. */
  pointer: (Probe & { readonly plane: Plane }) | null
  /** A slice, or how a view is placed, changed. */
  view: Readonly<Record<Plane, ViewState>>
  /** Pan or zoom, not the size of its element, placed this view; sent before `view`. */
  placed: Plane
  window: GreyWindow
  /** Voxels changed while a stroke lasts: so many more and fewer in the ROI. */
  maskChanged: { readonly added: number; readonly removed: number }
  /** A stroke, a filled outline or a cut is done (not sent where nothing changed): the whole change, for the history. */
  strokeEnd: { readonly action: string; readonly plane: Plane; readonly difference: MaskDifference }
  /** A stroke, a filled outline or a cut is done: how much of it was not to be drawn over. */
  held: Held
  /** The open outline as the hand left it, to be kept; null where it was closed or discarded. */
  outline: Outline | null
  /** The tool that grows a region from a voxel was put on one. */
  pick: { readonly plane: Plane; readonly index: Triple }
  /** Another tool, brush, opacity ...: read `getState()`. */
  settings: ViewerState
  /** Which view is to have all the room; null for all three. The layout is the caller's. */
  maximise: Plane | null
  /** A brush was used where there is no mask to paint on. */
  maskMissing: { readonly plane: Plane }
  /** An image that was shown is on the screen now. */
  imageDrawn: { readonly volume: Volume }
}

export interface ViewerOptions {
  readonly preset: Preset
  readonly brush: BrushSetting
  /** Of the ROI, from 0 to 1. */
  readonly opacity: number
  readonly maskStyle: MaskStyle
  readonly interpolation: Interpolation
  readonly colour: Colour
  /** Asked before a hand changes the mask, or draws what will. Where the answer is no, the caller says why. */
  mayEdit(): boolean
  /** What a tool that begins now may draw over; null is everything. */
  drawOver(): Accepts | null
  /** Undoes the edit that `strokeEnd` told last: an outline is filled anew in its place. @returns whether it could */
  takeBack(): boolean
}

/** Of strokes that say what is not the tumour, and of what an operation proposes: apart from the ROI for colour-blind eyes too. */
export const outsideColour: Colour = [86, 156, 255]
export const previewColour: Colour = [140, 226, 118]

export const defaultViewerOptions: ViewerOptions = {
  preset: 'itk-snap',
  brush: { radiusMm: 4, shape: 'disc' },
  opacity: 0.45,
  maskStyle: 'fill',
  interpolation: 'linear',
  colour: [255, 138, 71],
  mayEdit: () => true,
  drawOver: () => null,
  takeBack: () => false,
}

/** Smallest and greatest brush, in mm. */
export const brushRangeMm = { smallest: 0.25, greatest: 100 }

/** Three linked views of one image, and a mask that can be painted on it. */
export interface Viewer {
  /**
   * Shows an image, its cursor in the middle, its window at the start; the mask of the image before is taken away. What draws
   * images is loaded with the first one: until then the views are black, and all else goes on.
   */
  showImage(volume: Volume): void
  /** Shows a mask and lets it be painted: its `voxels` are changed in place. @throws if it is not on the grid of the image. */
  showMask(mask: Mask | null, colour?: Colour): void
  /**
   * Lays a second mask over the first, which is not painted on: the result of an operation, or strokes. Voxels that hold 2 have the
   * second colour. @throws as `showMask`
   */
  showPreview(preview: Mask | null, colour?: Colour, secondColour?: Colour): void
  /** Draws the borders of masks beside the one that is painted on; the next image takes them away. @throws as `showMask` */
  showOthers(others: readonly OutlinedMask[]): void
  /** Draws the border of a box of voxels where it meets the slices shown; null takes it away. The next image does too. */
  showBox(box: BoundingBox | null): void
  /** Shows another image over the first, faded or in squares; null for the first alone. The next image takes it away. */
  showSecond(second: SecondImage | null): void
  /** Lays colours of enhancement over the image, under the mask. The next image takes them away. @throws if the phases are on another grid */
  showEnhancement(map: EnhancementMap | null): void
  /**
   * Shows another image in place of the one that is shown, in the view that was last under the hand, with the same window; null for the
   * image itself. All else stays: cursor, mask and what they tell are of the image. The next image takes it away. @throws if it has another size
   */
  showPicture(volume: Volume | null): void
  /** To be called when the voxels of the mask or the preview were changed from outside (undo, load, mask operations). */
  refreshMask(): void
  setTool(tool: Tool): void
  /** Sizes outside `brushRangeMm` are taken to its ends. */
  setBrush(brush: Partial<BrushSetting>): void
  setThreshold(change: Partial<ThresholdSetting>): void
  /** How the tools that draw lines first work. */
  setSketching(change: Partial<SketchSettings>): void
  /** Gives the voxels in the outline a value, by default the one it was begun with. @returns whether there was one of three points */
  fillOutline(value?: 0 | 1): boolean
  /** @returns whether there was a point to take away */
  removeOutlinePoint(): boolean
  /** Removes the vertex under the pointer, or the one taken hold of last, of the open or the closed outline. @returns whether there was one */
  removeOutlineVertex(): boolean
  /** Shows an outline that was kept, to go on with. */
  showOutline(outline: Outline): void
  /** Leaves the filled outline as it is: the mask was changed by something else. */
  endOutline(): void
  /** Ends the stroke in hand as releasing the button does: `strokeEnd` is told before this returns. */
  endStroke(): void
  /** Lays the last filled outline on the slice shown, or on the next if it is from there. @returns whether there was one */
  pasteOutline(): boolean
  /** Takes away the lines that are drawn but not done. @returns whether there was one */
  clearSketch(): boolean
  setWindow(window: GreyWindow): void
  /** The window the image came with. */
  resetWindow(): void
  /** A window from the image's own grey levels. */
  autoWindow(): void
  setOpacity(opacity: number): void
  setMaskVisible(visible: boolean): void
  /** Of the mask, and of what lies over it. */
  setMaskStyle(style: MaskStyle): void
  setInterpolation(interpolation: Interpolation): void
  setPreset(preset: Preset): void
  setCrosshairVisible(visible: boolean): void
  setAnnotationsVisible(visible: boolean): void
  /** Moves the linked cursor to the nearest voxel of a voxel index or an LPS position. */
  moveCursor(target: { readonly index: Triple } | { readonly positionMm: Triple }): void
  /** Moves the linked cursor so many voxels as seen in a view: to the right, and downwards. */
  nudgeCursor(plane: Plane, right: number, down: number): void
  /**
   * Puts the tool down on the linked cursor in a view, as the left button does under the pointer: a brush paints, an outline gets
   * a point. It is drawn along as the cursor moves within the slice, until `liftTool` or another slice.
   */
  putToolOnCursor(plane: Plane): void
  liftTool(): void
  /** Goes `count` slices on (back if negative); `Infinity` is the last one. */
  scroll(plane: Plane, count: number): void
  /** Shows the whole slice in every view. */
  fit(): void
  /** Brings the cursor to the middle of every view. */
  centre(): void
  /**
   * Pans and zooms a view as that of another viewer: the point of the patient (LPS) nearest the middle, and the scale, as far as
   * the view can take it. A view that is hidden, or stands so already, is left alone; `placed` is not sent.
   */
  placeView(plane: Plane, place: Pick<ViewState, 'centreMm' | 'mmPerPixel'>): void
  maximise(plane: Plane | null): void
  /** Takes back a stroke that is under way. @returns whether there was one. */
  cancelStroke(): boolean
  getState(): ViewerState
  /** @returns the function that ends the subscription. */
  on<Name extends keyof ViewerEvents>(name: Name, listener: (event: ViewerEvents[Name]) => void): () => void
  dispose(): void
}
