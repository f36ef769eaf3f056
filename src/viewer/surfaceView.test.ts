import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RegionMesh } from '../core/features/meshRegion.ts'
import type { SurfacePicture } from './surfaceRenderer.ts'
import { createSurfaceView, type SurfaceTrouble, type SurfaceView } from './surfaceView.ts'

/** Stands in for vtk.js, which needs WebGL: keeps what it was told to draw. */
interface Drawn {
  pictures: SurfacePicture[]
  disposed: number
  refused: Error | undefined
  tell: (state: unknown) => void
}
const drawn = vi.hoisted((): Drawn => ({ pictures: [], disposed: 0, refused: undefined, tell: () => undefined }))
vi.mock('./surfaceRenderer.ts', () => ({
  cornerstone: {
    state: () => ({ status: 'ready' }),
    subscribe(listener: (state: unknown) => void) {
      drawn.tell = listener
      return () => undefined
    },
    want: () => undefined,
    renew: () => undefined,
  },
  createSurfaceRenderer(_engine: unknown, _element: unknown, onDrawn: () => void) {
    if (drawn.refused) throw drawn.refused
    return {
      draw(picture: SurfacePicture) {
        drawn.pictures.push(picture)
        onDrawn()
      },
      resize: () => undefined,
      dispose: () => drawn.disposed++,
    }
  },
}))

/** A square across y, from -10 to 10 each way, at y of 5. */
const square: RegionMesh = {
  positionsMm: Float32Array.of(-10, 5, -10, 10, 5, -10, 10, 5, 10, -10, 5, 10),
  normals: new Float32Array(12),
  triangles: Uint32Array.of(0, 1, 2, 0, 2, 3),
}
const surface = { mesh: square, coarse: square, colour: [1, 2, 3] } as const

let view: SurfaceView
let root: HTMLElement
let picks: unknown[]
let troubles: SurfaceTrouble[]
let preset: 'itk-snap' | 'pacs'

beforeEach(async () => {
  vi.useFakeTimers()
  Object.assign(drawn, { pictures: [], disposed: 0, refused: undefined })
  picks = []
  troubles = []
  preset = 'itk-snap'
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(400)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(200)
  HTMLElement.prototype.setPointerCapture = () => undefined
  const parent = document.createElement('div')
  view = createSurfaceView(parent, {
    onTurn: () => undefined,
    onPick: (positionMm) => picks.push(positionMm),
    onTrouble: (trouble) => troubles.push(trouble),
    preset: () => preset,
  })
  root = parent.firstElementChild as HTMLElement
  await vi.dynamicImportSettled()
})
afterEach(() => {
  view.dispose()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const last = () => drawn.pictures.at(-1)!
const send = (type: string, at: Partial<PointerEventInit> = {}) =>
  root.dispatchEvent(new PointerEvent(type, { pointerId: 1, button: 0, clientX: 200, clientY: 100, ...at }))
const drag = (from: Partial<PointerEventInit>, dx: number, dy: number) => {
  send('pointerdown', from)
  send('pointermove', { ...from, clientX: 200 + dx, clientY: 100 + dy })
  send('pointerup', { ...from, clientX: 200 + dx, clientY: 100 + dy })
}

test('the first surfaces are shown whole from the front; what is drawn later does not move them', () => {
  view.show([surface])
  const { centreMm, towards, heightMm } = last().camera
  expect(centreMm).toEqual([0, 5, 0])
  expect(towards.map((part) => part + 0)).toEqual([0, -1, 0])
  // The ball round the square is as high as the view, and some more.
  expect(heightMm).toBeCloseTo(2 * Math.sqrt(200) * 1.1, 5)
  const moved = { ...square, positionsMm: square.positionsMm.map((at) => at + 50) }
  view.show([surface, { ...surface, mesh: moved, coarse: moved }])
  expect(last().camera.centreMm).toEqual([0, 5, 0])
  view.fit()
  expect(last().camera.centreMm).toEqual([25, 30, 25])
})

test('while it moves it is drawn with fewer triangles, and with all when it rests', () => {
  view.show([surface])
  expect(last().isCoarse).toBe(false)
  drag({}, 40, 0)
  expect(last().isCoarse).toBe(true)
  vi.advanceTimersByTime(199)
  expect(last().isCoarse).toBe(true)
  vi.advanceTimersByTime(1)
  expect(last().isCoarse).toBe(false)
})

test('a click goes to what is nearest there and not cut away; beside it and after a drag it goes nowhere', () => {
  view.show([surface])
  const mmPerPixel = last().camera.heightMm / 200
  send('pointerdown', { clientX: 230, clientY: 90 })
  send('pointerup', { clientX: 232, clientY: 90 })
  expect(picks).toHaveLength(1)
  const [x, y, z] = picks[0] as number[]
  expect([x / mmPerPixel, y, z / mmPerPixel].map((part) => Math.round(part * 1000) / 1000)).toEqual([32, 5, 10])
  send('pointerdown', { clientX: 390 })
  send('pointerup', { clientX: 390 })
  drag({}, 30, 0)
  view.cut({ originMm: [0, 6, 0], normal: [0, 1, 0] })
  send('pointerdown')
  send('pointerup')
  expect(picks).toHaveLength(1)
})

test('the middle button pans, the right one and the wheel zoom, with either hand', () => {
  for (const hand of ['itk-snap', 'pacs'] as const) {
    preset = hand
    view.show([])
    view.show([surface])
    const { heightMm } = last().camera
    drag({ button: 1 }, 0, 20)
    expect(last().camera.centreMm[2]).toBeCloseTo((20 * heightMm) / 200, 6)
    drag({ button: 2 }, 0, -50)
    expect(last().camera.heightMm).toBeCloseTo(heightMm / 1.01 ** 50, 6)
    root.dispatchEvent(new WheelEvent('wheel', { deltaY: 120 }))
    expect(last().camera.heightMm).toBeCloseTo((heightMm / 1.01 ** 50) * 1.2, 6)
  }
})

test('graphics that went and came again draw the same picture; what cannot be drawn is told with its way out', () => {
  view.show([surface])
  root.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp' }))
  vi.advanceTimersByTime(200)
  const before = last()
  drawn.tell({ status: 'rebuilding' })
  expect(drawn.disposed).toBe(1)
  expect(troubles.at(-1)).toEqual({ kind: 'wait' })
  drawn.tell({ status: 'ready' })
  expect(last()).not.toBe(before)
  expect(last()).toEqual(before)
  expect(troubles.at(-1)).toBeNull()
  drawn.tell({ status: 'failed', reason: 'Taken away.', remedy: 'Try again in a minute.' })
  expect(troubles.at(-1)).toMatchObject({ kind: 'failure', reason: 'Taken away.', remedy: 'Try again in a minute.' })
  drawn.refused = new Error('no canvas')
  drawn.tell({ status: 'ready' })
  expect(troubles.at(-1)).toMatchObject({ kind: 'failure', reason: 'The picture could not be drawn: no canvas' })
})
