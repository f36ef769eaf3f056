import type { Triple } from '../core/numeric/voxelArray.ts'
import type { BrushTools } from './brushTools.ts'
import type { GreyWindow } from './greyWindow.ts'
import { createWheelCounter, createWheelSpeed, dragAction, wheelAction } from './mouse.ts'
import { distance, panPlacement, voxelAt, zoomPlacement, type Placement, type Point } from './placement.ts'
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
/** A finger that moved no farther may be the first of two. */
const fingerSlackPixels = 4
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
  /** A pen was used: it draws, and a finger beside it, or the hand that rests, does not. */
  let hasPen = false

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
    const slicesOf = createWheelSpeed()
    /** Where fingers are on the view. */
    const fingers = new Map<number, Point>()
    /** What the first finger will do once it moves or is lifted, unless another one comes. */
    let waiting: { readonly start: Point; begin(): void } | undefined
    let isPinching = false
    const begin = (action: DragAction, pointerId: number, point: Point) => {
      const { shown } = scene
      if (!shown || drag || (isEditing(action) && !host.mayEdit(plane))) return
      drag = { plane, action, pointerId, start: point, last: point, startWindow: shown.window }
      press(action, plane, point)
      updatePointers()
      hoverAt(plane, point)
    }
    const beginWaiting = () => {
      const { begin } = waiting ?? {}
      waiting = undefined
      begin?.()
    }
    /** Two fingers hold two points of the picture. */
    const pinch = (pointerId: number, to: Point) => {
      const { shown } = scene
      const [first, second] = fingers.values()
      const before = { middle: middleOf(first, second), apart: distance(first, second) }
      fingers.set(pointerId, to)
      const [one, other] = fingers.values()
      const middle = middleOf(one, other)
      if (!shown || before.apart === 0) return
      const { placements, axes } = shown
      const panned = panPlacement(placements[plane], axes[plane], middle.x - before.middle.x, middle.y - before.middle.y)
      const factor = distance(one, other) / before.apart
      host.setPlacement(plane, zoomPlacement(panned, axes[plane], view.size(), middle, factor))
    }
    const liftFinger = (pointerId: number) => {
      fingers.delete(pointerId)
      if (fingers.size === 0) isPinching = false
    }
    view.listen('pointerdown', (event) => {
      view.root.focus({ preventScroll: true })
      scene.activePlane = plane
      liftFromCursor()
      hasPen ||= event.pointerType === 'pen'
      const { shown, tool, preset } = scene
      const point = view.pointOf(event)
      const isFinger = event.pointerType === 'touch'
      if (isFinger) {
        fingers.set(event.pointerId, point)
        if (fingers.size === 2) {
          waiting = undefined
          // What was drawn so far stays, and can be undone.
          if (drag) stop()
          isPinching = true
        }
      }
      if (!shown || drag || isPinching) return
      const action = isFinger && hasPen ? 'pan' : dragAction(event.button, event, tool, preset)
      if (!action || host.isCovered(plane)) return
      event.preventDefault()
      view.root.setPointerCapture(event.pointerId)
      const { pointerId } = event
      waiting = { start: point, begin: () => begin(action, pointerId, point) }
      if (!isFinger) beginWaiting()
    })
    view.listen('pointermove', (event) => {
      if (isPinching && fingers.has(event.pointerId)) {
        if (fingers.size === 2) pinch(event.pointerId, view.pointOf(event))
        return
      }
      if (waiting && distance(waiting.start, view.pointOf(event)) > fingerSlackPixels) beginWaiting()
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
        if (name === 'pointerup') beginWaiting()
        waiting = undefined
        liftFinger(event.pointerId)
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
        const slices = slicesOf(steps, event.timeStamp)
        // ITK-SNAP goes one slice a notch, however fast.
        host.scroll(plane, scene.preset === 'pacs' ? steps * slices : steps)
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

function middleOf(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}
