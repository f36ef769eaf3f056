import { expect, test } from 'vitest'
import { followOf, readTrail, writeTrail, type Followed } from './follow.ts'
import type { ScoresStore } from './scores.ts'

const trail: Followed[] = [
  { kind: 'cell', cell: 'tp', cohort: 'centre B', model: 'SVM', index: 12 },
  { kind: 'patient', at: 41 },
  { kind: 'feature', name: 'original_glcm_Idm' },
]

test('a trail goes on, and back to any place of it', () => {
  const store = followOf({ scoresStore: {} as ScoresStore })
  store.getState().begin(trail[0])
  store.getState().go(trail[1])
  store.getState().go(trail[2])
  expect(store.getState().trail).toEqual(trail)
  store.getState().back()
  expect(store.getState().trail).toEqual(trail.slice(0, 2))
  store.getState().back(0)
  expect(store.getState().trail).toEqual(trail.slice(0, 1))
  store.getState().back()
  expect(store.getState().trail).toEqual([])
})

test('the address of the page holds the trail, and no ID; one that says something else says nothing', () => {
  const fromAuc: Followed[] = [{ kind: 'auc', cohort: 'centre B', model: 'SVM' }, ...trail]
  expect(readTrail(writeTrail(fromAuc))).toEqual(fromAuc)
  expect(writeTrail([])).toBe('')
  for (const hash of [
    '',
    '#follow=',
    '#follow=%5B',
    '#other',
    `#follow=${encodeURIComponent('[{"kind":"patient","at":"P1"}]')}`,
    `#follow=${encodeURIComponent('[{"kind":"toString"}]')}`,
    '#follow=null',
  ])
    // prettier-ignore
    expect(readTrail(hash), hash).toEqual([])
})
