import { MantineProvider } from '@mantine/core'
import { act, type ComponentType } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FailureBoundary } from './FailureBoundary.tsx'
import { laterPart } from './laterPart.tsx'

const Part = ({ name }: { name: string }) => <p>the part {name}</p>
let place: HTMLElement
let root: Root

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  place = document.createElement('div')
  root = createRoot(place)
})
afterEach(() => {
  act(() => root.unmount())
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})
const show = (Later: ComponentType<{ name: string }>) =>
  act(async () =>
    root.render(
      <MantineProvider>
        <main>
          <FailureBoundary>
            <Later name="A" />
          </FailureBoundary>
        </main>
      </MantineProvider>,
    ),
  )
const shown = () => place.querySelector('main')!

test('a part is loaded once, when it is first prepared or shown; its place is empty until then, and one that was prepared is there at once', async () => {
  let arrive = (_: typeof Part) => {}
  const load = vi.fn(() => new Promise<typeof Part>((resolve) => (arrive = resolve)))
  const Later = laterPart(load)
  expect(load).not.toHaveBeenCalled()
  await show(Later)
  expect(shown().textContent).toBe('')
  await act(async () => arrive(Part))
  expect(shown().textContent).toBe('the part A')
  act(() => root.render(null))
  act(() => root.render(<Later name="B" />))
  expect(place.textContent).toBe('the part B')
  Later.prepare()
  expect(load).toHaveBeenCalledTimes(1)
})

test('a part that cannot be loaded says so in its place, and comes when it is tried again', async () => {
  vi.spyOn(console, 'error').mockReturnValue()
  vi.stubGlobal('fetch', async () => new Response())
  let isThere = false
  const Later = laterPart(async () => {
    if (!isThere) throw new TypeError('Failed to fetch dynamically imported module')
    return Part
  })
  Later.prepare()
  await show(Later)
  await vi.waitFor(() => expect(shown().textContent).toMatch(/could not be loaded.*reload the page.*you drew is kept/s))
  isThere = true
  await act(async () => shown().querySelector('button')!.click())
  expect(shown().textContent).toBe('the part A')
})
