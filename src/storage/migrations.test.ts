// @vitest-environment node
import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { Dexie } from 'dexie'
import { afterEach, expect, test, vi } from 'vitest'
import { findBroken } from '../core/study/invariants.ts'
import { openDatabase } from './database.ts'
import { createDeletedMaskStore } from './deletedMasks.ts'
import { createDraftStore } from './draftStore.ts'
import { createLabelStore } from './labelStore.ts'
import { createMaskStore } from './maskStore.ts'
import { createOpenedStore } from './openedStore.ts'
import { readStart } from './readStart.ts'
import { patient } from '../core/study/recordSchemas.ts'
import { draft, identity, region, voxels, type Database } from './schema.ts'
import { createTableStore } from './tableStore.ts'

/* A database of version 1 with every kind of record, as the program itself once made it: see `about` in it. */

type Kept = Readonly<Record<string, unknown>>
interface Fixture {
  readonly name: string
  readonly stores: Readonly<Record<string, string>>
  readonly records: Readonly<Record<string, readonly Kept[]>>
  readonly localStorage: Readonly<Record<string, string>>
}
const fixture = JSON.parse(readFileSync(new URL('fixtures/texel-2-1.json', import.meta.url), 'utf8'), (_, value: unknown) => {
  if (value === null || typeof value !== 'object') return value
  if ('$bytes' in value) return new Uint8Array(Buffer.from(String(value.$bytes), 'base64'))
  if ('$blob' in value) return new Blob([new Uint8Array(Number(value.$blob))])
  return value
}) as Fixture
const local = { getItem: (key: string) => fixture.localStorage[key] ?? null }
const names = { present: 'version 1', before: 'before version 1' }
const opened: Database[] = []

async function migrate(change: (records: Fixture['records']) => Fixture['records'] = (records) => records): Promise<Database> {
  const old = new Dexie(names.present)
  old.version(1).stores(fixture.stores)
  for (const [store, records] of Object.entries(change(fixture.records))) await old.table(store).bulkPut([...records])
  old.close()
  const database = openDatabase(names)
  opened.push(database)
  await database.open()
  return database
}

afterEach(async () => {
  for (const database of opened.splice(0)) await database.delete()
})

test('each region is found under its key, with its voxels and with all that was told of it', async () => {
  const database = await migrate()
  const masks = createMaskStore(database)
  expect(await masks.list()).toHaveLength(4)
  for (const { reader, ...kept } of fixture.records['masks'])
    expect(await masks.find(String(kept['key']))).toEqual({ ...kept, reader: String(reader) })
  const locked = (await masks.list()).filter(({ progress }) => progress === 'locked')
  expect(locked).toMatchObject([{ readerName: 'Dr. Weber', voxelCount: 143, called: { label: 'P0001' } }])
  expect((await masks.unpack((await masks.find(locked[0].key))!)).voxels.reduce((sum, one) => sum + one, 0)).toBe(143)
})

test('tables, outlines, labels, answers, and what was open are as they were', async () => {
  const database = await migrate()
  const { featureTables, featureResults, drafts, labels, openedImages, openedFiles } = fixture.records
  const [table] = await createTableStore(database).list()
  expect(table).toEqual({ ...featureTables[0], reader: '1' })
  expect(await createTableStore(database).find(table.key)).toEqual(featureResults[0]['result'])
  expect(await createDraftStore(database).find(String(drafts[0]['key']))).toEqual(drafts[0]['outline'])
  expect(await createLabelStore(database).list()).toEqual(new Map(labels.map(({ key, number }) => [key, number])))
  const answers = [...(await database.answers.toArray()), ...(await database.patientAnswers.toArray())]
  expect(new Map(answers.map(({ key, value }) => [key, value]))).toEqual(
    new Map(fixture.records['answers'].map(({ key, value }) => [key, value])),
  )
  const openings = await createOpenedStore(database).list()
  expect(openings.flatMap(({ kinds }) => [...kinds.keys()]).sort()).toEqual(openedImages.map(({ key }) => key))
  const files = openings.flatMap((opening) => opening.files.map(({ path, file }) => [path, file.size] as const))
  expect(new Map(files)).toEqual(new Map(openedFiles.map(({ path, file }) => [path, (file as Blob).size])))
})

test('settings that were kept apart are found, and stay where they were', async () => {
  const start = await readStart(await migrate(), local)
  expect(start).toMatchObject({ reader: '2', hands: 'pacs', maskStyle: 'fill' })
  expect(start.study.readers.map(({ name }) => name)).toEqual(['Dr. Weber', 'Dr. Okafor'])
  expect(start.alignments).toEqual(JSON.parse(fixture.localStorage['texel.alignments']))
  expect(Object.keys(start.alignments)).toHaveLength(1)
})

test('every record is of the present form, nothing is broken, and the journal tells how each region came', async () => {
  const database = await migrate()
  for (const [store, schema] of [
    ['masks', voxels],
    ['drafts', draft],
    ['patients', patient],
    ['identities', identity],
  ] as const) {
    const records = await database.table<unknown>(store).toArray()
    expect(records.length).toBeGreaterThan(0)
    for (const record of records) expect(schema.parse(record)).toEqual(record)
  }
  const { study } = await readStart(database, local)
  const regions = await createMaskStore(database).list()
  for (const one of regions) expect(region.parse(one)).toEqual(one)
  expect(findBroken(study, regions, await database.journal.toArray())).toEqual([])
  expect(await database.unread.count()).toBe(0)
})

test('what tells who a patient is stands with the patients and with what was said of them, nowhere else', async () => {
  const database = await migrate()
  const keys = fixture.records['labels'].map(({ key }) => String(key))
  for (const { name } of database.tables) {
    const text = JSON.stringify(await database.table(name).toArray())
    expect(
      keys.some((key) => text.includes(JSON.stringify(key))),
      name,
    ).toBe(name === 'identities' || name === 'patientAnswers')
  }
})

test('a region that was deleted a moment ago comes back, with its voxels', async () => {
  const [kept] = fixture.records['masks']
  const { key, image } = kept
  const gone = { ...kept, key: `deleted ${String(key)} beside 1`, image: 'deleted', deleted: { key, image, at: 5 } }
  const database = await migrate((records) => ({ ...records, masks: [gone] }))
  expect(await createMaskStore(database).list()).toEqual([])
  const deleted = createDeletedMaskStore(database)
  await deleted.bringBack((await deleted.list())[0].key)
  expect(await createMaskStore(database).find(String(key))).toEqual({ ...kept, reader: String(kept['reader']) })
  const { study } = await readStart(database, local)
  expect(findBroken(study, await createMaskStore(database).list(), await database.journal.toArray())).toEqual([])
})

test('what the first version did not tell of a region is told as that understood it', async () => {
  const { key, image, reader, lesion, imageName, size, voxelCount, volumeCm3, savedAt, voxels } = fixture.records['masks'][0]
  const first = { key, image, reader, lesion, imageName, size, voxelCount, volumeCm3, savedAt, voxels }
  const database = await migrate((records) => ({ ...records, masks: [first] }))
  const [nx, ny, nz] = size as number[]
  expect(await createMaskStore(database).find(String(key))).toEqual({
    ...first,
    reader: '1',
    progress: 'inProgress',
    readerName: 'Reader 1',
    changedAt: savedAt,
    box: { lower: [0, 0, 0], upper: [nx - 1, ny - 1, nz - 1] },
  })
})

test('an empty region is empty, whatever it was called', async () => {
  const empty = { ...fixture.records['masks'][0], voxelCount: 0, progress: 'locked', box: null }
  const database = await migrate((records) => ({ ...records, masks: [empty] }))
  expect(await createMaskStore(database).list()).toMatchObject([{ progress: 'empty' }])
})

test('a record that no version wrote holds up no other and is not thrown away', async () => {
  const odd = { key: 'odd', reader: 7 }
  const database = await migrate((records) => ({ ...records, masks: [...records['masks'], odd] }))
  expect(await createMaskStore(database).list()).toHaveLength(4)
  expect(await database.unread.toArray()).toMatchObject([{ place: 'version 1: masks', record: odd }])
})

test('an upgrade that ends on the way leaves version 1 as it was, and the next start has all', async () => {
  vi.spyOn(crypto, 'getRandomValues').mockImplementationOnce(() => {
    throw new Error('the page ends here')
  })
  await expect(migrate()).rejects.toThrow(/the page ends here/)
  const old = new Dexie(names.present)
  old.version(1).stores(fixture.stores)
  expect(await old.table('masks').toArray()).toEqual(fixture.records['masks'])
  old.close()
  const next = openDatabase(names)
  opened.push(next)
  expect(await createMaskStore(next).list()).toHaveLength(4)
})
