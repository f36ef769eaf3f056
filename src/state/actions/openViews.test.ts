import { expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createOpenViews, type OpenViewsServices } from './openViews.ts'

type Create = Parameters<ReturnType<typeof createOpenViews>>[0]
type Options = Parameters<Create>[1]

/** A page whose viewer the test tells what the hand did. */
function page() {
  const listeners = new Map<string, (event: object | null) => void>()
  const viewer = {
    on: (name: string, listener: (event: object | null) => void) => {
      listeners.set(name, listener)
      return () => void listeners.delete(name)
    },
    endOutline: vi.fn(),
    dispose: vi.fn(),
  }
  const change = () => ({
    recordStroke: vi.fn(),
    undo: vi.fn(),
    refuseLocked: vi.fn(() => false),
    isDrawing: false,
    revision: 0,
  })
  const roi = createStore(change)
  const seeds = createStore(change)
  for (const store of [roi, seeds])
    store.setState({
      recordStroke: vi.fn(() => store.setState(({ revision }) => ({ revision: revision + 1 }))),
      undo: vi.fn(() => store.setState(({ revision }) => ({ revision: revision + 1 }))),
    })
  const keep = vi.fn()
  const growFrom = vi.fn()
  const accepts = () => true
  const tellHeld = vi.fn()
  const detach = vi.fn()
  const hide = vi.fn()
  const masks = { draftKey: 'a' as string | null }
  let options: Options
  const open = createOpenViews({
    hand: { getState: () => ({ preset: 'pacs', maskStyle: 'fill', attachViewer: () => detach }) },
    roi,
    seeds,
    drafts: { getState: () => ({ keep }) },
    drawOver: { getState: () => ({ accepts: () => accepts, tellHeld }) },
    growth: { getState: () => ({ growFrom }) },
    shownLayers: { getState: () => ({ masks }) },
    showLayers: () => hide,
  } as unknown as OpenViewsServices)
  const create = (_: unknown, given: Options) => {
    options = given
    return viewer
  }
  const close = open(create as unknown as Create, {} as Parameters<typeof open>[1])
  const tell = (name: string, event: object | null) => listeners.get(name)?.(event)
  return { roi, seeds, viewer, keep, accepts, tellHeld, growFrom, detach, hide, masks, options: options!, close, tell, listeners }
}
const stroke = { action: 'Brush', difference: {} }

test('a stroke is in its store before the hand can do anything else: the region, or the strokes outside', () => {
  const { roi, seeds, tell } = page()
  tell('strokeEnd', stroke)
  expect(roi.getState().recordStroke).toHaveBeenCalledWith('Brush', stroke.difference)
  seeds.setState({ isDrawing: true })
  tell('strokeEnd', stroke)
  expect(seeds.getState().recordStroke).toHaveBeenCalledOnce()
  expect(roi.getState().recordStroke).toHaveBeenCalledOnce()
})

test('a filled outline ends when something else changes the mask, not by what the viewer does itself', () => {
  const { roi, options, viewer, tell } = page()
  tell('strokeEnd', stroke)
  expect(options.takeBack!()).toBe(true)
  expect(viewer.endOutline).not.toHaveBeenCalled()
  roi.setState({ revision: 9 })
  expect(viewer.endOutline).toHaveBeenCalledOnce()
})

test('a locked region is not drawn on, strokes outside it are', () => {
  const { roi, seeds, options } = page()
  roi.setState({ refuseLocked: vi.fn(() => true) })
  expect(options.mayEdit!()).toBe(false)
  seeds.setState({ isDrawing: true })
  expect(options.mayEdit!()).toBe(true)
})

test('a tool draws over what the rule says, strokes outside over everything; what is held back is told', () => {
  const { accepts, seeds, options, tell, tellHeld } = page()
  expect(options.drawOver!()).toBe(accepts)
  tell('held', 'all' as unknown as object)
  expect(tellHeld).toHaveBeenCalledWith('all')
  seeds.setState({ isDrawing: true })
  expect(options.drawOver!()).toBeNull()
})

test('an open outline is kept under the region that is shown, and under none while something else is', () => {
  const { keep, masks, tell } = page()
  const outline = { points: [] }
  tell('outline', outline)
  expect(keep).toHaveBeenCalledWith('a', outline)
  masks.draftKey = null
  tell('outline', null)
  expect(keep).toHaveBeenCalledOnce()
})

test('nothing listens once the views are closed', () => {
  const { roi, viewer, detach, hide, close, listeners } = page()
  close()
  expect(listeners.size).toBe(0)
  expect(detach).toHaveBeenCalledOnce()
  expect(hide).toHaveBeenCalledOnce()
  expect(viewer.dispose).toHaveBeenCalledOnce()
  roi.setState({ revision: 9 })
  expect(viewer.endOutline).not.toHaveBeenCalled()
})
