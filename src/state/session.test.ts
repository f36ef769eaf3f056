import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { differenceOfPositions } from '../core/mask/difference.ts'
import { openDatabase } from '../storage/database.ts'
import { createMaskStore } from '../storage/maskStore.ts'
import { freshStart } from '../storage/readStart.ts'
import type { Database } from '../storage/schema.ts'
import { madeFound, madeVolume } from './actions/madeVolumes.ts'
import { createSession, type Session } from './session.ts'
import type { SessionServices } from './sessionServices.ts'

let database: Database | undefined
afterEach(() => database?.delete())

const notCalled = () => {
  throw new Error('Nobody asked for this.')
}

/** A page without a browser and without workers, whose other tabs the test speaks for. */
function openPage(): { readonly session: Session; readonly told: unknown[]; fromOtherTab(data: unknown): void; reload: () => void } {
  const told: unknown[] = []
  const listeners: ((event: { data: unknown }) => void)[] = []
  const memory = () => ({ getItem: () => null, setItem: () => undefined, removeItem: () => undefined })
  const reload = vi.fn()
  const services: SessionServices = {
    version: '1.2.3',
    now: () => 1000,
    server: { ask: async () => true, describe: notCalled },
    browser: {
      database: (database = openDatabase({ present: 'session test', before: 'before session test' })),
      start: freshStart,
      ofTab: memory(),
      otherTabs: {
        postMessage: (data: unknown) => void told.push(data),
        addEventListener: (_, listener) => void listeners.push(listener),
      },
      locks: undefined,
      storage: undefined,
      fetchFile: notCalled,
      download: notCalled,
      reload,
    },
    workers: {
      readFiles: async function* () {
        yield { volume: madeVolume('T1'), warnings: [], isMask: false, files: [] }
      },
      saveImage: notCalled,
      saveParts: notCalled,
      saveSegmentation: notCalled,
      saveStructures: notCalled,
      openLabels: () => Promise.reject(new Error('No worker here.')),
      compareMasks: notCalled,
      align: notCalled,
      simulateStudy: notCalled,
      masks: { run: notCalled, startContour: notCalled },
      parts: { grow: notCalled, measure: async () => Promise.reject(new Error('No worker here.')) },
      scores: { look: notCalled, check: notCalled, evaluate: notCalled, classify: notCalled },
      study: { look: notCalled, check: notCalled, read: notCalled, plan: notCalled, analyse: notCalled, judge: notCalled },
      compute: { extract: notCalled, countGreyLevels: notCalled, workerCount: () => 0 },
    },
  }
  const fromOtherTab = (data: unknown) => listeners.forEach((listener) => listener({ data }))
  return { session: createSession(services), told, fromOtherTab, reload }
} // prettier-ignore

test('nothing is opened when the session and its services are imported', async () => {
  const touched: string[] = []
  const names = ['localStorage', 'sessionStorage', 'indexedDB', 'BroadcastChannel', 'Worker', 'fetch']
  const before = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name))
  names.forEach((name, i) => {
    const watch = { configurable: true, get: () => (touched.push(name), before[i]?.value as unknown) }
    Object.defineProperty(globalThis, name, watch)
  })
  try {
    vi.resetModules()
    // Every store, action and service; Dexie only looks whether there is a database to be opened.
    await Promise.all(Object.values(import.meta.glob(['./**/*.ts', '!./**/*.test.ts'])).map((load) => load()))
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
