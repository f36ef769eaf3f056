import { MantineProvider } from '@mantine/core'
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, expect, test, vi } from 'vitest'
import { madeImages, madePatient } from '../../core/study/madeStudy.ts'
import { unnamedStudy } from '../../core/study/unnamedStudy.ts'
import { viewStudy, type StudyView } from '../../state/viewStudy.ts'
import { FlowCard } from './FlowCard.tsx'

afterEach(() => vi.unstubAllGlobals())

const exclusion = { reason: 'poor-quality', by: '1', at: 0 }
const patients = [madePatient(1, { centre: 'A' }), madePatient(2, { centre: 'A', exclusion }), madePatient(3, { centre: 'B' })]
const records = {
  study: unnamedStudy,
  patients,
  images: patients.flatMap(madeImages),
  decisions: [],
  names: {},
  came: new Set<string>(),
}
const view = viewStudy(records, { clinical: null, known: [] })

function render(shown: StudyView) {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  const place = document.createElement('div')
  document.body.append(place)
  const onShow = vi.fn()
  const root = createRoot(place)
  act(() =>
    root.render(
      <MantineProvider>
        <FlowCard view={shown} onShow={onShow} />
      </MantineProvider>,
    ),
  )
  const button = (name: string) => [...place.querySelectorAll('button')].find(({ textContent }) => textContent === name)!
  return { place, onShow, button }
}

test('sums are checked and said, and each number opens whom it counts', () => {
  const { place, onShow, button } = render(view)
  expect(place.textContent).toContain('all sums checked: 3 = 2 + 1 excluded')
  expect(button('SVG').disabled).toBe(false)
  const number = place.querySelector('[aria-label="Excluded, poor image quality: 1, show who"]')!
  act(() => void number.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })))
  act(
    () =>
      void place.querySelector('[aria-label="Centre A: 2, show who"]')!.dispatchEvent(new MouseEvent('click', { bubbles: true })),
  )
  expect(onShow.mock.calls).toEqual([[{ title: 'Excluded, poor image quality', patients: ['p2'] }], [{ title: 'Centre A', patients: ['p1', 'p2'] }]]) // prettier-ignore
})

test('a chart that does not add up is red, says where, and is not saved', () => {
  const { place, button } = render({ ...view, traced: { ...view.traced, wrong: ['centre A'] } })
  expect(place.querySelector('[role=alert]')?.textContent).toContain('do not add up at Centre A')
  expect(place.textContent).not.toContain('all sums checked')
  expect([button('SVG').disabled, button('Table of exclusions').disabled]).toEqual([true, true])
  expect(place.querySelectorAll('.flowBox.wrong')).toHaveLength(1)
})
