import type { Triple } from '../core/numeric/voxelArray.ts'
import type { BrushTools } from './brushTools.ts'
import type { GreyWindow } from './greyWindow.ts'
import { createWheelCounter, dragAction, wheelAction } from './mouse.ts'
import { panPlacement, voxelAt, zoomPlacement, type Placement, type Point } from './placement.ts'
import { planes, type Plane } from './planes.ts'
import { indexAt, pointAt, type Scene } from './scene.ts'
import type { SketchTools } from './sketchTools.ts'
import { isEditing, isLine, isLooking, toolRow, type DragAction } from './tools.ts'

/** A hand on a view. */
interface Drag {
  readonly plane: Plane
  readonly action: DragAction
  readonly pointerId: number
  readonly start: Point
  readonly startWindow: GreyWindow
  last: Point
}

/** Of the start window, for each pixel that the hand moves. */
const windowPerPixel = 1 / 300
const zoomPerPixel = 1.006
const zoomPerNotch = 1.15
const brushPerNotch = 1.15
/** In place of a pointer's number, while a key holds the tool down on the cursor. */
const keyHand = -1
const noModifiers = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false }

/** What a hand brings about. */
export interface HandsHost {
  readonly brushes: BrushTools
  readonly sketches: SketchTools
  /** Whether a tool may change the mask now; where it may not, the caller has told why. */
  mayEdit(plane: Plane): boolean
  /** Whether the picture of the view is not there, and says so: no tool takes hold of it. */
  isCovered(plane: Plane): boolean
  setCursor(index: Triple): void
  setPlacement(plane: Plane, placement: Placement): void
  setWindow(window: GreyWindow): void
  setBrushRadius(radiusMm: number): void
  scroll(plane: Plane, count: number): void
  /** Shows that view alone, or all three again. */
  toggleMaximised(plane: Plane): void
  /** A tool that starts from one voxel was put on it. */
  onPick(plane: Plane, index: Triple): void
  /** The hand moved on that view, or left it: `scene.hover` tells. */
  onHover(plane: Plane): void
}

export type Hands = ReturnType<typeof createHands>

/** Pointer and wheel on the views: which tool gets what. */
export function createHands(scene: Scene, host: HandsHost) {
  const { views } = scene
  const { brushes, sketches } = host
  let drag: Drag | undefined

  const updatePointers = () => {
    for (const plane of planes) views[plane].setPointer(scene.shown ? (drag?.action ?? toolRow(scene.tool).drag) : undefined)
    if (scene.hover) host.onHover(scene.hover.plane)
  }
  const end = (endLines: () => void) => {
    brushes.end()
    endLines()
    drag = undefined
    updatePointers()
  }
  const lift = () => end(sketches.release)
  const stop = () => end(sketches.breakOff)
  const hoverAt = (plane: Plane, point: Point) => {
    scene.hover = { plane, ...point }
    host.onHover(plane)
  }
  const pickAt = (plane: Plane, point: Point) => {
    const { shown } = scene
    const voxel = shown && voxelAt(shown.volume, indexAt(scene, shown, plane, point))
    if (voxel) host.onPick(plane, voxel)
  }
  const press = (action: DragAction, plane: Plane, point: Point) => {
    if (action === 'paint' || action === 'erase') brushes.begin(plane, action === 'paint' ? 1 : 0, point)
    else if (action === 'cursor') host.setCursor(indexAt(scene, scene.shown!, plane, point))
    else if (action === 'pick') pickAt(plane, point)
    else sketches.press(action, plane, point)
  }
  const dragTo = (current: Drag, point: Point) => {
    const { shown } = scene
    if (!shown) return
    const { plane, action, start, startWindow } = current
    const [dx, dy] = [point.x - current.last.x, point.y - current.last.y]
    const [placement, axes] = [shown.placements[plane], shown.axes[plane]]
    current.last = point
    if (action === 'paint' || action === 'erase') brushes.paintTo(point)
    else if (action === 'cursor') host.setCursor(indexAt(scene, shown, plane, point))
    else if (action === 'pick') pickAt(plane, point)
    else if (action === 'pan') host.setPlacement(plane, panPlacement(placement, axes, dx, dy))
    else if (action === 'zoom') {
      host.setPlacement(plane, zoomPlacement(placement, axes, views[plane].size(), start, zoomPerPixel ** -dy))
    } else if (action === 'window') {
      const scale = shown.start.width * windowPerPixel
      const { centre, width } = startWindow
      host.setWindow({ centre: centre + (point.y - start.y) * scale, width: width + (point.x - start.x) * scale })
    } else sketches.dragTo(point)
  }
  const liftFromCursor = () => {
    if (drag?.pointerId !== keyHand) return
    const { plane } = drag
    lift()
    scene.hover = undefined
    host.onHover(plane)
  }

  const listenTo = (plane: Plane) => {
    const view = views[plane]
    const countNotches = createWheelCounter()
    view.listen('pointerdown', (event) => {
      view.root.focus({ preventScroll: true })
      scene.activePlane = plane
      liftFromCursor()
      const { shown, tool, preset } = scene
      if (!shown || drag) return
      const action = dragAction(event.button, event, tool, preset)
      if (!action || host.isCovered(plane)) return
      event.preventDefault()
      if (isEditing(action) && !host.mayEdit(plane)) return
      view.root.setPointerCapture(event.pointerId)
      const point = view.pointOf(event)
      drag = { plane, action, pointerId: event.pointerId, start: point, last: point, startWindow: shown.window }
      press(action, plane, point)
      updatePointers()
      hoverAt(plane, point)
    })
    view.listen('pointermove', (event) => {
      if (drag && drag.pointerId === event.pointerId && drag.plane === plane) {
        // A fast hand makes several points a frame: a line follows them all.
        const between = isLine(drag.action) ? event.getCoalescedEvents() : []
        for (const step of between.length > 0 ? between : [event]) dragTo(drag, view.pointOf(step))
      }
      if (!drag || drag.plane === plane) hoverAt(plane, view.pointOf(event))
    })
    for (const [name, end] of [
      ['pointerup', lift],
      ['pointercancel', stop],
      ['lostpointercapture', stop],
    ] as const) {
      view.listen(name, (event) => {
        if (drag && drag.pointerId === event.pointerId && drag.plane === plane) end()
      })
    }
    for (const arrival of ['pointerenter', 'focus'] as const) {
      view.listen(arrival, () => {
        if (!drag) scene.activePlane = plane
      })
    }
    view.listen('pointerleave', () => {
      if (drag) return
      scene.hover = undefined
      host.onHover(plane)
    })
    view.listen('contextmenu', (event) => event.preventDefault())
    // The middle button would start the browser's own scrolling.
    view.listen('mousedown', (event) => {
      if (event.button === 1) event.preventDefault()
    })
    view.listen('dblclick', (event) => {
      if (!scene.shown || event.button !== 0) return
      if (toolRow(scene.tool).drag === 'outline') sketches.fill()
      if (isLooking(scene.tool)) host.toggleMaximised(plane)
    })
    view.listen('wheel', (event) => {
      event.preventDefault()
      const { shown, tool, brush } = scene
      if (!shown) return
      const steps = countNotches(event)
      if (steps === 0) return
      const action = wheelAction(event, tool)
      const point = view.pointOf(event)
      if (action === 'slice') {
        host.scroll(plane, steps)
        hoverAt(plane, point)
      } else if (action === 'zoom') {
        const { placements, axes } = shown
        host.setPlacement(plane, zoomPlacement(placements[plane], axes[plane], view.size(), point, zoomPerNotch ** -steps))
      } else host.setBrushRadius(brush.radiusMm * brushPerNotch ** -steps)
    })
  }
  planes.forEach(listenTo)

  return {
    /** Shows what the tool in hand looks like. */
    updatePointers,
    /** Stops what the hand is doing before it lets go; what it has drawn stays. */
    stop,
    /** The view that the hand, or a key in its place, is drawing in. */
    planeInHand: () => drag?.plane,
    /** Puts the tool down on the linked cursor in a view, as the left button does under the pointer; tools that only look do nothing. */
    putOnCursor(plane: Plane) {
      const { shown, tool, preset } = scene
      const action = dragAction(0, noModifiers, tool, preset)
      if (!shown || drag || !action || isLooking(tool) || host.isCovered(plane) || (isEditing(action) && !host.mayEdit(plane)))
        return
      const point = pointAt(scene, shown, plane, shown.cursor)
      drag = { plane, action, pointerId: keyHand, start: point, last: point, startWindow: shown.window }
      press(action, plane, point)
      updatePointers()
      hoverAt(plane, point)
    },
    /** The view in which the tool is down on the cursor. */
    planeOfCursor: () => (drag?.pointerId === keyHand ? drag.plane : undefined),
    /** Draws the tool to where the cursor is now. */
    followCursor() {
      if (!drag || !scene.shown) return
      const point = pointAt(scene, scene.shown, drag.plane, scene.shown.cursor)
      dragTo(drag, point)
      hoverAt(drag.plane, point)
    },
    liftFromCursor,
    isDragging: () => drag !== undefined,
  }
}
