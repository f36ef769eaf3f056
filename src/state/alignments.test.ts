import { expect, it } from 'vitest'
import { movePoint, translation } from '../core/image/rigidMove.ts'
import { createAlignmentStore, findMove } from './alignments.ts'

function createStorage() {
  const kept = new Map<string, string>()
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) }
}

it('keeps one movement a pair, tells it both ways, and finds it again in the next session', () => {
  const storage = createStorage()
  const store = createAlignmentStore(storage)
  store.getState().set('t2', 'dce', translation([1, 2, 3]))
  store.getState().set('dce', 't2', translation([-4, 0, 0]))
  const again = createAlignmentStore(storage).getState()
  expect(Object.keys(again.moves)).toHaveLength(1)
  expect(movePoint(findMove(again, 't2', 'dce')!, [0, 0, 0])).toEqual([4, 0, 0])
  expect(findMove(again, 't2', 'adc')).toBeNull()
  store.getState().set('t2', 'dce', null)
  expect(findMove(createAlignmentStore(storage).getState(), 'dce', 't2')).toBeNull()
})
