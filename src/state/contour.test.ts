// @vitest-environment node
import { beforeEach, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import type { ContourJob } from '../../workers/maskBridge.ts'
import { createContourStore, findBubble, type ContourStore } from './contour.ts'
import type { MaskOperationState, MaskOperationStore } from './maskOperation.ts'
import type { RoiState, RoiStore } from './roi.ts'

const image = { size: [9, 9, 3], spacingMm: [1, 1, 5], originMm: [0, 0, 0], direction: identityDirection } as unknown as Volume

let jobs: ContourJob[]
let isRefused: boolean
let cancelled: number
let roi: RoiStore
let operation: MaskOperationStore
let store: ContourStore
beforeEach(() => {
  jobs = []
  isRefused = false
  cancelled = 0
  roi = createStore(() => ({ open: { imageId: '1', image } }) as unknown as RoiState)
  operation = createStore<MaskOperationState>()(
    (set) =>
      ({
        run: { status: 'idle' },
        startContour: async (action: string, job: ContourJob) => {
          if (isRefused) return false
          jobs.push(job)
          set({
            run: {
              status: 'preview',
              action,
              contour: { rounds: 0, setup: { range: job.settings.range } },
            } as unknown as MaskOperationState['run'],
          })
          return true
        },
        cancel: () => {
          cancelled++
          set({ run: { status: 'idle' } })
          return true
        },
      }) as unknown as MaskOperationState,
  )
  store = createContourStore(roi, operation)
})
const centres = () => jobs.at(-1)!.bubbles.map(({ centre }) => centre[0])

test('one bubble of several is taken away, and the contour is started without it; with the last one it goes', async () => {
  for (const x of [1, 4, 7]) await store.getState().add([x, 4, 1])
  expect(centres()).toEqual([1, 4, 7])
  store.getState().remove(1)
  expect(centres()).toEqual([1, 7])
  expect(store.getState().bubbles.map(({ centre }) => centre[0])).toEqual([1, 7])
  store.getState().remove(0)
  store.getState().remove(0)
  expect(store.getState().bubbles).toEqual([])
  expect([jobs.length, cancelled]).toEqual([5, 1])
})

test('what was discarded is not started again by taking a bubble away', async () => {
  for (const x of [1, 4]) await store.getState().add([x, 4, 1])
  operation.getState().cancel()
  store.getState().remove(0)
  expect(jobs).toHaveLength(2)
  await store.getState().start()
  expect(centres()).toEqual([4])
})

test('range, its inside or outside, and what stops the contour are what it is started with, at once where it is seen', async () => {
  store.getState().set({ roomMm: 20 })
  expect(jobs).toHaveLength(0)
  await store.getState().add([4, 4, 1])
  expect(jobs[0].settings).toMatchObject({ kind: 'region', roomMm: 20, range: null, inverted: false })
  store.getState().set({ range: { low: 10, high: 90 } })
  store.getState().set({ inverted: true, joining: 'replace' })
  expect(jobs[2]).toMatchObject({ joining: 'replace', settings: { range: { low: 10, high: 90 }, inverted: true } })
  expect(store.getState().setup?.range).toEqual({ low: 10, high: 90 })
  store.getState().set({ kind: 'edges', evenShare: 0.9 })
  expect(jobs[3].settings).toMatchObject({ kind: 'edges', evenShare: 0.9 })
})

test('a bubble that is refused is not kept; another image has none, and no range of this one', async () => {
  await store.getState().add([4, 4, 1])
  isRefused = true
  await store.getState().add([5, 4, 1])
  expect(store.getState().bubbles).toHaveLength(1)
  store.getState().set({ range: { low: 1, high: 2 } })
  roi.setState({ open: { imageId: '2', image } as unknown as RoiState['open'] })
  expect(store.getState()).toMatchObject({ bubbles: [], setup: null, settings: { range: null } })
})

test('the bubble at a voxel is the one whose middle is nearest for its size, measured in mm', () => {
  const bubbles = [
    { centre: [2, 4, 1], radiusMm: 4 },
    { centre: [6, 4, 1], radiusMm: 2 },
  ] as const
  expect(findBubble(bubbles, image, [5, 4, 1])).toBe(1)
  expect(findBubble(bubbles, image, [3, 4, 1])).toBe(0)
  expect(findBubble(bubbles, image, [2, 4, 2])).toBe(-1)
  expect(findBubble([], image, [2, 4, 1])).toBe(-1)
})

test('bubbles and a range set for them belong to a region: another reader sees none, and they come back with it', async () => {
  const first = roi.getState().open!
  await store.getState().add([1, 4, 1])
  store.getState().set({ range: { low: 1, high: 2 } })
  roi.setState({ open: { ...first, reader: '2' } })
  expect(store.getState()).toMatchObject({ bubbles: [], setup: null, settings: { range: null } })
  await store.getState().add([7, 4, 1])
  expect(centres()).toEqual([7])
  roi.setState({ open: first })
  expect(store.getState()).toMatchObject({ bubbles: [{ centre: [1, 4, 1] }], settings: { range: { low: 1, high: 2 } } })
})
