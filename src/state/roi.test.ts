// @vitest-environment node
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { inWords } from '../core/messages/message.ts'
import { differenceOfPositions } from '../core/mask/difference.ts'
import { createMaskHistory } from '../core/mask/history.ts'
import type { KeptMask } from '../storage/schema.ts'
import { LockedRegionError, type DeletedMaskStore } from '../storage/deletedMasks.ts'
import { StorageError, UnknownRegionError, type MaskStore } from '../storage/maskStore.ts'
import { besideKey, isKeptFor } from '../storage/regionKey.ts'
import { createDeletionsStore } from './deletions.ts'
import type { ClaimTab } from './claimTab.ts'
import { unnamedStudy } from '../core/study/unnamedStudy.ts'
import { createReadersStore } from './readers.ts'
import { createRoiStore } from './roi/createRoiStore.ts'

const image: Volume = {
  size: [4, 4, 2],
  spacingMm: [1, 1, 5],
  originMm: [0, 0, 0],
  direction: identityDirection,
  voxels: Int16Array.from({ length: 32 }, (_, i) => i),
  source: { path: 'a', format: 'memory' },
}

/** Why regions were unlocked, as the journal gets it. */
let reasons: string[] = []
/** Keeps masks in memory, without packing them. */
function memoryMasks(): MaskStore & { readonly kept: Map<string, KeptMask>; refusal: Error | undefined } {
  const kept = new Map<string, KeptMask>()
  let clock = 0
  return {
    kept,
    refusal: undefined,
    async keep({ size, box, voxels }, about, known) {
      if (this.refusal) throw this.refusal
      const there = kept.get(about.key)
      if (known?.unlockReason !== undefined) reasons.push(known.unlockReason)
      if (known !== undefined && there && there.voxelCount > 0 && there.savedAt !== known.savedAt) throw new UnknownRegionError()
      const entry = { ...about, savedAt: ++clock, size, box, voxels: voxels.slice() }
      kept.set(about.key, entry)
      return entry
    },
    takeTurn: async (lock) => ({ lock, number: 1 }),
    find: async (key) => kept.get(key),
    findStatus: async (key) => kept.get(key),
    findAll: async (key) =>
      [...kept.values()]
        .filter((one) => isKeptFor(key, one))
        .sort((a, b) => a.key.length - b.key.length || a.savedAt - b.savedAt),
    unpack: async ({ size, box, voxels }) => ({ size, box: box!, voxels }),
    list: async () => [...kept.values()],
    rename: async (key, called) => void kept.set(key, { ...kept.get(key)!, called }),
    remove: async (key) => void kept.delete(key),
  }
}

/** What is deleted stands in memory too. */
function memoryDeletions(): DeletedMaskStore {
  const gone = new Map<string, KeptMask>()
  return {
    async setAside(key, at) {
      const one = masks.kept.get(key)
      if (one?.progress === 'locked') throw new LockedRegionError(one)
      if (!one) return undefined
      masks.kept.delete(key)
      const deleted = { ...one, key: `deleted ${key}`, deleted: { key, image: one.image, at } }
      gone.set(deleted.key, deleted)
      return deleted
    },
    async bringBack(goneKey) {
      const { deleted, ...one } = gone.get(goneKey)!
      const key = masks.kept.has(deleted!.key) ? besideKey(deleted!.key) : deleted!.key
      masks.kept.set(key, { ...one, key })
      return gone.delete(goneKey)
    },
    removeOld: async () => {},
    list: async () => [...gone.values()].map((one) => ({ ...one, deleted: one.deleted! })),
  }
}

/** The reader whom a page remembers, and the clock. */
let remembered = '1'
const hands = () => ({
  readers: createReadersStore(
    { reader: remembered, study: unnamedStudy },
    { choose: (reader) => void (remembered = reader), rename: () => undefined },
  ),
  now: () => 1000,
  oldRegions: { adopt: async () => false },
})
let masks = memoryMasks()
let deletions = beginDeletions()
/** Whose the images are; null when they are off the list. */
let patient: string | null = 'P0001'
/** Names that another tab has. */
let elsewhere: string[] = []
type Store = ReturnType<typeof createRoiStore>
function beginDeletions(onBack = () => {}) {
  return createDeletionsStore({ store: memoryDeletions(), now: () => 1000, onBack, onRemoved: () => {}, announce: () => {} })
}
const services = (claim: ClaimTab = async () => true) => ({
  ...hands(),
  masks,
  claims: { claim, isElsewhere: async (name: string) => elsewhere.includes(name) },
  deletions,
  nameRegion: ({ imageId, reader }: { imageId: string; reader: string }) =>
    patient === null ? null : { label: patient, stem: `${patient}_T${imageId}_reader-${reader}` },
})
const becomes = (store: Store, status: string) => vi.waitFor(() => expect(store.getState().keeping.status).toBe(status))
const open = async () => {
  const store = createRoiStore(services())
  await store.getState().openImage('1', 'T1', image)
  return store
}
/** As the viewer does: the voxels first, then the word of it. */
const paint = (store: Store, ...positions: number[]) => {
  for (const position of positions) store.getState().open!.mask.voxels[position] = 1
  store.getState().recordStroke('Brush', differenceOfPositions(positions, 0, 1))
}

beforeEach(() => {
  masks = memoryMasks()
  deletions = beginDeletions()
  elsewhere = []
  reasons = []
  patient = 'P0001'
  remembered = '1'
})

test('strokes are counted, undone and made again, voxel by voxel', async () => {
  const store = await open()
  paint(store, 1, 2, 3)
  paint(store, 9)
  expect(store.getState()).toMatchObject({ voxelCount: 4, volumeCm3: 0.02, undoCount: 2, redoCount: 0 })
  store.getState().undo()
  expect(store.getState()).toMatchObject({ voxelCount: 3, undoCount: 1, redoCount: 1 })
  expect([...store.getState().open!.mask.voxels].filter(Boolean)).toHaveLength(3)
  store.getState().redo()
  expect(store.getState()).toMatchObject({ voxelCount: 4, redoCount: 0 })
})

describe('a stroke that is under way', () => {
  /** The hand drew voxel 5 over the region of voxel 1, and has not let go. */
  async function drawing() {
    let isUnderWay = false
    const store = createRoiStore({
      ...services(),
      endStroke() {
        if (!isUnderWay) return
        isUnderWay = false
        store.getState().recordStroke('Brush', differenceOfPositions([5], 0, 1))
      },
    })
    await store.getState().openImage('1', 'T1', image)
    paint(store, 1)
    store.getState().undo()
    store.getState().redo()
    const { mask } = store.getState().open!
    mask.voxels[5] = 1
    isUnderWay = true
    return { store, mask }
  }
  const drawn = ({ voxels }: { voxels: Uint8Array }) => [...voxels.keys()].filter((at) => voxels[at])

  test('goes to the reader who began it, when the other one takes over', async () => {
    const { store, mask } = await drawing()
    await store.getState().chooseReader('2')
    expect(store.getState()).toMatchObject({ voxelCount: 0, undoCount: 0 })
    await store.getState().chooseReader('1')
    expect(store.getState()).toMatchObject({ voxelCount: 2, undoCount: 2, status: { by: 'Reader 1' } })
    expect(drawn(mask)).toEqual([1, 5])
  })

  test('goes to the image that it was begun on, when another one is opened', async () => {
    const { store } = await drawing()
    await store.getState().openImage('2', 'T2', { ...image, voxels: new Int16Array(32) })
    expect(store.getState()).toMatchObject({ voxelCount: 0, undoCount: 0 })
    await store.getState().openImage('1', 'T1', image)
    expect(store.getState()).toMatchObject({ voxelCount: 2, undoCount: 2 })
  })

  test('is what an undo takes back', async () => {
    const { store, mask } = await drawing()
    store.getState().undo()
    expect(store.getState()).toMatchObject({ voxelCount: 1, undoCount: 1, redoCount: 1 })
    expect(drawn(mask)).toEqual([1])
    store.getState().redo()
    expect(drawn(mask)).toEqual([1, 5])
  })

  test('is a step of its own before a mask that takes the place of the region', async () => {
    const { store, mask } = await drawing()
    store.getState().replaceMask('Load mask', new Uint8Array(32).fill(1, 8, 16))
    store.getState().undo()
    expect(drawn(mask)).toEqual([1, 5])
    store.getState().undo()
    expect(drawn(mask)).toEqual([1])
  })

  test('is in the region that is locked', async () => {
    const { store } = await drawing()
    await store.getState().setProgress('locked')
    expect(store.getState()).toMatchObject({ voxelCount: 2, status: { progress: 'locked' } })
  })

  test('is kept when its image is closed', async () => {
    const { store } = await drawing()
    store.getState().close('1')
    await store.getState().whenKept()
    expect([...masks.kept.values()].map(({ voxelCount }) => voxelCount)).toEqual([2])
  })
})

test('a mask that takes the place of the region can be undone', async () => {
  const store = await open()
  paint(store, 1)
  store.getState().replaceMask('Load mask', new Uint8Array(32).fill(1, 8, 16))
  expect(store.getState().voxelCount).toBe(8)
  store.getState().undo()
  expect(store.getState().open!.mask.voxels[1]).toBe(1)
  expect(store.getState().voxelCount).toBe(1)
})

test('undo steps that its memory has no room for are told; the others stay', async () => {
  const history = createMaskHistory({ budgetBytes: 3 * 270 })
  const store = createRoiStore({ ...services(), history })
  await store.getState().openImage('1', 'T1', image)
  for (const position of [1, 3, 5]) paint(store, position)
  expect(store.getState()).toMatchObject({ notice: null, undoCount: 3 })
  paint(store, 7)
  expect(store.getState()).toMatchObject({ undoCount: 3, notice: expect.toSay(/The oldest step was dropped from undo/) })
  for (let step = 0; step < 4; step++) store.getState().undo()
  expect([...store.getState().open!.mask.voxels.keys()].filter((i) => store.getState().open!.mask.voxels[i])).toEqual([1])
})

test('a region comes back with its history when its image is opened again in the session', async () => {
  const store = await open()
  paint(store, 1)
  await store.getState().openImage('2', 'T2', { ...image, voxels: new Int16Array(32) })
  expect(store.getState()).toMatchObject({ voxelCount: 0, undoCount: 0 })
  await store.getState().openImage('1', 'T1', image)
  expect(store.getState()).toMatchObject({ voxelCount: 1, undoCount: 1, recovery: null })
})

test('an earlier session is offered, not written over before the decision, and restored', async () => {
  const before = await open()
  paint(before, 4, 5)
  await becomes(before, 'kept')

  const store = await open()
  expect(store.getState()).toMatchObject({ voxelCount: 0, recovery: { voxelCount: 2, imageName: 'T1' } })
  paint(store, 20)
  await becomes(store, 'kept')
  expect([...masks.kept.values()][0].voxelCount).toBe(2)
  await store.getState().restoreKept()
  await becomes(store, 'kept')
  expect(store.getState()).toMatchObject({ voxelCount: 2, recovery: null })
  store.getState().undo()
  expect(store.getState().open!.mask.voxels[20]).toBe(1)
})

test('a discarded offer is gone, and what was drawn meanwhile is kept', async () => {
  const before = await open()
  paint(before, 4, 5)
  await becomes(before, 'kept')
  const store = await open()
  paint(store, 20)
  await store.getState().discardKept()
  expect([...masks.kept.values()][0].voxelCount).toBe(1)

  const other = await open()
  await other.getState().discardKept()
  expect(masks.kept.size).toBe(0)
})

test('what is drawn before the decision outlives the page beside the recovered ROI, and both are offered, one after the other', async () => {
  const before = await open()
  paint(before, 4, 5)
  await becomes(before, 'kept')
  const undecided = await open()
  for (const position of [20, 21, 22, 23, 24]) paint(undecided, position)
  await becomes(undecided, 'kept')
  expect(undecided.getState().recovery?.voxelCount).toBe(2)

  // The page ends here; in the next two nobody decides either.
  const again = await open()
  paint(again, 30)
  await becomes(again, 'kept')
  expect([...masks.kept.values()].map(({ voxelCount }) => voxelCount)).toEqual([2, 5, 1])

  const last = await open()
  expect(last.getState().recovery?.voxelCount).toBe(2)
  await last.getState().restoreKept()
  await vi.waitFor(() => expect(last.getState().recovery?.voxelCount).toBe(5))
  await last.getState().discardKept()
  await vi.waitFor(() => expect(last.getState().recovery?.voxelCount).toBe(1))
  await last.getState().restoreKept()
  await vi.waitFor(() => expect(masks.kept.size).toBe(1))
  expect(last.getState()).toMatchObject({ voxelCount: 1, recovery: null })
  expect([...masks.kept.values()][0].voxelCount).toBe(1)
})

test('an offer that is found to be what is drawn while it is being restored gives way to the next one, which stays', async () => {
  const before = await open()
  paint(before, 4, 5)
  await becomes(before, 'kept')
  const undecided = await open()
  paint(undecided, 20)
  await becomes(undecided, 'kept')
  const last = await open()
  const { unpack } = masks
  let goOn = () => {}
  masks.unpack = async (kept) => {
    masks.unpack = unpack
    await new Promise<void>((resolve) => (goOn = resolve))
    return unpack(kept)
  }
  const restoring = last.getState().restoreKept()
  last.getState().replaceMask('Load mask', new Uint8Array(32).fill(1, 4, 6))
  await vi.waitFor(() => expect(last.getState().recovery?.voxelCount).toBe(1))
  goOn()
  await restoring
  expect(last.getState().recovery?.voxelCount).toBe(1)
})

test('what a second tab drew is offered by the next page, though both tabs ended before a word was said', async () => {
  const first = await open()
  paint(first, 1, 2)
  await becomes(first, 'kept')
  const second = createRoiStore(services(async () => false))
  await second.getState().openImage('1', 'T1', image)
  paint(second, 9, 10, 11)
  await becomes(second, 'kept')
  paint(first, 3)
  await becomes(first, 'kept')
  const next = await open()
  await next.getState().discardKept()
  await vi.waitFor(() => expect(next.getState().recovery?.voxelCount).toBe(3))
})

test('the same region again is no question', async () => {
  const before = await open()
  paint(before, 4, 5)
  await becomes(before, 'kept')
  const store = await open()
  const same = new Uint8Array(32)
  same.fill(1, 4, 6)
  store.getState().replaceMask('Load mask', same)
  await becomes(store, 'kept')
  expect(store.getState().recovery).toBeNull()
})

test('the last of several strokes is what is kept, however long the keeping of the first takes', async () => {
  const store = await open()
  const keep = masks.keep.bind(masks)
  let delayMs = 20
  masks.keep = async (...args) => {
    await new Promise((resolve) => setTimeout(resolve, delayMs))
    delayMs = 0
    return keep(...args)
  }
  paint(store, 1)
  paint(store, 2)
  await becomes(store, 'kept')
  expect([...masks.kept.values()][0].voxelCount).toBe(2)
})

test('the last stroke is kept though another image is opened at once', async () => {
  const store = await open()
  paint(store, 7)
  await store.getState().openImage('2', 'T2', { ...image, voxels: new Int16Array(32) })
  await vi.waitFor(() =>
    expect([...masks.kept.values()].map(({ imageName, voxelCount }) => [imageName, voxelCount])).toEqual([['T1', 1]]),
  )
})

test('a browser without room is told, and drawing goes on', async () => {
  const store = await open()
  masks.refusal = new StorageError(inWords('This browser has no more room.'))
  paint(store, 1)
  await becomes(store, 'failed')
  expect(store.getState()).toMatchObject({
    voxelCount: 1,
    keeping: { status: 'failed', reason: 'This browser has no more room.' },
  })
})

test('strokes that come faster than they are kept are kept together, at most one keeping behind the hand', async () => {
  const store = await open()
  const keep = masks.keep.bind(masks)
  const counts: number[] = []
  masks.keep = async (part, about) => {
    counts.push(about.voxelCount)
    await new Promise((resolve) => setTimeout(resolve, 5))
    return keep(part, about)
  }
  paint(store, 1)
  await vi.waitFor(() => expect(counts).toEqual([1]))
  for (const position of [2, 3, 4, 5]) paint(store, position)
  await becomes(store, 'kept')
  expect(counts).toEqual([1, 5])
})

test('a stroke on an image that was opened this moment is not written over what an earlier session left', async () => {
  const before = await open()
  paint(before, 4, 5)
  await becomes(before, 'kept')
  const store = createRoiStore(services())
  const opening = store.getState().openImage('1', 'T1', image)
  paint(store, 9)
  await opening
  await becomes(store, 'kept')
  expect([...masks.kept.values()][0].voxelCount).toBe(2)

  // Nor when the decision is left open and another image comes between.
  await store.getState().openImage('2', 'T2', { ...image, voxels: new Int16Array(32) })
  await store.getState().openImage('1', 'T1', image)
  paint(store, 10)
  await becomes(store, 'kept')
  expect(store.getState().recovery?.voxelCount).toBe(2)
  expect([...masks.kept.values()][0].voxelCount).toBe(2)
})

test('after a refusal the region is kept with the next stroke, on demand, or when room was made', async () => {
  const store = await open()
  const refuse = async (position: number) => {
    masks.refusal = new StorageError(inWords('no room'))
    paint(store, position)
    await becomes(store, 'failed')
    masks.refusal = undefined
  }
  await refuse(1)
  paint(store, 2)
  await becomes(store, 'kept')
  await refuse(3)
  await store.getState().keepAgain()
  expect([...masks.kept.values()][0].voxelCount).toBe(3)
  await refuse(4)
  await store.getState().deleteKept('another')
  expect(store.getState().keeping.status).toBe('kept')
  expect([...masks.kept.values()][0].voxelCount).toBe(4)
})

test('what is drawn while another tab has the image is not written over its ROI; once that is closed, its ROI is offered', async () => {
  const first = await open()
  paint(first, 1, 2)
  await becomes(first, 'kept')
  let free = () => {}
  const claim = async (_: string, onFree: () => void) => {
    free = onFree
    return false
  }
  const second = createRoiStore(services(claim))
  await second.getState().openImage('1', 'T1', image)
  expect(second.getState()).toMatchObject({ openElsewhere: true, recovery: { voxelCount: 2 } })
  await second.getState().restoreKept()
  paint(second, 3)
  await becomes(second, 'kept')
  paint(first, 20, 21)
  await becomes(first, 'kept')
  expect([...masks.kept.values()][0].voxelCount).toBe(4)

  free()
  await vi.waitFor(() =>
    expect(second.getState()).toMatchObject({ openElsewhere: false, voxelCount: 3, recovery: { voxelCount: 4 } }),
  )
  await second.getState().discardKept()
  await becomes(second, 'kept')
  expect([...masks.kept.values()][0].voxelCount).toBe(3)
})

test('a region is empty, in progress, complete and locked; drawing on a complete one takes it back to in progress', async () => {
  const store = await open()
  const progress = () => store.getState().status?.progress ?? 'empty'
  void store.getState().setProgress('locked')
  expect(store.getState().notice).toSay(/Nothing is drawn yet/)
  expect(progress()).toBe('empty')
  paint(store, 1)
  expect(store.getState().status).toEqual({ progress: 'inProgress', by: 'Reader 1', at: 1000 })
  void store.getState().setProgress('complete')
  expect(progress()).toBe('complete')
  paint(store, 2)
  expect(progress()).toBe('inProgress')
  expect(store.getState().notice).toSay(/was complete/)
  paint(store, 3)
  store.getState().undo()
  expect(progress()).toBe('inProgress')
  store.getState().undo()
  expect(store.getState().status).toEqual({ progress: 'complete', by: 'Reader 1', at: 1000 })
  await becomes(store, 'kept')
  expect([...masks.kept.values()].map((one) => one.progress)).toEqual(['complete'])
  store.getState().redo()
  expect(progress()).toBe('inProgress')
  void store.getState().setProgress('locked')
  expect(progress()).toBe('locked')
  expect(store.getState().statuses).toEqual({ '1 L1 1': { progress: 'locked', by: 'Reader 1', at: 1000 } })
})

test('nothing changes a locked region, in this session or the next; its reader may unlock it', async () => {
  const store = await open()
  paint(store, 1, 2)
  void store.getState().setProgress('locked')
  await becomes(store, 'kept')
  const unchanged = (of: Store) => {
    expect([...of.getState().open!.mask.voxels.keys()].filter((i) => of.getState().open!.mask.voxels[i])).toEqual([1, 2])
    expect(of.getState().notice).toSay(/locked by Reader 1/)
    of.getState().dismissNotice()
  }
  paint(store, 9)
  unchanged(store)
  store.getState().replaceMask('Load mask', new Uint8Array(32).fill(1))
  unchanged(store)
  store.getState().undo()
  unchanged(store)

  const next = await open()
  await becomes(next, 'kept')
  expect(next.getState()).toMatchObject({ recovery: null, voxelCount: 2, status: { progress: 'locked', at: 1000 } })
  paint(next, 9)
  unchanged(next)
  await next.getState().setProgress('inProgress')
  expect(next.getState()).toMatchObject({ status: { progress: 'locked' }, notice: expect.toSay(/say why/) })
  await next.getState().setProgress('inProgress', ' the margin ')
  await becomes(next, 'kept')
  expect(reasons).toEqual(['the margin'])
  paint(next, 9)
  expect(next.getState()).toMatchObject({ voxelCount: 3, status: { progress: 'inProgress' } })
})

test('each reader has a region of their own, and sees the other one when both are locked, from then on for good', async () => {
  const store = await open()
  paint(store, 1, 2)
  void store.getState().setProgress('locked')
  await store.getState().chooseReader('2')
  expect(store.getState()).toMatchObject({ voxelCount: 0, undoCount: 0, otherProgress: 'locked', status: null })
  expect(await store.getState().readLockedMasks()).toBeNull()
  paint(store, 2, 3, 4)
  void store.getState().setProgress('locked')
  await vi.waitFor(() => expect([...masks.kept.values()].map(({ progress }) => progress)).toEqual(['locked', 'locked']))
  const expectBoth = async (of: Store) => {
    const both = (await of.getState().readLockedMasks())!
    expect([1, 2].map((reader) => both[reader].voxels.reduce((sum, voxel) => sum + voxel))).toEqual([2, 3])
  }
  await expectBoth(store)
  await store.getState().setProgress('inProgress')
  expect(store.getState()).toMatchObject({
    status: { progress: 'locked' },
    notice: expect.toSay(/neither can be unlocked/),
  })

  // The page remembers who drew, and finds both again.
  const next = await open()
  await vi.waitFor(() => expect(next.getState()).toMatchObject({ voxelCount: 3, otherProgress: 'locked' }))
  await expectBoth(next)
})

test('a complete region comes back complete', async () => {
  const before = await open()
  paint(before, 4, 5)
  void before.getState().setProgress('complete')
  await becomes(before, 'kept')
  const store = await open()
  await store.getState().restoreKept()
  expect(store.getState().status?.progress).toBe('complete')
})

describe('what is laid on an image that is not in hand', () => {
  const t2 = { ...image, voxels: new Int16Array(32) }
  const on = { imageId: '2', imageName: 'T2', image: t2, reader: '1', lesion: 'L1' } as const
  const region = new Uint8Array(32).fill(1, 4, 7)
  const lay = (store: Store, replaces = false) => store.getState().layOn(on, 'Copy from T1', region, { replaces })
  const drawnOn = (store: Store) =>
    [...store.getState().open!.mask.voxels.keys()].filter((i) => store.getState().open!.mask.voxels[i])

  test('is there when that image is opened, is kept for the next session, and can be undone there; the one in hand stays', async () => {
    const store = await open()
    paint(store, 1)
    expect(await lay(store)).toBe('laid')
    expect(store.getState()).toMatchObject({ open: { imageId: '1' }, voxelCount: 1, undoCount: 1 })
    expect(store.getState().statuses['2 L1 1']).toEqual({ progress: 'inProgress', by: 'Reader 1', at: 1000 })
    await vi.waitFor(() => expect([...masks.kept.values()].map(({ imageName }) => imageName)).toEqual(['T1', 'T2']))
    const next = await open()
    await next.getState().openImage('2', 'T2', t2)
    expect(next.getState().recovery).toMatchObject({ voxelCount: 3 })

    await store.getState().openImage('2', 'T2', t2)
    expect(drawnOn(store)).toEqual([4, 5, 6])
    expect(store.getState()).toMatchObject({ voxelCount: 3, undoCount: 1, drawnBox: { lower: [0, 1, 0], upper: [2, 1, 0] } })
    expect(store.getState().recovery).toBeNull()
    await becomes(store, 'kept')
    // Under the image's own key from now on, and nowhere else.
    expect([...masks.kept.values()].filter(({ imageName }) => imageName === 'T2')).toHaveLength(1)
    expect([...masks.kept.keys()].every((key) => !key.includes('beside'))).toBe(true)
    store.getState().undo()
    expect(drawnOn(store)).toEqual([])
  })

  test('leaves an ROI that is drawn there, in this session or an earlier one, unless it may replace it; both can be had back', async () => {
    const before = await open()
    await before.getState().openImage('2', 'T2', t2)
    paint(before, 20)
    await becomes(before, 'kept')
    const store = await open()
    expect(await lay(store)).toBe('drawn')
    expect([...masks.kept.values()].map(({ voxelCount }) => voxelCount)).toEqual([1])
    expect(await lay(store, true)).toBe('laid')
    await store.getState().openImage('2', 'T2', t2)
    expect(store.getState()).toMatchObject({ voxelCount: 3, recovery: { voxelCount: 1 } })

    expect(await lay(before)).toBe('drawn')
    expect(await lay(before, true)).toBe('laid')
    expect(drawnOn(before)).toEqual([4, 5, 6])
    before.getState().undo()
    expect(drawnOn(before)).toEqual([20])
  })

  test('never changes a locked ROI, of this session or an earlier one', async () => {
    const store = await open()
    await store.getState().openImage('2', 'T2', t2)
    paint(store, 20)
    void store.getState().setProgress('locked')
    await becomes(store, 'kept')
    await store.getState().openImage('1', 'T1', image)
    expect(await lay(store, true)).toBe('locked')
    const next = await open()
    expect(await lay(next, true)).toBe('locked')
    await next.getState().openImage('2', 'T2', t2)
    expect(drawnOn(next)).toEqual([20])
  })
})

test('a change that was worked out before the ROI was locked is not made: neither on the voxels nor in the history', async () => {
  const store = await open()
  paint(store, 1, 2)
  void store.getState().setProgress('locked')
  store.getState().makeChange('Grow', differenceOfPositions([3, 4], 0, 1))
  expect(store.getState()).toMatchObject({ voxelCount: 2, undoCount: 1, notice: expect.toSay(/locked by Reader 1/) })
  expect([...store.getState().open!.mask.voxels.keys()].filter((i) => store.getState().open!.mask.voxels[i])).toEqual([1, 2])
})

test('a discarded region can be brought back, and is offered again beside what is open', async () => {
  const before = await open()
  paint(before, 4, 5)
  await becomes(before, 'kept')
  let back = () => {}
  deletions = beginDeletions(() => back())
  const store = await open()
  back = () => void store.getState().lookAgain()
  paint(store, 20)
  await store.getState().discardKept()
  expect(store.getState().recovery).toBeNull()
  await deletions.getState().undo(deletions.getState().deleted[0].key)
  await vi.waitFor(() => expect(store.getState().recovery?.voxelCount).toBe(2))
  expect(store.getState().voxelCount).toBe(1)
})

test('a region of this session that is deleted while another image is open is gone from the session too, with its last stroke', async () => {
  const store = await open()
  paint(store, 1)
  await store.getState().openImage('2', 'T2', { ...image, voxels: new Int16Array(32) })
  const { key } = [...masks.kept.values()][0]
  await store.getState().deleteKept(key)
  expect(masks.kept.size).toBe(0)
  expect(store.getState().statuses).toEqual({})
  await store.getState().openImage('1', 'T1', image)
  expect(store.getState()).toMatchObject({ voxelCount: 0, undoCount: 0, recovery: null })
  // Brought back, it is offered like that of an earlier session.
  await deletions.getState().undo(deletions.getState().deleted[0].key)
  await store.getState().lookAgain()
  expect(store.getState().recovery?.voxelCount).toBe(1)
})

test('what another tab has open, and what is drawn on and not kept, is not deleted, and it is said why', async () => {
  const store = await open()
  paint(store, 1)
  await becomes(store, 'kept')
  const [{ key }] = masks.kept.values()
  const other = createRoiStore(services())
  await other.getState().openImage('2', 'T2', { ...image, voxels: new Int16Array(32) })
  elsewhere = [key]
  await other.getState().deleteKept(key)
  expect(deletions.getState().refusal).toSay(/open in another tab/)
  elsewhere = []
  masks.refusal = new StorageError(inWords('no room'))
  paint(store, 2)
  await becomes(store, 'failed')
  expect(store.getState().whyStay('1')).toSay(/its ROI is not kept/)
  await store.getState().openImage('2', 'T2', { ...image, voxels: new Int16Array(32) })
  await store.getState().deleteKept(key)
  expect(deletions.getState().refusal).toSay(/drawn on since it was kept/)
  expect(masks.kept.size).toBe(1)
  expect(store.getState().whyStay('2')).toBeNull()
})

/** Both readers lock their regions of the image; the page of the second one stays open. */
async function lockBoth(): Promise<Store> {
  const store = await open()
  paint(store, 1, 2)
  void store.getState().setProgress('locked')
  await store.getState().chooseReader('2')
  paint(store, 2, 3, 4)
  void store.getState().setProgress('locked')
  await vi.waitFor(() => expect([...masks.kept.values()].map(({ progress }) => progress)).toEqual(['locked', 'locked']))
  return store
}

test('two locked regions stay locked whatever is deleted, discarded, removed, drawn or opened in another tab', async () => {
  const store = await lockBoth()
  const [first, second] = [...masks.kept.values()]
  const expectUnchanged = () => {
    expect(masks.kept.get(first.key)).toEqual(first)
    expect(masks.kept.get(second.key)).toEqual(second)
  }
  store.getState().close('1')
  await store.getState().openImage('2', 'T2', { ...image, voxels: new Int16Array(32) })
  for (const { key } of [first, second]) await store.getState().deleteKept(key)
  expect(deletions.getState().refusal).toSay(/locked by Reader 2/)
  expectUnchanged()

  // A tab that had the image open before the lock, drew, and is free to take the key now.
  let free = () => {}
  const tab = createRoiStore(services(async (_, onFree) => ((free = onFree), false)))
  const late = masks.findAll
  masks.findAll = async () => []
  await tab.getState().openImage('1', 'T1', image)
  masks.findAll = late
  paint(tab, 30)
  await becomes(tab, 'kept')
  void tab.getState().setProgress('locked')
  expect(tab.getState()).toMatchObject({
    status: { progress: 'inProgress' },
    notice: expect.toSay(/open in another tab/),
  })
  free()
  await vi.waitFor(() => expect(tab.getState().recovery?.progress).toBe('locked'))
  await tab.getState().discardKept()
  expect(tab.getState().recovery?.progress).toBe('locked')
  expectUnchanged()

  // Restored, it is laid locked; what was drawn is kept beside it.
  await tab.getState().restoreKept()
  await becomes(tab, 'kept')
  expect(tab.getState()).toMatchObject({ voxelCount: 3, status: { progress: 'locked' }, recovery: null })
  await tab.getState().setProgress('inProgress')
  expect(tab.getState().notice).toSay(/neither can be unlocked/)
  expect([...masks.kept.values()].map(({ voxelCount, progress }) => [voxelCount, progress])).toEqual([
    [2, 'locked'],
    [3, 'locked'],
    [1, 'inProgress'],
  ])
})

test('a locked region that this page never saw is not written over, without any claim of tabs', async () => {
  const store = await open()
  const locker = await open()
  paint(locker, 1, 2)
  void locker.getState().setProgress('locked')
  await becomes(locker, 'kept')
  paint(store, 9)
  await becomes(store, 'kept')
  expect([...masks.kept.values()].map(({ voxelCount }) => voxelCount)).toEqual([2, 1])
  await vi.waitFor(() => expect(store.getState().recovery?.progress).toBe('locked'))
})

test('a region is not unlocked once the other reader has locked theirs in another tab', async () => {
  const store = await open()
  paint(store, 1)
  void store.getState().setProgress('locked')
  await becomes(store, 'kept')
  expect(store.getState().otherProgress).toBe('empty')
  remembered = '2'
  const other = await open()
  paint(other, 2)
  void other.getState().setProgress('locked')
  await becomes(other, 'kept')
  await store.getState().setProgress('inProgress')
  expect(store.getState()).toMatchObject({ status: { progress: 'locked' }, otherProgress: 'locked' })
})

test('what was drawn beside a region that is unlocked again is offered', async () => {
  const store = await open()
  paint(store, 1, 2)
  void store.getState().setProgress('locked')
  await becomes(store, 'kept')
  const tab = createRoiStore(services())
  const opening = tab.getState().openImage('1', 'T1', image)
  paint(tab, 30)
  await opening
  await becomes(tab, 'kept')
  await tab.getState().restoreKept()
  await becomes(tab, 'kept')
  await tab.getState().setProgress('inProgress', 'the margin')
  expect(tab.getState()).toMatchObject({ voxelCount: 2, status: { progress: 'inProgress' }, recovery: { voxelCount: 1 } })
})

test('a region is kept with the geometry of its image and its name in files; what cannot be kept is at hand', async () => {
  const store = await open()
  paint(store, 1)
  await becomes(store, 'kept')
  expect([...masks.kept.values()][0]).toMatchObject({
    grid: { spacingMm: [1, 1, 5], originMm: [0, 0, 0], direction: identityDirection },
    called: { label: 'P0001', stem: 'P0001_T1_reader-1' },
  })
  expect(store.getState().listUnkept()).toEqual([])
  masks.refusal = new StorageError(inWords('no room'))
  paint(store, 2)
  await store.getState().whenKept()
  const [{ voxelCount, part, key }] = store.getState().listUnkept()
  expect({ voxelCount, key }).toEqual({ voxelCount: 2, key: [...masks.kept.keys()][0] })
  expect(part.voxels.reduce((sum, voxel) => sum + voxel, 0)).toBe(2)
})

test('a region is called what its patient is labelled as in the end, and keeps that name when its image goes off the list', async () => {
  const store = await open()
  paint(store, 1)
  await becomes(store, 'kept')
  const [key, { savedAt }] = [...masks.kept][0]
  patient = 'P0005'
  await store.getState().nameAgain()
  expect(masks.kept.get(key)).toMatchObject({ called: { label: 'P0005', stem: 'P0005_T1_reader-1' }, savedAt })
  paint(store, 2)
  patient = null
  await store.getState().nameAgain()
  store.getState().close('1')
  await store.getState().whenKept()
  expect(masks.kept.get(key)).toMatchObject({ called: { label: 'P0005' }, voxelCount: 2 })
})

test('a region that becomes equal to a locked one is that one, and is locked', async () => {
  const before = await open()
  paint(before, 4, 5)
  void before.getState().setProgress('locked')
  await becomes(before, 'kept')
  const store = createRoiStore(services())
  const opening = store.getState().openImage('1', 'T1', image)
  paint(store, 4)
  await opening
  await becomes(store, 'kept')
  expect(store.getState().recovery?.progress).toBe('locked')
  store.getState().replaceMask('Load mask', new Uint8Array(32).fill(1, 4, 6))
  await vi.waitFor(() => expect(store.getState().recovery).toBeNull())
  await store.getState().whenKept()
  expect(store.getState().status?.progress).toBe('locked')
  expect([...masks.kept.values()].map(({ voxelCount, progress }) => [voxelCount, progress])).toEqual([[2, 'locked']])
})

test('what is kept under the image’s own key goes by the turn of its lock, what is kept beside it needs none', async () => {
  const keep = vi.spyOn(masks, 'keep')
  const turnsOf = () => keep.mock.calls.map(([, , known]) => known?.turn)
  const store = await open()
  paint(store, 3)
  await becomes(store, 'kept')
  expect(turnsOf()).toEqual([{ lock: store.getState().open!.key, number: 1 }])
  keep.mockClear()
  const other = createRoiStore(services(async () => false))
  await other.getState().openImage('1', 'T1', image)
  paint(other, 4)
  await becomes(other, 'kept')
  expect(turnsOf()).toEqual([undefined])
})
