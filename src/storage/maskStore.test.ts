// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { cutMask, placeMask } from '../core/mask/maskPart.ts'
import { openDatabase } from './database.ts'
import { createMaskStore, StorageError, UnknownRegionError } from './maskStore.ts'
import { besideKey } from './regionKey.ts'
import { about, grid, mask, voxels } from './madeRegion.ts'
import type { Database } from './schema.ts'

const names = { present: 'test', before: 'before test' }
let database: Database = openDatabase(names)

afterEach(async () => {
  await database.delete()
  database = openDatabase(names)
})

test('a kept mask comes back voxel by voxel', async () => {
  const store = createMaskStore(database)
  await store.keep(mask, about)
  const kept = await store.find('a')
  expect(placeMask(await store.unpack(kept!))).toEqual(voxels)
  expect(await store.find('b')).toBeUndefined()
})

test('what is kept is the part that is drawn on; an empty mask comes back too', async () => {
  const store = createMaskStore(database)
  const small = new Uint8Array(24).with(17, 1)
  await store.keep(cutMask({ ...grid, voxels: small }, { lower: [1, 1, 1], upper: [1, 1, 1] }), about)
  expect((await store.find('a'))!.box).toEqual({ lower: [1, 1, 1], upper: [1, 1, 1] })
  expect(placeMask(await store.unpack((await store.find('a'))!))).toEqual(small)
  await store.keep(cutMask({ ...grid, voxels: small }, null), about)
  expect(placeMask(await store.unpack((await store.find('a'))!))).toEqual(new Uint8Array(24))
})

test('the newest is listed first, without voxels, and can be removed', async () => {
  const store = createMaskStore(database)
  await store.keep(mask, { ...about, key: 'old' })
  await database.regions.update('old', { savedAt: 1 })
  await store.keep(mask, about)
  const listed = await store.list()
  expect(listed.map(({ key }) => key)).toEqual(['a', 'old'])
  expect(listed[0]).not.toHaveProperty('voxels')
  await store.remove('a')
  expect((await store.list()).map(({ key }) => key)).toEqual(['old'])
})

test('a region that the caller does not know of is not written over, an empty one is', async () => {
  const store = createMaskStore(database)
  const first = await store.keep(mask, about, { savedAt: null })
  await expect(store.keep(mask, { ...about, imageName: 'other' }, { savedAt: null })).rejects.toThrow(UnknownRegionError)
  await expect(store.keep(mask, { ...about, imageName: 'other' }, { savedAt: first.savedAt - 1 })).rejects.toThrow(
    UnknownRegionError,
  )
  expect(await store.find('a')).toMatchObject({ imageName: 'T1' })
  await store.keep(mask, { ...about, imageName: 'next', voxelCount: 0 }, { savedAt: first.savedAt })
  await store.keep(mask, { ...about, imageName: 'last' }, { savedAt: null })
  expect(await store.find('a')).toMatchObject({ imageName: 'last' })
})

test('what is kept beside a region is found with it, its own first; neither the other reader nor another image is', async () => {
  const store = createMaskStore(database)
  const first = besideKey('a')
  for (const key of [first, besideKey('a'), 'a', 'ab', 'a reader 2', besideKey('a reader 2')])
    await store.keep(mask, { ...about, key })
  await database.regions.update(first, { savedAt: 1 })
  const found = (await store.findAll('a')).map(({ key }) => key)
  expect(found).toHaveLength(3)
  expect(found.slice(0, 2)).toEqual(['a', first])
  expect(await store.findAll('a reader 2')).toHaveLength(2)
})

test('a damaged or foreign record is refused, not shown', async () => {
  const kept = { ...about, savedAt: 1, size: grid.size, box: mask.box, voxels: new Uint8Array([1, 2, 3]) }
  const store = createMaskStore(database)
  await expect(store.unpack(kept)).rejects.toThrow(StorageError)
  await store.keep(mask, about)
  const other = { ...(await store.find('a'))!, box: { lower: [0, 0, 0], upper: [3, 2, 2] } as const }
  await expect(store.unpack(other)).rejects.toThrowSaying(/24 voxels where 36/)
})

test('a full disk is told in words', async () => {
  const refusal = new DOMException('no room', 'QuotaExceededError')
  for (const reason of [refusal, Object.assign(new Error('aborted'), { name: 'AbortError', inner: refusal })]) {
    const stores = { regions: {}, masks: {}, imageNames: {}, featureTables: {} }
    const full = { ...stores, transaction: () => Promise.reject(reason) } as unknown as Database
    await expect(createMaskStore(full).keep(mask, about)).rejects.toThrowSaying(/no more room/)
  }
})

test('why a region was unlocked stands in the journal, in the line that unlocks it', async () => {
  const store = createMaskStore(database)
  const { savedAt } = await store.keep(mask, { ...about, progress: 'locked' })
  await store.keep(mask, { ...about, progress: 'complete' }, { savedAt, unlockReason: 'the margin' })
  const lines = await database.journal.toArray()
  expect(lines.map(({ act, progress, reason }) => [act, progress, reason])).toEqual([
    ['draw-region', 'locked', undefined],
    ['unlock-region', 'complete', 'the margin'],
  ])
})
