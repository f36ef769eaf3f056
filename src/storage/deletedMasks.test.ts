// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { placeMask } from '../core/mask/maskPart.ts'
import { openDatabase } from './database.ts'
import { createDeletedMaskStore, LockedRegionError, undoMs } from './deletedMasks.ts'
import { createMaskStore } from './maskStore.ts'
import { isKeptFor } from './regionKey.ts'
import { about, mask, voxels } from './madeRegion.ts'
import type { Database } from './schema.ts'

const names = { present: 'deleted test', before: 'before deleted test' }
let database: Database = openDatabase(names)

afterEach(async () => {
  vi.restoreAllMocks()
  await database.delete()
  database = openDatabase(names)
})

test('what was deleted is neither listed nor found, and comes back voxel by voxel, in a later session too', async () => {
  await createMaskStore(database).keep(mask, about)
  const gone = (await createDeletedMaskStore(database).setAside('a', 1000))!
  expect(gone).toMatchObject({ imageName: 'T1', deleted: { key: 'a', image: about.image, at: 1000 } })
  database.close()

  database = openDatabase(names)
  const [masks, deleted] = [createMaskStore(database), createDeletedMaskStore(database)]
  expect(await masks.list()).toEqual([])
  expect(await masks.findAll('a')).toEqual([])
  // Nor by the image's identity, as ROIs of earlier versions are.
  expect(await database.regions.where('image').equals(about.image).count()).toBe(0)
  expect(await deleted.list()).toEqual([gone])
  expect(await deleted.bringBack(gone.key)).toBe(true)
  const back = (await masks.find('a'))!
  expect(back).not.toHaveProperty('deleted')
  expect(back.image).toBe(about.image)
  expect(placeMask(await masks.unpack(back))).toEqual(voxels)
  expect(await deleted.list()).toEqual([])
  expect(await deleted.setAside('nothing', 1000)).toBeUndefined()
})

test('a locked region stays', async () => {
  await createMaskStore(database).keep(mask, { ...about, progress: 'locked', readerName: 'Ada', changedAt: 7 })
  const refused = createDeletedMaskStore(database).setAside('a', 1000)
  await expect(refused).rejects.toThrow(LockedRegionError)
  await expect(refused).rejects.toMatchObject({ region: { readerName: 'Ada', changedAt: 7 } })
  expect(await createMaskStore(database).find('a')).toMatchObject({ progress: 'locked' })
})

test('it is removed for good when its time is over, not before', async () => {
  await createMaskStore(database).keep(mask, about)
  const deleted = createDeletedMaskStore(database)
  const gone = (await deleted.setAside('a', 1000))!
  await deleted.removeOld(1000 + undoMs - 1)
  expect(await deleted.list()).toHaveLength(1)
  await deleted.removeOld(1000 + undoMs)
  expect(await deleted.list()).toEqual([])
  expect([await database.regions.count(), await database.masks.count()]).toEqual([0, 0])
  expect(await deleted.bringBack(gone.key)).toBe(false)
})

test('what was drawn since is not written over: the other one comes back beside it', async () => {
  const [masks, deleted] = [createMaskStore(database), createDeletedMaskStore(database)]
  await masks.keep(mask, about)
  const gone = (await deleted.setAside('a', 1000))!
  await masks.keep(mask, { ...about, imageName: 'another name', readerName: 'drawn since' })
  await deleted.bringBack(gone.key)
  const found = await masks.findAll('a')
  expect(found.map(({ readerName }) => readerName)).toEqual(['drawn since', 'Ada'])
  // It is one image.
  expect(found.map(({ imageName }) => imageName)).toEqual(['another name', 'another name'])
  expect(found.every((one) => isKeptFor('a', one))).toBe(true)
})

test('the name of an image stays while anything is kept of it that may come back, and no longer', async () => {
  const [masks, deleted] = [createMaskStore(database), createDeletedMaskStore(database)]
  const names = async () => (await database.imageNames.toArray()).map(({ image, name }) => [image, name])
  await masks.keep(mask, about)
  await masks.keep(mask, { ...about, key: 'b' })
  await masks.remove('b')
  const first = (await deleted.setAside('a', 1000))!
  expect(await names()).toEqual([['i', 'T1']])
  expect(JSON.stringify(await database.regions.toArray())).not.toContain('T1')
  await deleted.bringBack(first.key)
  await deleted.setAside('a', 2000)
  await deleted.removeOld(2000 + undoMs)
  expect(await names()).toEqual([])
})

test('on a full disk deleting makes room at once, and can be undone while the page is open', async () => {
  const [masks, deleted] = [createMaskStore(database), createDeletedMaskStore(database)]
  await masks.keep(mask, about)
  vi.spyOn(database.masks, 'put').mockRejectedValueOnce(new DOMException('no room', 'QuotaExceededError'))
  const gone = (await deleted.setAside('a', 1000))!
  expect(await database.masks.count()).toBe(0)
  expect(await deleted.list()).toEqual([gone])
  await deleted.bringBack(gone.key)
  expect(placeMask(await masks.unpack((await masks.find('a'))!))).toEqual(voxels)
  expect(await deleted.list()).toEqual([])
})
