// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { identityDirection, type Grid, type Volume } from '../../core/image/volume.ts'
import type { ExtractionResult } from '../../core/extraction/collectResult.ts'
import type { Mask } from '../../core/mask/mask.ts'
import { cutMask } from '../../core/mask/maskPart.ts'
import { DataError } from '../../core/messages/message.ts'
import { createRandom, shuffle } from '../../core/numeric/random.ts'
import { madeImages, madePatient } from '../../core/study/madeStudy.ts'
import { unnamedStudy } from '../../core/study/unnamedStudy.ts'
import { parseParameterFile } from '../../io/records/parameterFile.ts'
import { createBatchStore } from '../../storage/batchStore.ts'
import { openDatabase } from '../../storage/database.ts'
import { hashBytes } from '../../io/hashBytes.ts'
import { formatFeatures } from '../../io/studyFile/featureFiles.ts'
import { hashMask } from '../../io/images/hashMask.ts'
import { createMaskStore, StorageError } from '../../storage/maskStore.ts'
import { keptKey } from '../../storage/regionKey.ts'
import { createPatientRecordStore } from '../../storage/patientRecordStore.ts'
import type { Database } from '../../storage/schema.ts'
import { createTableStore } from '../../storage/tableStore.ts'
import { createTabClaims } from '../claimTab.ts'
import type { SleepingImage } from '../images.ts'
import { told } from '../messages.ts'
import { createTablesStore } from '../tables.ts'
import { createBatchState, ownRows, type BatchState } from './batchState.ts'
import { createBatch } from './createBatch.ts'

const parameters = parseParameterFile('featureClass:\n  firstorder: [Energy, Mean]\n')
const size = [20, 20, 12] as const
const grid: Grid = { size, spacingMm: [1, 1, 2], originMm: [0, 0, 0], direction: identityDirection }
const patients = [1, 2, 3].map((number) => madePatient(number))
const images = patients.flatMap(madeImages).map((image) => ({ ...image, grid, content: `c-${image.id}` }))

const volumeOf = (at: number): Volume => {
  const random = createRandom(at + 1)
  const { id, content } = images[at]
  const voxels = Int16Array.from({ length: size[0] * size[1] * size[2] }, () => Math.floor(400 * random.uniform()))
  return { ...grid, voxels, source: { path: id, format: 'NIfTI', identity: { image: id, content } } }
}
const volumes = images.map((_, at) => volumeOf(at))
/** A cube, of another size and place in each image. */
function voxelsOf(at: number) {
  const voxels = new Uint8Array(size[0] * size[1] * size[2])
  const edge = 5 + (at % 4)
  for (let z = 2; z < 2 + edge; z++) for (let y = 3; y < 3 + edge; y++) for (let x = 4 + (at % 3); x < 4 + edge; x++) voxels[x + size[0] * (y + size[1] * z)] = 1 // prettier-ignore
  return voxels
}
const whole = { lower: [0, 0, 0], upper: [size[0] - 1, size[1] - 1, size[2] - 1] } as const
const partOf = (at: number) => cutMask({ voxels: voxelsOf(at), size }, whole)
const idOf = (at: number) => ({ image: `${images[at].id}.${images[at].content}`, reader: '1', lesion: 'L1' }) as const

let database: Database
beforeEach(() => void (database = openDatabase({ present: 'batch test', before: 'before batch test' })))
afterEach(() => database.delete())

async function keepRegion(at: number, progress: 'complete' | 'inProgress' = 'complete', part = partOf(at)) {
  const id = idOf(at)
  const { spacingMm, originMm, direction } = grid
  await createMaskStore(database).keep(part, {
    ...id,
    key: keptKey(id),
    imageName: `name ${at}`,
    grid: { spacingMm, originMm, direction },
    progress,
    readerName: 'Ada',
    changedAt: 1,
    voxelCount: part.voxels.reduce((sum, one) => sum + one, 0),
    volumeCm3: 1,
    maskHash: await hashMask(part),
  })
}

/** In place of an extraction: workers are tested where they are, see `workers/runRows.test.ts`. */
function measure(image: Volume, mask: Mask): ExtractionResult {
  const inside = [...image.voxels].filter((_, i) => mask.voxels[i] === 1)
  const sum = (of: (value: number) => number) => inside.reduce((all, value) => all + of(value), 0)
  const features = [
    ['original_firstorder_Energy', sum((value) => value * value)],
    ['original_firstorder_Mean', sum((value) => value) / inside.length],
  ] as const
  return { diagnostics: [['about', image.source.path]], features, failures: [], warnings: [], partial: false }
}
const notCalled = () => {
  throw new Error('Nobody asked for this.')
}
const bridge = { countGreyLevels: notCalled, workerCount: notCalled, close: () => undefined }

interface Page {
  readonly workers?: number
  /** Called when a row's image is read. */
  readonly onRead?: (image: string) => void | Promise<void>
  readonly version?: string
  readonly keepParameters?: () => Promise<never>
}

/** What a page does that opens on what the browser keeps. */
function openPage({ workers = 2, onRead, version = '1', keepParameters }: Page = {}) {
  const store = createBatchState()
  const problems: unknown[] = []
  const tables = createTablesStore(createTableStore(database), (reason) => problems.push(reason))
  const read: string[] = []
  const asleep = images.map(
    ({ id, content }): SleepingImage =>
      ({ id: `s-${id}`, name: id, volume: { ...grid, source: { path: id, format: 'NIfTI' } }, identity: { image: id, content }, findFiles: async () => [{ path: id, file: new Blob() }] }) as unknown as SleepingImage, // prettier-ignore
  )
  const batch = createBatch({
    store,
    kept: { ...createBatchStore(database), ...(keepParameters && { keepParameters }) },
    masks: createMaskStore(database),
    keptTables: createTableStore(database),
    tables,
    workList: {
      getState: () => ({ records: { study: unnamedStudy, patients, images, decisions: [], names: {}, came: new Set() } }),
    },
    images: { getState: () => ({ volumes: [], asleep }) },
    extraction: { getState: () => ({ parameters, parametersName: 'made' }) },
    readers: { getState: () => ({ reader: '1', names: { 1: 'Ada', 2: 'Bo' } }) },
    openHost: async () => ({
      countWorkers: () => workers,
      openWorker: () => ({ ...bridge, extract: async (image, mask) => measure(image, mask) }),
      async *readFiles(files) {
        const [{ path }] = files
        read.push(path)
        await onRead?.(path)
        yield { volume: volumes[images.findIndex(({ id }) => id === path)], warnings: [], isMask: false, files: [] }
      },
      close: () => undefined,
    }),
    claims: createTabClaims(undefined, 'batch'),
    now: Date.now,
    version,
  })
  return { batch, store, read, tables, problems }
}
const states = (store: { getState: () => BatchState }) =>
  store
    .getState()
    .rows.map(({ state }) => state)
    .join(' ')
const nine = Array.from({ length: 9 }, (_, at) => at)

const expected = volumes.map((volume, at) => measure(volume, { ...grid, voxels: voxelsOf(at) }))

test('each row is that of its region, for 1, 2 and 5 workers, in any order, and when a run is cancelled and gone on with', async () => {
  const tables: unknown[] = []
  for (const [workers, isCancelled] of [[1, false], [2, true], [5, false]] as const) {
    await database.delete()
    database = openDatabase({ present: 'batch test', before: 'before batch test' })
    for (const at of workers === 5 ? shuffle([...nine], createRandom(3)) : nine) await keepRegion(at)
    const page = openPage({
      workers,
      onRead: async (image) => {
        if (isCancelled && image === images[5].id && page.store.getState().run.status === 'running') void page.batch.cancel()
      },
    })
    await page.batch.check()
    expect(states(page.store)).toBe(nine.map(() => 'ready').join(' '))
    await page.batch.start()
    if (isCancelled) {
      expect(page.store.getState().run.status).toBe('stopped')
      expect(await database.batchRows.toArray()).toEqual([])
      const current = page.store.getState().rows.filter(({ state }) => state === 'current').length
      expect(current).toBeLessThan(9)
      const next = openPage({ workers })
      await next.batch.check()
      await next.batch.start()
      // What was there is not computed again.
      expect(next.read).toHaveLength(9 - current)
      tables.push(await next.batch.readTable())
    } else {
      expect(page.store.getState().run).toMatchObject({ status: 'done', progress: { done: 9, of: 9, failures: [] } })
      expect(states(page.store)).toBe(nine.map(() => 'current').join(' '))
      tables.push(await page.batch.readTable())
    }
    for (const at of nine) {
      const found = await createTableStore(database).find(keptKey(idOf(at)))
      expect(found).toEqual(expected[at])
    }
    expect(page.problems).toEqual([])
    // A file of the study says with what its rows were computed.
    const { study } = await createPatientRecordStore(database).load()
    expect(study.parameters).toEqual({ name: 'made', values: parameters })
  }
  expect(tables).toEqual([tables[0], tables[0], tables[0]])
  const { ids, columns, isMeasured } = await openedTable()
  expect(ids).toEqual(['A-0001', 'A-0002', 'A-0003'])
  expect(columns).toHaveLength(3 * 2)
  expect(isMeasured.every((one) => one === 1)).toBe(true)
}, 60_000) // prettier-ignore

async function openedTable() {
  const page = openPage()
  await page.batch.check()
  return page.batch.readTable()
}

test('of the rows of one reader the other is told nothing', async () => {
  for (const at of nine) await keepRegion(at)
  const { batch, store } = openPage()
  await batch.check()
  expect(ownRows(store.getState(), '1')).toHaveLength(9)
  expect(ownRows(store.getState(), '2')).toEqual([])
})

test('a row that fails is kept as failed with its reason, and tried again only when a person says so', async () => {
  for (const at of nine) await keepRegion(at)
  let isBroken = true
  const page = openPage({
    onRead: (image) => {
      if (isBroken && image === images[4].id) throw new DataError(told('image-changed', { imageName: 'x' }))
    },
  })
  await page.batch.check()
  await page.batch.start()
  const { run, rows } = page.store.getState()
  expect(run).toMatchObject({ status: 'done', progress: { done: 9, failures: [{ reason: { code: 'image-changed' } }] } })
  expect(rows.map(({ state }) => state).filter((state) => state === 'failed')).toHaveLength(1)
  isBroken = false
  const later = openPage()
  await later.batch.check()
  await later.batch.start()
  expect(later.read).toEqual([])
  await later.batch.retry(later.store.getState().rows.filter(({ state }) => state === 'failed'))
  expect(later.read).toEqual([images[4].id])
  expect(states(later.store)).toBe(nine.map(() => 'current').join(' '))
}, 30_000)

test('a region that is changed while it is measured is dropped, and ready again', async () => {
  for (const at of nine.slice(0, 3)) await keepRegion(at)
  const page = openPage({
    workers: 1,
    onRead: async (image) => {
      if (image === images[1].id) await keepRegion(1, 'complete', partOf(2))
    },
  })
  await page.batch.check()
  await page.batch.start()
  expect(page.store.getState().run).toMatchObject({ status: 'done', progress: { dropped: 1 } })
  expect(
    page.store
      .getState()
      .rows.slice(0, 3)
      .map(({ state }) => state),
  ).toEqual(['current', 'ready', 'current'])
  expect(await createTableStore(database).find(keptKey(idOf(1)))).toBeUndefined()
}, 30_000)

test('a page that ends twice on a row sets it aside when it opens again; the rows beside it are computed', async () => {
  for (const at of nine) await keepRegion(at)
  /** The page is gone while a row is read. */
  const die = async (image: string, times: number) => {
    const page = openPage({ workers: 2, onRead: (one) => (one === image ? new Promise(() => {}) : undefined) })
    await page.batch.check()
    void page.batch.start()
    await expect.poll(() => page.read.filter((one) => one === image), { timeout: 20_000 }).toHaveLength(1)
    await expect.poll(async () => (await database.batchRows.get(keptKey(idOf(2))))?.attempts, { timeout: 20_000 }).toBe(times)
    // Its workers end with it.
    await expect.poll(() => page.store.getState().run, { timeout: 20_000 }).toMatchObject({ progress: { inHand: [] } })
  }
  await die(images[2].id, 1)
  await die(images[2].id, 2)
  const page = openPage()
  await page.batch.check()
  const aside = page.store.getState().rows.filter(({ state }) => state === 'setAside')
  expect(aside.map(({ id, role, reason }) => [id, role, reason!.code])).toEqual([['A-0001', 'T1WI+C', 'row-ended-browser']])
  await page.batch.start()
  expect(page.read).not.toContain(images[2].id)
  expect(states(page.store).match(/current/g)).toHaveLength(8)
}, 60_000)

test('what the browser refuses before a run stays told when the rows are looked at again', async () => {
  await keepRegion(0)
  const full = () => Promise.reject(new StorageError({ step: 'storage', code: 'no-room', values: {} }))
  const page = openPage({ keepParameters: full })
  await page.batch.check()
  await page.batch.start()
  expect(page.store.getState()).toMatchObject({ run: { status: 'ready' }, problem: { code: 'no-room' } })
  expect(page.read).toEqual([])
})

const noRoom = () => Object.assign(new Error('aborted'), { name: 'AbortError', inner: new DOMException('no room', 'QuotaExceededError') }) // prettier-ignore

test('a browser that is full in the middle of a run pauses it with one message; with room again every row is kept, once', async () => {
  for (const at of nine) await keepRegion(at)
  let isFull = false
  let read = 0
  // Writing of numbers meets no room from the third row on.
  const page = openPage({ workers: 1, onRead: () => void (isFull = ++read >= 3) })
  const { featureResults } = database
  const write = featureResults.put.bind(featureResults)
  const put = vi.spyOn(featureResults, 'put').mockImplementation((...of) => {
    if (isFull) throw noRoom()
    return write(...of)
  })
  await page.batch.check()
  const running = page.batch.start()
  await expect.poll(() => page.store.getState().run.status).toBe('paused')
  expect(page.store.getState().run).toMatchObject({ problem: { code: 'no-room' }, progress: { failures: [] } })
  const kept = await database.featureTables.count()
  expect(kept).toBeLessThan(9)
  expect(await database.featureResults.count()).toBe(kept)
  read = -99
  isFull = false
  page.batch.resume()
  await running
  put.mockRestore()
  expect(states(page.store)).toBe(nine.map(() => 'current').join(' '))
  expect(await database.featureResults.count()).toBe(9)
}, 30_000)

test('a region that is damaged where it is kept is blocked, and the others are computed', async () => {
  for (const at of nine) await keepRegion(at)
  const page = openPage()
  await page.batch.check()
  const broken = async (at: number) => database.masks.update(keptKey(idOf(at)), { voxels: new Uint8Array([1, 2, 3]) })
  await broken(7)
  await page.batch.start()
  expect(page.store.getState().run).toMatchObject({
    status: 'done',
    progress: { failures: [{ reason: { code: 'roi-damaged' } }] },
  })
  await broken(8)
  const later = openPage()
  await later.batch.check()
  expect(later.store.getState().rows.flatMap(({ reason }) => reason?.code ?? [])).toEqual(['roi-damaged', 'roi-damaged'])
}, 30_000)

test('while the folder is away the run waits, and cancelled it leaves nothing behind', async () => {
  for (const at of nine) await keepRegion(at)
  let isAway = true
  const page = openPage({
    onRead: () => {
      if (isAway) throw new DataError(told('folder-not-there', { folder: 'hospital' }))
    },
  })
  await page.batch.check()
  const running = page.batch.start()
  await expect.poll(() => page.store.getState().run.status).toBe('paused')
  expect(page.store.getState().run).toMatchObject({ problem: { code: 'folder-not-there' }, progress: { done: 0, failures: [] } })
  isAway = false
  page.batch.resume()
  await running
  expect(states(page.store)).toBe(nine.map(() => 'current').join(' '))
}, 30_000)

test('rows of another machine are taken where they are of the same ROI, image, parameters and version, and say where; others are left by why', async () => {
  for (const at of nine.slice(0, 6)) await keepRegion(at)
  const { batch, store, tables } = openPage()
  const hash = await hashBytes(new TextEncoder().encode(JSON.stringify(parameters)))
  const header = 'id,sequence,reader,diagnostics_Texel_ParametersHash,diagnostics_Texel_ImageFileHash,diagnostics_Texel_MaskFileHash,diagnostics_Versions_Texel,original_firstorder_Energy,original_firstorder_Mean' // prettier-ignore
  const names = nine.map((at) => [patients[Math.floor(at / 3)].label, images[at].role!] as const)
  const line = async (at: number, other: Partial<Record<number, string>> = {}) => {
    const [[, energy], [, mean]] = expected[at].features
    const cells = [...names[at], '1', hash, idOf(at).image, await hashMask(partOf(at)), '1', String(energy), String(mean)]
    return cells.map((cell, column) => other[column] ?? cell).join(',')
  }
  const lines = [
    header,
    await line(0),
    await line(1, { 5: 'm' }),
    await line(2, { 3: 'p' }),
    await line(3, { 6: '0' }),
    await line(4, { 8: '' }),
    await line(5, { 4: 'i' }),
    await line(6),
    await line(7, { 2: '2' }),
  ]
  const text = lines.map((one) => `${one}\n`).join('')
  const file = new File([text], 'features.csv.rows.csv')
  const run = { host: 'node7', startedAt: '2026-01-02T03:04:05Z', endedAt: null, cases: [{ name: names[0].join(', '), seconds: 2 }] } // prettier-ignore
  const record = new File([JSON.stringify({ format: 'texel extraction', version: 1, runs: [run] })], 'features.csv.rows.csv.run.json') // prettier-ignore
  await batch.take([record, file])
  const nameOf = (at: number) => names[at].join(', ')
  expect(store.getState().taken).toEqual({
    file: 'features.csv.rows.csv',
    rows: 1,
    hosts: ['node7'],
    left: new Map([['mask', [nameOf(1)]], ['parameters', [nameOf(2)]], ['program', [nameOf(3)]], ['part', [nameOf(4)]], ['image', [nameOf(5)]], ['unknown', [nameOf(6)]], ['reader', [nameOf(7)]]]), // prettier-ignore
  })
  const on = { host: 'node7', at: '2026-01-02T03:04:05Z' }
  expect(store.getState().rows[0]).toMatchObject({ state: 'current', computedOn: on })
  expect(store.getState().rows.filter(({ state }) => state === 'current')).toHaveLength(1)
  expect(tables.getState().tables).toMatchObject([{ key: keptKey(idOf(0)), seconds: 2, computedOn: on }])
  expect((await createTableStore(database).find(keptKey(idOf(0))))?.features).toEqual(expected[0].features)
  await batch.take([file])
  expect(store.getState().taken).toMatchObject({ rows: 0, hosts: [] })
  expect(store.getState().taken?.left.get('there')).toEqual([nameOf(0)])
  // A file of the study does not say which machine it was: that may be called by the name of its owner.
  const [kept] = await createTableStore(database).list()
  const [list] = await formatFeatures([{ table: kept, result: expected[0] }], () => 'FST2WI').then((entries) => entries.slice(-1))
  expect(new TextDecoder().decode(list.bytes)).not.toContain('node7')
}, 30_000)
