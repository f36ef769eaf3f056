import { beforeEach, expect, test, vi } from 'vitest'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { revertDifference } from '../core/mask/difference.ts'
import type { GrownPart, PartGrowing } from '../../workers/partBridge.ts'
import type { DrawOverState } from './drawOver.ts'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createGrowthStore, defaultGrowthSetting, type GrowthStore } from './growth.ts'
import { unnamedStudy } from '../core/study/unnamedStudy.ts'
import { createReadersStore } from './readers.ts'
import type { RoiStore } from './roi.ts'
import { createRoiStore } from './roi/createRoiStore.ts'
import { say } from '../messages/say.ts'

const image = (): Volume => ({
  size: [8, 8, 4],
  spacingMm: [1, 1, 2],
  originMm: [0, 0, 0],
  direction: identityDirection,
  voxels: new Int16Array(256).fill(100),
  source: { path: 'made', format: 'memory' },
})
interface Asked extends PartGrowing {
  readonly ofMask: boolean
  readonly signal: AbortSignal
  answer(part: GrownPart): void
}
let asked: Asked[]
let roi: RoiStore
let growth: GrowthStore
let drawOver: StoreApi<Pick<DrawOverState, 'accepts' | 'drawOver'>>

beforeEach(async () => {
  asked = []
  const kept = {
    find: () => Promise.resolve(undefined),
    findStatus: async () => undefined,
    keep: () => Promise.resolve({ savedAt: 1 }),
    takeTurn: () => Promise.resolve(undefined),
  }
  roi = createRoiStore({
    masks: kept as never,
    readers: createReadersStore({ reader: '1', study: unnamedStudy }, { choose: () => undefined, rename: () => undefined }),
    now: () => 1,
    claims: { claim: () => Promise.resolve(true), isElsewhere: () => Promise.resolve(false) },
    oldRegions: { adopt: async () => false },
    deletions: null as never,
    nameRegion: () => ({ label: 'P0001', stem: 'P0001_T1_reader-1' }),
  })
  drawOver = createStore(() => ({ accepts: () => null, drawOver: { over: 'everything', range: null } }))
  growth = createGrowthStore({
    roi,
    drawOver,
    grow: (of, growing, signal) =>
      new Promise((answer, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error))
        asked.push({ ...growing, ofMask: of.voxels instanceof Uint8Array, signal, answer })
      }),
    levelSpan: () => 200,
    sliceAxis: () => 2,
  })
  await roi.getState().openImage('1', 'image', image())
})

/** The first voxels of the box asked for. */
const found = ({ box }: Asked, count: number): GrownPart => {
  const { lower, upper } = box
  const voxels = new Uint8Array((upper[0] - lower[0] + 1) * (upper[1] - lower[1] + 1) * (upper[2] - lower[2] + 1))
  voxels.fill(1, 0, count)
  return { box, voxels, voxelCount: count }
}
const shown = () => vi.waitFor(() => expect(growth.getState()).toMatchObject({ isGrowing: false }))
const voxels = () => roi.getState().open!.mask.voxels

test('a click asks for a box round it and a range round its grey level; nothing changes before it is accepted', async () => {
  growth.getState().set({ boxMm: 4 })
  growth.getState().growFrom([3, 7, 0], 'axial')
  expect(asked).toMatchObject([
    {
      seed: [3, 7, 0],
      box: { lower: [1, 5, 0], upper: [5, 7, 1] },
      range: { low: 80, high: 120 },
      sliceAxis: null,
      ofMask: false,
    },
  ])
  asked[0].answer(found(asked[0], 3))
  await shown()
  expect(growth.getState().growth).toMatchObject({ voxelCount: 3, isInRegion: false })
  const at = [1, 2, 3].map((x) => x + 8 * 5)
  expect([...growth.getState().growth!.preview.voxels.entries()].filter(([, value]) => value).map(([p]) => p)).toEqual(at)
  expect(voxels().includes(1)).toBe(false)
  expect(growth.getState().accept('add')).toBe(true)
  expect([...voxels().entries()].filter(([, value]) => value).map(([p]) => p)).toEqual(at)
  expect(roi.getState()).toMatchObject({ voxelCount: 3, undoCount: 1 })
  expect(growth.getState().growth).toBeNull()
  roi.getState().undo()
  expect(voxels().includes(1)).toBe(false)
})

test('a region is taken out, by what the click met of it', async () => {
  const difference = { starts: Uint32Array.of(40), lengths: Uint32Array.of(4), before: Uint8Array.of(0), after: Uint8Array.of(1) }
  voxels().fill(1, 40, 44)
  roi.getState().recordStroke('Brush', difference)
  growth.getState().set({ through: 'region', inSlice: true, boxMm: 100 })
  growth.getState().growFrom([1, 5, 0], 'axial')
  expect(asked).toMatchObject([{ ofMask: true, range: { low: 1, high: 1 }, sliceAxis: 2 }])
  asked[0].answer({ box: { lower: [0, 5, 0], upper: [3, 5, 0] }, voxels: new Uint8Array(4).fill(1), voxelCount: 4 })
  await shown()
  expect(growth.getState().growth).toMatchObject({ isInRegion: true, range: null })
  growth.getState().accept('takeOut')
  expect(voxels().includes(1)).toBe(false)
  roi.getState().undo()
  expect(roi.getState().voxelCount).toBe(4)
  revertDifference(voxels(), difference)
  expect(voxels().includes(1)).toBe(false)
})

test('while one grows only the last change is kept for the next, and each forgets the one before', async () => {
  growth.getState().growFrom([3, 3, 1], 'axial')
  growth.getState().set({ tolerance: 20 })
  growth.getState().set({ tolerance: 30 })
  expect(asked).toHaveLength(1)
  asked[0].answer(found(asked[0], 1))
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[1]).toMatchObject({ seed: [3, 3, 1], range: { low: 40, high: 160 } })
  growth.getState().set({ tolerance: 10 })
  growth.getState().growFrom([4, 4, 1], 'axial')
  asked[1].answer(found(asked[1], 9))
  await vi.waitFor(() => expect(asked).toHaveLength(3))
  expect(asked[2]).toMatchObject({ seed: [4, 4, 1], range: { low: 80, high: 120 } })
  asked[2].answer(found(asked[2], 2))
  await shown()
  expect(growth.getState().growth!.preview.voxels.reduce((sum, voxel) => sum + voxel, 0)).toBe(2)
  expect(asked).toHaveLength(3)
})

test('a click that finds nothing shows nothing of the one before, and changes nothing', async () => {
  growth.getState().growFrom([3, 3, 1], 'axial')
  asked[0].answer(found(asked[0], 9))
  await shown()
  growth.getState().growFrom([4, 4, 1], 'axial')
  asked[1].answer({ box: null, voxels: new Uint8Array(0), voxelCount: 0 })
  await shown()
  expect(growth.getState().growth!.preview.voxels.includes(1)).toBe(false)
  expect(growth.getState().accept('add')).toBe(true)
  expect(roi.getState()).toMatchObject({ voxelCount: 0, undoCount: 0 })
})

test('cancel ends what grows and tells nothing; another image forgets what was found', async () => {
  growth.getState().growFrom([3, 3, 1], 'axial')
  expect(growth.getState().isGrowing).toBe(true)
  expect(growth.getState().discard()).toBe(true)
  expect(asked[0].signal.aborted).toBe(true)
  expect(growth.getState()).toMatchObject({ isGrowing: false, growth: null, problem: null, ...defaultGrowthSetting })
  expect(growth.getState().discard()).toBe(false)
  growth.getState().growFrom([3, 3, 1], 'axial')
  asked[1].answer(found(asked[1], 2))
  await shown()
  await roi.getState().openImage('2', 'other', image())
  expect(growth.getState().growth).toBeNull()
  expect(growth.getState().accept('add')).toBe(false)
})

test('what was grown is not accepted into a region that was locked meanwhile', async () => {
  voxels()[0] = 1
  roi.getState().recordStroke('Brush', {
    starts: Uint32Array.of(0),
    lengths: Uint32Array.of(1),
    before: Uint8Array.of(0),
    after: Uint8Array.of(1),
  })
  growth.getState().growFrom([3, 3, 1], 'axial')
  asked[0].answer(found(asked[0], 5))
  await shown()
  void roi.getState().setProgress('locked')
  growth.getState().accept('add')
  expect(roi.getState()).toMatchObject({ voxelCount: 1, notice: expect.toSay('locked by') })
  expect(voxels().reduce((sum, voxel) => sum + voxel, 0)).toBe(1)
  expect(growth.getState().growth, 'it waits for the lock to be taken away').not.toBeNull()
})

test('a grey level that is none is told', async () => {
  const { open } = roi.getState()
  await roi.getState().openImage('3', 'empty', { ...open!.image, voxels: new Float32Array(256).fill(NaN) })
  growth.getState().growFrom([3, 3, 1], 'axial')
  await shown()
  expect(say(growth.getState().problem!)).toContain('no grey level is finite')
})

test('what may not be drawn over is not in what was grown, and a changed rule grows anew', async () => {
  growth.getState().set({ boxMm: 4 })
  growth.getState().growFrom([3, 7, 0], 'axial')
  asked[0].answer(found(asked[0], 3))
  await shown()
  expect(growth.getState().growth).toMatchObject({ voxelCount: 3, heldBack: 0 })
  drawOver.setState({ accepts: () => (position) => position !== 42, drawOver: { over: 'background', range: null } })
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  asked[1].answer(found(asked[1], 3))
  await shown()
  expect(growth.getState().growth).toMatchObject({ voxelCount: 2, heldBack: 1 })
  growth.getState().accept('add')
  expect([...voxels().entries()].filter(([, value]) => value).map(([p]) => p)).toEqual([41, 43])
  roi.getState().undo()
  expect(voxels().includes(1)).toBe(false)
})
