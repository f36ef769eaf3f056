import { expect, it } from 'vitest'
import { movePoint, nudgeMove, translation } from '../core/image/rigidMove.ts'
import { identityDirection } from '../core/image/volume.ts'
import { createAlignmentStore, type AlignmentState, findMove, hasOldMoves, wayInView } from './alignments.ts'

function begin(others: AlignmentState['moves'] = {}) {
  let kept = others
  const store = createAlignmentStore({}, (change) => void (kept = change(kept)))
  return { store, again: () => ({ moves: kept }) }
}

it('keeps one movement a pair, tells it both ways, and finds it again in the next session', () => {
  const { store, again } = begin()
  store.getState().set('t2', 'dce', translation([1, 2, 3]))
  store.getState().set('dce', 't2', translation([-4, 0, 0]))
  expect(Object.keys(again().moves)).toHaveLength(1)
  expect(movePoint(findMove(again(), 't2', 'dce')!, [0, 0, 0])).toEqual([4, 0, 0])
  expect(findMove(again(), 't2', 'adc')).toBeNull()
  store.getState().set('t2', 'dce', null)
  expect(findMove(again(), 'dce', 't2')).toBeNull()
})

it('what another tab aligned meanwhile stays kept', () => {
  const { store, again } = begin({ 'adc t1': translation([0, 0, 9]) })
  store.getState().set('t2', 'dce', translation([1, 2, 3]))
  expect(Object.keys(again().moves).sort()).toEqual(['adc t1', 't2 dce'])
})

it('moves the way that a key shows in the view under the hand, whatever way the grid runs', () => {
  // To the patient's left, backwards, upwards (LPS). Left and front are on the right of an axial and the left of a sagittal view.
  const expected = {
    axial: { left: [-1, 0, 0], right: [1, 0, 0], up: [0, -1, 0], down: [0, 1, 0] },
    sagittal: { left: [0, -1, 0], right: [0, 1, 0], up: [0, 0, 1], down: [0, 0, -1] },
    coronal: { left: [-1, 0, 0], right: [1, 0, 0], up: [0, 0, 1], down: [0, 0, -1] },
  } as const
  const flipped = [-1, 0, 0, 0, -1, 0, 0, 0, -1] as const
  for (const direction of [identityDirection, flipped])
    for (const plane of ['axial', 'sagittal', 'coronal'] as const)
      for (const way of ['left', 'right', 'up', 'down'] as const)
        expect([plane, way, wayInView(direction, plane, way, 1)]).toEqual([plane, way, expected[plane][way]])
  // The next slice is the one with the next index.
  expect(wayInView(identityDirection, 'axial', 'deeper', 0.5)).toEqual([0, 0, 0.5])
  expect(wayInView(identityDirection, 'sagittal', 'nearer', 0.5)).toEqual([-0.5, 0, 0])
  expect(wayInView(flipped, 'coronal', 'deeper', 0.5)).toEqual([0, -0.5, 0])
})

it('a nudge goes on top of the movement, along its own axis and way, and the point goes with it', () => {
  expect(nudgeMove(null, [0.5, 0, -2]).translationMm).toEqual([0.5, 0, -2])
  const move = nudgeMove(nudgeMove(translation([10, 20, 30]), [1, -2, 3]), [0, 0, 0.5])
  expect(movePoint(move, [0, 0, 0])).toEqual([11, 18, 33.5])
})

it('tells moves of an earlier version by their keys, which are fingerprints', () => {
  const { store } = begin()
  store.getState().set('ab12.cd34', 'memory.9f', translation([1, 0, 0]))
  expect(hasOldMoves(store.getState())).toBe(false)
  store.getState().set('ab12', '9f', translation([1, 0, 0]))
  expect(hasOldMoves(store.getState())).toBe(true)
})
