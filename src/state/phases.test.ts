// @vitest-environment node
import { expect, test } from 'vitest'
import { applyChosenOrder, createPhasesStore, seriesKey } from './phases.ts'

const images = ['t2', 'a', 'b', 'c', 'dwi'].map((id) => ({ id }))
const order = (choices: Parameters<typeof applyChosenOrder>[1]) => applyChosenOrder(images, choices).map(({ id }) => id)

test('what a person decided stays, piece by piece, until it is taken back', () => {
  const store = createPhasesStore()
  const key = seriesKey(['b', 'a'])
  expect(key).toBe(seriesKey(['a', 'b']))
  store.getState().choose(key, { injectionS: 20, source: 'content' })
  store.getState().choose(key, { left: ['a'] })
  store.getState().choose(key, { source: undefined })
  expect(store.getState().choices).toEqual({ [key]: { injectionS: 20, left: ['a'] } })
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
