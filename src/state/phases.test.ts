// @vitest-environment node
import { expect, test, vi } from 'vitest'
import type { AnswerStore } from '../storage/answerStore.ts'
import { applyChosenOrder, createPhasesStore, seriesKey } from './phases.ts'

const images = ['t2', 'a', 'b', 'c', 'dwi'].map((id) => ({ id }))
const order = (choices: Parameters<typeof applyChosenOrder>[1]) =>
  applyChosenOrder(images, choices, ({ id }) => id).map(({ id }) => id)

function openPage(kept: Map<string, unknown>) {
  const problems: unknown[] = []
  const answers: AnswerStore = {
    get: async (key) => kept.get(key),
    put: async (key, value) => void kept.set(key, value),
    change: async (key, change) => void kept.set(key, change(kept.get(key))),
  }
  return { store: createPhasesStore({ answers, onNotKept: (reason) => problems.push(reason) }), problems }
}

test('what a person decided stays, piece by piece, until it is taken back, and outlasts the page', async () => {
  const kept = new Map<string, unknown>()
  const { store } = openPage(kept)
  const key = seriesKey(['b', 'a'])
  expect(key).toBe(seriesKey(['a', 'b']))
  store.getState().choose(key, { injectionS: 20, source: 'content' })
  store.getState().choose(key, { left: ['a'] })
  store.getState().choose(key, { source: undefined })
  expect(store.getState().choices).toEqual({ [key]: { injectionS: 20, left: ['a'] } })
  await vi.waitFor(() => expect(kept.size).toBe(1))
  const again = openPage(kept)
  again.store.getState().choose('other', { injectionS: 3 })
  await vi.waitFor(() =>
    expect(again.store.getState().choices).toEqual({ [key]: { injectionS: 20, left: ['a'] }, other: { injectionS: 3 } }),
  )
  expect(again.problems).toEqual([])
})

test('phases that were put in order stand so at the places that they had, by their times', () => {
  expect(order({})).toEqual(['t2', 'a', 'b', 'c', 'dwi'])
  const byHand = [
    { id: 'b', timeS: 0 },
    { id: 'a', timeS: 90 },
    { id: 'c', timeS: 60 },
  ]
  expect(order({ k: { byHand } })).toEqual(['t2', 'b', 'c', 'a', 'dwi'])
  expect(order({ k: { byHand: [{ id: 'c', timeS: 0 }, { id: 'a', timeS: 60 }] } })).toEqual(['t2', 'c', 'b', 'a', 'dwi']) // prettier-ignore
  expect(order({ k: { source: 'content', bySource: ['c', 'b', 'a'] } })).toEqual(['t2', 'c', 'b', 'a', 'dwi'])
  expect(order({ k: { byHand: [...byHand, { id: 'closed', timeS: 120 }] } })).toEqual(['t2', 'b', 'c', 'a', 'dwi'])
})
