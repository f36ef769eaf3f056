// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { kindOfStore, measureKept } from './measureKept.ts'
import type { Database } from './schema.ts'

let database: Database
afterEach(() => database.delete())

test('each store is told to a person under one kind', () => {
  database = openDatabase({ present: 'measured', before: 'before measured' })
  expect(Object.keys(kindOfStore).sort()).toEqual(database.tables.map(({ name }) => name).sort())
})

test('what is kept is counted by kind, binary parts by their length; of nothing there is no line', async () => {
  database = openDatabase({ present: 'measured', before: 'before measured' })
  expect(await measureKept(database)).toEqual([])
  await database.masks.bulkPut([
    { key: 'a', voxels: new Uint8Array(1000) },
    { key: 'b', voxels: new Uint8Array(500) },
  ])
  await database.table('openedFiles').put({ path: 'x', file: new Blob([new Uint8Array(70_000)]) })
  await database.answers.put({ key: 'hand', value: 'pacs' })
  const [rois, images, settings, ...more] = await measureKept(database)
  expect(more).toEqual([])
  expect([rois.kind, images.kind, settings.kind]).toEqual(['rois', 'images', 'settings'])
  expect([rois.records, images.records]).toEqual([2, 1])
  expect(rois.bytes).toBeGreaterThanOrEqual(1500)
  expect(rois.bytes).toBeLessThan(1600)
  expect(images.bytes).toBeGreaterThanOrEqual(70_000)
  expect(images.bytes).toBeLessThan(70_200)
})
