import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PartMeasures } from '../../workers/partBridge.ts'
import { createMeasuresStore, restMs } from './measures.ts'
import type { RoiState, RoiStore } from './roi.ts'
import { createStore } from 'zustand/vanilla'
import { messageOf } from '../core/messages/message.ts'

const box = { lower: [0, 0, 0], upper: [1, 1, 1] } as const
const open = { image: { path: 'a' }, mask: { path: 'a' } }
let roi: RoiStore
let answers: {
  readonly of: unknown
  readonly signal: AbortSignal | undefined
  tell(voxels: number): void
  fail(reason: string): void
}[]
const setRoi = (state: object) => roi.setState(state as Partial<RoiState>)

beforeEach(() => {
  vi.useFakeTimers()
  answers = []
  roi = createStore(() => ({ open: null, drawnBox: null, voxelCount: 0, revision: 0 })) as unknown as RoiStore
})
afterEach(() => void vi.useRealTimers())

const create = () =>
  createMeasuresStore({
    roi,
    measure: (of, _mask, _box, signal) =>
      new Promise((resolve, reject) =>
        answers.push({
          of,
          signal,
          tell: (voxels) => resolve({ voxels } as PartMeasures),
          fail: (reason) => reject(new Error(reason)),
        }),
      ),
  })

test('a region is measured when the hand rests, one measuring at a time, and again if it changed meanwhile', async () => {
  const measures = create()
  setRoi({ open, drawnBox: box, voxelCount: 3, revision: 1 })
  await vi.advanceTimersByTimeAsync(restMs - 1)
  setRoi({ revision: 2 })
  await vi.advanceTimersByTimeAsync(restMs - 1)
  expect(answers).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(answers).toHaveLength(1)
  setRoi({ revision: 3 })
  await vi.advanceTimersByTimeAsync(restMs)
  expect(answers).toHaveLength(1)
  answers[0].tell(2)
  await vi.advanceTimersByTimeAsync(0)
  expect(measures.getState()).toMatchObject({ revision: 2, measures: { voxels: 2 } })
  expect(answers).toHaveLength(2)
  answers[1].tell(3)
  await vi.advanceTimersByTimeAsync(0)
  expect(measures.getState()).toMatchObject({ revision: 3, measures: { voxels: 3 } })
})

test('an empty region has no measures, those of another image are not shown, and a failure is told', async () => {
  const measures = create()
  setRoi({ open, drawnBox: box, voxelCount: 3, revision: 1 })
  await vi.advanceTimersByTimeAsync(restMs)
  const other = { image: { path: 'b' }, mask: { path: 'b' } }
  setRoi({ open: other, revision: 2 })
  expect(answers[0].signal?.aborted, 'its worker ends').toBe(true)
  answers[0].fail('ended')
  await vi.advanceTimersByTimeAsync(0)
  expect(measures.getState().measures).toBeNull()
  expect(answers[1].of).toBe(other.image)
  answers[1].fail('out of memory')
  await vi.advanceTimersByTimeAsync(restMs)
  expect(measures.getState()).toMatchObject({ measures: null, problem: messageOf(new Error('out of memory')) })
  setRoi({ voxelCount: 0, revision: 3 })
  await vi.advanceTimersByTimeAsync(restMs)
  expect(measures.getState()).toEqual({ measures: null, revision: 3, problem: null })
})
