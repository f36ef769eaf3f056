// @vitest-environment node
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { createDraftStore } from './draftStore.ts'

const names = { present: 'drafts test', before: 'before drafts test' }
const outline = { plane: 'axial', slice: 4, value: 1, points: [{ at: [1.5, 2.25, 4], isVertex: true }] } as const

afterEach(() => Dexie.delete('drafts test'))

test('an outline comes back from another session, and is gone when it was closed', async () => {
  const before = openDatabase(names)
  await createDraftStore(before).keep('a', outline)
  before.close()
  const drafts = createDraftStore(openDatabase(names))
  expect(await drafts.find('a')).toEqual(outline)
  expect(await drafts.find('b')).toBeNull()
  await drafts.keep('a', null)
  expect(await drafts.find('a')).toBeNull()
})
