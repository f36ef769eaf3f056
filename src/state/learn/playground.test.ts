import { expect, test, vi } from 'vitest'
import { readLearnAddress, screenOfAddress, writeLearnAddress } from './learnAddress.ts'
import { createPlayStore, defaultPlay, readPlay, writePlay } from './playground.ts'
import type { Teacher } from './teacher.ts'

const never: Teacher['draw'] = () => new Promise(() => {})

test('an address has all that is set, and the same address the same studies', () => {
  const store = createPlayStore(never)
  store.getState().open({})
  store.getState().change({ positiveMean: 1.2, patients: 60, samples: 20 })
  store.getState().drawAgain()
  const address = writeLearnAddress({ place: 'play', values: writePlay(store.getState()) })
  expect(address).toBe('#learn/play?positiveMean=1.2&patients=60&samples=20&seed=41')
  const other = createPlayStore(never)
  other.getState().open(readLearnAddress(address)!.values)
  expect(other.getState().settings).toEqual(store.getState().settings)
  expect(other.getState().drawn).toEqual(store.getState().drawn)
  expect(store.getState().drawn!.studies).toHaveLength(20)
})

test('what an address says outside its range, or says wrongly, is as at the start', () => {
  expect(readPlay({ patients: '1e9', seed: 'x', slope: '', prevalence: '0.2', samples: '7' })).toEqual({ ...defaultPlay, prevalence: 0.2 }) // prettier-ignore
  expect(readLearnAddress('#follow=x')).toBeNull()
  expect([screenOfAddress('#learn/play?seed=1'), screenOfAddress('#learn/roc?seed=40'), screenOfAddress('')]).toEqual(['playground', 'lessons', null]) // prettier-ignore
})

test('a topic begins with settings of its own and the seed of before; its address leads there', () => {
  const store = createPlayStore(never)
  store.getState().open({ seed: '7' })
  store.getState().begin('calibration')
  expect(store.getState().settings).toMatchObject({ slope: 2, seed: 7 })
  const other = createPlayStore(never)
  other.getState().open(writePlay(store.getState()))
  expect([other.getState().topic, other.getState().settings]).toEqual(['calibration', store.getState().settings])
})

test('a threshold that moves draws nothing anew', () => {
  const store = createPlayStore(never)
  store.getState().open({})
  const { drawn } = store.getState()
  store.getState().change({ threshold: 1 })
  expect(store.getState().drawn).toBe(drawn)
  store.getState().change({ patients: 41 })
  expect(store.getState().drawn).not.toBe(drawn)
})

test('too few of a class are not drawn', () => {
  const store = createPlayStore(never)
  store.getState().open({ prevalence: '0.04' })
  expect(store.getState().drawn).toBeNull()
})

test('more than 20,000 scores are drawn by a worker; what was asked before is given up', async () => {
  const asked: { readonly patients: number; readonly signal: AbortSignal; give(): void }[] = []
  const store = createPlayStore((job, signal) => new Promise((resolve) => asked.push({ patients: job.draw.patients, signal, give: () => resolve([]) }))) // prettier-ignore
  store.getState().open({ patients: '200' })
  expect(asked).toEqual([])
  store.getState().change({ patients: 201 })
  store.getState().change({ patients: 400 })
  expect(asked.map(({ patients, signal }) => [patients, signal.aborted])).toEqual([[201, true], [400, false]]) // prettier-ignore
  expect(store.getState()).toMatchObject({ isDrawing: true, drawn: { of: { patients: 200 } } })
  asked[0].give()
  asked[1].give()
  await vi.waitFor(() => expect(store.getState()).toMatchObject({ isDrawing: false, drawn: { of: { patients: 400 } } }))
})

test('a worker that fails is told', async () => {
  const store = createPlayStore(() => Promise.reject(new Error('no room')))
  store.getState().open({ patients: '400' })
  await vi.waitFor(() => expect(store.getState()).toMatchObject({ isDrawing: false, problem: { values: { words: 'no room' } } }))
})
