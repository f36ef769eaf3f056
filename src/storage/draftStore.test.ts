// @vitest-environment node
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { createDraftStore } from './draftStore.ts'
import { createMaskStore } from './maskStore.ts'

const outline = { plane: 'axial', slice: 4, value: 1, points: [{ at: [1.5, 2.25, 4], isVertex: true }] } as const

afterEach(() => Dexie.delete('drafts test'))

test('an outline comes back from another session, and is gone when it was closed', async () => {
  const before = openDatabase('drafts test')
  await createDraftStore(before).keep('a', outline)
  before.close()
  const drafts = createDraftStore(openDatabase('drafts test'))
  expect(await drafts.find('a')).toEqual(outline)
  expect(await drafts.find('b')).toBeNull()
  await drafts.keep('a', null)
  expect(await drafts.find('a')).toBeNull()
})

test('masks that the first version of the database kept are found beside it', async () => {
  const old = new Dexie('drafts test')
  old.version(1).stores({ masks: 'fingerprint, savedAt' })
  await old.table('masks').put({ fingerprint: 'f', savedAt: 1, imageName: 'T1' })
  old.close()
  const database = openDatabase('drafts test')
  await createDraftStore(database).keep('a', outline)
  expect(await createMaskStore(database).find('f')).toMatchObject({ imageName: 'T1' })
})
