import { expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { defaultSettings } from '../storage/settings.ts'
import { createDrawOverStore, type DrawOverServices } from './drawOver.ts'

const open = (name: string) => ({ name, image: { voxels: Float32Array.of(10, 20, 30, 40) } })
const lesion = (lesion: string, ...voxels: number[]) => ({ lesion, mask: { voxels: Uint8Array.from(voxels) } })

/** A region in hand, and the others that were read beside it. */
function page(setting = defaultSettings.drawOver) {
  const first = open('first')
  const roi = createStore(() => ({ open: first }))
  const otherLesions = createStore(() => ({
    beside: first,
    others: [lesion('L2', 1, 0, 0, 0), lesion('L3', 0, 0, 1, 1)],
  }))
  const keep = vi.fn()
  const services = { roi, otherLesions, keep } as unknown as DrawOverServices
  const store = createDrawOverStore({ drawOver: setting }, services)
  const accepted = () => {
    const accepts = store.getState().accepts()
    return accepts && [0, 1, 2, 3].filter(accepts)
  }
  return { roi, otherLesions, keep, store, accepted, set: store.getState().set }
}

test('everything, background, another lesion, and a range of grey levels with each; kept for the next session', () => {
  const { accepted, set, keep, store } = page()
  expect(accepted()).toBeNull()
  set({ range: { low: 20, high: 30 } })
  expect(accepted()).toEqual([1, 2])
  set({ over: 'background' })
  expect(accepted()).toEqual([1])
  set({ range: null })
  expect(accepted()).toEqual([1])
  set({ over: 'L3' })
  expect(accepted()).toEqual([2, 3])
  expect(keep).toHaveBeenLastCalledWith('drawOver', { over: 'L3', range: null })
  expect(page(store.getState().drawOver).accepted()).toEqual([2, 3])
})

test('a lesion that is not there, and others that are not read yet, let nothing be drawn over', () => {
  const { accepted, roi, set } = page()
  set({ over: 'L4' })
  expect(accepted()).toEqual([])
  set({ over: 'background' })
  roi.setState({ open: open('second') })
  expect(accepted()).toEqual([])
  set({ over: 'everything' })
  expect(accepted()).toBeNull()
})

test('that something was held back is told until the rule is changed, or another region comes in hand', () => {
  const { roi, set, store } = page()
  const { tellHeld } = store.getState()
  tellHeld('all')
  expect(store.getState().held).toBe('all')
  set({ over: 'background' })
  expect(store.getState().held).toBe('nothing')
  tellHeld('some')
  roi.setState({ open: open('second') })
  expect(store.getState().held).toBe('nothing')
})
