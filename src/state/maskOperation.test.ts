// @vitest-environment node
import { beforeEach, expect, test, vi } from 'vitest'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { differenceOfPositions } from '../core/mask/difference.ts'
import { createMaskOperationStore, type OperationRun } from './maskOperation.ts'
import type { RoiStore } from './roi.ts'
import { openMadeRoi } from './roi/madeRoi.ts'
import type { ContourResult, ContourStart, MaskBridge, MaskResult } from '../../workers/maskBridge.ts'
import { messageOf } from '../core/messages/message.ts'
import { createStore } from 'zustand/vanilla'
import type { Settings } from '../storage/settings.ts'

const image: Volume = {
  size: [4, 4, 2],
  spacingMm: [1, 1, 5],
  originMm: [0, 0, 0],
  direction: identityDirection,
  voxels: new Int16Array(32),
  source: { path: 'a', format: 'memory' },
}
/** Of the two voxels that are drawn to begin with. */
const filled: MaskResult = {
  voxels: new Uint8Array(32).fill(1, 0, 6),
  difference: differenceOfPositions([2, 3, 4, 5], 0, 1),
  added: 4,
  removed: 0,
}
const contourAt = (rounds: number, changedVoxels: number): ContourResult => ({ ...filled, rounds, changedVoxels })
const job = { kind: 'edit', edit: { kind: 'keepLargest' } } as const
const setup: ContourStart['setup'] = { levels: { lowest: 0, highest: 9, counts: [4] }, range: { low: 2, high: 8 } }
const speed: ContourStart['speed'] = {
  kind: 'region',
  box: { lower: [0, 0, 0], upper: [1, 0, 0] },
  speed: Float32Array.of(1, -1),
}
const contourJob = { image, bubbles: [], settings: {}, joining: 'add' } as unknown as Parameters<MaskBridge['startContour']>[1]

const everything: Settings['drawOver'] = { over: 'everything', range: null }
let roi: RoiStore
/** Operations under way, each to be answered or refused by the test. */
let asked: {
  signal: AbortSignal
  onProgress: (percent: number) => void
  answer: (result: MaskResult) => void
  refuse: (error: Error) => void
}[]
let rounds: { asked: number; answer: (result: ContourResult) => void }[]
let closed: number
const bridge: MaskBridge = {
  run: (_, __, signal, onProgress) =>
    new Promise((answer, refuse) => {
      asked.push({ signal, onProgress, answer, refuse })
    }),
  startContour: async () => ({
    start: { ...contourAt(0, 0), setup, speed },
    evolve: (count) => new Promise((answer) => rounds.push({ asked: count, answer })),
    close: () => void closed++,
  }),
}
const drawOver = createStore(() => ({ accepts: (): ((position: number) => boolean) | null => null, drawOver: everything }))
const create = () => createMaskOperationStore(bridge, roi, drawOver)
const paint = (...positions: number[]) => {
  for (const position of positions) roi.getState().open!.mask.voxels[position] = 1
  roi.getState().recordStroke('Brush', differenceOfPositions(positions, 0, 1))
}

beforeEach(async () => {
  asked = []
  rounds = []
  closed = 0
  drawOver.setState({ accepts: () => null, drawOver: everything })
  roi = openMadeRoi()
  await roi.getState().openImage('1', 'T1', image)
  paint(0, 1)
})

test('an operation runs, tells its progress, is previewed and accepted; undo brings the region back', async () => {
  const store = create()
  const run = store.getState().start('Grow', job)
  expect(store.getState().run).toEqual({ status: 'running', action: 'Grow', percent: null })
  asked[0].onProgress(40)
  expect(store.getState().run).toMatchObject({ percent: 40 })
  asked[0].answer(filled)
  await run
  expect(store.getState().run).toMatchObject({ status: 'preview', contour: null })
  expect(roi.getState().voxelCount).toBe(2)
  expect(store.getState().accept()).toBe(true)
  expect(store.getState().run.status).toBe('idle')
  expect(roi.getState().voxelCount).toBe(6)
  roi.getState().undo()
  expect(roi.getState().voxelCount).toBe(2)
})

test('what an operation made of other voxels than those in hand is refused, and says so', async () => {
  const store = create()
  const run = store.getState().start('Grow', job)
  asked[0].answer({ ...filled, difference: differenceOfPositions([1, 2], 0, 1) })
  await run
  expect(store.getState().accept()).toBe(true)
  expect(store.getState().run).toMatchObject({ status: 'told', kind: 'error', text: { code: 'change-of-another-mask' } })
  expect(roi.getState()).toMatchObject({ voxelCount: 2, undoCount: 1 })
})

test('an operation that would change nothing, and one that fails, say so', async () => {
  const store = create()
  const run = store.getState().start('Grow', job)
  asked[0].answer({ ...filled, added: 0 })
  await run
  expect(store.getState().run).toMatchObject({ status: 'told', kind: 'info' })
  const second = store.getState().start('Grow', job)
  asked[1].refuse(new Error('Too thin.'))
  await second
  expect(store.getState().run).toMatchObject({ status: 'told', kind: 'error', text: messageOf(new Error('Too thin.')) })
})

test('cancel ends what runs; a late answer is dropped', async () => {
  const store = create()
  const run = store.getState().start('Grow', job)
  expect(store.getState().cancel()).toBe(true)
  expect(asked[0].signal.aborted).toBe(true)
  asked[0].answer(filled)
  await run
  expect(store.getState().run.status).toBe('idle')
  expect(store.getState().cancel()).toBe(false)
})

test('a region that is drawn on meanwhile drops the operation and says so; another image drops it in silence', async () => {
  const store = create()
  void store.getState().start('Grow', job)
  paint(9)
  expect(asked[0].signal.aborted).toBe(true)
  expect(store.getState().run).toMatchObject({ status: 'told', kind: 'info', text: expect.toSay(/changed meanwhile/) })
  void store.getState().start('Grow', job)
  await roi.getState().openImage('2', 'T2', { ...image, voxels: new Int16Array(32).fill(1) })
  expect(store.getState().run.status).toBe('idle')
})

test('a contour evolves until it stands still, or until it is stopped', async () => {
  const store = create()
  await store.getState().startContour('Contour', contourJob)
  expect(store.getState().run).toMatchObject({ status: 'preview', contour: { rounds: 0, isEvolving: false, setup, speed } })
  const evolving = store.getState().evolve(Infinity)
  rounds[0].answer(contourAt(2, 5))
  await vi.waitFor(() => expect(rounds).toHaveLength(2))
  rounds[1].answer(contourAt(4, 0))
  await evolving
  expect(store.getState().run).toMatchObject({ contour: { rounds: 4, changedVoxels: 0, isEvolving: false, setup, speed } })

  const again = store.getState().evolve(Infinity)
  store.getState().stopEvolving()
  rounds[2].answer(contourAt(6, 5))
  await again
  expect(rounds).toHaveLength(3)
  expect(store.getState().run).toMatchObject({ status: 'preview', contour: { rounds: 6, isEvolving: false } })
  store.getState().cancel()
  expect(closed).toBe(1)
})

test('nothing starts on a locked region; a preview waits until it is unlocked', async () => {
  const store = create()
  const run = store.getState().start('Grow', job)
  asked[0].answer(filled)
  await run
  void roi.getState().setProgress('locked')
  store.getState().accept()
  expect(roi.getState()).toMatchObject({ voxelCount: 2, notice: expect.toSay(/locked by Reader 1.*cannot be changed/) })
  expect(store.getState().run.status).toBe('preview')

  store.getState().cancel()
  roi.getState().dismissNotice()
  await store.getState().start('Grow', job)
  expect(asked).toHaveLength(1)
  expect(roi.getState().notice).toSay(/cannot be changed/)
  roi.getState().dismissNotice()
  await store.getState().startContour('Contour', contourJob)
  expect(store.getState().run.status).toBe('idle')
  expect(roi.getState().notice).toSay(/cannot be changed/)

  await roi.getState().setProgress('inProgress', 'the margin')
  const later = store.getState().start('Grow', job)
  asked[1].answer(filled)
  await later
  store.getState().accept()
  expect(roi.getState().voxelCount).toBe(6)
})

test('a contour says whether it was begun: not on a locked region, and not where it failed', async () => {
  paint(0, 1)
  const failing = createMaskOperationStore({ ...bridge, startContour: () => Promise.reject(new Error('no room')) }, roi, drawOver)
  expect(await failing.getState().startContour('Contour', contourJob)).toBe(false)
  expect(failing.getState().run).toMatchObject({ status: 'told', text: messageOf(new Error('no room')) })

  const store = create()
  expect(await store.getState().startContour('Contour', contourJob)).toBe(true)
  store.getState().cancel()
  void roi.getState().setProgress('locked')
  expect(await store.getState().startContour('Contour', contourJob)).toBe(false)
  expect(store.getState().run.status).toBe('idle')
})

test('an operation changes only what may be drawn over, also where that is changed while it is looked at', async () => {
  const store = create()
  const run = store.getState().start('Grow', job)
  asked[0].answer(filled)
  await run
  const shown = () => store.getState().run as Extract<OperationRun, { status: 'preview' }>
  expect(shown()).toMatchObject({ result: filled, heldBack: 0 })
  drawOver.setState({ accepts: () => (position) => position !== 3, drawOver: { over: 'background', range: null } })
  expect(shown()).toMatchObject({ result: { added: 3, removed: 0 }, heldBack: 1 })
  expect([...shown().result.voxels.subarray(0, 7)]).toEqual([1, 1, 1, 0, 1, 1, 0])
  expect([...filled.voxels.subarray(0, 7)]).toEqual([1, 1, 1, 1, 1, 1, 0])
  store.getState().accept()
  expect([...roi.getState().open!.mask.voxels.subarray(0, 7)]).toEqual([1, 1, 1, 0, 1, 1, 0])
  roi.getState().undo()
  expect(roi.getState().voxelCount).toBe(2)

  drawOver.setState({ accepts: () => () => false })
  const another = store.getState().start('Grow', job)
  asked[1].answer(filled)
  await another
  expect(shown()).toMatchObject({ result: { added: 0 }, heldBack: 4 })
  const { undoCount } = roi.getState()
  expect(store.getState().accept()).toBe(true)
  expect([store.getState().run.status, roi.getState().undoCount], 'nothing is no step').toEqual(['idle', undoCount])
})
