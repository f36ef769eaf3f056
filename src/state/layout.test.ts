import { expect, test, vi } from 'vitest'
import { defaultSettings } from '../storage/settings.ts'
import { createLayoutStore, panelWidths } from './layout.ts'

test('the width of the panels and whether they are folded are kept; a width has its ends', () => {
  const keep = vi.fn()
  const store = createLayoutStore(defaultSettings, keep)
  const { set } = store.getState()
  set({ panelsPx: 401.4 })
  set({ areFolded: true })
  expect(keep).toHaveBeenLastCalledWith('layout', { panelsPx: 401, areFolded: true })
  set({ panelsPx: 9999 })
  expect(store.getState().layout.panelsPx).toBe(panelWidths.greatest)
  set({ panelsPx: 1 })
  expect(store.getState().layout).toEqual({ panelsPx: panelWidths.smallest, areFolded: true })
})
