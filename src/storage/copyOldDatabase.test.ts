// @vitest-environment node
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { firstLesion } from '../core/study/unnamedStudy.ts'
import { openDatabase } from './database.ts'
import { createDraftStore } from './draftStore.ts'
import { fingerprintVolume } from '../io/images/fingerprint.ts'
import { imageKey } from './imageKey.ts'
import { createMaskStore, putMask } from './maskStore.ts'
import { versions } from './migrations.ts'
import { createOldRegions } from './oldRegions.ts'
import { isKeptFor, keptKey, readOldKey } from './regionKey.ts'
import type { Database } from './schema.ts'

const names = { present: 'new test', before: 'old test' }
const outline = { plane: 'axial', slice: 4, value: 1, points: [{ at: [1.5, 2.25, 4], isVertex: true }] } as const
const about = { imageName: 'T1', size: [4, 3, 2], voxelCount: 5, volumeCm3: 0.015 } as const

/** As the versions before opened it, with the schema that they state. */
function openOld(version: 1 | 2): Dexie {
  const old = new Dexie(names.before)
  old.version(1).stores({ masks: 'fingerprint, savedAt' })
  if (version === 2) old.version(2).stores({ drafts: 'key' })
  return old
}
const keepOld = async (version: 1 | 2, masks: readonly { fingerprint: string; savedAt: number }[], drafts: string[] = []) => {
  const old = openOld(version)
  await old.table('masks').bulkPut(masks.map((mask) => ({ ...about, voxels: Uint8Array.of(mask.savedAt), ...mask })))
  if (version === 2) await old.table('drafts').bulkPut(drafts.map((key) => ({ key, outline })))
  old.close()
}
const opened: Database[] = []
const openNew = (onNotCopied?: (reason: unknown) => void) => {
  const database = openDatabase(names, onNotCopied)
  opened.push(database)
  return database
}

afterEach(async () => {
  for (const database of opened.splice(0)) database.close()
  await Dexie.delete(names.present)
  await Dexie.delete(names.before)
})

test.each([1, 2] as const)('what version %i kept is found, and that version opens its own as it left it', async (version) => {
  await keepOld(version, [{ fingerprint: 'f', savedAt: 1 }, { fingerprint: 'f reader 2', savedAt: 2 }], ['f', 'f reader 2 outside']) // prettier-ignore
  const database = openNew()
  const masks = createMaskStore(database)
  const found = await masks.list()
  expect(found.map(({ image, reader, lesion, savedAt }) => [image, reader, lesion, savedAt])).toEqual([
    ['f', '2', 'L1', 2],
    ['f', '1', 'L1', 1],
  ])
  expect((await masks.find(found[0].key))!.voxels).toEqual(Uint8Array.of(2))
  if (version === 2) {
    const drafts = createDraftStore(database)
    expect(await drafts.find(keptKey({ image: 'f', reader: '1', lesion: firstLesion }))).toEqual(outline)
    expect(await drafts.find(`${keptKey({ image: 'f', reader: '2', lesion: firstLesion })} outside`)).toEqual(outline)
  }
  const old = openOld(version)
  expect(await old.table('masks').toArray()).toEqual([
    { ...about, fingerprint: 'f', savedAt: 1, voxels: Uint8Array.of(1) },
    { ...about, fingerprint: 'f reader 2', savedAt: 2, voxels: Uint8Array.of(2) },
  ])
  expect(old.backendDB().version).toBe(10 * version)
  old.close()
})

test('where no earlier version was, none of its databases is made', async () => {
  expect(await createMaskStore(openNew()).list()).toEqual([])
  expect(await Dexie.exists(names.before)).toBe(false)
})

test('each key of a version before names a region of one reader, and what is kept beside it is found with it', () => {
  const hex = fc.stringMatching(/^[0-9a-f]{64}$/)
  fc.assert(
    fc.property(hex, fc.constantFrom('1', '2'), fc.option(hex), (image, reader, beside) => {
      const { region, key } = readOldKey(
        `${image}${reader === '2' ? ' reader 2' : ''}${beside === null ? '' : ` beside ${beside}`}`,
      )
      expect(region).toEqual({ image, reader, lesion: 'L1' })
      expect(isKeptFor(keptKey(region), { key })).toBe(true)
      expect(isKeptFor(keptKey({ ...region, reader: reader === '1' ? '2' : '1' }), { key })).toBe(false)
    }),
  )
})

test('a copy that stopped on the way is gone on with; the regions that it had not come to are still where they were', async () => {
  const all = Array.from({ length: 50 }, (_, i) => ({ fingerprint: `f${i}`, savedAt: i + 1 }))
  await keepOld(1, all)
  const reasons: unknown[] = []
  const stopped = openNew((reason) => reasons.push(reason))
  stopped.regions.hook('creating', (key) => {
    if (key.startsWith('f31 ')) throw new Error('the page ends here')
  })
  expect(await stopped.masks.count()).toBe(20)
  expect(String(reasons)).toMatch(/the page ends here/)
  stopped.close()
  expect(await openNew().masks.count()).toBe(50)
  const old = openOld(1)
  expect(await old.table('masks').count()).toBe(50)
  old.close()
})

test('two tabs that start at once copy each region once, and what is deleted here does not come back', async () => {
  await keepOld(2, [{ fingerprint: 'f', savedAt: 1 }], ['f'])
  const [one, other] = [openNew(), openNew()]
  expect(await Promise.all([one.masks.count(), other.masks.count()])).toEqual([1, 1])
  const [{ key }] = await createMaskStore(one).list()
  await createMaskStore(one).remove(key)
  await createDraftStore(one).keep(key, null)
  const next = openNew()
  expect([await next.masks.count(), await next.drafts.count()]).toEqual([0, 0])
})

test('what an older version draws after the copy is found at the next start', async () => {
  await keepOld(1, [{ fingerprint: 'f', savedAt: 1 }, { fingerprint: 'g', savedAt: 1 }]) // prettier-ignore
  const first = openNew()
  await createMaskStore(first).remove((await createMaskStore(first).list())[0].key)
  first.close()
  await keepOld(1, [{ fingerprint: 'f', savedAt: 7 }])
  const found = await createMaskStore(openNew()).list()
  expect(found.filter(({ image }) => image === 'f')).toMatchObject([{ savedAt: 7 }])
})

test('a database of a newer version is refused in words and left alone', async () => {
  const present = openNew()
  await present.open()
  const stores = Object.fromEntries(present.tables.map(({ name, schema }) => [name, [schema.primKey, ...schema.indexes].map(({ src }) => src).join()])) // prettier-ignore
  present.close()
  const newer = new Dexie(names.present)
  newer.version(versions.length + 1).stores({ ...stores, more: 'key' })
  await newer.table('masks').put({ key: 'k' })
  newer.close()
  const masks = createMaskStore(openNew())
  await expect(masks.list()).rejects.toThrowSaying(/newer version of Texel. Nothing of it is lost/)
  await expect(masks.find('k')).rejects.toThrowSaying(/newer version/)
  await newer.open()
  expect(newer.backendDB().version).toBe(10 * (versions.length + 1))
  expect(await newer.table('masks').toArray()).toEqual([{ key: 'k' }])
  newer.close()
})

const volume = (level: number, phase?: string): Volume => ({
  size: [4, 3, 2],
  spacingMm: [1, 1, 3],
  originMm: [0, 0, 0],
  direction: identityDirection,
  voxels: Int16Array.from({ length: 24 }, (_, i) => level + i),
  source: {
    path: 'dce',
    format: 'DICOM',
    dicom: { SeriesInstanceUID: '1.2' },
    ...(phase && { phase }),
    identity: { image: `image ${level}`, content: `content ${level}` },
  },
})

test('what was kept under the name of a phase is the own region of that phase, opened alone; what is its own already stays', async () => {
  const before = fingerprintVolume(volume(100, 'phase 2 of 6'))
  await keepOld(2, [{ fingerprint: before, savedAt: 1 }, { fingerprint: `${before} reader 2`, savedAt: 2 }, { fingerprint: `${before} beside 9`, savedAt: 3 }], [before]) // prettier-ignore
  const database = openNew()
  const masks = createMaskStore(database)
  const alone = volume(100)
  const own = (reader: string) => keptKey({ image: imageKey(alone), reader, lesion: firstLesion })
  const [one] = await masks.findAll(keptKey({ image: before, reader: '2', lesion: firstLesion }))
  await putMask(database, { ...one, image: imageKey(alone), key: own('2'), savedAt: 9 })

  const old = createOldRegions(database)
  expect(await Promise.all([volume(101), alone, alone].map(old.adopt))).toEqual([false, true, true])
  expect((await masks.findAll(own('1'))).map(({ savedAt }) => savedAt)).toEqual([1, 3])
  expect((await masks.findAll(own('2'))).map(({ savedAt }) => savedAt)).toEqual([9, 2])
  expect(await createDraftStore(database).find(own('1'))).toEqual(outline)
  expect(new Set((await masks.list()).map(({ image }) => image))).toEqual(new Set([imageKey(alone)]))
  expect(await createOldRegions(database).adopt(alone)).toBe(false)
})
