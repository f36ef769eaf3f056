import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { differenceOfPositions } from '../core/mask/difference.ts'
import { createMaskStore } from '../storage/maskStore.ts'
import type { Database } from '../storage/schema.ts'
import { madeFound } from './actions/madeVolumes.ts'
import { openMadePage } from './madePage.ts'

let database: Database | undefined
afterEach(() => database?.delete())

const openPage = () => {
  const page = openMadePage()
  database = page.database
  return page
}

test('nothing is opened when the session and its services are imported', async () => {
  const touched: string[] = []
  const names = ['localStorage', 'sessionStorage', 'indexedDB', 'BroadcastChannel', 'Worker', 'fetch']
  const before = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name))
  names.forEach((name, i) => {
    // Libraries look whether there are workers; one that is begun is another thing.
    const begun = () => void touched.push(name)
    const watch =
      name === 'Worker'
        ? { configurable: true, value: begun }
        : { configurable: true, get: () => (touched.push(name), before[i]?.value as unknown) }
    Object.defineProperty(globalThis, name, watch)
  })
  try {
    vi.resetModules()
    // Every store, action and service; Dexie only looks whether there is a database to be opened.
    await Promise.all(Object.values(import.meta.glob(['./**/*.ts', '!./**/*.test.ts', '!./madePage.ts'])).map((load) => load()))
  } finally {
    names.forEach((name, i) => {
      if (before[i]) Object.defineProperty(globalThis, name, before[i])
      else delete (globalThis as Record<string, unknown>)[name]
    })
  }
  expect(touched.filter((name) => name !== 'indexedDB')).toEqual([])
  expect((await indexedDB.databases()).map(({ name }) => name)).toEqual([])
})

test('a file that is opened is shown, and a stroke on it is in the database once it is over', async () => {
  const { session } = openPage()
  await session.openFiles([{ path: 'T1.nii', file: new Blob() }])
  expect(session.screenStore.getState().screen).toBe('roi')
  const { open, recordStroke, whenKept } = session.roiStore.getState()
  open!.mask.voxels[2] = 1
  recordStroke('Brush', differenceOfPositions([2], 0, 1))
  await whenKept()
  const kept = await createMaskStore(database!).find(open!.key)
  expect(kept).toMatchObject({ voxelCount: 1, called: { label: 'P0001' } })
})

test('a mask under review is gone when another region comes into the hand, and so is a growth', async () => {
  const { session } = openPage()
  await session.showImage(madeFound('a'))
  session.reviewMask(madeFound('mask', { kind: 'mask' }))
  expect(session.maskReviewStore.getState().proposal?.name).toBe('mask')
  expect(session.shownLayersStore.getState().masks.isLookedAt).toBe(true)
  await session.showImage(madeFound('b'))
  expect(session.maskReviewStore.getState().proposal).toBeNull()
  expect(session.shownLayersStore.getState().masks.isLookedAt).toBe(false)
})

test('a tab where everything is forgotten ends the work of this one, and a deletion there is looked for here', async () => {
  const { session, fromOtherTab, reload, told } = openPage()
  const listKept = vi.spyOn(session.roiStore.getState(), 'listKept')
  fromOtherTab('deletions')
  expect(listKept).toHaveBeenCalledOnce()
  expect(reload).not.toHaveBeenCalled()
  fromOtherTab('forget')
  expect(reload).toHaveBeenCalledOnce()
  expect(session.isForgetting()).toBe(true)
  expect(told).toEqual([])
})
