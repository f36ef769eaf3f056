import { MantineProvider } from '@mantine/core'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Tip } from './Tip.tsx'
import { theme } from './theme.ts'

let root: Root

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  root = createRoot(document.body.appendChild(document.createElement('div')))
  act(() =>
    root.render(
      <MantineProvider theme={theme}>
        <Tip label="Nothing leaves it.">
          <button>This machine</button>
        </Tip>
      </MantineProvider>,
    ),
  )
})
afterEach(() => {
  act(() => root.unmount())
  vi.unstubAllGlobals()
})
const button = () => document.querySelector('button')!
const shown = () => document.querySelector('[role=tooltip]')?.textContent
const seen = (label: string | undefined) =>
  vi.waitFor(async () => {
    await act(async () => {})
    expect(shown()).toBe(label)
  })

test.each([
  ['pointer', 'mouseover', 'mouseout'],
  ['focus', 'focusin', 'focusout'],
])('a tip is loaded and comes with the %s, beside the same element, and goes with it', async (_, come, go) => {
  const before = button()
  expect(before.getAttribute('aria-description')).toBe('Nothing leaves it.')
  act(() => void before.dispatchEvent(new Event(come, { bubbles: true })))
  expect(shown()).toBeUndefined()
  await seen('Nothing leaves it.')
  expect(button()).toBe(before)
  act(() => void before.dispatchEvent(new Event(go, { bubbles: true })))
  await seen(undefined)
})
