import { indexToPhysical, physicalToIndex, type Volume } from '../core/image/volume.ts'
import { paintStroke } from '../core/mask/brush.ts'
import { differenceOfPositions, type MaskDifference } from '../core/mask/difference.ts'
import { defaultRangeDeviations, rangeUnderBrush } from '../core/mask/edit/rangeUnderBrush.ts'
import type { GreyRange } from '../core/mask/edit/threshold.ts'
import type { Mask } from '../core/mask/mask.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import { createEmitter } from './events.ts'
import { percentileWindow, startWindow, type GreyWindow } from './greyWindow.ts'
import type { ImageRenderer } from './imageRenderer.ts'
import {
  createWheelCounter,
  dragAction,
  isLooking,
  isPainting,
  startTool,
  wheelAction,
  type DragAction,
  type Tool,
} from './mouse.ts'
import {
  clampToGrid,
  fitPlacement,
  indexToPoint,
  panPlacement,
  pointToIndex,
  voxelAt,
  zoomPlacement,
  type Placement,
  type Point,
} from './placement.ts'
import { createPlaneView, type PlaneView } from './planeView.ts'
import { edgeLetters, gridPlanes, planes, type Plane, type PlaneAxes } from './planes.ts'
import { chooseScaleBar } from './scaleBar.ts'
import { createSketchTools } from './sketchTools.ts'
import {
  brushRangeMm,
  defaultViewerOptions,
  previewColour,
  type BrushSetting,
  type Probe,
  type ThresholdSetting,
  type Viewer,
  type ViewerEvents,
  type ViewerOptions,
  type ViewState,
} from './viewer.ts'

/** An image with what belongs to it alone. */
interface Shown {
  readonly volume: Volume
  readonly axes: Readonly<Record<Plane, PlaneAxes>>
  readonly start: GreyWindow
  readonly placements: Record<Plane, Placement>
  /** Views that follow the size of their element until the hand places them. */
  readonly fitted: Record<Plane, boolean>
  cursor: Triple
  window: GreyWindow
}

interface Stroke {
  readonly plane: Plane
  readonly value: 0 | 1
  readonly changed: number[]
  /** Grey levels that may be painted; undefined paints all. */
  readonly range: GreyRange | undefined
  readonly action: 'Brush' | 'Eraser' | 'Threshold brush'
  last: Triple
}

/** A hand on a view. */
interface Drag {
  readonly plane: Plane
  readonly action: DragAction
  readonly pointerId: number
  readonly start: Point
  readonly startWindow: GreyWindow
  last: Point
}

/** The hand rests when it has not moved for so long: the views beside it are drawn then. */
const restMs = 120
/** Of the start window, for each pixel that the hand moves. */
const windowPerPixel = 1 / 300
const zoomPerPixel = 1.006
const zoomPerNotch = 1.15
const brushPerNotch = 1.15
/** Pixels of the view, for the longest scale bar. */
const scaleBarShare = 0.3
const zoomRange = { smallest: 0.25, greatest: 64 }

/** See `Viewer`. The elements are filled by the viewer and emptied by `dispose`; their size and place are the caller's. */
export function createViewer(elements: Readonly<Record<Plane, HTMLElement>>, given: Partial<ViewerOptions> = {}): Viewer {
  const options = { ...defaultViewerOptions, ...given }
  const events = createEmitter<ViewerEvents>()
  const views = Object.fromEntries(planes.map((plane) => [plane, createPlaneView(plane, elements[plane])])) as Record<
    Plane,
    PlaneView
  >

  let { preset, brush, opacity, interpolation } = options
  let tool: Tool = startTool(preset)
  let maskVisible = true
  let crosshairVisible = true
  let annotationsVisible = true
  let maximised: Plane | null = null
  let activePlane: Plane = 'axial'
  let renderer: ImageRenderer | undefined
  let isLoading = false
  let shown: Shown | undefined
  let mask: Mask | null = null
  let maskColour = options.colour
  let preview: Mask | null = null
  let previewOver = previewColour
  /** Another one whenever voxels of the mask changed: only then is it drawn anew where the view stays. */
  let maskRevision = 0
  let threshold: ThresholdSetting = { mode: 'adaptive', low: 0, high: 0, deviations: defaultRangeDeviations }
  let stroke: Stroke | undefined
  let drag: Drag | undefined
  let hover: (Point & { plane: Plane }) | undefined
  let isDisposed = false

  // ---------------------------------------------------------------- drawing
  const imagesDue = new Set<Plane>()
  const overlaysDue = new Set<Plane>()
  /** An image was handed to the renderer since the last frame. */
  let isDrawing = false
  let frame = 0
  let restTimer: ReturnType<typeof setTimeout> | undefined

  /** cornerstone comes with the first image, not with the page. */
  const loadRenderer = () => {
    if (isLoading) return
    isLoading = true
    import('./imageRenderer.ts')
      .then(({ createImageRenderer }) => {
        if (isDisposed) return
        renderer = createImageRenderer({ axial: views.axial.stage, sagittal: views.sagittal.stage, coronal: views.coronal.stage })
        planes.forEach(redraw)
      })
      .catch((error: unknown) => {
        events.emit('imageFailed', { reason: error instanceof Error ? error.message : String(error) })
      })
  }
  /** Of one view a frame, the one under the hand first: a fast hand skips slices, and the views beside wait for it. */
  const drawImage = (plane: Plane) => {
    if (!renderer) return
    imagesDue.add(plane)
    if (!isDrawing) drawNextImage()
  }
  const drawNextImage = () => {
    for (const plane of imagesDue) if (!views[plane].isVisible()) imagesDue.delete(plane)
    const [first] = imagesDue
    const plane = imagesDue.has(activePlane) ? activePlane : first
    if (!shown || !renderer || !plane) return
    imagesDue.delete(plane)
    const { volume, placements, cursor, window } = shown
    const axes = shown.axes[plane]
    const slice = cursor[axes.through.axis]
    renderer.draw(plane, volume, axes, placements[plane], views[plane].size(), slice, { window, interpolation })
    isDrawing = true
    requestFrame()
  }
  /** Mask and annotations are drawn with the next frame, once, however often they change before it, and never before their image. */
  const drawOverlay = (plane: Plane) => {
    overlaysDue.add(plane)
    requestFrame()
  }
  const requestFrame = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0
      isDrawing = false
      for (const plane of overlaysDue) {
        if (imagesDue.has(plane)) continue
        overlaysDue.delete(plane)
        drawOverlayNow(plane)
      }
      drawNextImage()
    })
  }
  const drawOverlayNow = (plane: Plane) => {
    const { maskLayer, previewLayer, annotations } = views[plane]
    if (!shown || !views[plane].isVisible()) return
    const { volume, placements, cursor } = shown
    const axes = shown.axes[plane]
    const size = views[plane].size()
    const slice = cursor[axes.through.axis]
    const look = { opacity, revision: maskRevision }
    maskLayer.draw(maskVisible ? mask : null, axes, placements[plane], size, slice, { ...look, colour: maskColour })
    previewLayer.draw(maskVisible ? preview : null, axes, placements[plane], size, slice, { ...look, colour: previewOver })
    annotations.setSlice(plane, cursor[axes.through.axis] + 1, volume.size[axes.through.axis])
    annotations.setCrosshair(crosshairVisible ? indexToPoint(volume, axes, placements[plane], size, cursor) : null)
    annotations.setScaleBar(chooseScaleBar(placements[plane].mmPerPixel, Math.max(40, size.width * scaleBarShare)))
    annotations.setWindow(
      `W ${writeGrey(shown.window.width, shown.start.width)}  L ${writeGrey(shown.window.centre, shown.start.width)}`,
    )
    drawBrush(plane)
    drawSketch(plane)
  }
  const drawBrush = (plane: Plane) => {
    const point = hover?.plane === plane && isPainting(tool) && (!drag || stroke) ? hover : undefined
    const radius = shown ? brush.radiusMm / shown.placements[plane].mmPerPixel : 0
    const erases = stroke ? stroke.value === 0 : tool === 'eraser'
    views[plane].annotations.setBrush(shown && point ? { x: point.x, y: point.y, radius, erases } : null)
  }
  const drawSketch = (plane: Plane) => {
    views[plane].annotations.setSketch(sketches.sketchOf(plane, hover?.plane === plane ? hover : undefined))
  }
  const redraw = (plane: Plane) => {
    drawImage(plane)
    drawOverlay(plane)
  }
  const restHand = () => {
    clearTimeout(restTimer)
    restTimer = setTimeout(() => planes.forEach(drawOverlay), restMs)
  }

  // ---------------------------------------------------------------- state
  const probe = (index: Triple): Probe => {
    const { volume } = shown!
    const [i, j, k] = index
    return {
      index,
      positionMm: indexToPhysical(volume, index),
      value: volume.voxels[i + volume.size[0] * (j + volume.size[1] * k)],
    }
  }
  const viewState = (plane: Plane): ViewState => {
    const { volume, axes, placements, cursor } = shown!
    const through = axes[plane].through.axis
    const { mmPerPixel } = placements[plane]
    const zoom = fitPlacement(volume, axes[plane], views[plane].size()).mmPerPixel / mmPerPixel
    return { slice: cursor[through], sliceCount: volume.size[through], mmPerPixel, zoom }
  }
  const viewStates = () => ({ axial: viewState('axial'), sagittal: viewState('sagittal'), coronal: viewState('coronal') })
  const tellViews = () => events.emit('view', viewStates())
  const tellSettings = () => events.emit('settings', viewer.getState())

  const setCursor = (index: Triple) => {
    if (!shown) return
    const before = shown.cursor
    const next = clampToGrid(shown.volume, index)
    if (next.every((v, axis) => v === before[axis])) return
    if (stroke) endStroke()
    sketches.stopGesture()
    shown.cursor = next
    for (const plane of planes) {
      const { axis } = shown.axes[plane].through
      // A view whose slice stays is not drawn anew: only its lines move.
      if (next[axis] !== before[axis]) drawImage(plane)
      drawOverlay(plane)
    }
    events.emit('cursor', probe(next))
    tellViews()
  }
  const setPlacement = (plane: Plane, placement: Placement) => {
    if (!shown) return
    const fit = fitPlacement(shown.volume, shown.axes[plane], views[plane].size()).mmPerPixel
    if (placement.mmPerPixel < fit / zoomRange.greatest || placement.mmPerPixel > fit / zoomRange.smallest) return
    shown.placements[plane] = placement
    shown.fitted[plane] = false
    redraw(plane)
    tellViews()
  }
  const applyWindow = (next: GreyWindow) => {
    if (!shown) return
    shown.window = { centre: next.centre, width: Math.max(shown.start.width * 1e-3, next.width) }
    planes.forEach(redraw)
    events.emit('window', shown.window)
  }
  const fitView = (plane: Plane) => {
    if (!shown) return
    shown.placements[plane] = fitPlacement(shown.volume, shown.axes[plane], views[plane].size())
    shown.fitted[plane] = true
    redraw(plane)
  }
  const indexAt = (plane: Plane, point: Point): Triple => {
    const { volume, axes, placements, cursor } = shown!
    return pointToIndex(volume, axes[plane], placements[plane], views[plane].size(), cursor[axes[plane].through.axis], point)
  }

  // ---------------------------------------------------------------- lines
  const recordEdit = (action: string, plane: Plane, difference: MaskDifference) => {
    if (!maskVisible) viewer.setMaskVisible(true)
    viewer.refreshMask()
    if (difference.starts.length > 0) events.emit('strokeEnd', { action, plane, difference })
  }
  const sketches = createSketchTools({
    ground: () =>
      shown && {
        volume: shown.volume,
        axes: shown.axes,
        slice: (plane) => shown!.cursor[shown!.axes[plane].through.axis],
        indexAt,
        pointAt: (plane, index) =>
          indexToPoint(shown!.volume, shown!.axes[plane], shown!.placements[plane], views[plane].size(), index),
      },
    mask: () => mask,
    onSketch(plane) {
      drawSketch(plane)
      tellSettings()
    },
    onEdit: recordEdit,
    onMaskMissing: (plane) => events.emit('maskMissing', { plane }),
  })

  // ---------------------------------------------------------------- painting
  const rangeOfStroke = (plane: Plane, at: Triple): GreyRange | undefined => {
    if (threshold.mode === 'fixed') return threshold
    const sliceAxis = shown!.axes[plane].through.axis
    const range = rangeUnderBrush(shown!.volume, at, { ...brush, sliceAxis }, threshold.deviations)
    threshold = { ...threshold, ...range }
    tellSettings()
    return threshold
  }
  const paintTo = (point: Point) => {
    if (!stroke || !mask || !shown) return
    const to = indexAt(stroke.plane, point)
    const sliceAxis = shown.axes[stroke.plane].through.axis
    const { range } = stroke
    const { voxels } = shown.volume
    const accepts = range && ((position: number) => voxels[position] >= range.low && voxels[position] <= range.high)
    const changed = paintStroke(mask, stroke.last, to, { ...brush, sliceAxis }, stroke.value, accepts)
    stroke.last = to
    if (changed.length === 0) return
    for (const position of changed) stroke.changed.push(position)
    maskRevision++
    drawOverlay(stroke.plane)
    restHand()
    events.emit('maskChanged', stroke.value ? { added: changed.length, removed: 0 } : { added: 0, removed: changed.length })
  }
  const beginStroke = (plane: Plane, value: 0 | 1, point: Point) => {
    if (!mask) {
      events.emit('maskMissing', { plane })
      return
    }
    if (!maskVisible) viewer.setMaskVisible(true)
    const last = indexAt(plane, point)
    // The right button of the threshold brush takes what ran over away, whatever its grey level.
    const range = tool === 'thresholdBrush' && value === 1 ? rangeOfStroke(plane, last) : undefined
    stroke = { plane, value, changed: [], range, action: range ? 'Threshold brush' : value ? 'Brush' : 'Eraser', last }
    paintTo(point)
  }
  const endStroke = () => {
    if (!stroke) return
    const { plane, value, changed, action } = stroke
    stroke = undefined
    planes.forEach(drawOverlay)
    if (changed.length === 0) return
    const difference = differenceOfPositions(changed, 1 - value, value)
    events.emit('strokeEnd', { action, plane, difference })
  }

  // ---------------------------------------------------------------- hands
  const stopDrag = () => {
    endStroke()
    sketches.release()
    drag = undefined
    updatePointers()
  }
  const updatePointers = () => {
    for (const plane of planes) views[plane].setPointer(shown ? (drag?.action ?? tool) : undefined)
    if (hover) drawBrush(hover.plane)
  }
  const moved = (plane: Plane, point: Point) => {
    hover = { plane, ...point }
    drawBrush(plane)
    drawSketch(plane)
    if (!shown) return
    const index = indexAt(plane, point)
    const voxel = voxelAt(shown.volume, index)
    events.emit('pointer', voxel ? { ...probe(voxel), positionMm: indexToPhysical(shown.volume, index), plane } : null)
  }
  const pickAt = (plane: Plane, point: Point) => {
    const voxel = voxelAt(shown!.volume, indexAt(plane, point))
    if (!voxel) return
    if (mask) events.emit('pick', { plane, index: voxel })
    else events.emit('maskMissing', { plane })
  }
  const dragTo = (current: Drag, point: Point) => {
    if (!shown) return
    const { plane, action, start } = current
    const [dx, dy] = [point.x - current.last.x, point.y - current.last.y]
    current.last = point
    if (action === 'paint' || action === 'erase') paintTo(point)
    else if (action === 'cursor') setCursor(indexAt(plane, point))
    else if (action === 'pick') pickAt(plane, point)
    else if (action === 'pan') setPlacement(plane, panPlacement(shown.placements[plane], shown.axes[plane], dx, dy))
    else if (action === 'zoom') {
      setPlacement(
        plane,
        zoomPlacement(shown.placements[plane], shown.axes[plane], views[plane].size(), start, zoomPerPixel ** -dy),
      )
    } else if (action !== 'window') sketches.dragTo(point)
    else {
      const scale = shown.start.width * windowPerPixel
      const { centre, width } = current.startWindow
      applyWindow({ centre: centre + (point.y - start.y) * scale, width: width + (point.x - start.x) * scale })
    }
  }
  const listenTo = (plane: Plane) => {
    const view = views[plane]
    const countNotches = createWheelCounter()
    view.listen('pointerdown', (event) => {
      view.root.focus({ preventScroll: true })
      activePlane = plane
      if (!shown || drag) return
      const action = dragAction(event.button, event, tool, preset)
      if (!action) return
      event.preventDefault()
      view.root.setPointerCapture(event.pointerId)
      const point = view.pointOf(event)
      drag = { plane, action, pointerId: event.pointerId, start: point, last: point, startWindow: shown.window }
      if (action === 'paint' || action === 'erase') beginStroke(plane, action === 'paint' ? 1 : 0, point)
      else if (action === 'cursor') setCursor(indexAt(plane, point))
      else if (action === 'pick') pickAt(plane, point)
      else sketches.press(action, plane, point)
      updatePointers()
      moved(plane, point)
    })
    view.listen('pointermove', (event) => {
      const point = view.pointOf(event)
      if (drag && drag.pointerId === event.pointerId && drag.plane === plane) {
        // A fast hand makes several points a frame: a stroke follows them all.
        const between = stroke || drag.action === 'outline' || drag.action === 'cut' ? event.getCoalescedEvents() : []
        for (const step of between.length > 0 ? between : [event]) dragTo(drag, view.pointOf(step))
      }
      if (!drag || drag.plane === plane) moved(plane, point)
    })
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) {
      view.listen(end, (event) => {
        if (drag && drag.pointerId === event.pointerId && drag.plane === plane) stopDrag()
      })
    }
    view.listen('pointerenter', () => {
      if (!drag) activePlane = plane
    })
    view.listen('pointerleave', () => {
      if (drag) return
      hover = undefined
      drawBrush(plane)
      drawSketch(plane)
      events.emit('pointer', null)
    })
    view.listen('focus', () => {
      if (!drag) activePlane = plane
    })
    view.listen('contextmenu', (event) => event.preventDefault())
    // The middle button would start the browser's own scrolling.
    view.listen('mousedown', (event) => {
      if (event.button === 1) event.preventDefault()
    })
    view.listen('dblclick', (event) => {
      if (!shown || event.button !== 0) return
      if (tool === 'polygon') sketches.fill()
      if (!isLooking(tool)) return
      viewer.maximise(maximised === plane ? null : plane)
    })
    view.listen('wheel', (event) => {
      event.preventDefault()
      if (!shown) return
      const steps = countNotches(event)
      if (steps === 0) return
      const action = wheelAction(event, tool)
      const point = view.pointOf(event)
      if (action === 'slice') {
        viewer.scroll(plane, steps)
        moved(plane, point)
      } else if (action === 'zoom') {
        setPlacement(plane, zoomPlacement(shown.placements[plane], shown.axes[plane], view.size(), point, zoomPerNotch ** -steps))
      } else viewer.setBrush({ radiusMm: brush.radiusMm * brushPerNotch ** -steps })
    })
    view.onResize((before) => {
      if (!shown || !view.isVisible()) return
      if (shown.fitted[plane]) shown.placements[plane] = fitPlacement(shown.volume, shown.axes[plane], view.size())
      else if (before.width > 0) {
        const { width, height } = view.size()
        const { centreMm, mmPerPixel } = shown.placements[plane]
        const factor = Math.min(width, height) / Math.min(before.width, before.height)
        shown.placements[plane] = { centreMm, mmPerPixel: mmPerPixel / factor }
      }
      renderer?.resize()
      planes.forEach(drawImage)
      drawOverlayNow(plane)
      tellViews()
    })
  }

  const checkGrid = (next: Mask | null) => {
    if (next && shown && next.size.some((n, axis) => n !== shown!.volume.size[axis])) {
      throw new Error(
        `The mask has ${next.size.join(' x ')} voxels, the image ${shown.volume.size.join(' x ')}: put it on the image's grid first.`,
      )
    }
    if (next && !shown) throw new Error('There is no image to show the mask on: call showImage first.')
  }

  const viewer: Viewer = {
    showImage(volume) {
      stopDrag()
      const axes = gridPlanes(volume.direction)
      const placed = (plane: Plane) => fitPlacement(volume, axes[plane], views[plane].size())
      const start = startWindow(volume)
      mask = preview = null
      sketches.forget()
      threshold = { ...threshold, low: start.centre, high: start.centre + start.width / 2 }
      shown = {
        volume,
        axes,
        start,
        window: start,
        placements: { axial: placed('axial'), sagittal: placed('sagittal'), coronal: placed('coronal') },
        fitted: { axial: true, sagittal: true, coronal: true },
        cursor: clampToGrid(volume, [(volume.size[0] - 1) / 2, (volume.size[1] - 1) / 2, (volume.size[2] - 1) / 2]),
      }
      for (const plane of planes) {
        views[plane].setImageVisible(true)
        views[plane].annotations.setLetters(edgeLetters(volume.direction, axes[plane]))
        drawImage(plane)
        drawOverlayNow(plane)
      }
      loadRenderer()
      updatePointers()
      events.emit('window', start)
      events.emit('cursor', probe(shown.cursor))
      tellViews()
      tellSettings()
    },
    showMask(next, colour = options.colour) {
      checkGrid(next)
      stopDrag()
      if (next !== mask) sketches.clear()
      mask = next
      maskColour = colour
      maskRevision++
      planes.forEach(drawOverlay)
      tellSettings()
    },
    showPreview(next, colour = previewColour) {
      checkGrid(next)
      preview = next
      previewOver = colour
      maskRevision++
      planes.forEach(drawOverlay)
    },
    refreshMask() {
      maskRevision++
      planes.forEach(drawOverlay)
    },
    setTool(next) {
      if (next === tool) return
      if (stroke) stopDrag()
      tool = next
      updatePointers()
      tellSettings()
    },
    setBrush(change) {
      const radiusMm = Math.min(brushRangeMm.greatest, Math.max(brushRangeMm.smallest, change.radiusMm ?? brush.radiusMm))
      brush = { radiusMm, shape: change.shape ?? brush.shape } satisfies BrushSetting
      if (hover) drawBrush(hover.plane)
      tellSettings()
    },
    setThreshold(change) {
      threshold = { ...threshold, ...change }
      tellSettings()
    },
    setScissors(change) {
      sketches.setScissors(change)
      tellSettings()
    },
    fillOutline: (value) => sketches.fill(value),
    removeOutlinePoint: () => sketches.removePoint(),
    pasteOutline() {
      const pasted = sketches.paste()
      if (!pasted || !shown) return false
      const next: [number, number, number] = [...shown.cursor]
      next[shown.axes[pasted.plane].through.axis] = pasted.slice
      setCursor(next)
      viewer.setTool('polygon')
      return true
    },
    clearSketch: () => sketches.clear(),
    setWindow: applyWindow,
    resetWindow: () => shown && applyWindow(shown.start),
    autoWindow: () => shown && applyWindow(percentileWindow(shown.volume.voxels)),
    setOpacity(next) {
      opacity = Math.min(1, Math.max(0, next))
      planes.forEach(drawOverlay)
      tellSettings()
    },
    setMaskVisible(visible) {
      maskVisible = visible
      planes.forEach(drawOverlay)
      tellSettings()
    },
    setInterpolation(next) {
      interpolation = next
      planes.forEach(drawImage)
      tellSettings()
    },
    setPreset(next) {
      // The tool of the left hand is what the presets differ in: one who has not chosen another gets the new one's.
      if (tool === startTool(preset)) viewer.setTool(startTool(next))
      preset = next
      tellSettings()
    },
    setCrosshairVisible(visible) {
      crosshairVisible = visible
      planes.forEach(drawOverlay)
      tellSettings()
    },
    setAnnotationsVisible(visible) {
      annotationsVisible = visible
      for (const plane of planes) views[plane].annotations.setTextVisible(visible)
      tellSettings()
    },
    moveCursor(target) {
      if (shown) setCursor('index' in target ? target.index : physicalToIndex(shown.volume, target.positionMm))
    },
    nudgeCursor(plane, right, down) {
      if (!shown) return
      const next: [number, number, number] = [...shown.cursor]
      const { across, down: below } = shown.axes[plane]
      next[across.axis] += across.sign * right
      next[below.axis] += below.sign * down
      setCursor(next)
    },
    scroll(plane, count) {
      if (!shown) return
      const next: [number, number, number] = [...shown.cursor]
      const { axis } = shown.axes[plane].through
      next[axis] = Math.min(shown.volume.size[axis] - 1, Math.max(0, next[axis] + count))
      setCursor(next)
    },
    fit() {
      planes.forEach(fitView)
      if (shown) tellViews()
    },
    centre() {
      if (!shown) return
      const { volume, cursor, axes, placements } = shown
      for (const plane of planes) {
        const at = (axis: number) => cursor[axis] * volume.spacingMm[axis]
        setPlacement(plane, { ...placements[plane], centreMm: [at(axes[plane].across.axis), at(axes[plane].down.axis)] })
      }
    },
    maximise(plane) {
      if (plane === maximised) return
      maximised = plane
      events.emit('maximise', plane)
      tellSettings()
    },
    cancelStroke() {
      if (!stroke || !mask) return false
      const { value, changed } = stroke
      for (const position of changed) mask.voxels[position] = 1 - value
      maskRevision++
      stroke = undefined
      stopDrag()
      planes.forEach(drawOverlay)
      if (changed.length > 0)
        events.emit('maskChanged', value ? { added: 0, removed: changed.length } : { added: changed.length, removed: 0 })
      return true
    },
    getState: () => ({
      hasImage: shown !== undefined,
      hasMask: mask !== null,
      tool,
      preset,
      brush,
      window: shown?.window ?? null,
      opacity,
      maskVisible,
      interpolation,
      crosshairVisible,
      annotationsVisible,
      threshold,
      ...sketches.state(),
      maximised,
      activePlane,
      cursor: shown ? probe(shown.cursor) : null,
      views: shown ? viewStates() : null,
    }),
    on: events.on,
    dispose() {
      if (isDisposed) return
      stopDrag()
      isDisposed = true
      cancelAnimationFrame(frame)
      clearTimeout(restTimer)
      renderer?.dispose()
      renderer = undefined
      events.clear()
      planes.forEach((plane) => views[plane].dispose())
      shown = undefined
      mask = preview = null
    },
  }
  planes.forEach(listenTo)
  return viewer
}

/** A grey level with the digits that its range calls for, and a true minus. */
function writeGrey(value: number, range: number): string {
  const digits = range >= 100 ? 0 : Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(range))))
  return value.toFixed(digits).replace('-', '−')
}
