// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { createAnalysisStore } from './analysisStore.ts'
import { openDatabase } from './database.ts'
import { putFixture, readFixture } from './madeFixture.ts'
import type { Database, KeptScoreTable } from './schema.ts'
import { createTablesInHand } from './tablesInHand.ts'

const fixture = readFixture('texel-2-6.json')
const names = { present: 'version 6', before: 'before version 6' }
let database: Database | undefined
afterEach(() => database?.delete())

test('tables that version 6 kept with what was said of them are in hand as they were', async () => {
  await putFixture(fixture, names.present)
  database = openDatabase(names)
  const study = await createAnalysisStore(database).find()
  expect(study).toMatchObject({ key: 'study', choice: { positive: '1' }, firstLook: { at: 5, changes: 1 } })
  expect(await study!.files.features.text()).toBe('id,outcome,f1,f2\nA-0001,1,0.5,2\nA-0002,0,1.5,3\n')
  expect(await study!.files.clinical!.text()).toBe('id,age\nA-0001,50\nA-0002,61\n')
  expect(study!.files.second).toBeNull()
  const scores = await createTablesInHand<Omit<KeptScoreTable, 'file'>>(database, 'scores').find()
  expect(scores!.said).toEqual(withoutFile(fixture.records['analyses'].find(({ key }) => key === 'scores')!))
  expect(await scores!.files[0]!.text()).toBe('id,y,s\na,1,0.7\nb,0,0.2\n')
  for (const one of await database.analyses.toArray()) expect(Object.keys(one)).not.toContain('file')
  expect(await database.stageRecords.count()).toBe(1)
})

const withoutFile = ({ file: _, ...said }: Readonly<Record<string, unknown>>) => said
