// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inWords } from '../core/messages/message.ts'
import { LockedRegionError, undoMs, type DeletedMask, type DeletedMaskStore } from '../storage/deletedMasks.ts'
import { StorageError } from '../storage/maskStore.ts'
import { createDeletionsStore } from './deletions.ts'

const region = {
  key: 'a',
  image: 'i',
  reader: '1',
  progress: 'inProgress',
  readerName: 'Reader 1',
  changedAt: 0,
  box: { lower: [0, 0, 0], upper: [0, 0, 0] },
  lesion: 'L1',
  imageName: 'T1',
  savedAt: 0,
  size: [1, 1, 1],
  voxelCount: 1,
  volumeCm3: 0.001,
} as const
let gone: DeletedMask[]
let refusal: Error | undefined
const told = { onBack: vi.fn(), onRemoved: vi.fn(), announce: vi.fn() }
const store: DeletedMaskStore = {
  async setAside(key, at) {
    if (refusal) throw refusal
    gone = [{ ...region, key: `deleted ${key}`, deleted: { key, image: 'i', at } }, ...gone]
    return gone[0]
  },
  async bringBack(goneKey) {
    const before = gone.length
    gone = gone.filter((one) => one.key !== goneKey)
    return gone.length < before
  },
  removeOld: async (now) => void (gone = gone.filter(({ deleted }) => deleted.at + undoMs > now)),
  list: async () => gone,
}
const create = () => createDeletionsStore({ store, now: Date.now, ...told })

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  ;[gone, refusal] = [[], undefined]
  for (const one of Object.values(told)) one.mockClear()
})
afterEach(() => vi.useRealTimers())

test('a deleted region can be brought back for 30 s and is removed then', async () => {
  const deletions = create()
  expect(await deletions.getState().delete('a')).toBe(true)
  await vi.advanceTimersByTimeAsync(undoMs - 1)
  expect(deletions.getState().deleted).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(deletions.getState().deleted).toEqual([])
  expect(gone).toEqual([])
  expect(told.onRemoved).toHaveBeenCalledOnce()
  await deletions.getState().undo('deleted a')
  expect(told.onBack).not.toHaveBeenCalled()
  expect(deletions.getState().refusal).toSay(/it is gone/)
})

test('each of several has its own time, and one that is brought back is told', async () => {
  const deletions = create()
  await deletions.getState().delete('a')
  await vi.advanceTimersByTimeAsync(10_000)
  await deletions.getState().delete('b')
  await deletions.getState().undo('deleted a')
  expect(told.onBack).toHaveBeenCalledOnce()
  await vi.advanceTimersByTimeAsync(undoMs - 1)
  expect(deletions.getState().deleted.map(({ deleted }) => deleted.key)).toEqual(['b'])
  await vi.advanceTimersByTimeAsync(1)
  expect(deletions.getState().deleted).toEqual([])
})

test('after a reload within its time it is offered still, for the rest of that time', async () => {
  await store.setAside('a', Date.now() - 20_000)
  const next = create()
  await next.getState().look()
  expect(next.getState().deleted).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(9_999)
  expect(gone).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(gone).toEqual([])
})

test('why a region is not deleted is said: who locked it, when, and the way out; or what the browser says', async () => {
  const deletions = create()
  refusal = new LockedRegionError({ ...region, readerName: 'Ada', changedAt: new Date(2026, 2, 9, 8, 5).getTime() })
  expect(await deletions.getState().delete('a')).toBe(false)
  expect(deletions.getState().refusal).toSay(/ROI of T1 is not deleted: it was locked by Ada on 2026-03-09 08:05.*unlock it/)
  refusal = new StorageError(inWords('This browser does not keep data.'))
  await deletions.getState().delete('a')
  expect(deletions.getState().refusal).toSay(/^This browser does not keep data.$/)
  expect(told.announce).not.toHaveBeenCalled()
})
