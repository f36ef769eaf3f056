// @vitest-environment node
import { expect, test } from 'vitest'
import { identityDirection } from '../core/image/volume.ts'
import { mapDisagreement } from '../core/mask/compare/compareMasks.ts'
import type { Mask } from '../core/mask/mask.ts'
import { createComparisonStore, findWorstPlace, type ComparedMasks } from './comparison.ts'

const grid = { size: [4, 4, 3], spacingMm: [1, 1, 2], originMm: [0, 0, 0], direction: identityDirection } as const
const maskOf = (...positions: number[]) => ({
  ...grid,
  voxels: Uint8Array.from({ length: 48 }, (_, i) => Number(positions.includes(i))),
})
/** As the worker answers, without the measures; see `workers/compareApi.test.ts`. */
const compare = async (a: Mask, b: Mask) => ({ map: mapDisagreement(a, b), worstSlice: 2 }) as unknown as ComparedMasks

test('what each reader alone has is shown, and the middle of what differs in the worst slice is found', async () => {
  const store = createComparisonStore(compare)
  // Slice 0: one differs; slice 2: two differ, (1, 1) and (3, 1).
  await store.getState().compare({ imageId: 'a', lesion: 'L1' }, { 1: maskOf(0, 1, 37), 2: maskOf(0, 39) })
  const { run } = store.getState()
  if (run.status !== 'done') throw new Error(run.status)
  expect(findWorstPlace(run.result, grid.size)).toEqual([2, 1, 2])
  const shown = (overlay: 'differ' | 'only1' | 'only2') => {
    store.getState().show(overlay)
    return [...store.getState().shown!.entries()].filter(([, owner]) => owner !== 0)
  }
  expect(shown('differ')).toEqual([
    [1, 1],
    [37, 1],
    [39, 2],
  ])
  expect(shown('only1')).toEqual([
    [1, 1],
    [37, 1],
  ])
  expect(shown('only2')).toEqual([[39, 2]])
  store.getState().show('own')
  expect(store.getState().shown).toBeNull()
})

test('a comparison that fails says why; equal masks have no worst place', async () => {
  const store = createComparisonStore(compare)
  await store.getState().compare({ imageId: 'a', lesion: 'L1' }, { 1: maskOf(1), 2: { ...maskOf(1), size: [4, 4, 2] } })
  expect(store.getState().run).toMatchObject({ status: 'failed', reason: { values: { b: [4, 4, 2] } } })
  expect(findWorstPlace({ map: new Uint8Array(48), worstSlice: undefined }, grid.size)).toBeUndefined()
})

test('a comparison that another one takes the place of ends, and says nothing', async () => {
  const signals: AbortSignal[] = []
  const store = createComparisonStore((a, b, signal) => {
    signals.push(signal)
    if (signals.length > 1) return compare(a, b)
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
  })
  const masks = { 1: maskOf(1), 2: maskOf(2) }
  await Promise.all([
    store.getState().compare({ imageId: 'a', lesion: 'L1' }, masks),
    store.getState().compare({ imageId: 'b', lesion: 'L1' }, masks),
  ])
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
  expect(store.getState().run).toMatchObject({ status: 'done', imageId: 'b' })
})
