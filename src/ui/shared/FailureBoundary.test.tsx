import { MantineProvider } from '@mantine/core'
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, expect, test, vi } from 'vitest'
import { FailureBoundary } from './FailureBoundary.tsx'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('a part that cannot be drawn is told in its place and can be shown again, and the rest of the page stays', () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.spyOn(console, 'error').mockReturnValue()
  let isBroken = true
  const Part = () => {
    if (isBroken) throw new Error('No such voxel')
    return <p>the part</p>
  }
  const place = document.createElement('div')
  const root = createRoot(place)
  act(() =>
    root.render(
      <MantineProvider>
        <p>the rest</p>
        <FailureBoundary>
          <Part />
        </FailureBoundary>
      </MantineProvider>,
    ),
  )
  expect(place.textContent).toMatch(/the rest.*cannot be shown: No such voxel\. What you drew is kept/s)
  isBroken = false
  act(() => [...place.querySelectorAll('button')].find(({ textContent }) => textContent === 'Show it again')!.click())
  expect(place.textContent).toMatch(/the rest.*the part/s)
  expect(place.textContent).not.toContain('cannot be shown')
  act(() => root.unmount())
})
