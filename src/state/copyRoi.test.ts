// @vitest-environment node
import { beforeEach, expect, test, vi } from 'vitest'
import { translation, type RigidMove } from '../core/image/rigidMove.ts'
import { identityDirection, type Grid, type Volume } from '../core/image/volume.ts'
import { differenceOfPositions } from '../core/mask/difference.ts'
import { layLabel } from '../core/mask/layLabel.ts'
import { createCopyStore, runOfReader, type CopyServices } from './copyRoi.ts'
import type { FoundVolume } from './images.ts'
import type { PatientImage } from './patients.ts'
import type { RoiStore } from './roi.ts'
import { openMadeRoi } from './roi/madeRoi.ts'
import { messageOf } from '../core/messages/message.ts'
import { orAborted } from '../../workers/orAborted.ts'

const grid: Grid = { size: [8, 4, 2], spacingMm: [1, 1, 5], originMm: [0, 0, 0], direction: identityDirection }
let made = 0
const volume = (change: Partial<Grid> = {}, dicom?: Record<string, string>): Volume => {
  const on = { ...grid, ...change }
  const [nx, ny, nz] = on.size
  return {
    ...on,
    voxels: new Int16Array(nx * ny * nz).fill(++made),
    source: { path: `${made}`, format: 'memory', ...(dicom && { dicom }) },
  }
}
const image = volume({}, { FrameOfReferenceUID: '1' })
const found = (id: string, of: Volume): FoundVolume => ({
  id,
  name: id,
  volume: of,
  warnings: [],
  kind: 'image',
  opening: 1,
  files: [],
  keptAs: null,
  isRestored: false,
})
const listed = (id: string, of: Volume): PatientImage => ({ found: found(id, of), name: id, sequence: id })

let roi: RoiStore
let moves: Map<Volume, RigidMove>
let closed: number
const services = (): CopyServices => ({
  roi,
  moveBetween: (moved) => moves.get(moved) ?? null,
  openImage: ({ id, name, volume: of }) => roi.getState().openImage(id, name, of),
  openLabels: async (mask) => ({
    list: { labels: [{ value: 1, count: 1 }], truncated: false, background: 0, nonFinite: 0 },
    lay: async (label, target) => layLabel(mask, label, target),
    close: () => void closed++,
  }),
})
const at = (x: number, y = 0, z = 0, [nx, ny] = [8, 4]) => x + nx * (y + ny * z)
const drawn = () => {
  const { voxels, size } = roi.getState().open!.mask
  return [...voxels.keys()].filter((i) => voxels[i]).map((i) => [i % size[0], Math.floor(i / size[0]) % size[1]])
}
const paint = (...positions: number[]) => {
  for (const position of positions) roi.getState().open!.mask.voxels[position] = 1
  roi.getState().recordStroke('Brush', differenceOfPositions(positions, 0, 1))
}
const see = async ({ found: { id, name, volume: of } }: PatientImage) => {
  await roi.getState().openImage(id, name, of)
  return drawn()
}

beforeEach(async () => {
  moves = new Map()
  closed = 0
  roi = openMadeRoi()
  await roi.getState().openImage('T1', 'T1', image)
  paint(at(4, 1), at(5, 1))
})

test('a copy goes the way back of the movement that lays the other image on this one', async () => {
  const t2 = volume()
  // What stands at x = 2 in T2 stands at x = 5 in T1.
  moves.set(t2, translation([3, 0, 0]))
  await createCopyStore(services()).getState().copyTo(found('T2', t2))
  expect(roi.getState()).toMatchObject({ open: { imageId: 'T2' }, notice: expect.toSay(/as aligned.*2 voxels/) })
  expect(drawn()).toEqual([
    [1, 1],
    [2, 1],
  ])
})

test('one act lays the ROI on all other images, each on its own grid and as aligned; each is undone by itself', async () => {
  const [phase, fine, aligned] = [
    listed('phase', volume()),
    listed('fine', volume({ size: [16, 4, 2], spacingMm: [0.5, 1, 5], originMm: [-0.25, 0, 0] })),
    listed('aligned', volume({}, { FrameOfReferenceUID: '2' })),
  ]
  moves.set(aligned.found.volume, translation([3, 0, 0]))
  const store = createCopyStore(services())
  const steps: string[] = []
  store.subscribe(({ run }) => run.status === 'running' && steps.push(`${run.done}/${run.total} ${run.name}`))
  await store.getState().copyToAll([listed('T1', image), phase, fine, aligned])
  expect(steps).toEqual(['0/3 phase', '1/3 fine', '2/3 aligned'])
  expect(roi.getState()).toMatchObject({ open: { imageId: 'T1' }, voxelCount: 2 })
  const { run } = store.getState()
  if (run.status !== 'done') throw new Error(run.status)
  expect(run.rows.map(({ outcome, voxelCount, isAligned }) => [outcome, voxelCount, isAligned])).toEqual([
    ['laid', 2, false],
    ['laid', 4, false],
    ['laid', 2, true],
  ])
  expect(closed).toBe(3)
  const pair = (x: number) => [
    [x, 1],
    [x + 1, 1],
  ]
  expect(await see(phase)).toEqual(pair(4))
  expect((await see(fine)).map(([x]) => x)).toEqual([8, 9, 10, 11])
  expect(await see(aligned)).toEqual(pair(1))
  roi.getState().undo()
  expect(drawn()).toEqual([])
  expect(await see(phase)).toEqual(pair(4))
})

test('what was drawn on an image stays unless it is replaced by choice, a locked one always; what has no place is told', async () => {
  const [other, locked, elsewhere, coarse, moved] = [
    listed('drawn', volume()),
    listed('locked', volume()),
    listed('elsewhere', volume({ originMm: [50, 0, 0] })),
    listed('coarse', volume({ size: [2, 2, 2], spacingMm: [10, 10, 5] })),
    listed('moved', volume({}, { FrameOfReferenceUID: '2' })),
  ]
  for (const drawnOn of [other, locked]) {
    await see(drawnOn)
    paint(at(0))
  }
  await roi.getState().setProgress('locked')
  await roi.getState().openImage('T1', 'T1', image)
  const store = createCopyStore(services())
  const outcomes = () => {
    const { run } = store.getState()
    return run.status === 'done' ? run.rows.map(({ outcome }) => outcome) : run.status
  }
  const all = [other, locked, elsewhere, coarse, moved]
  await store.getState().copyToAll(all)
  expect(outcomes()).toEqual(['drawn', 'locked', 'outside', 'tooCoarse', 'notAligned'])
  expect(await see(other)).toEqual([[0, 0]])
  await roi.getState().openImage('T1', 'T1', image)
  await store.getState().copyToAll([other, locked], { replaces: true })
  expect(outcomes()).toEqual(['laid', 'locked'])
  expect(await see(other)).toHaveLength(2)
  expect(await see(locked)).toEqual([[0, 0]])
})

test('a cancel keeps what is laid already and says so; one image that fails does not stop the others', async () => {
  const [first, second, third] = ['a', 'b', 'c'].map((id) => listed(id, volume()))
  const failing: CopyServices = {
    ...services(),
    openLabels: (mask) => (closed === 1 ? (closed++, Promise.reject(new Error('no room'))) : services().openLabels(mask)),
  }
  const store = createCopyStore(failing)
  await store.getState().copyToAll([first, second, third])
  expect(store.getState().run).toMatchObject({
    isCancelled: false,
    rows: [{ outcome: 'laid' }, { outcome: 'failed', reason: messageOf(new Error('no room')) }, { outcome: 'laid' }],
  })

  const others = ['d', 'e'].map((id) => listed(id, volume()))
  const hanging = createCopyStore({
    ...services(),
    openLabels: async (mask, signal) => ({
      ...(await services().openLabels(mask)),
      // The worker ends with the signal.
      lay: () => orAborted(signal, new Promise(() => {})),
    }),
  })
  const copying = hanging.getState().copyToAll(others)
  await vi.waitFor(() => expect(hanging.getState().run).toMatchObject({ status: 'running', name: 'd' }))
  hanging.getState().cancel()
  await copying
  expect(hanging.getState().run).toMatchObject({ status: 'done', rows: [], isCancelled: true })
})

test('a copy that is not laid yet when another reader takes the hand is dropped, and said so; its outcome is its reader’s alone', async () => {
  const [target, later] = [listed('a', volume()), listed('b', volume())]
  const store = createCopyStore(services())
  const copying = store.getState().copyTo(target.found)
  await roi.getState().chooseReader('2')
  await copying
  expect(roi.getState()).toMatchObject({
    open: { imageId: 'T1', reader: '2' },
    notice: expect.toSay(/T1 was not copied to a:/),
  })
  expect(await see(target)).toEqual([])

  const opening = createCopyStore({
    ...services(),
    openImage: async (found) => {
      await services().openImage(found)
      await roi.getState().chooseReader('2')
    },
  })
  await roi.getState().chooseReader('1')
  await see(listed('T1', image))
  await opening.getState().copyTo(target.found)
  expect([roi.getState().open?.reader, drawn()]).toEqual(['2', []])

  await roi.getState().chooseReader('1')
  await see(listed('T1', image))
  await store.getState().copyToAll([later])
  const { run } = store.getState()
  expect([runOfReader(run, '1').status, runOfReader(run, '2').status]).toEqual(['done', 'idle'])
})
