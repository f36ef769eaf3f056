import { indexToPhysical, physicalToIndex, type Volume } from '../core/image/volume.ts'
import type { Mask } from '../core/mask/mask.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import { createBrushTools } from './brushTools.ts'
import { createDrawing } from './drawing.ts'
import { createEmitter } from './events.ts'
import { isHounsfield, percentileWindow, startWindow, type GreyWindow } from './greyWindow.ts'
import { createHands } from './hands.ts'
import { startTool } from './mouse.ts'
import { clampToGrid, fitPlacement, isSamePlacement, voxelAt, type Placement } from './placement.ts'
import { createPlaneView } from './planeView.ts'
import { edgeLetters, gridPlanes, planes, type Plane, type SignedAxis } from './planes.ts'
import { createScene, describeViews, fittedPlacement, indexAt, pointAt, probeAt, sliceOf, type ShownImage } from './scene.ts'
import { createSketchTools } from './sketchTools.ts'
import { toolRow } from './tools.ts'
import {
  brushRangeMm,
  defaultViewerOptions,
  previewColour,
  type BrushSetting,
  type Viewer,
  type ViewerEvents,
  type ViewerOptions,
} from './viewer.ts'

const zoomRange = { smallest: 0.25, greatest: 64 }

/**
 * See `Viewer`. The elements are filled by the viewer and emptied by `dispose`; their size and place are the caller's.
 *
 * It is put together from: what is shown (`scene.ts`), when each view is drawn (`drawing.ts`), what pointer and wheel do
 * (`hands.ts`), and the tools that they work (`brushTools.ts`, `sketchTools.ts`).
 */
export function createViewer(elements: Readonly<Record<Plane, HTMLElement>>, given: Partial<ViewerOptions> = {}): Viewer {
  const options = { ...defaultViewerOptions, ...given }
  const events = createEmitter<ViewerEvents>()
  const viewIn = (plane: Plane) => createPlaneView(plane, elements[plane])
  const views = { axial: viewIn('axial'), sagittal: viewIn('sagittal'), coronal: viewIn('coronal') }
  const scene = createScene(views, options)
  let isDisposed = false

  const brushes = createBrushTools(scene, {
    onPainted(plane, change) {
      scene.maskRevision++
      drawing.drawOverlay(plane)
      drawing.drawAtRest()
      events.emit('maskChanged', change)
    },
    onStroke(action, plane, difference) {
      planes.forEach(drawing.drawOverlay)
      events.emit('strokeEnd', { action, plane, difference })
    },
    onRange: () => tellSettings(),
    drawOver: options.drawOver,
    onHeld: (held) => events.emit('held', held),
  })
  const sketches = createSketchTools({
    ground: () => {
      const { shown } = scene
      return (
        shown && {
          volume: shown.volume,
          axes: shown.axes,
          slice: (plane) => sliceOf(shown, plane),
          indexAt: (plane, point) => indexAt(scene, shown, plane, point),
          pointAt: (plane, index) => pointAt(scene, shown, plane, index),
        }
      )
    },
    mask: () => scene.mask,
    onSketch(plane) {
      drawing.drawHand(plane)
      tellSettings()
    },
    onEdit(action, plane, difference) {
      showMaskAgain()
      viewer.refreshMask()
      if (difference.starts.length > 0) events.emit('strokeEnd', { action, plane, difference })
    },
    drawOver: options.drawOver,
    onHeld: (held) => events.emit('held', held),
    onOutline: (outline) => events.emit('outline', outline),
    isCovered: (plane) => drawing.isCovered(plane),
    takeBack: options.takeBack,
  })
  const drawing = createDrawing(scene, {
    sketches,
    paintsSome: () => scene.tool === 'thresholdBrush' || options.drawOver() !== null,
    brushOn() {
      if (hands.isDragging()) return brushes.action()
      return toolRow(scene.tool).drag === 'erase' ? 'erase' : 'paint'
    },
    onDrawn: (volume) => events.emit('imageDrawn', { volume }),
    onPictures() {
      // A stroke under way keeps what was drawn while its picture was there.
      const plane = hands.planeInHand()
      if (plane && drawing.isCovered(plane)) hands.stop()
      tellSettings()
    },
  })
  const hands = createHands(scene, {
    brushes,
    sketches,
    isCovered: drawing.isCovered,
    mayEdit(plane) {
      if (!scene.mask) events.emit('maskMissing', { plane })
      else if (options.mayEdit()) {
        showMaskAgain()
        return true
      }
      return false
    },
    setCursor,
    setPlacement,
    setWindow,
    setBrushRadius: (radiusMm) => viewer.setBrush({ radiusMm }),
    scroll: (plane, count) => viewer.scroll(plane, count),
    toggleMaximised: (plane) => viewer.maximise(scene.maximised === plane ? null : plane),
    onPick: (plane, index) => events.emit('pick', { plane, index }),
    onHover(plane) {
      drawing.drawHand(plane)
      const { shown, hover } = scene
      if (!shown) return
      const index = hover && indexAt(scene, shown, plane, hover)
      const voxel = index && voxelAt(shown.volume, index)
      const pointer = voxel && { ...probeAt(shown, voxel), positionMm: indexToPhysical(shown.volume, index), plane }
      events.emit('pointer', pointer ?? null)
    },
  })

  function tellViews() {
    if (scene.shown) events.emit('view', describeViews(scene, scene.shown))
  }
  function tellSettings() {
    events.emit('settings', viewer.getState())
  }
  /** Nobody draws on what they do not see. */
  function showMaskAgain() {
    if (!scene.maskVisible) viewer.setMaskVisible(true)
  }

  function setCursor(index: Triple) {
    const { shown } = scene
    if (!shown) return
    const before = shown.cursor
    const next = clampToGrid(shown.volume, index)
    if (next.every((v, axis) => v === before[axis])) return
    const held = hands.planeOfCursor()
    const isDrawnAlong = held !== undefined && sliceOf({ ...shown, cursor: next }, held) === sliceOf(shown, held)
    if (!isDrawnAlong) {
      brushes.end()
      sketches.stopGesture()
      hands.liftFromCursor()
    }
    shown.cursor = next
    for (const plane of planes) {
      const { axis } = shown.axes[plane].through
      // A view whose slice stays is not drawn anew: only its lines move.
      if (next[axis] !== before[axis]) drawing.drawImage(plane)
      drawing.drawOverlay(plane)
    }
    if (isDrawnAlong) hands.followCursor()
    events.emit('cursor', probeAt(shown, next))
    tellViews()
  }
  /** In mm a pixel. */
  function scaleRange(shown: ShownImage, plane: Plane) {
    const fit = fittedPlacement(scene, shown, plane).mmPerPixel
    return { finest: fit / zoomRange.greatest, coarsest: fit / zoomRange.smallest }
  }
  function setPlacement(plane: Plane, placement: Placement) {
    const { shown } = scene
    if (!shown) return
    const { finest, coarsest } = scaleRange(shown, plane)
    if (placement.mmPerPixel < finest || placement.mmPerPixel > coarsest) return
    shown.placements[plane] = placement
    shown.fitted[plane] = false
    drawing.drawView(plane)
    events.emit('placed', plane)
    tellViews()
  }
  function setWindow({ centre, width }: GreyWindow) {
    const { shown } = scene
    if (!shown) return
    shown.window = { centre, width: Math.max(shown.start.width * 1e-3, width) }
    planes.forEach(drawing.drawView)
    events.emit('window', shown.window)
  }
  function followSize(plane: Plane) {
    const view = views[plane]
    view.onResize((before) => {
      const { shown } = scene
      if (!shown || !view.isVisible()) return
      if (shown.fitted[plane]) shown.placements[plane] = fittedPlacement(scene, shown, plane)
      else if (before.width > 0) {
        const { width, height } = view.size()
        const { centreMm, mmPerPixel } = shown.placements[plane]
        const factor = Math.min(width, height) / Math.min(before.width, before.height)
        shown.placements[plane] = { centreMm, mmPerPixel: mmPerPixel / factor }
      }
      drawing.resize()
      drawing.drawOverlayNow(plane)
      tellViews()
    })
  }
  /** @throws if there is no image, or another grid than its */
  function checkGrid(next: Mask | null) {
    const { shown } = scene
    if (next && !shown) throw new Error('There is no image to show the mask on: call showImage first.')
    if (next && shown && next.size.some((n, axis) => n !== shown.volume.size[axis])) {
      throw new Error(
        `The mask has ${next.size.join(' x ')} voxels, the image ${shown.volume.size.join(' x ')}: put it on the image's grid first.`,
      )
    }
  }

  const viewer: Viewer = {
    showImage(volume) {
      hands.stop()
      const axes = gridPlanes(volume.direction)
      const placed = (plane: Plane) => fitPlacement(volume, axes[plane], views[plane].size())
      const start = startWindow(volume)
      scene.mask = scene.preview = scene.box = scene.second = scene.enhancement = scene.picture = null
      scene.others = []
      sketches.forget()
      scene.threshold = { ...scene.threshold, low: start.centre, high: start.centre + start.width / 2 }
      const shown = {
        volume,
        axes,
        isHounsfield: isHounsfield(volume),
        start,
        window: start,
        placements: { axial: placed('axial'), sagittal: placed('sagittal'), coronal: placed('coronal') },
        fitted: { axial: true, sagittal: true, coronal: true },
        cursor: clampToGrid(volume, [(volume.size[0] - 1) / 2, (volume.size[1] - 1) / 2, (volume.size[2] - 1) / 2]),
      }
      scene.shown = shown
      for (const plane of planes) {
        views[plane].setImageVisible(true)
        views[plane].annotations.setLetters(edgeLetters(volume.direction, axes[plane], volume.source.derived?.isMirrored))
        drawing.drawImage(plane)
        drawing.drawOverlayNow(plane)
      }
      drawing.followRenderer()
      hands.updatePointers()
      events.emit('window', start)
      events.emit('cursor', probeAt(shown, shown.cursor))
      tellViews()
      tellSettings()
    },
    showMask(next, colour = options.colour) {
      checkGrid(next)
      hands.stop()
      // What is drawn but not done was meant for the other one.
      if (next !== scene.mask) sketches.putAway()
      scene.mask = next
      scene.maskColour = colour
      viewer.refreshMask()
      tellSettings()
    },
    showPreview(next, colour = previewColour, secondColour = colour) {
      checkGrid(next)
      scene.preview = next
      scene.previewColours = [colour, secondColour]
      viewer.refreshMask()
    },
    showOthers(others) {
      others.forEach(({ mask }) => checkGrid(mask))
      scene.others = others
      viewer.refreshMask()
    },
    showBox(box) {
      if (box === scene.box) return
      scene.box = box
      planes.forEach(drawing.drawOverlay)
    },
    showSecond(second) {
      if (second === scene.second) return
      scene.second = second
      planes.forEach(drawing.drawImage)
    },
    showEnhancement(map) {
      const { shown } = scene
      const isOther = (volume: Volume) => !shown || volume.size.some((n, axis) => n !== shown.volume.size[axis])
      if (map && (isOther(map.pre) || isOther(map.post))) {
        throw new Error('The phases of the colour map have another size than the image that is shown: both must be on one grid.')
      }
      scene.enhancement = map
      planes.forEach(drawing.drawOverlay)
    },
    showPicture(volume) {
      const { shown, picture, activePlane } = scene
      if (volume && (!shown || volume.size.some((n, axis) => n !== shown.volume.size[axis]))) {
        throw new Error('The picture has another size than the image that is shown: both must be on one grid.')
      }
      const plane = picture?.plane ?? activePlane
      scene.picture = volume && { volume, plane }
      drawing.drawImage(plane)
    },
    refreshMask() {
      scene.maskRevision++
      planes.forEach(drawing.drawOverlay)
    },
    setTool(next) {
      if (next === scene.tool) return
      if (brushes.action()) hands.stop()
      sketches.endClosed()
      scene.tool = next
      hands.updatePointers()
      tellSettings()
    },
    setBrush(change) {
      const radiusMm = Math.min(brushRangeMm.greatest, Math.max(brushRangeMm.smallest, change.radiusMm ?? scene.brush.radiusMm))
      scene.brush = { radiusMm, shape: change.shape ?? scene.brush.shape } satisfies BrushSetting
      if (scene.hover) drawing.drawHand(scene.hover.plane)
      tellSettings()
    },
    setThreshold(change) {
      scene.threshold = { ...scene.threshold, ...change }
      tellSettings()
    },
    setSketching(change) {
      sketches.set(change)
      tellSettings()
    },
    fillOutline: (value) => sketches.state().outline !== null && options.mayEdit() && sketches.fill(value),
    removeOutlinePoint: () => sketches.removePoint(),
    removeOutlineVertex: () => options.mayEdit() && sketches.removeVertex(scene.hover),
    showOutline: (outline) => sketches.lay(outline),
    endOutline: () => sketches.endClosed(),
    endStroke: () => hands.stop(),
    pasteOutline() {
      const { shown } = scene
      if (!shown || !scene.mask || !options.mayEdit()) return false
      const pasted = sketches.paste()
      if (!pasted) return false
      const next: [number, number, number] = [...shown.cursor]
      next[shown.axes[pasted.plane].through.axis] = pasted.slice
      setCursor(next)
      viewer.setTool('polygon')
      return true
    },
    clearSketch: () => sketches.clear(),
    setWindow,
    resetWindow: () => scene.shown && setWindow(scene.shown.start),
    autoWindow: () => scene.shown && setWindow(percentileWindow(scene.shown.volume.voxels)),
    setOpacity(next) {
      scene.opacity = Math.min(1, Math.max(0, next))
      planes.forEach(drawing.drawOverlay)
      tellSettings()
    },
    setMaskVisible(visible) {
      scene.maskVisible = visible
      planes.forEach(drawing.drawOverlay)
      tellSettings()
    },
    setMaskStyle(style) {
      scene.maskStyle = style
      planes.forEach(drawing.drawOverlay)
      tellSettings()
    },
    setInterpolation(next) {
      scene.interpolation = next
      planes.forEach(drawing.drawImage)
      tellSettings()
    },
    setPreset(next) {
      // The tool of the left hand is what the presets differ in: one who has not chosen another gets the new one's.
      if (scene.tool === startTool(scene.preset)) viewer.setTool(startTool(next))
      scene.preset = next
      tellSettings()
    },
    setCrosshairVisible(visible) {
      scene.crosshairVisible = visible
      planes.forEach(drawing.drawOverlay)
      tellSettings()
    },
    setAnnotationsVisible(visible) {
      scene.annotationsVisible = visible
      for (const plane of planes) views[plane].annotations.setTextVisible(visible)
      tellSettings()
    },
    moveCursor(target) {
      if (scene.shown) setCursor('index' in target ? target.index : physicalToIndex(scene.shown.volume, target.positionMm))
    },
    nudgeCursor(plane, right, down) {
      const { shown } = scene
      if (!shown) return
      const next: [number, number, number] = [...shown.cursor]
      const { across, down: below } = shown.axes[plane]
      next[across.axis] += across.sign * right
      next[below.axis] += below.sign * down
      setCursor(next)
    },
    scroll(plane, count) {
      const { shown } = scene
      if (!shown) return
      const next: [number, number, number] = [...shown.cursor]
      const { axis } = shown.axes[plane].through
      next[axis] = Math.min(shown.volume.size[axis] - 1, Math.max(0, next[axis] + count))
      setCursor(next)
    },
    fit() {
      const { shown } = scene
      if (!shown) return
      for (const plane of planes) {
        shown.placements[plane] = fittedPlacement(scene, shown, plane)
        shown.fitted[plane] = true
        drawing.drawView(plane)
      }
      tellViews()
    },
    centre() {
      const { shown } = scene
      if (!shown) return
      const { volume, cursor, axes, placements } = shown
      for (const plane of planes) {
        const at = (axis: number) => cursor[axis] * volume.spacingMm[axis]
        setPlacement(plane, { ...placements[plane], centreMm: [at(axes[plane].across.axis), at(axes[plane].down.axis)] })
      }
    },
    placeView(plane, place) {
      const { shown } = scene
      if (!shown || !views[plane].isVisible()) return
      const { across, down } = shown.axes[plane]
      const index = physicalToIndex(shown.volume, place.centreMm)
      const at = ({ axis }: SignedAxis) => index[axis] * shown.volume.spacingMm[axis]
      const { finest, coarsest } = scaleRange(shown, plane)
      const mmPerPixel = Math.min(coarsest, Math.max(finest, place.mmPerPixel))
      const next = { centreMm: [at(across), at(down)], mmPerPixel } as const
      if (isSamePlacement(next, shown.placements[plane])) return
      shown.placements[plane] = next
      shown.fitted[plane] = false
      drawing.drawView(plane)
      tellViews()
    },
    maximise(plane) {
      if (plane === scene.maximised) return
      scene.maximised = plane
      events.emit('maximise', plane)
      tellSettings()
    },
    putToolOnCursor: hands.putOnCursor,
    liftTool: hands.liftFromCursor,
    cancelStroke() {
      if (!brushes.cancel()) return false
      hands.stop()
      planes.forEach(drawing.drawOverlay)
      return true
    },
    getState() {
      const {
        shown,
        mask,
        tool,
        preset,
        brush,
        opacity,
        maskVisible,
        maskStyle,
        interpolation,
        threshold,
        maximised,
        activePlane,
      } = scene
      const { crosshairVisible, annotationsVisible } = scene
      return {
        hasImage: shown !== undefined,
        hasMask: mask !== null,
        isHounsfield: shown?.isHounsfield ?? false,
        isBlind: drawing.isBlind(),
        tool,
        preset,
        brush,
        window: shown?.window ?? null,
        opacity,
        maskVisible,
        maskStyle,
        interpolation,
        crosshairVisible,
        annotationsVisible,
        threshold,
        ...sketches.state(),
        maximised,
        activePlane,
        cursor: shown ? probeAt(shown, shown.cursor) : null,
        views: shown ? describeViews(scene, shown) : null,
      }
    },
    on: events.on,
    dispose() {
      if (isDisposed) return
      hands.stop()
      isDisposed = true
      drawing.dispose()
      events.clear()
      planes.forEach((plane) => views[plane].dispose())
      scene.shown = undefined
      scene.mask = scene.preview = null
      scene.others = []
    },
  }
  planes.forEach(followSize)
  return viewer
}
