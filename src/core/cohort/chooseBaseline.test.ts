import { expect, test } from 'vitest'
import { chooseBaseline } from './chooseBaseline.ts'
import type { PhaseTimes } from './timePhases.ts'

/** Opened in another order than that of time: volume 2 is the first phase. */
const series = (change: Partial<PhaseTimes> = {}) => ({
  phases: [2, 0, 3, 1],
  isDce: true,
  times: {
    order: [0, 1, 2, 3],
    timesS: [0, 60, 120, 180],
    from: 'acquisition' as const,
    proved: true,
    injectionS: 60,
    injectionProved: false,
    warnings: [],
    ...change,
  },
})

test('the first in time is before contrast, whatever was opened first; after it comes the phase in hand, or the next', () => {
  expect(chooseBaseline(series(), 3)).toEqual({ before: 2, after: 3 })
  expect(chooseBaseline(series(), 2)).toEqual({ before: 2, after: 0 })
  expect(chooseBaseline(series(), 7)).toEqual({ before: 2, after: 0 })
  expect(chooseBaseline(series(), undefined)).toEqual({ before: 2, after: 0 })
})

test('where the files tell the injection, a phase that began before it is not taken for one after contrast', () => {
  const told = series({ injectionS: 90, injectionProved: true })
  expect(chooseBaseline(told, 0)).toEqual({ before: 2, after: 3 })
  expect(chooseBaseline(told, 1)).toEqual({ before: 2, after: 1 })
  expect(chooseBaseline(series({ injectionS: 200, injectionProved: true }), 1)).toBeUndefined()
})

test('what is not known is not chosen: times not proved, or the agent given before the first phase', () => {
  expect(chooseBaseline(series({ proved: false }), 3)).toBeUndefined()
  expect(chooseBaseline(series({ injectionS: -30, injectionProved: true }), 3)).toBeUndefined()
})
