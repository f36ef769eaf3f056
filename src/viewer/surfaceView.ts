import { tell } from '../io/messages.ts'
import { programServer } from '../io/programServer.ts'
import type { Triple } from '../core/numeric/voxelArray.ts'
import { describeFailure, type EngineState, type PictureFailure } from './engineKeeper.ts'
import { meetSurface, type HalfSpace } from './meetSurface.ts'
import { createWheelCounter, dragAction } from './mouse.ts'
import type { EdgeLetters } from './planes.ts'
import type { Surface, SurfacePicture, SurfaceRenderer } from './surfaceRenderer.ts'
import type { Preset } from './tools.ts'
import { lettersOf, turnFurther, vectorsOf, type Turn } from './turntable.ts'

export type { Surface } from './surfaceRenderer.ts'

/** Why the picture is not there; null where it is. */
export type SurfaceTrouble =
  { readonly kind: 'wait' } | (PictureFailure & { readonly kind: 'failure'; readonly onRetry: () => void }) | null

export interface SurfaceViewEvents {
  /** What lies towards the edges of the view. */
  onTurn(letters: EdgeLetters): void
  /** The hand was put on a surface, at a point of the patient (LPS). */
  onPick(positionMm: Triple): void
  onTrouble(trouble: SurfaceTrouble): void
  preset(): Preset
}

/** Surfaces in 3D in an element of the page, turned by hand. */
export interface SurfaceView {
  /** The first ones, and the first after none, are shown whole. */
  show(surfaces: readonly Surface[]): void
  /** Half of space is cut away. */
  cut(kept: HalfSpace | null): void
  /** Lines along these directions through a point; null takes them away. */
  showCursor(cursor: { readonly positionMm: Triple; readonly directions: readonly Triple[] } | null): void
  /** From the front, with all surfaces in view. */
  fit(): void
  dispose(): void
}

const degreesPerPixel = 0.5
const degreesPerKey = 10
const zoomPerPixel = 1.01
const zoomPerNotch = 1.2
const zoomRange = { smallest: 0.25, greatest: 40 }
/** A hand that moved no farther has clicked. */
const clickPixels = 3
/** They rest when they were not moved for so long: then they are drawn with all their triangles. */
const restMs = 200
/** Free room round what is shown whole. */
const margin = 1.1

const fromTheFront: Turn = { azimuth: 0, elevation: 0 }
const keyTurns: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-degreesPerKey, 0],
  ArrowRight: [degreesPerKey, 0],
  ArrowUp: [0, -degreesPerKey],
  ArrowDown: [0, degreesPerKey],
}

export function createSurfaceView(parent: HTMLElement, events: SurfaceViewEvents): SurfaceView {
  const root = document.createElement('div')
  root.style.cssText = 'position:absolute;inset:0;overflow:hidden;background:#000;touch-action:none;cursor:grab'
  root.tabIndex = 0
  root.setAttribute('role', 'application')
  root.setAttribute('aria-label', 'Surface in 3D')
  const stage = document.createElement('div')
  stage.style.cssText = 'position:absolute;left:0;top:0'
  root.append(stage)
  parent.append(root)

  let surfaces: readonly Surface[] = []
  let kept: HalfSpace | null = null
  let cursor: Parameters<SurfaceView['showCursor']>[0] = null
  let turn = fromTheFront
  let zoom = 1
  /** What was shown whole last: it stays in its place while it is drawn on. */
  let whole: { readonly centreMm: Triple; readonly radiusMm: number } | null = null
  /** The middle of the view. */
  let centreMm: Triple = [0, 0, 0]
  let renderer: SurfaceRenderer | undefined
  let stopFollowing: (() => void) | undefined
  let isDisposed = false
  const stopListening = new AbortController()

  const size = () => ({ width: Math.floor(root.clientWidth), height: Math.floor(root.clientHeight) })
  /** A view that is wider than high shows as much upwards. */
  const mmPerPixel = () => {
    const { width, height } = size()
    return (2 * (whole?.radiusMm ?? 1) * margin) / Math.max(1, Math.min(width, height)) / zoom
  }
  let isMoving = false
  let restTimer: ReturnType<typeof setTimeout> | undefined
  const draw = () => {
    const { width, height } = size()
    if (!renderer || !whole || width < 2 || height < 2) return
    const { towards, up } = vectorsOf(turn)
    const { radiusMm } = whole
    const lines = cursor?.directions.map((direction) => lineThrough(cursor!.positionMm, direction, radiusMm)) ?? []
    const offset = lengthOf(subtract(centreMm, whole.centreMm))
    const cursorOffset = cursor ? lengthOf(subtract(cursor.positionMm, centreMm)) : 0
    const camera = {
      centreMm,
      towards,
      up,
      heightMm: mmPerPixel() * height,
      reachMm: 2 * radiusMm + offset + cursorOffset,
    } satisfies SurfacePicture['camera']
    renderer.draw({ surfaces, isCoarse: isMoving, kept, lines, camera })
  }
  const drawMoving = () => {
    isMoving = true
    draw()
    clearTimeout(restTimer)
    restTimer = setTimeout(() => {
      isMoving = false
      draw()
    }, restMs)
  }
  const turnTo = (next: Turn) => {
    turn = next
    events.onTurn(lettersOf(turn))
    drawMoving()
  }
  const zoomBy = (factor: number) => {
    zoom = Math.min(zoomRange.greatest, Math.max(zoomRange.smallest, zoom * factor))
    drawMoving()
  }
  const showWhole = () => {
    whole = enclose(surfaces)
    if (!whole) return
    centreMm = whole.centreMm
    zoom = 1
    draw()
  }

  /** The point under the hand, in the plane of the screen through the middle of the view. */
  const pointUnder = ({ clientX, clientY }: MouseEvent): Triple => {
    const { left, top } = root.getBoundingClientRect()
    const { width, height } = size()
    const { right, up } = vectorsOf(turn)
    const [x, y] = [(clientX - left - width / 2) * mmPerPixel(), (height / 2 - clientY + top) * mmPerPixel()]
    return add(centreMm, scale(right, x), scale(up, y))
  }
  let drag: { readonly id: number; readonly action: 'turn' | 'zoom' | 'pan'; x: number; y: number; isClick: boolean } | undefined
  const listen = <Name extends keyof HTMLElementEventMap>(name: Name, act: (event: HTMLElementEventMap[Name]) => void) =>
    root.addEventListener(name, act, { signal: stopListening.signal, passive: false })
  listen('pointerdown', (event) => {
    const meant = dragAction(event.button, event, 'cursor', events.preset())
    if (drag || meant === undefined) return
    const action = meant === 'pan' || meant === 'zoom' ? meant : 'turn'
    root.setPointerCapture(event.pointerId)
    drag = { id: event.pointerId, action, x: event.clientX, y: event.clientY, isClick: action === 'turn' }
  })
  listen('pointermove', (event) => {
    if (drag?.id !== event.pointerId) return
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y]
    if (drag.isClick && Math.hypot(dx, dy) <= clickPixels) return
    drag = { ...drag, x: event.clientX, y: event.clientY, isClick: false }
    if (drag.action === 'turn') turnTo(turnFurther(turn, dx * degreesPerPixel, dy * degreesPerPixel))
    else if (drag.action === 'zoom') zoomBy(zoomPerPixel ** -dy)
    else {
      const { right, up } = vectorsOf(turn)
      centreMm = add(centreMm, scale(right, -dx * mmPerPixel()), scale(up, dy * mmPerPixel()))
      drawMoving()
    }
  })
  listen('pointerup', (event) => {
    if (drag?.id !== event.pointerId) return
    const { isClick } = drag
    drag = undefined
    const met =
      isClick && meetSurface(surfaces.map(({ mesh }) => mesh), pointUnder(event), vectorsOf(turn).towards, kept) // prettier-ignore
    if (met) events.onPick(met)
  })
  listen('pointercancel', () => (drag = undefined))
  listen('contextmenu', (event) => event.preventDefault())
  const notches = createWheelCounter()
  listen('wheel', (event) => {
    event.preventDefault()
    zoomBy(zoomPerNotch ** -notches(event))
  })
  listen('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    const way = keyTurns[event.key]
    if (way) turnTo(turnFurther(turn, ...way))
    else if (event.key === '+' || event.key === '-') zoomBy(event.key === '+' ? zoomPerNotch : 1 / zoomPerNotch)
    else return
    event.preventDefault()
  })

  const adapt = () => {
    const { width, height } = size()
    stage.style.width = `${width}px`
    stage.style.height = `${height}px`
  }
  adapt()
  const observer = new ResizeObserver(() => {
    adapt()
    renderer?.resize()
    draw()
  })
  observer.observe(root)

  const dropRenderer = () => {
    renderer?.dispose()
    renderer = undefined
  }
  /** What draws them comes when they are asked for. */
  const follow = () => {
    events.onTrouble({ kind: 'wait' })
    import('./surfaceRenderer.ts')
      .catch(async (error: unknown) => {
        throw await programServer.describe(tell('not-loaded', { part: 'pictures', why: String(error) }))
      })
      .then(({ cornerstone, createSurfaceRenderer }) => {
        if (isDisposed) return
        const fail = (failure: PictureFailure) => events.onTrouble({ ...failure, kind: 'failure', onRetry: cornerstone.renew })
        const take = (state: EngineState<Parameters<typeof createSurfaceRenderer>[0]>) => {
          dropRenderer()
          if (state.status === 'failed') fail(state)
          else if (state.status !== 'ready') events.onTrouble({ kind: 'wait' })
          else
            try {
              renderer = createSurfaceRenderer(state.engine, stage, () => events.onTrouble(null))
              draw()
            } catch (error) {
              fail(describeFailure(error))
            }
        }
        stopFollowing = cornerstone.subscribe(take)
        cornerstone.want()
        const now = cornerstone.state()
        if (now) take(now)
      })
      .catch((error: unknown) => {
        // A part of the program that did not arrive can be asked for again.
        events.onTrouble({ ...describeFailure(error), kind: 'failure', onRetry: follow })
      })
  }
  follow()
  events.onTurn(lettersOf(turn))

  return {
    show(next) {
      const isFirst = surfaces.length === 0
      surfaces = next
      if (isFirst) showWhole()
      else draw()
    },
    cut(next) {
      kept = next
      draw()
    },
    showCursor(next) {
      cursor = next
      draw()
    },
    fit() {
      turnTo(fromTheFront)
      showWhole()
    },
    dispose() {
      isDisposed = true
      clearTimeout(restTimer)
      observer.disconnect()
      stopListening.abort()
      stopFollowing?.()
      dropRenderer()
      root.remove()
    },
  }
}

/** The ball round all vertices whose middle is that of their box; null without one. */
function enclose(surfaces: readonly Surface[]): { readonly centreMm: Triple; readonly radiusMm: number } | null {
  const [lower, upper] = [[Infinity, Infinity, Infinity], [-Infinity, -Infinity, -Infinity]] // prettier-ignore
  for (const { mesh } of surfaces)
    for (const [i, at] of mesh.positionsMm.entries()) {
      lower[i % 3] = Math.min(lower[i % 3], at)
      upper[i % 3] = Math.max(upper[i % 3], at)
    }
  if (lower[0] > upper[0]) return null
  const middle = (axis: number) => (lower[axis] + upper[axis]) / 2
  const radiusMm = Math.hypot(upper[0] - lower[0], upper[1] - lower[1], upper[2] - lower[2]) / 2
  return { centreMm: [middle(0), middle(1), middle(2)], radiusMm }
}

function lineThrough(point: Triple, direction: Triple, halfMm: number): readonly [Triple, Triple] {
  return [add(point, scale(direction, -halfMm)), add(point, scale(direction, halfMm))]
}

const add = (...[[x, y, z], ...others]: readonly Triple[]): Triple =>
  others.reduce<Triple>((sum, one) => [sum[0] + one[0], sum[1] + one[1], sum[2] + one[2]], [x, y, z])
const scale = ([x, y, z]: Triple, by: number): Triple => [x * by, y * by, z * by]
const subtract = (a: Triple, b: Triple): Triple => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
const lengthOf = (vector: Triple): number => Math.hypot(...vector)
