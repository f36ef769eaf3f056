// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { findBroken, findBrokenRecords } from '../core/study/invariants.ts'
import { nothingPlanned } from '../core/study/unnamedStudy.ts'
import { openDatabase } from './database.ts'
import { createImportStore } from './importStore.ts'
import { putFixture, readFixture } from './madeFixture.ts'
import { createMaskStore } from './maskStore.ts'
import { createPatientRecordStore } from './patientRecordStore.ts'
import type { Database } from './schema.ts'

const fixture = readFixture('texel-2-5.json')
const names = { present: 'version 5', before: 'before version 5' }
let database: Database | undefined
afterEach(() => database?.delete())

test('a study of version 5 is there: nothing of it is planned yet, and its last import can still be taken back', async () => {
  await putFixture(fixture, names.present)
  database = openDatabase(names)
  const { study, patients, images } = await createPatientRecordStore(database).load()
  expect(study).toMatchObject({ ...nothingPlanned, readers: [{ name: 'Dr. Weber' }, {}], rules: [{ role: 'DCE' }] })
  expect(await database.patients.toArray()).toEqual(fixture.records['patients'])
  expect(await database.images.toArray()).toEqual(fixture.records['images'])
  const regions = await createMaskStore(database).list()
  expect(regions.map(({ progress }) => progress)).toEqual(['complete'])
  expect(findBrokenRecords(study, patients, images, regions)).toEqual([])
  expect(findBroken(study, regions, await database.journal.toArray())).toEqual([])
  expect(await createImportStore(database).undo()).toEqual([])
  expect(await database.patients.count()).toBe(2)
  expect((await createPatientRecordStore(database).load()).study).toMatchObject({ ...nothingPlanned, rules: [] })
})
