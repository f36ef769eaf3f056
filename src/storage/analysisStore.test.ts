// @vitest-environment node
import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { noStudyChoice } from '../io/tables/roles/studyChoice.ts'
import { createAnalysisStore } from './analysisStore.ts'
import { openDatabase } from './database.ts'

test('an analysis and its records are found as they were, to the last bit, until they are forgotten', async () => {
  const database = openDatabase({ present: 'analysis test', before: 'before analysis test' })
  const store = createAnalysisStore(database)
  const value = { auc: 0.1 + 0.2, ends: [Infinity, -Infinity, NaN, -0], trees: Float64Array.of(1e-300) }
  const features = new File(['id,f\na,1\n'], 'f.csv')
  const kept = { files: { features, clinical: null, second: null }, choice: noStudyChoice, protocol: null, firstLook: { at: 5, changes: 1 } } // prettier-ignore
  await store.keep(kept)
  await store.keepStage('k1', { stage: 'LR', version: 1, value })
  expect(await store.keys()).toEqual(['k1'])
  expect(await store.findStage('k1')).toStrictEqual({ stage: 'LR', version: 1, value })
  expect(await store.find()).toMatchObject({ key: 'study', choice: noStudyChoice, firstLook: { at: 5, changes: 1 } })
  await store.forget()
  expect(await database.tablesInHand.count()).toBe(0)
  expect([await store.find(), await store.keys()]).toEqual([undefined, []])
  await database.delete()
})

test('what is said of tables is kept at every act, they themselves once, and anew where they are others or the database is', async () => {
  const database = openDatabase({ present: 'tables test', before: 'before tables test' })
  const store = createAnalysisStore(database)
  const files = { features: new File(['id,f\na,1\n'], 'f.csv'), clinical: null, second: null }
  const kept = { files, choice: noStudyChoice, protocol: null, firstLook: null }
  const written = vi.spyOn(database.tablesInHand, 'put')
  await Promise.all([store.keep(kept), store.keep({ ...kept, firstLook: { at: 5, changes: 1 } })])
  expect(await createAnalysisStore(database).find()).toMatchObject({ firstLook: { at: 5, changes: 1 }, files: { second: null } })
  expect(written).toHaveBeenCalledTimes(1)
  await store.keep({ ...kept, files: { ...files, clinical: new File(['id,age\na,50\n'], 'c.csv') } })
  expect(written).toHaveBeenCalledTimes(2)
  const found = (await store.find())!
  expect(await found.files.clinical!.text()).toBe('id,age\na,50\n')
  await store.keep(found)
  expect(written).toHaveBeenCalledTimes(2)

  const full = vi.spyOn(database.analyses, 'put').mockRejectedValueOnce(new Error('full'))
  await expect(store.keep(kept)).rejects.toThrow('full')
  full.mockRestore()
  await store.keep(kept)
  expect((await store.find())!.files.clinical).toBeNull()
  await database.delete()
})
