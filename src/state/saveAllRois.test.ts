// @vitest-environment node
import { unzipSync } from 'fflate'
import Papa from 'papaparse'
import { beforeEach, expect, test, vi } from 'vitest'
import { identityDirection, type Grid } from '../core/image/volume.ts'
import { inWords } from '../core/messages/message.ts'
import type { KeptMask } from '../storage/schema.ts'
import { StorageError, type MaskStore } from '../storage/maskStore.ts'
import type { PlacedPart } from '../../workers/readerApi.ts'
import type { UnkeptRegion } from './keep/keepDrawn.ts'
import type { RoiStore } from './roi.ts'
import { createSaveAllStore, type SaveAllServices } from './saveAllRois.ts'

const size = [2, 2, 1] as const
const space = { spacingMm: [1, 1, 3], originMm: [0, 0, 0], direction: identityDirection } as const
const called = (name: string) => ({ label: name.slice(0, 5), stem: name })
const region = (image: string, more: Partial<KeptMask> = {}): KeptMask => ({
  key: `${image} L1 reader ${more.reader ?? 1}`,
  image,
  reader: '1',
  lesion: 'L1',
  imageName: 'MUELLER_ANNA T1',
  progress: 'inProgress',
  changedAt: Date.UTC(2026, 2, 9, 8, 5),
  box: { lower: [0, 0, 0], upper: [1, 1, 0] },
  readerName: 'Dr. Reader',
  savedAt: Date.UTC(2026, 2, 9, 8, 5),
  size,
  voxelCount: 1,
  volumeCm3: 0.003,
  voxels: new Uint8Array(0),
  ...more,
})
let kept: KeptMask[]
let unkept: UnkeptRegion[]
let written: PlacedPart[][]
let zips: { name: string; files: Record<string, Uint8Array> }[]

/** A file says its name's length and its first voxel. */
function create(services: Partial<SaveAllServices> = {}) {
  const masks: Partial<MaskStore> = {
    list: async () => kept,
    find: async (key) => kept.find((one) => one.key === key),
    findStatus: async (key) => kept.find((one) => one.key === key),
    unpack: async ({ size, image }) => {
      if (image === 'damaged') throw new StorageError(inWords('The kept ROI is damaged.'))
      return { size, box: { lower: [0, 0, 0], upper: [0, 0, 0] }, voxels: new Uint8Array([1]) }
    },
  }
  const store = createSaveAllStore({
    masks: masks as MaskStore,
    roi: { getState: () => ({ whenKept: async () => undefined, listUnkept: () => unkept }) } as unknown as RoiStore,
    findImage: () => undefined,
    writeParts: async (parts) => {
      written.push([...parts])
      return parts.map(({ name, part }) => Uint8Array.from([name.length, ...part.voxels]))
    },
    now: () => new Date(2026, 2, 9, 12),
    ...services,
  })
  const save = async () => {
    let made: { name: string; zip: Blob } | undefined
    await store.getState().start((name, zip) => (made = { name, zip }))
    if (!made) return undefined
    const files = unzipSync(new Uint8Array(await made.zip.arrayBuffer()))
    zips.push({ name: made.name, files })
    return Papa.parse<Record<string, string>>(new TextDecoder().decode(files['rois.csv']), { header: true, skipEmptyLines: true })
      .data
  }
  return { store, save }
}

beforeEach(() => {
  ;[kept, unkept, written, zips] = [[], [], [], []]
})

test('every region of every image and reader is in the zip under its own name, with a list that names no patient', async () => {
  kept = [
    region('a', { grid: space, called: called('P0001_T1_reader-1'), progress: 'locked', changedAt: Date.UTC(2026, 2, 8) }),
    region('a', { grid: space, called: called('P0001_T1_reader-2'), reader: '2' }),
    region('b', { grid: space, called: called('P0001_T1_reader-1') }),
    region('empty', { grid: space, called: called('P0003_T1_reader-1'), voxelCount: 0 }),
  ]
  const { store, save } = create()
  const rows = (await save())!
  const [{ name, files }] = zips
  expect(name).toBe('texel-rois-2026-03-09.zip')
  const names = ['P0001_T1_reader-1.nii.gz', 'P0001_T1_reader-2.nii.gz', 'P0001_T1_reader-1-2.nii.gz']
  expect(Object.keys(files)).toEqual([...names, 'rois.csv'])
  for (const one of names) expect([...files[one]]).toEqual([one.length, 1])
  expect(rows.map(({ file }) => file)).toEqual(names)
  expect(rows[0]).toEqual({
    file: names[0],
    patient: 'P0001',
    lesion: 'L1',
    reader: 'reader-1',
    progress: 'locked',
    since: '2026-03-08T00:00:00.000Z',
    saved: '2026-03-09T08:05:00.000Z',
    voxels: '1',
    volume_cm3: '0.003',
    image: 'a',
    note: '',
  })
  expect(rows[1]).toMatchObject({ reader: 'reader-2', progress: 'inProgress', image: 'a' })
  expect(new TextDecoder().decode(files['rois.csv'])).not.toMatch(/MUELLER|ANNA|Dr\./)
  expect(written[0][0].grid).toEqual({ ...space, size })
  expect(store.getState().saving).toEqual({ status: 'done', saved: 3, left: 0, readerCount: 2 })
})

test('geometry is never guessed: a region without it is on the list, and in the zip when its image is open', async () => {
  kept = [region('old'), region('damaged', { grid: space, called: called('P0002_T1_reader-1') })]
  const { store, save } = create()
  const [old, damaged] = (await save())!
  expect(old).toMatchObject({ file: '', patient: 'P0000', image: 'old', note: expect.stringMatching(/open its image once/) })
  expect(damaged).toMatchObject({ file: '', note: 'The kept ROI is damaged.' })
  expect(Object.keys(zips[0].files)).toEqual(['rois.csv'])
  expect(store.getState().saving).toEqual({ status: 'done', saved: 0, left: 2, readerCount: 1 })

  const grid: Grid = { ...space, size, spacingMm: [2, 2, 2] }
  const open = { grid, called: called('P0001_T2_reader-1') }
  const rows = (await create({ findImage: ({ image }) => (image === 'old' ? open : undefined) }).save())!
  expect(rows[0]).toMatchObject({ file: 'P0001_T2_reader-1.nii.gz', patient: 'P0001', note: '' })
  expect(written.at(-1)![0].grid).toEqual(grid)
})

test('what the browser could not keep is saved as it is drawn, in the place of what is kept of it', async () => {
  kept = [region('a', { grid: space, called: called('P0001_T1_reader-1') })]
  const part = { size, box: { lower: [0, 0, 0], upper: [1, 0, 0] }, voxels: new Uint8Array([1, 1]) } as const
  unkept = [
    {
      key: 'a L1 reader 1',
      image: 'a',
      reader: '1',
      lesion: 'L1',
      imageName: 'T1',
      progress: 'inProgress',
      readerName: 'Dr. Reader',
      changedAt: 0,
      voxelCount: 2,
      volumeCm3: 0.006,
      grid: space,
      called: called('P0001_T1_reader-1'),
      part,
    },
  ]
  const rows = (await create().save())!
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ voxels: '2', file: 'P0001_T1_reader-1.nii.gz' })
  expect([...zips[0].files[rows[0].file]]).toEqual([rows[0].file.length, 1, 1])
})

test('many are written in several goes, with progress; a failure is told and hands out nothing', async () => {
  kept = Array.from({ length: 40 }, (_, i) => region(`i${i}`, { grid: space, called: called(`P00${10 + i}_T1_reader-1`) }))
  const { store, save } = create()
  const seen: unknown[] = []
  store.subscribe(({ saving }) => seen.push('done' in saving ? saving.done : saving.status))
  await save()
  expect(seen).toEqual([0, 16, 32, 40, 'done'])
  expect(written.map(({ length }) => length)).toEqual([16, 16, 8])
  const failing = create({ writeParts: vi.fn(() => Promise.reject(new Error('The worker stopped.'))) })
  expect(await failing.save()).toBeUndefined()
  expect(failing.store.getState().saving).toEqual({ status: 'failed', reason: expect.toSay('The worker stopped.') })
})

test('a cancel ends the writing, and no zip is made', async () => {
  kept = [region('a', { grid: space, called: called('P0001_T1_reader-1') })]
  let signal: AbortSignal | undefined
  const { store, save } = create({
    writeParts: (_, given) => {
      signal = given
      store.getState().cancel()
      return Promise.reject(given.reason as Error)
    },
  })
  expect(await save()).toBeUndefined()
  expect([signal?.aborted, store.getState().saving]).toEqual([true, { status: 'idle' }])
})
