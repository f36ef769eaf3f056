import { expect, test, vi } from 'vitest'
import { describeTimeIntensity } from '../core/cohort/timeIntensity.ts'
import { defaultTimeIntensityOptions } from '../core/cohort/timeIntensityOptions.ts'
import { firstLesion } from '../core/study/unnamedStudy.ts'
import type { KeptCurve } from '../storage/schema.ts'
import { createCurvesStore } from './curves.ts'

const traced = { timesS: [0, 60, 180], means: [100, 200, 150] }
const curve = {
  ...traced,
  key: 'k',
  image: 'i',
  reader: '1',
  lesion: firstLesion,
  phases: ['a', 'b', 'c'],
  options: defaultTimeIntensityOptions,
  description: describeTimeIntensity(traced, defaultTimeIntensityOptions),
}

function begin(kept: KeptCurve[] = [], keep = vi.fn(async (_: KeptCurve) => undefined)) {
  const keepOptions = vi.fn()
  const onNotKept = vi.fn()
  const store = createCurvesStore(defaultTimeIntensityOptions, {
    store: { keep, list: async () => kept },
    keepOptions,
    now: () => 7,
    onNotKept,
  })
  return { store, keep, keepOptions, onNotKept }
}

test('a curve is kept once, and again when anything of it changed', () => {
  const { store, keep } = begin()
  store.getState().keep(curve)
  store.getState().keep({ ...curve })
  expect(keep.mock.calls).toEqual([[{ ...curve, savedAt: 7 }]])
  store.getState().keep({ ...curve, means: [100, 200, 199] })
  expect(keep).toHaveBeenCalledTimes(2)
  expect(store.getState().curves['k'].means).toEqual([100, 200, 199])
})

test('curves of earlier sessions are found, those of this one stay', async () => {
  const { store } = begin([{ ...curve, savedAt: 1 }, { ...curve, key: 'other', savedAt: 1 }]) // prettier-ignore
  store.getState().keep(curve)
  await vi.waitFor(() => expect(Object.keys(store.getState().curves)).toHaveLength(2))
  expect(store.getState().curves).toMatchObject({ k: { savedAt: 7 }, other: { savedAt: 1 } })
})

test('thresholds are kept, and what the browser refuses is told', async () => {
  const { store, keepOptions, onNotKept } = begin(
    [],
    vi.fn(async () => Promise.reject(new Error('full'))),
  )
  const options = { ...defaultTimeIntensityOptions, outflowPercent: 30 }
  store.getState().setOptions(options)
  expect(keepOptions).toHaveBeenCalledWith(options)
  expect(store.getState().options).toEqual(options)
  store.getState().keep(curve)
  await vi.waitFor(() => expect(onNotKept).toHaveBeenCalledOnce())
})
