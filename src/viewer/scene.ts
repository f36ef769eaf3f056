import { indexToPhysical, type Volume } from '../core/image/volume.ts'
import { defaultRangeDeviations } from '../core/mask/edit/rangeUnderBrush.ts'
import type { BoundingBox, Mask } from '../core/mask/mask.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import type { SecondImage } from './blendSlice.ts'
import type { EnhancementMap } from './enhancementLayer.ts'
import type { GreyWindow } from './greyWindow.ts'
import type { Interpolation } from './imageRenderer.ts'
import type { Colour, MaskStyle } from './maskLayer.ts'
import { startTool } from './mouse.ts'
import type { Preset, Tool } from './tools.ts'
import { fitPlacement, indexToPoint, pointToIndex, type PixelSize, type Placement, type Point } from './placement.ts'
import type { OutlinedMask } from './outlinesLayer.ts'
import type { PlaneView } from './planeView.ts'
import { planes, type Plane, type PlaneAxes } from './planes.ts'
import {
  previewColour,
  type BrushSetting,
  type Probe,
  type ThresholdSetting,
  type ViewerOptions,
  type ViewState,
} from './viewer.ts'

/** An image with what belongs to it alone. */
export interface ShownImage {
  readonly volume: Volume
  readonly axes: Readonly<Record<Plane, PlaneAxes>>
  /** Its grey levels are Hounsfield units. */
  readonly isHounsfield: boolean
  /** The window that it came with. */
  readonly start: GreyWindow
  readonly placements: Record<Plane, Placement>
  /** Views that follow the size of their element until the hand places them. */
  readonly fitted: Record<Plane, boolean>
  cursor: Triple
  window: GreyWindow
}

/** All that the three views show, and what the hand holds: the parts of the viewer read it, the viewer changes it. */
export interface Scene {
  readonly views: Readonly<Record<Plane, PlaneView>>
  shown: ShownImage | undefined
  second: SecondImage | null
  enhancement: EnhancementMap | null
  /** Drawn in place of the image in one view. */
  picture: { readonly volume: Volume; readonly plane: Plane } | null
  mask: Mask | null
  maskColour: Colour
  maskVisible: boolean
  maskStyle: MaskStyle
  /** Another one whenever voxels of mask or preview changed: only then are they drawn anew where the view stays. */
  maskRevision: number
  preview: Mask | null
  previewColours: readonly [Colour, Colour]
  /** Masks that are looked at beside the one that is painted on. */
  others: readonly OutlinedMask[]
  /** Where a tool stops; its border is drawn. */
  box: BoundingBox | null
  opacity: number
  interpolation: Interpolation
  crosshairVisible: boolean
  annotationsVisible: boolean
  preset: Preset
  tool: Tool
  brush: BrushSetting
  threshold: ThresholdSetting
  maximised: Plane | null
  activePlane: Plane
  /** Where the hand is. */
  hover: (Point & { readonly plane: Plane }) | undefined
}

export function createScene(
  views: Scene['views'],
  { preset, brush, opacity, maskStyle, interpolation, colour }: ViewerOptions,
): Scene {
  return {
    views,
    shown: undefined,
    second: null,
    enhancement: null,
    picture: null,
    mask: null,
    maskColour: colour,
    maskVisible: true,
    maskStyle,
    maskRevision: 0,
    preview: null,
    previewColours: [previewColour, previewColour],
    others: [],
    box: null,
    opacity,
    interpolation,
    crosshairVisible: true,
    annotationsVisible: true,
    preset,
    tool: startTool(preset),
    brush,
    threshold: { mode: 'adaptive', low: 0, high: 0, deviations: defaultRangeDeviations, inverted: false },
    maximised: null,
    activePlane: 'axial',
    hover: undefined,
  }
}

/** The slice that a view shows: a voxel index along its axis through the slices. */
export function sliceOf({ cursor, axes }: ShownImage, plane: Plane): number {
  return cursor[axes[plane].through.axis]
}

/** The continuous voxel index under a point of a view. */
export function indexAt(scene: Scene, shown: ShownImage, plane: Plane, point: Point): Triple {
  const { volume, axes, placements } = shown
  return pointToIndex(volume, axes[plane], placements[plane], scene.views[plane].size(), sliceOf(shown, plane), point)
}

/** Where a voxel index lies on a view. */
export function pointAt(scene: Scene, { volume, axes, placements }: ShownImage, plane: Plane, index: Triple): Point {
  return indexToPoint(volume, axes[plane], placements[plane], scene.views[plane].size(), index)
}

/** The outer border of the scene's box on a view; null where it does not reach the slice that is shown. */
export function boxOn(scene: Scene, shown: ShownImage, plane: Plane): (Point & PixelSize) | null {
  if (!scene.box) return null
  const { lower, upper } = scene.box
  const { axis } = shown.axes[plane].through
  const slice = sliceOf(shown, plane)
  if (slice < lower[axis] || slice > upper[axis]) return null
  const a = pointAt(scene, shown, plane, [lower[0] - 0.5, lower[1] - 0.5, lower[2] - 0.5])
  const b = pointAt(scene, shown, plane, [upper[0] + 0.5, upper[1] + 0.5, upper[2] + 0.5])
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) }
}

export function probeAt({ volume }: ShownImage, index: Triple): Probe {
  const [i, j, k] = index
  const value = volume.voxels[i + volume.size[0] * (j + volume.size[1] * k)]
  return { index, positionMm: indexToPhysical(volume, index), value }
}

/** The placement with which a view shows the whole slice. */
export function fittedPlacement(scene: Scene, { volume, axes }: Pick<ShownImage, 'volume' | 'axes'>, plane: Plane): Placement {
  return fitPlacement(volume, axes[plane], scene.views[plane].size())
}

export function describeViews(scene: Scene, shown: ShownImage): Readonly<Record<Plane, ViewState>> {
  const describe = (plane: Plane): [Plane, ViewState] => {
    const { mmPerPixel } = shown.placements[plane]
    const { width, height } = scene.views[plane].size()
    const centreMm = indexToPhysical(shown.volume, indexAt(scene, shown, plane, { x: width / 2, y: height / 2 }))
    const sliceCount = shown.volume.size[shown.axes[plane].through.axis]
    const zoom = fittedPlacement(scene, shown, plane).mmPerPixel / mmPerPixel
    return [plane, { slice: sliceOf(shown, plane), sliceCount, centreMm, mmPerPixel, zoom }]
  }
  return Object.fromEntries(planes.map(describe)) as Record<Plane, ViewState>
}
