// @vitest-environment node
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
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
  expect([await store.find(), await store.keys()]).toEqual([undefined, []])
  await database.delete()
})
