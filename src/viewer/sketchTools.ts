import type { Volume } from '../core/image/volume.ts'
import type { Axis } from '../core/mask/brush.ts'
import {
  applyDifference,
  changedVoxelCount,
  compareMaskVoxels,
  differenceOfPositions,
  splitDifference,
  type MaskDifference,
} from '../core/mask/difference.ts'
import { heldOf, type Accepts, type Held } from '../core/mask/edit/drawOver.ts'
import { listPolygonVoxels, useScissors } from '../core/mask/edit/polygon.ts'
import type { Mask } from '../core/mask/mask.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import type { Sketch } from './annotations.ts'
import {
  closeAlong,
  dropLastVertex,
  extendAlong,
  holdAlong,
  moveOutline,
  nearestEdge,
  nearestPoint,
  polygonOf,
  type FindWay,
  type Outline,
} from './outline.ts'
import { distance, type Point } from './placement.ts'
import type { Plane, PlaneAxes } from './planes.ts'
import type { DragAction } from './tools.ts'

interface ScissorsSetting {
  readonly shape: 'rectangle' | 'lasso'
  readonly act: 'erase' | 'fill'
  /** Of the shape: what is taken out of the ROI, or filled. */
  readonly side: 'inside' | 'outside'
  readonly slices: 'one' | 'all'
}

interface RulerState {
  readonly plane: Plane
  readonly slice: number
  /** Undefined until the second end is set. */
  readonly lengthMm: number | undefined
}

interface OutlineState {
  readonly plane: Plane
  readonly slice: number
  readonly pointCount: number
  readonly erases: boolean
}

/** Finds the ways between vertices in a slice across an axis. */
export type FollowEdges = (volume: Volume, sliceAxis: Axis, from: Triple) => (to: Triple) => Triple[]

/** What a person sets for these tools. */
export interface SketchSettings {
  /** How an outline goes from vertex to vertex; null is straight. */
  readonly followEdges: FollowEdges | null
  readonly scissors: ScissorsSetting
}

/** What is drawn but not done, and how these tools are set. */
export interface SketchState extends SketchSettings {
  /** The outline that waits for Enter. */
  readonly outline: OutlineState | null
  /** The outline that was filled last can be changed still; the region follows. */
  readonly canEditClosed: boolean
  /** Whether an outline was filled before, to be pasted on another slice. */
  readonly canPaste: boolean
  readonly ruler: RulerState | null
}

/** What lines are drawn on: the views of the image as they are placed now. */
export interface SketchGround {
  readonly volume: Volume
  readonly axes: Readonly<Record<Plane, PlaneAxes>>
  slice(plane: Plane): number
  indexAt(plane: Plane, point: Point): Triple
  pointAt(plane: Plane, index: Triple): Point
}

export interface SketchHost {
  ground(): SketchGround | undefined
  mask(): Mask | null
  /** Lines of that view are other ones. */
  onSketch(plane: Plane): void
  /** The mask's voxels were changed in place. */
  onEdit(action: string, plane: Plane, difference: MaskDifference): void
  /** What may be drawn over now; null is everything. */
  drawOver(): Accepts | null
  /** An edit is done, and was kept from so much. */
  onHeld(held: Held): void
  /** The hand is done with a change of the open outline, which is to be kept; null where it is closed or discarded. */
  onOutline(outline: Outline | null): void
  /** Whether the picture of that view is not there: nothing that is drawn on it is changed then. */
  isCovered(plane: Plane): boolean
  /** Gives the mask the voxels that it had before the last edit of a sketch. @returns whether it could */
  takeBack(): boolean
}

/** The tools that draw lines first: polygon and freehand, scissors, ruler. */
export type SketchTools = ReturnType<typeof createSketchTools>

/** How near the hand must come to a vertex, in pixels. */
const reach = 8
/** The same for an edge: nearer, so that a point can be set beside a line. */
const edgeReach = 4
/** A hand that moves less is one that clicks. */
const clickSlack = 3

interface Ruler {
  readonly plane: Plane
  readonly slice: number
  readonly from: Triple
  readonly to: Triple | undefined
}

type Gesture =
  | { readonly kind: 'draw'; readonly plane: Plane; last: Point }
  | {
      readonly kind: 'move'
      readonly plane: Plane
      vertex: number
      /** Moves it along edges; undefined where lines are straight. */
      readonly along: ReturnType<typeof holdAlong> | undefined
      /** The vertex was made by this press, on an edge. */
      readonly isNew: boolean
      readonly start: Point
      moved: boolean
    }
  | { readonly kind: 'cut'; readonly plane: Plane; readonly slice: number; readonly start: Point; points: Triple[]; last: Point }
  | { readonly kind: 'measure'; readonly plane: Plane; readonly start: Point; readonly isSecond: boolean }

export function createSketchTools(host: SketchHost) {
  let settings: SketchSettings = {
    followEdges: null,
    scissors: { shape: 'rectangle', act: 'erase', side: 'inside', slices: 'one' },
  }
  let outline: Outline | undefined
  /** The outline that was filled last, as long as it can be changed, and whether filling it changed the mask. */
  let closed: { readonly outline: Outline; readonly changedMask: boolean } | undefined
  /** The vertex that was taken hold of last. */
  let chosen = -1
  let lastOutline: Outline | undefined
  let ruler: Ruler | undefined
  let gesture: Gesture | undefined

  /** Along edges of the slice that an outline lies in; undefined where its lines are straight. */
  const findWayIn = (ground: SketchGround, plane: Plane): FindWay | undefined => {
    const { followEdges } = settings
    return followEdges ? (from) => followEdges(ground.volume, ground.axes[plane].through.axis, from) : undefined
  }
  /** The ways from the last vertex, which the hand asks for wherever it goes. */
  let fromLast: { readonly at: Triple; readonly follow: FollowEdges; readonly to: (at: Triple) => Triple[] } | undefined
  const wayToHand = (ground: SketchGround, { plane, points }: Outline, hover: Point): Point[] => {
    const [last, follow, findWay] = [points[points.length - 1].at, settings.followEdges, findWayIn(ground, plane)]
    if (!follow || !findWay) return []
    if (fromLast?.at !== last || fromLast.follow !== follow) fromLast = { at: last, follow, to: findWay(last) }
    return fromLast.to(ground.indexAt(plane, hover)).map((at) => ground.pointAt(plane, at))
  }

  const setOutline = (next: Outline | undefined) => {
    const before = outline
    outline = next
    if (before && before.plane !== next?.plane) host.onSketch(before.plane)
    if (next) host.onSketch(next.plane)
  }
  const setClosed = (next: typeof closed) => {
    const plane = closed?.outline.plane
    closed = next
    if (plane) host.onSketch(plane)
  }
  const setRuler = (next: Ruler | undefined) => {
    const before = ruler
    ruler = next
    if (before && before.plane !== next?.plane) host.onSketch(before.plane)
    if (next) host.onSketch(next.plane)
  }
  const isHere = (sketch: { plane: Plane; slice: number } | undefined, plane: Plane) =>
    sketch !== undefined && sketch.plane === plane && sketch.slice === host.ground()?.slice(plane)

  const pressOutline = (ground: SketchGround, plane: Plane, point: Point, value: 0 | 1) => {
    // An outline that is open elsewhere is not given up for a click: the panel says where it is.
    if (outline && !isHere(outline, plane)) return
    // The other button begins an outline of its own over the closed one.
    const canHold = isHere(closed?.outline, plane) && closed!.outline.value === value
    const held = outline ?? (canHold ? closed!.outline : undefined)
    if (held && takeHold(ground, held, point)) return
    setClosed(undefined)
    const here = held && held === outline ? held : { plane, slice: ground.slice(plane), value, points: [] }
    gesture = { kind: 'draw', plane, last: point }
    const at = ground.indexAt(plane, point)
    const findWay = findWayIn(ground, plane)
    const points = findWay ? extendAlong(here.points, at, findWay) : [...here.points, { at, isVertex: true }]
    chosen = points.length - 1
    setOutline({ ...here, points })
  }

  /** Of the vertex under the hand, or of a new one on the edge there. @returns whether there was one */
  const takeHold = (ground: SketchGround, held: Outline, point: Point): boolean => {
    const { plane, points } = held
    const found = vertexAt(ground, held, point)
    const places = points.map(({ at }) => ground.pointAt(plane, at))
    const edge = found < 0 ? nearestEdge(places, held !== outline, point, edgeReach) : -1
    if (found < 0 && edge < 0) return false
    chosen = found >= 0 ? found : edge + 1
    const withIt = found < 0 ? points.toSpliced(chosen, 0, { at: ground.indexAt(plane, point), isVertex: true }) : points
    const findWay = findWayIn(ground, plane)
    const along = findWay && holdAlong(withIt, chosen, held !== outline, findWay)
    gesture = { kind: 'move', plane, vertex: chosen, along, isNew: found < 0, start: point, moved: false }
    if (found < 0) setHeld({ ...held, points: withIt })
    return true
  }
  const vertexAt = (ground: SketchGround, { plane, points }: Outline, point: Point) =>
    nearestPoint(
      points.map(({ at, isVertex }) => (isVertex ? ground.pointAt(plane, at) : null)),
      point,
      reach,
    )
  /** The open outline, or else the closed one, as the hand changes it. */
  const setHeld = (next: Outline) => {
    if (outline) setOutline(next)
    else if (closed) setClosed({ ...closed, outline: next })
  }
  /** The region follows the closed outline, as one step with its filling. */
  const refill = () => {
    if (!closed) return
    const { outline: changed, changedMask } = closed
    if (changedMask && !host.takeBack()) setClosed(undefined)
    else fillWith(changed, changed.value)
  }

  const dragTo = (point: Point) => {
    const ground = host.ground()
    if (!gesture || !ground) return
    const { plane } = gesture
    const at = ground.indexAt(plane, point)
    if (gesture.kind === 'move') {
      gesture.moved ||= distance(gesture.start, point) > clickSlack
      const held = outline ?? closed?.outline
      if (!gesture.moved || !held) return
      const { vertex, along } = gesture
      const moved = along?.(at) ?? { points: held.points.with(vertex, { ...held.points[vertex], at }), vertex }
      gesture.vertex = chosen = moved.vertex
      setHeld({ ...held, points: moved.points })
    } else if (gesture.kind === 'draw') {
      if (!outline || distance(gesture.last, point) < clickSlack) return
      gesture.last = point
      setOutline({ ...outline, points: [...outline.points, { at, isVertex: false }] })
    } else if (gesture.kind === 'cut') {
      if (settings.scissors.shape === 'rectangle') {
        const { start } = gesture
        const corners = [start, { x: point.x, y: start.y }, point, { x: start.x, y: point.y }]
        gesture.points = corners.map((corner) => ground.indexAt(plane, corner))
      } else if (distance(gesture.last, point) >= clickSlack) gesture.points.push(at)
      else return
      gesture.last = point
      host.onSketch(plane)
    } else if (ruler && distance(gesture.start, point) > clickSlack) setRuler({ ...ruler, to: at })
  }

  const cut = ({ plane, slice, points }: Gesture & { kind: 'cut' }) => {
    const [ground, mask] = [host.ground(), host.mask()]
    if (!ground || !mask || points.length < 3) return
    const { act, side, slices } = settings.scissors
    const value = act === 'fill' ? 1 : 0
    const voxels = useScissors(mask, polygonOf(points, ground.axes[plane], slice), { side, value, slices })
    const wanted = compareMaskVoxels(mask.voxels, voxels)
    const over = host.drawOver()
    const difference = over ? splitDifference(wanted, over).accepted : wanted
    applyDifference(mask.voxels, difference)
    host.onHeld(heldOf(changedVoxelCount(wanted), changedVoxelCount(difference)))
    host.onEdit(value ? 'Scissors, fill' : 'Scissors', plane, difference)
  }

  const fill = (value: 0 | 1 | undefined = outline?.value): boolean => {
    if (!outline || host.isCovered(outline.plane) || outline.points.length < 3 || value === undefined) return false
    const ground = host.ground()
    const findWay = ground && findWayIn(ground, outline.plane)
    const points = findWay ? closeAlong(outline.points, findWay) : outline.points
    if (!fillWith({ ...outline, points, value }, value)) return false
    setOutline(undefined)
    host.onOutline(null)
    return true
  }

  const fillWith = (filled: Outline, value: 0 | 1): boolean => {
    const [ground, mask] = [host.ground(), host.mask()]
    if (!ground || !mask) return false
    const { plane, slice, points } = filled
    const polygon = polygonOf(
      points.map(({ at }) => at),
      ground.axes[plane],
      slice,
    )
    const wanted = listPolygonVoxels(mask.size, polygon).filter((position) => mask.voxels[position] !== value)
    const over = host.drawOver()
    const changed = over ? wanted.filter(over) : wanted
    for (const position of changed) mask.voxels[position] = value
    lastOutline = filled
    closed = { outline: filled, changedMask: changed.length > 0 }
    host.onSketch(plane)
    host.onHeld(heldOf(wanted.length, changed.length))
    host.onEdit(value ? 'Polygon' : 'Polygon eraser', plane, differenceOfPositions(changed, 1 - value, value))
    return true
  }

  const release = () => {
    const ended = gesture
    gesture = undefined
    if (!ended) return
    if (ended.kind === 'cut') {
      if (distance(ended.start, ended.last) > clickSlack || settings.scissors.shape === 'lasso') cut(ended)
      host.onSketch(ended.plane)
    } else if (ended.kind === 'draw' && outline) {
      // The end of a freehand line can be taken hold of.
      const points = outline.points.map((point, i) => (i === outline!.points.length - 1 ? { ...point, isVertex: true } : point))
      setOutline({ ...outline, points })
      host.onOutline(outline)
    } else if (ended.kind === 'move' && outline) {
      if (ended.vertex === 0 && !ended.moved) fill()
      else if (ended.moved || ended.isNew) host.onOutline(outline)
    } else if (ended.kind === 'move' && ended.moved) refill()
  }

  return {
    /** @returns whether the hand now draws */
    press(action: DragAction, plane: Plane, point: Point): boolean {
      const ground = host.ground()
      if (!ground) return false
      if (action === 'measure') {
        const at = ground.indexAt(plane, point)
        const isSecond = isHere(ruler, plane) && ruler!.to === undefined
        gesture = { kind: 'measure', plane, start: point, isSecond }
        setRuler(isSecond ? { ...ruler!, to: at } : { plane, slice: ground.slice(plane), from: at, to: undefined })
        return true
      }
      if (action !== 'outline' && action !== 'outlineErase' && action !== 'cut') return false
      if (!host.mask()) return false
      if (action === 'cut') {
        const at = ground.indexAt(plane, point)
        gesture = { kind: 'cut', plane, slice: ground.slice(plane), start: point, points: [at], last: point }
      } else pressOutline(ground, plane, point, action === 'outline' ? 1 : 0)
      return true
    },
    dragTo,
    /** The hand lets go: that cuts, and closes an outline on its first point. */
    release,
    /** The hand is stopped before it lets go: the lines that it drew stay, and nothing is cut or closed. */
    breakOff() {
      const isOnlyHeld = gesture?.kind === 'cut' || (gesture?.kind === 'move' && !gesture.moved && !gesture.isNew)
      if (!gesture || !isOnlyHeld) return release()
      const { plane } = gesture
      gesture = undefined
      host.onSketch(plane)
    },
    fill,
    /** @returns whether there was a point to take away */
    removePoint(): boolean {
      if (!outline || host.isCovered(outline.plane)) return false
      const { plane } = outline
      gesture = undefined
      setOutline(dropLastVertex(outline))
      host.onSketch(plane)
      host.onOutline(outline ?? null)
      return true
    },
    /**
     * Removes the vertex under the hand, or else the one taken hold of last, from the open outline or the closed one, which stays
     * a polygon: one of three vertices is left as it is. @returns whether there was one to remove
     */
    removeVertex(hover: (Point & { readonly plane: Plane }) | undefined): boolean {
      const [ground, held] = [host.ground(), outline ?? closed?.outline]
      if (!ground || !held || host.isCovered(held.plane) || !isHere(held, held.plane)) return false
      const under = hover?.plane === held.plane ? vertexAt(ground, held, hover) : -1
      const vertex = under >= 0 ? under : chosen
      if (!held.points[vertex]?.isVertex || (!outline && held.points.length <= 3)) return false
      gesture = undefined
      chosen = -1
      const findWay = findWayIn(ground, held.plane)
      const points = findWay ? holdAlong(held.points, vertex, !outline, findWay)(null).points : held.points.toSpliced(vertex, 1)
      const next = { ...held, points }
      if (outline) {
        setOutline(next.points.length > 0 ? next : undefined)
        host.onSketch(held.plane)
        host.onOutline(outline ?? null)
      } else {
        setHeld(next)
        refill()
      }
      return true
    },
    /** The closed outline cannot be changed any more. */
    endClosed() {
      if (gesture?.kind === 'move' && !outline) gesture = undefined
      setClosed(undefined)
    },
    /** An outline that was kept, to go on with. */
    lay(kept: Outline) {
      chosen = -1
      setClosed(undefined)
      setOutline(kept)
    },
    /** Another mask: takes away what is drawn but not done, and what could be pasted, which may be another reader's; the open outline counts as kept. */
    putAway() {
      const planes = [outline?.plane, closed?.outline.plane, ruler?.plane, gesture?.plane].filter((plane) => plane !== undefined)
      outline = lastOutline = closed = ruler = gesture = undefined
      planes.forEach(host.onSketch)
    },
    /** The outline drawn last, in the slice shown; in the next one where that is its own. @returns where it lies now */
    paste(): { plane: Plane; slice: number } | undefined {
      const ground = host.ground()
      // It would take the place of one that is open.
      if (!ground || !host.mask() || !lastOutline || outline || host.isCovered(lastOutline.plane)) return undefined
      setClosed(undefined)
      const { plane } = lastOutline
      const axes = ground.axes[plane]
      const here = ground.slice(plane)
      const slice = here === lastOutline.slice ? Math.min(here + 1, ground.volume.size[axes.through.axis] - 1) : here
      lastOutline = moveOutline(lastOutline, axes, slice)
      setOutline(lastOutline)
      host.onOutline(lastOutline)
      return { plane, slice }
    },
    /** Takes away what is drawn but not done. @returns whether there was something */
    clear(): boolean {
      const planes = [outline?.plane, closed?.outline.plane, ruler?.plane, gesture?.plane].filter((plane) => plane !== undefined)
      const wasOpen = outline !== undefined
      outline = closed = ruler = gesture = undefined
      planes.forEach(host.onSketch)
      if (wasOpen) host.onOutline(null)
      return planes.length > 0
    },
    /** Another image: nothing drawn on the old one has a place on it. */
    forget() {
      outline = lastOutline = closed = ruler = gesture = undefined
    },
    /** A line under way belongs to the slice it was begun in. */
    stopGesture() {
      gesture = undefined
    },
    set(change: Partial<SketchSettings>) {
      settings = { ...settings, ...change }
    },
    /** What a view shows of all this. @param hover the hand, where it is on this view */
    sketchOf(plane: Plane, hover: Point | undefined): Sketch | null {
      const ground = host.ground()
      if (!ground) return null
      const place = (at: Triple) => ground.pointAt(plane, at)
      if (gesture?.kind === 'cut' && gesture.plane === plane) {
        const line = gesture.points.map(place)
        const [way, closing] =
          settings.scissors.shape === 'rectangle' ? [[...line, line[0]], []] : [line, [line[line.length - 1], line[0]]]
        return { line: way, closing, handles: [], label: null, erases: settings.scissors.act === 'erase' }
      }
      if (outline && isHere(outline, plane)) {
        const line = outline.points.map(({ at }) => place(at))
        const isFree = gesture === undefined && hover !== undefined
        const toHand = isFree ? [...wayToHand(ground, outline, hover), hover] : []
        const closing = [line[line.length - 1], ...toHand, line[0]]
        const handles = outline.points.filter(({ isVertex }) => isVertex).map(({ at }) => place(at))
        return { line, closing, handles, label: null, erases: outline.value === 0 }
      }
      if (closed && isHere(closed.outline, plane)) {
        const line = closed.outline.points.map(({ at }) => place(at))
        const handles = closed.outline.points.filter(({ isVertex }) => isVertex).map(({ at }) => place(at))
        return { line: [...line, line[0]], closing: [], handles, label: null, erases: closed.outline.value === 0 }
      }
      if (ruler && isHere(ruler, plane)) {
        const from = place(ruler.from)
        const to = ruler.to ? place(ruler.to) : hover
        const end = ruler.to ?? (hover && ground.indexAt(plane, hover))
        const label = to && end ? { ...to, text: `${lengthOf(ground, ruler.from, end).toFixed(1)} mm` } : null
        return { line: to ? [from, to] : [from], closing: [], handles: to ? [from, to] : [from], label, erases: false }
      }
      return null
    },
    state(): SketchState {
      const ground = host.ground()
      return {
        outline: outline
          ? { plane: outline.plane, slice: outline.slice, pointCount: outline.points.length, erases: outline.value === 0 }
          : null,
        canEditClosed: closed !== undefined,
        canPaste: lastOutline !== undefined,
        ...settings,
        ruler:
          ruler && ground
            ? {
                plane: ruler.plane,
                slice: ruler.slice,
                lengthMm: ruler.to && lengthOf(ground, ruler.from, ruler.to),
              }
            : null,
      }
    },
  }
}

function lengthOf({ volume: { spacingMm } }: SketchGround, from: Triple, to: Triple): number {
  return Math.hypot(...spacingMm.map((mm, axis) => mm * (to[axis] - from[axis])))
}
