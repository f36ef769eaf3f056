import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { changedVoxelCount, revertDifference } from '../core/mask/difference.ts'
import type { Mask } from '../core/mask/mask.ts'
import { createViewer } from './createViewer.ts'
import type { Plane } from './planes.ts'
import { outsideColour, type Viewer, type ViewerEvents } from './viewer.ts'

/** Stands in for cornerstone, which needs WebGL: keeps what it was told to draw, by view. */
interface Drawn {
  slices: Record<string, number>
  planes: string[]
  volumes: Record<string, unknown>
  disposed: number
  failure: Error | undefined
  thrown: Record<string, string>
  renewed: number
  tell: (state: unknown) => void
}
const drawn = vi.hoisted((): Drawn => ({
  slices: {},
  planes: [],
  volumes: {},
  disposed: 0,
  failure: undefined,
  thrown: {},
  renewed: 0,
  tell: () => undefined,
}))
vi.mock('./imageRenderer.ts', () => ({
  cornerstone: {
    state: () => undefined,
    subscribe(listener: (state: unknown) => void) {
      drawn.tell = listener
      return () => undefined
    },
    want: () =>
      drawn.tell(drawn.failure ? { status: 'failed', reason: drawn.failure.message, remedy: 'Do this.' } : { status: 'ready' }),
    renew: () => drawn.renewed++,
  },
  createImageRenderer: (
    _engine: unknown,
    _elements: unknown,
    onDrawn: (plane: string, volume: unknown, slice: number) => void,
  ) => {
    return {
      draw: (plane: string, volume: unknown, _axes: unknown, _placement: unknown, _view: unknown, slice: number) => {
        if (drawn.thrown[plane]) throw new Error(drawn.thrown[plane])
        requestAnimationFrame(() => onDrawn(plane, volume, slice))
        drawn.slices[plane] = slice
        drawn.planes.push(plane)
        drawn.volumes[plane] = volume
      },
      resize: () => undefined,
      dispose: () => drawn.disposed++,
    }
  },
}))
vi.mock('./maskLayer.ts', () => ({
  createMaskLayer: () => ({ canvas: document.createElement('canvas'), draw: () => undefined }),
}))

const volumeOf = (centre = 50): Volume => ({
  size: [20, 20, 5],
  spacingMm: [1, 1, 4],
  originMm: [-10, -10, 0],
  direction: identityDirection,
  voxels: Int16Array.from({ length: 2000 }, (_, i) => i),
  source: { path: 'made', format: 'memory', dicom: { WindowCenter: String(centre), WindowWidth: '300' } },
})
const maskOf = (volume: Volume): Mask => ({ ...volume, voxels: new Uint8Array(2000) })

let elements: Record<Plane, HTMLElement>
let viewer: Viewer
beforeEach(() => {
  Object.assign(drawn, { slices: {}, planes: [], volumes: {}, disposed: 0, failure: undefined, thrown: {}, renewed: 0 })
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(250)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(250)
  HTMLElement.prototype.setPointerCapture = () => undefined
  elements = {
    axial: document.createElement('div'),
    sagittal: document.createElement('div'),
    coronal: document.createElement('div'),
  }
  document.body.append(...Object.values(elements))
  viewer = createViewer(elements)
})
afterEach(() => {
  viewer.dispose()
  document.body.replaceChildren()
  vi.restoreAllMocks()
})

/** The view is 250 pixels wide and its slice 20 voxels: with the margin, 11.5 pixels a voxel, voxel (9.5, 9.5) in the middle. */
const pointOf = (i: number, j: number) => ({ clientX: 125 + (i - 9.5) * 11.5, clientY: 125 + (j - 9.5) * 11.5 })
const hand = (type: string, i: number, j: number, more: PointerEventInit = {}, plane: Plane = 'axial') => {
  const event = new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, ...pointOf(i, j), ...more })
  event.getCoalescedEvents ??= () => []
  elements[plane].firstElementChild!.dispatchEvent(event)
}
const listen = <Name extends keyof ViewerEvents>(name: Name) => {
  const heard: ViewerEvents[Name][] = []
  viewer.on(name, (event) => heard.push(event))
  return heard
}
const painted = ({ voxels }: Mask) => [...voxels.entries()].filter(([, value]) => value).map(([at]) => at)

it('starts in the middle, with the window of the scanner, and tells grey level and place of the cursor', async () => {
  const cursors = listen('cursor')
  viewer.showImage(volumeOf())
  // Halves round up: 9.5 and 2.
  expect(cursors).toEqual([{ index: [10, 10, 2], positionMm: [0, 0, 8], value: 1010 }])
  expect(viewer.getState()).toMatchObject({ window: { centre: 50, width: 300 }, tool: 'cursor', hasMask: false })
  await vi.waitFor(() => expect(drawn.slices).toEqual({ axial: 2, sagittal: 10, coronal: 10 }))
})

it('links the planes by one cursor, and draws only those whose slice changes', async () => {
  viewer.showImage(volumeOf())
  await vi.waitFor(() => expect(drawn.planes).toEqual(['axial', 'sagittal', 'coronal']))
  hand('pointerdown', 4, 7)
  expect(viewer.getState().cursor).toEqual({ index: [4, 7, 2], positionMm: [-6, -3, 8], value: 944 })
  await vi.waitFor(() => expect(drawn.slices).toEqual({ axial: 2, sagittal: 4, coronal: 7 }))
  expect(drawn.planes).toHaveLength(5)
  viewer.moveCursor({ positionMm: [-6, -3, 16.4] })
  await vi.waitFor(() => expect(drawn.slices.axial).toBe(4))
  viewer.scroll('axial', Infinity)
  viewer.scroll('sagittal', -100)
  expect(viewer.getState().cursor?.index).toEqual([0, 7, 4])
  viewer.nudgeCursor('coronal', 5, 1)
  expect(viewer.getState().cursor?.index).toEqual([5, 7, 3])
})

it('draws one view a frame, the one under the hand first, and skips the slices that a fast hand passes', async () => {
  viewer.showImage(volumeOf())
  await vi.waitFor(() => expect(drawn.planes).toHaveLength(3))
  await new Promise(requestAnimationFrame)
  await new Promise(requestAnimationFrame)
  drawn.planes.length = 0
  hand('pointerenter', 5, 5, {}, 'coronal')
  for (let j = 0; j < 6; j++) viewer.moveCursor({ index: [j, j, 0] })
  // At once only what came first; with the frames to come the last of all.
  expect(drawn.planes).toHaveLength(1)
  await vi.waitFor(() => expect(drawn.slices).toEqual({ axial: 0, sagittal: 5, coronal: 5 }))
  expect(drawn.planes).toEqual(['axial', 'coronal', 'sagittal'])
})

describe('fingers and pen', () => {
  const finger = (type: string, i: number, j: number, pointerId: number) => hand(type, i, j, { pointerId, pointerType: 'touch' })
  const begin = (preset: 'itk-snap' | 'pacs') => {
    const volume = volumeOf()
    const mask = maskOf(volume)
    viewer.setPreset(preset)
    viewer.showImage(volume)
    viewer.showMask(mask)
    viewer.setBrush({ radiusMm: 1 })
    viewer.setTool('brush')
    return mask
  }
  it.each(['itk-snap', 'pacs'] as const)(
    'two fingers move and enlarge the picture and paint nothing, with hands of %s',
    (preset) => {
      const mask = begin(preset)
      const before = viewer.getState().views!.axial
      finger('pointerdown', 8, 10, 1)
      finger('pointerdown', 12, 10, 2)
      finger('pointermove', 6, 10, 1)
      finger('pointermove', 14, 10, 2)
      expect(viewer.getState().views!.axial.zoom / before.zoom).toBeCloseTo(2)
      // What lay between the fingers lies there still.
      expect(viewer.getState().views!.axial.centreMm[0]).toBeCloseTo(before.centreMm[0] + 0.25)
      finger('pointerup', 14, 10, 2)
      finger('pointermove', 2, 2, 1)
      finger('pointerup', 2, 2, 1)
      expect(painted(mask)).toEqual([])
      expect(viewer.getState().views!.axial.zoom / before.zoom).toBeCloseTo(2)
    },
  )

  it('one finger paints from where it was set down, and a tap paints a dab', () => {
    const mask = begin('itk-snap')
    const strokes = listen('strokeEnd')
    finger('pointerdown', 5, 5, 1)
    expect(painted(mask), 'until it moves, it may be the first of two').toEqual([])
    finger('pointermove', 8, 5, 1)
    finger('pointerup', 8, 5, 1)
    expect(painted(mask).map((at) => at % 20)).toEqual(expect.arrayContaining([5, 6, 7, 8]))
    finger('pointerdown', 15, 15, 1)
    finger('pointerup', 15, 15, 1)
    expect(strokes).toHaveLength(2)
    for (const { difference } of strokes.toReversed()) revertDifference(mask.voxels, difference)
    expect(painted(mask)).toEqual([])
  })

  it('once a pen is there it draws and erases, and one finger pans', () => {
    const mask = begin('pacs')
    const pen = (type: string, i: number, j: number, button = 0) => hand(type, i, j, { pointerId: 3, pointerType: 'pen', button })
    pen('pointerdown', 5, 5)
    pen('pointerup', 5, 5)
    const dab = painted(mask)
    expect(dab.length).toBeGreaterThan(0)
    const before = viewer.getState().views!.axial.centreMm
    finger('pointerdown', 10, 10, 1)
    finger('pointermove', 12, 10, 1)
    finger('pointerup', 12, 10, 1)
    expect(painted(mask)).toEqual(dab)
    expect(viewer.getState().views!.axial.centreMm[0]).toBeCloseTo(before[0] - 2)
    viewer.fit()
    pen('pointerdown', 5, 5, 5)
    pen('pointerup', 5, 5, 5)
    expect(painted(mask)).toEqual([])
  })

  it('a wheel that is turned fast goes several slices in a PACS, and one a notch in ITK-SNAP', () => {
    for (const [preset, slice] of [
      ['itk-snap', 2],
      ['pacs', 4],
    ] as const) {
      begin(preset)
      viewer.scroll('axial', -Infinity)
      const turn = () => {
        const wheel = new WheelEvent('wheel', { deltaY: 100, cancelable: true, ...pointOf(5, 5) })
        elements.axial.firstElementChild!.dispatchEvent(wheel)
      }
      turn()
      turn()
      expect(viewer.getState().cursor!.index[2], preset).toBe(slice)
    }
  })
})

it('shows another image of its size in the view under the hand, and the image itself again', async () => {
  const [image, phase] = [volumeOf(), volumeOf()]
  viewer.showImage(image)
  await vi.waitFor(() => expect(drawn.planes).toHaveLength(3))
  hand('pointerenter', 5, 5, {}, 'coronal')
  viewer.showPicture(phase)
  await vi.waitFor(() => expect(drawn.volumes).toEqual({ axial: image, sagittal: image, coronal: phase }))
  expect(drawn.volumes.coronal).toBe(phase)
  hand('pointerenter', 5, 5, {}, 'axial')
  viewer.showPicture(null)
  await vi.waitFor(() => expect(drawn.volumes.coronal).toBe(image))
  expect(() => viewer.showPicture({ ...phase, size: [20, 20, 4] })).toThrow('another size')
})

const message = (plane: Plane) => elements[plane].querySelector<HTMLElement>('[data-part=message]')!
const isTold = (plane: Plane) => message(plane).style.display !== 'none'

it('tells in every view why the browser cannot draw images and what to do, and tries again when asked', async () => {
  drawn.failure = new Error('no WebGL')
  viewer.showImage(volumeOf())
  await vi.waitFor(() => expect(message('axial').textContent).toBe('no WebGLDo this.Try again'))
  expect([isTold('sagittal'), isTold('coronal')]).toEqual([true, true])
  expect(viewer.getState().hasImage).toBe(true)
  message('coronal').querySelector('button')!.click()
  expect(drawn.renewed).toBe(1)
})

it('tells in the view that could not be drawn why, and draws the others', async () => {
  drawn.thrown.sagittal = 'texture too large'
  viewer.showImage(volumeOf())
  await vi.waitFor(() => expect(drawn.slices).toEqual({ axial: 2, coronal: 10 }))
  expect(message('sagittal').textContent).toContain('texture too large')
  expect([isTold('axial'), isTold('sagittal'), isTold('coronal')]).toEqual([false, true, false])
  viewer.showMask(maskOf(volumeOf()))
  viewer.setTool('polygon')
  for (const [i, j] of [[3, 3], [8, 3], [8, 8]]) for (const type of ['pointerdown', 'pointerup']) hand(type, i, j) // prettier-ignore
  expect(viewer.getState().isBlind).toBe(false)
  expect(viewer.fillOutline(), 'the views that are there are drawn on').toBe(true)
})

it('takes no stroke while the picture is being rebuilt, scrolls on, and draws again on the slice that it then shows', async () => {
  const volume = volumeOf()
  const mask = maskOf(volume)
  viewer.showImage(volume)
  viewer.showMask(mask)
  await vi.waitFor(() => expect(drawn.planes).toHaveLength(3))
  viewer.setTool('brush')
  const strokes = listen('strokeEnd')
  hand('pointerdown', 5, 5)
  const settings = listen('settings')
  drawn.tell({ status: 'rebuilding' })
  expect(settings.at(-1)!.isBlind, 'so that keys and buttons change nothing unseen').toBe(true)
  expect(strokes, 'the stroke under way is kept').toHaveLength(1)
  const before = painted(mask)
  expect(message('axial').textContent).toBe('The picture is being rebuilt …')
  hand('pointerup', 5, 5)
  for (const tool of ['brush', 'eraser', 'thresholdBrush', 'polygon', 'scissors', 'grow', 'ruler'] as const) {
    viewer.setTool(tool)
    hand('pointerdown', 12, 12)
    hand('pointermove', 15, 15)
    hand('pointerup', 15, 15)
    viewer.putToolOnCursor('axial')
    viewer.liftTool()
  }
  expect(painted(mask)).toEqual(before)
  expect([viewer.getState().outline, viewer.getState().ruler]).toEqual([null, null])
  viewer.scroll('axial', 1)
  expect(viewer.getState().cursor?.index[2]).toBe(3)
  drawn.tell({ status: 'ready' })
  expect(isTold('axial'), 'covered until the picture is there').toBe(true)
  await vi.waitFor(() => expect(isTold('axial')).toBe(false))
  expect(settings.at(-1)!.isBlind).toBe(false)
  expect(drawn.slices.axial).toBe(3)
  expect(elements.axial.querySelector('[data-part=slice]')!.textContent).toBe('Axial  4 / 5')
  viewer.setTool('brush')
  hand('pointerdown', 12, 12)
  hand('pointerup', 12, 12)
  expect(strokes).toHaveLength(2)
})

it('tells what is under the pointer, and when it leaves the image', () => {
  viewer.showImage(volumeOf())
  const pointers = listen('pointer')
  hand('pointermove', 3.2, 6)
  hand('pointermove', -2, 6)
  expect(pointers[0]).toMatchObject({ plane: 'axial', index: [3, 6, 2], value: 923 })
  expect(pointers[0]?.positionMm[0]).toBeCloseTo(-6.8, 9)
  expect(pointers[1]).toBeNull()
})

it('paints in place, and gives the whole stroke when it ends', () => {
  const volume = volumeOf()
  const mask = maskOf(volume)
  viewer.showImage(volume)
  viewer.showMask(mask)
  viewer.setTool('brush')
  viewer.setBrush({ radiusMm: 0.5 })
  const [changes, strokes] = [listen('maskChanged'), listen('strokeEnd')]
  hand('pointerdown', 5, 5)
  hand('pointermove', 8, 5)
  hand('pointermove', 6, 5)
  expect(strokes).toEqual([])
  hand('pointerup', 6, 5)
  expect(painted(mask)).toEqual([905, 906, 907, 908])
  expect(changes).toEqual([
    { added: 1, removed: 0 },
    { added: 3, removed: 0 },
  ])
  expect(strokes).toHaveLength(1)
  expect(strokes[0]).toMatchObject({
    action: 'Brush',
    plane: 'axial',
    difference: { starts: Uint32Array.of(905), lengths: Uint32Array.of(4) },
  })
  revertDifference(mask.voxels, strokes[0].difference)
  expect(painted(mask)).toEqual([])
})

it('a brush paints and erases only over what it may, tells how much was held back, and shows before that it chooses', async () => {
  let over: ((position: number) => boolean) | null = null
  viewer.dispose()
  viewer = createViewer(elements, { drawOver: () => over })
  const volume = volumeOf()
  const mask = maskOf(volume)
  viewer.showImage(volume)
  viewer.showMask(mask)
  viewer.setTool('brush')
  viewer.setBrush({ radiusMm: 0.5 })
  const [held, strokes] = [listen('held'), listen('strokeEnd')]
  const stroke = (button = 0) => {
    hand('pointerdown', 5, 5, { button })
    hand('pointermove', 8, 5)
    hand('pointerup', 8, 5, { button })
  }
  const line = () => elements.axial.querySelector<HTMLElement>('[data-part=brush]')!.style.border
  hand('pointermove', 5, 5)
  expect(line()).toContain('solid')
  over = (position) => position !== 906
  hand('pointermove', 5, 5)
  expect(line()).toContain('dotted')
  stroke()
  expect(painted(mask)).toEqual([905, 907, 908])
  over = (position) => position === 907
  stroke(2)
  expect(painted(mask)).toEqual([905, 908])
  over = () => false
  stroke(2)
  over = null
  stroke(2)
  expect(painted(mask)).toEqual([])
  expect(held).toEqual(['some', 'some', 'all', 'nothing'])
  expect(strokes).toHaveLength(3)
  for (const { difference } of strokes.toReversed()) revertDifference(mask.voxels, difference)
  expect(painted(mask)).toEqual([])
})

it('erases with the right button as ITK-SNAP does, and zooms with it as a PACS does', () => {
  const volume = volumeOf()
  const mask = maskOf(volume)
  mask.voxels.fill(1)
  viewer.showImage(volume)
  viewer.showMask(mask)
  viewer.setTool('brush')
  viewer.setBrush({ radiusMm: 0.5 })
  const strokes = listen('strokeEnd')
  hand('pointerdown', 5, 5, { button: 2 })
  hand('pointerup', 5, 5, { button: 2 })
  expect(strokes[0].action).toBe('Eraser')
  expect(changedVoxelCount(strokes[0].difference)).toBe(1)
  expect(mask.voxels[905]).toBe(0)
  viewer.setPreset('pacs')
  hand('pointerdown', 5, 5, { button: 2 })
  hand('pointermove', 5, 1, { button: 2 })
  hand('pointerup', 5, 1, { button: 2 })
  expect(strokes).toHaveLength(1)
  expect(viewer.getState().views?.axial.zoom).toBeGreaterThan(1.2)
})

it('paints a sphere through the slices from any plane', () => {
  const volume = volumeOf()
  const mask = maskOf(volume)
  viewer.showImage(volume)
  viewer.showMask(mask)
  viewer.setTool('brush')
  viewer.setBrush({ radiusMm: 5, shape: 'sphere' })
  viewer.moveCursor({ index: [10, 10, 2] })
  // Coronal, in the middle: voxel (9.5, 10, 2).
  hand('pointerdown', 9.5, 9.5, {}, 'coronal')
  hand('pointerup', 9.5, 9.5, {}, 'coronal')
  const slices = new Set(painted(mask).map((at) => Math.floor(at / 400)))
  expect([...slices]).toEqual([1, 2, 3])
})

it('takes back a stroke that is cancelled', () => {
  const volume = volumeOf()
  const mask = maskOf(volume)
  viewer.showImage(volume)
  viewer.showMask(mask)
  viewer.setTool('brush')
  const strokes = listen('strokeEnd')
  hand('pointerdown', 5, 5)
  expect(painted(mask).length).toBeGreaterThan(10)
  expect(viewer.cancelStroke()).toBe(true)
  hand('pointermove', 8, 8)
  hand('pointerup', 8, 8)
  expect(painted(mask)).toEqual([])
  expect(strokes).toEqual([])
  expect(viewer.cancelStroke()).toBe(false)
})

it('ends a stroke that another image, mask, tool or the end of the viewer breaks off', () => {
  const volume = volumeOf()
  const strokes = listen('strokeEnd')
  for (const breakOff of [
    () => viewer.showMask(null),
    () => viewer.setTool('cursor'),
    () => viewer.scroll('axial', 1),
    () => viewer.showImage(volume),
  ]) {
    viewer.showImage(volume)
    viewer.showMask(maskOf(volume))
    viewer.setTool('brush')
    const before = strokes.length
    hand('pointerdown', 5, 5)
    breakOff()
    expect(strokes.length).toBe(before + 1)
    hand('pointerup', 5, 5)
    expect(strokes.length).toBe(before + 1)
  }
  viewer.showImage(volume)
  viewer.showMask(maskOf(volume))
  hand('pointerdown', 5, 5)
  viewer.dispose()
  expect(strokes.length).toBe(5)
})

it('paints what lies in the range of the threshold brush, ends included, or outside it; never what is no number', () => {
  const volume = { ...volumeOf(), voxels: Float32Array.from({ length: 2000 }, (_, i) => (i === 911 ? NaN : i - 800)) }
  const stroke = (change: Parameters<Viewer['setThreshold']>[0]) => {
    const mask = maskOf(volume)
    viewer.showMask(mask)
    viewer.setThreshold({ mode: 'fixed', ...change })
    hand('pointerdown', 10, 5)
    hand('pointerup', 10, 5)
    return painted(mask).map((at) => at - 800)
  }
  viewer.showImage(volume)
  viewer.setTool('thresholdBrush')
  viewer.setBrush({ radiusMm: 1, shape: 'disc' })
  // The disc holds voxels 90, 109, 110, 111 (no number) and 130 of the slice.
  expect(stroke({ low: 109, high: 110 })).toEqual([109, 110])
  expect(stroke({ inverted: true })).toEqual([90, 130])
  expect(stroke({ mode: 'adaptive', deviations: 0, inverted: true })).not.toContain(111)
  expect(stroke({ low: 0, high: 1000, inverted: false })).toEqual([90, 109, 110, 130])
})

it('says so when there is no mask to paint on, and refuses one of another grid', () => {
  const missing = listen('maskMissing')
  const volume = volumeOf()
  expect(() => viewer.showMask(maskOf(volume))).toThrowSaying('no image to show the mask on')
  viewer.showImage(volume)
  viewer.setTool('brush')
  hand('pointerdown', 5, 5)
  hand('pointerup', 5, 5)
  expect(missing).toEqual([{ plane: 'axial' }])
  expect(() => viewer.showMask({ ...maskOf(volume), size: [20, 10, 10] })).toThrowSaying(
    '20 x 10 x 10 voxels, the image 20 x 20 x 5',
  )
})

it('asks before every tool that changes the mask, and not before those that look or measure', () => {
  viewer.dispose()
  let asked = 0
  viewer = createViewer(elements, { mayEdit: () => ++asked < 0 })
  const volume = volumeOf()
  const mask = maskOf(volume)
  viewer.showImage(volume)
  viewer.showMask(mask)
  const picked = listen('pick')
  for (const tool of ['brush', 'eraser', 'thresholdBrush', 'polygon', 'scissors', 'grow'] as const) {
    viewer.setTool(tool)
    hand('pointerdown', 5, 5)
    hand('pointermove', 8, 8)
    hand('pointerup', 8, 8)
  }
  expect(asked).toBe(6)
  expect(picked).toEqual([])
  expect(viewer.getState().outline).toBeNull()
  expect(painted(mask)).toEqual([])
  viewer.setTool('ruler')
  hand('pointerdown', 5, 5)
  hand('pointermove', 8, 9)
  hand('pointerup', 8, 9)
  expect(viewer.getState().ruler?.lengthMm).toBeCloseTo(5, 6)
  viewer.setTool('cursor')
  hand('pointerdown', 5, 5)
  hand('pointerup', 5, 5)
  expect(viewer.getState().cursor?.index).toEqual([5, 5, 2])
  expect(asked).toBe(6)
})

it('fills no outline where the mask may not be changed, as of a locked region: it stays open', () => {
  viewer.dispose()
  let may = true
  viewer = createViewer(elements, { mayEdit: () => may })
  const volume = volumeOf()
  const mask = maskOf(volume)
  viewer.showImage(volume)
  viewer.showMask(mask)
  viewer.setTool('polygon')
  const corners = [
    [4, 4],
    [12, 4],
    [8, 12],
  ] as const
  for (const [x, y] of corners) {
    hand('pointerdown', x, y)
    hand('pointerup', x, y)
  }
  may = false
  expect(viewer.fillOutline()).toBe(false)
  expect([viewer.getState().outline?.pointCount, painted(mask)]).toEqual([3, []])
  may = true
  expect(viewer.fillOutline()).toBe(true)
})

it('gives the wheel one slice a notch, zoom with Ctrl, and the size of the brush with Shift', () => {
  viewer.showImage(volumeOf())
  // The wheel event of the test's DOM does not know of held keys.
  const wheel = ({ deltaY, ...keys }: MouseEventInit & { deltaY: number }) => {
    const event = new MouseEvent('wheel', { bubbles: true, cancelable: true, ...pointOf(9.5, 9.5), ...keys })
    elements.axial.firstElementChild!.dispatchEvent(Object.assign(event, { deltaX: 0, deltaY, deltaMode: 0 }))
  }
  wheel({ deltaY: 120 })
  wheel({ deltaY: 480 })
  wheel({ deltaY: -100 })
  expect(viewer.getState().views?.axial).toMatchObject({ slice: 3, sliceCount: 5, zoom: 1 })
  wheel({ deltaY: -100, ctrlKey: true })
  expect(viewer.getState().views?.axial.zoom).toBeCloseTo(1.15, 9)
  viewer.setTool('brush')
  wheel({ deltaY: -100, shiftKey: true })
  expect(viewer.getState().brush.radiusMm).toBeCloseTo(4.6, 9)
  expect(viewer.getState().views?.axial.slice).toBe(3)
  viewer.fit()
  expect(viewer.getState().views?.axial.zoom).toBeCloseTo(1, 9)
})

it('drags window and level, and goes back to the start', () => {
  viewer.showImage(volumeOf())
  viewer.setPreset('pacs')
  expect(viewer.getState().tool).toBe('window')
  hand('pointerdown', 5, 5)
  hand('pointermove', 7, 4)
  hand('pointerup', 7, 4)
  // One pixel is a three-hundredth of the start window: 1 grey level here.
  expect(viewer.getState().window?.width).toBeCloseTo(323, 9)
  expect(viewer.getState().window?.centre).toBeCloseTo(38.5, 9)
  viewer.resetWindow()
  expect(viewer.getState().window).toEqual({ centre: 50, width: 300 })
  viewer.autoWindow()
  expect(viewer.getState().window).toEqual({ centre: 999.5, width: 1961 })
})

it('maximises a view by double-click, but not between two dabs of the brush', () => {
  viewer.showImage(volumeOf())
  const asked = listen('maximise')
  const click = () => elements.coronal.firstElementChild!.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
  click()
  click()
  viewer.setTool('brush')
  click()
  expect(asked).toEqual(['coronal', null])
})

it('shows letters, slice, window and scale on each view', () => {
  viewer.showImage(volumeOf())
  const text = (plane: Plane, part: string) => elements[plane].querySelector(`[data-part=${part}]`)?.textContent
  expect(['left', 'right', 'top', 'bottom'].map((edge) => text('axial', edge))).toEqual(['R', 'L', 'A', 'P'])
  expect(['left', 'right', 'top', 'bottom'].map((edge) => text('sagittal', edge))).toEqual(['A', 'P', 'S', 'I'])
  expect(text('coronal', 'slice')).toBe('Coronal  11 / 20')
  expect(text('axial', 'window')).toBe('W 300  L 50')
  // 20 voxels of 1 mm in 230 pixels, at most 75 pixels long.
  expect(text('axial', 'scale')).toBe('5 mm')
})

it('writes the size of the brush beside it', () => {
  viewer.showImage(volumeOf())
  viewer.setTool('brush')
  const size = () => elements.axial.querySelector<HTMLElement>('[data-part=brushSize]')!
  expect(size().style.display).toBe('none')
  hand('pointermove', 8, 5)
  expect([size().style.display, size().textContent]).toEqual(['', 'r 4.0 mm'])
  viewer.setBrush({ radiusMm: 2.5 })
  expect(size().textContent).toBe('r 2.5 mm')
  viewer.setTool('cursor')
  hand('pointermove', 8, 6)
  expect(size().style.display).toBe('none')
})

it('draws the brush in the colour that it paints, and white where it erases', () => {
  const volume = volumeOf()
  viewer.showImage(volume)
  viewer.setTool('brush')
  hand('pointermove', 8, 5)
  const border = () => elements.axial.querySelector<HTMLElement>('[data-part=brush]')!.style.border
  expect(border()).toContain('rgb(255 138 71)')
  viewer.showMask(maskOf(volume), outsideColour)
  hand('pointermove', 8, 6)
  expect(border()).toContain(`rgb(${outsideColour.join(' ')})`)
  viewer.setTool('eraser')
  hand('pointermove', 8, 7)
  expect(border()).toMatch(/dashed (#fff|rgb\(255)/)
})

describe('a tool that a key holds down on the cursor', () => {
  const at = (i: number, j: number, k = 2) => i + 20 * (j + 20 * k)
  const open = () => {
    const volume = volumeOf()
    const mask = maskOf(volume)
    viewer.showImage(volume)
    viewer.showMask(mask)
    viewer.setBrush({ radiusMm: 0.4 })
    viewer.moveCursor({ index: [4, 4, 2] })
    return mask
  }

  it('paints along the way of the cursor, one stroke until it is lifted', () => {
    const mask = open()
    const strokes = listen('strokeEnd')
    viewer.setTool('brush')
    viewer.putToolOnCursor('axial')
    viewer.nudgeCursor('axial', 3, 0)
    viewer.putToolOnCursor('axial')
    viewer.nudgeCursor('axial', 0, 1)
    expect(strokes).toHaveLength(0)
    viewer.liftTool()
    expect(strokes).toMatchObject([{ action: 'Brush', plane: 'axial' }])
    expect(painted(mask)).toEqual([at(4, 4), at(5, 4), at(6, 4), at(7, 4), at(7, 5)])
    viewer.nudgeCursor('axial', 3, 0)
    viewer.liftTool()
    expect(painted(mask)).toHaveLength(5)
    viewer.setTool('eraser')
    viewer.moveCursor({ index: [5, 4, 2] })
    viewer.putToolOnCursor('axial')
    viewer.liftTool()
    expect(painted(mask)).toEqual([at(4, 4), at(6, 4), at(7, 4), at(7, 5)])
  })

  it('ends with its slice, and gives way to the pointer', () => {
    const mask = open()
    const strokes = listen('strokeEnd')
    viewer.setTool('brush')
    viewer.putToolOnCursor('axial')
    viewer.scroll('axial', 1)
    viewer.nudgeCursor('axial', 1, 0)
    expect(painted(mask)).toEqual([at(4, 4)])
    viewer.putToolOnCursor('axial')
    hand('pointerdown', 10, 10)
    hand('pointerup', 10, 10)
    expect(painted(mask)).toEqual([at(4, 4), at(5, 4, 3), at(10, 10, 3)])
    expect(strokes).toHaveLength(3)
  })

  it('sets points of an outline, cuts a rectangle, measures, picks; what only looks does nothing', () => {
    const mask = open()
    const press = (i: number, j: number, to?: readonly [number, number]) => {
      viewer.moveCursor({ index: [i, j, 2] })
      viewer.putToolOnCursor('axial')
      if (to) viewer.moveCursor({ index: [to[0], to[1], 2] })
      viewer.liftTool()
    }
    viewer.setTool('polygon')
    press(3, 3)
    press(8, 3)
    press(8, 8)
    press(3, 8)
    expect(viewer.getState().outline).toMatchObject({ pointCount: 4 })
    viewer.fillOutline()
    expect(painted(mask)).toContain(at(5, 5))
    viewer.setTool('scissors')
    press(2, 2, [6, 10])
    expect(painted(mask)).not.toContain(at(5, 5))
    expect(painted(mask)).toContain(at(7, 5))
    viewer.setTool('ruler')
    press(2, 2)
    press(2, 12)
    expect(viewer.getState().ruler?.lengthMm).toBeCloseTo(10)
    const picks = listen('pick')
    viewer.setTool('grow')
    press(9, 9)
    expect(picks).toEqual([{ plane: 'axial', index: [9, 9, 2] }])
    const before = painted(mask)
    viewer.setTool('cursor')
    press(1, 1, [12, 12])
    expect(painted(mask)).toEqual(before)
  })
})

it('draws the border of a box in the slices that it reaches', async () => {
  viewer.showImage(volumeOf())
  const border = (plane: Plane) => elements[plane].querySelector<HTMLElement>('[data-part=box]')!.style
  viewer.showBox({ lower: [5, 5, 1], upper: [9, 12, 3] })
  // 20 mm and 4 % more on either side in 250 pixels: 11.5 a voxel.
  await vi.waitFor(() => expect([border('axial').display, border('coronal').display]).toEqual(['', '']))
  expect(parseFloat(border('axial').width)).toBeCloseTo(57.5)
  expect(parseFloat(border('axial').height)).toBeCloseTo(92)
  expect(border('axial').transform).toBe('translate(67.5px, 67.5px)')
  expect(parseFloat(border('coronal').height)).toBeCloseTo(3 * 4 * 11.5)
  viewer.scroll('axial', 2)
  await vi.waitFor(() => expect([border('axial').display, border('coronal').display]).toEqual(['none', '']))
  viewer.showBox(null)
  await vi.waitFor(() => expect(border('coronal').display).toBe('none'))
})

it('leaves nothing behind', async () => {
  viewer.showImage(volumeOf())
  await vi.waitFor(() => expect(drawn.planes).toHaveLength(3))
  const state = listen('settings')
  viewer.dispose()
  viewer.dispose()
  viewer.setTool('brush')
  expect(Object.values(elements).map(({ childElementCount }) => childElementCount)).toEqual([0, 0, 0])
  expect(drawn.disposed).toBe(1)
  expect(state).toEqual([])
})

it('is placed as another viewer is, no further than it can be, and only the hand tells that it placed a view', () => {
  viewer.showImage(volumeOf())
  const placed = listen('placed')
  elements.axial.firstElementChild!.dispatchEvent(
    // As above: a wheel event with keys held.
    Object.assign(new MouseEvent('wheel', { bubbles: true, cancelable: true, ctrlKey: true, ...pointOf(4, 9.5) }), {
      deltaX: 0,
      deltaY: -100,
      deltaMode: 0,
    }),
  )
  expect(placed).toEqual(['axial'])
  const { axial } = viewer.getState().views!
  // Voxel 4 stays under the hand, 5.5 voxels from the middle.
  expect(axial.centreMm[0]).toBeCloseTo(4 - 10 + 5.5 / 1.15, 9)
  expect(axial.centreMm.slice(1)).toEqual([-0.5, 8])
  viewer.fit()
  expect(viewer.getState().views!.axial).toMatchObject({ zoom: 1, centreMm: [-0.5, -0.5, 8] })
  const told = listen('view')
  // From another slice: the point of the slice shown that is nearest.
  viewer.placeView('axial', { ...axial, centreMm: [axial.centreMm[0], axial.centreMm[1], 12] })
  expect(viewer.getState().views!.axial.centreMm[0]).toBeCloseTo(axial.centreMm[0], 9)
  expect(viewer.getState().views!.axial.centreMm[2]).toBe(8)
  expect(viewer.getState().views!.axial.mmPerPixel).toBeCloseTo(axial.mmPerPixel, 12)
  viewer.placeView('axial', axial)
  expect(told).toHaveLength(1)
  viewer.placeView('axial', { ...axial, mmPerPixel: 1e-9 })
  expect(viewer.getState().views!.axial.zoom).toBeCloseTo(64, 9)
  expect(placed).toHaveLength(1)
})
