import { expect, test } from 'vitest'
import { mayReload, type LosableStores, type RunningStores } from './wouldLose.ts'

const store = <State>(state: State) => ({ getState: () => state })
const idle = { status: 'idle' } as const

function page(change: Record<string, object> = {}) {
  const states = {
    roiStore: { keeping: { status: 'kept', at: 1 }, isKeeping: false, voxelCount: 5, revision: 3, whenKept: async () => {} },
    saveStore: { saving: idle, savedRevision: 1 },
    imagesStore: { reading: idle, waiting: [] },
    openedStore: { isBehind: false },
    extractionStore: { run: idle },
    studyStore: { run: idle },
    saveAllStore: { saving: idle },
    batchStore: { run: idle },
  }
  const made = Object.entries(states).map(([name, state]) => [name, store({ ...state, ...change[name] })])
  return Object.fromEntries(made) as unknown as LosableStores & RunningStores
}

test('a page at rest may be loaded again', async () => expect(await mayReload(page())).toBe(true))

test.each<[string, Record<string, object>]>([
  ['features are extracted', { extractionStore: { run: { status: 'running' } } }],
  ['an analysis runs', { studyStore: { run: { status: 'running' } } }],
  ['ROIs are saved', { saveAllStore: { saving: { status: 'running' } } }],
  ['a mask is saved', { saveStore: { saving: { status: 'running' } } }],
  ['the ROI could not be kept and is in no file', { roiStore: { keeping: { status: 'failed' } } }],
  ['a ROI is on its way into the browser', { roiStore: { isKeeping: true } }],
  ['files are read', { imagesStore: { reading: { status: 'running', isRestoring: false } } }],
  ['rows of a study are computed', { batchStore: { run: { status: 'running' } } }],
  ['they wait for a person', { batchStore: { run: { status: 'paused' } } }],
  ['what was opened is not noted yet', { openedStore: { isBehind: true } }],
])('not while %s', async (_, change) => expect(await mayReload(page(change))).toBe(false))

test('what is on the way is waited for', async () => {
  const keeping = { status: 'failed' }
  const whenKept = async () => void Object.assign(keeping, { status: 'kept' })
  expect(await mayReload(page({ roiStore: { keeping, whenKept } }))).toBe(true)
})
