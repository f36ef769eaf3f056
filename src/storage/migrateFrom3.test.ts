// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { findBroken, findBrokenRecords } from '../core/study/invariants.ts'
import { defaultRoles } from '../core/study/roles.ts'
import { nothingTold } from '../core/study/unnamedStudy.ts'
import { openDatabase } from './database.ts'
import { putFixture, readFixture } from './madeFixture.ts'
import { createMaskStore } from './maskStore.ts'
import { createPatientRecordStore } from './patientRecordStore.ts'
import { patient as patientSchema } from '../core/study/recordSchemas.ts'
import type { Database } from './schema.ts'

/* A database of version 3 as the program itself once made it: see `about` in it. */

const fixture = readFixture('texel-2-3.json')
const names = { present: 'version 3', before: 'before version 3' }
let database: Database | undefined
afterEach(() => database?.delete())

test('patients, readers and regions of version 3 are there, with what later versions say of them besides, and nothing is broken', async () => {
  expect(fixture.version).toBe(3)
  await putFixture(fixture, names.present)
  database = openDatabase(names)

  const { study, patients, images, decisions } = await createPatientRecordStore(database).load()
  expect(patients).toEqual(
    [...fixture.records['patients']]
      .sort((a, b) => (String(a['label']) < String(b['label']) ? -1 : 1))
      .map((patient) => ({ ...nothingTold, ...patient })),
  )
  for (const patient of patients) expect(patientSchema.parse(patient)).toEqual(patient)
  expect(study).toMatchObject({ readers: [{ name: 'Dr. Weber' }, { name: 'Dr. Okafor' }], roles: defaultRoles, rereading: null })
  expect([images, decisions]).toEqual([[], []])

  const regions = await createMaskStore(database).list()
  expect(new Map(regions.map(({ key, ...region }) => [key, { key, ...region }]))).toEqual(
    new Map(fixture.records['regions'].map((region) => [region['key'], region])),
  )
  for (const kept of fixture.records['masks']) expect(await database.masks.get(String(kept['key']))).toEqual(kept)
  expect(findBroken(study, regions, await database.journal.toArray())).toEqual([])
  expect(findBrokenRecords(study, patients, images, regions)).toEqual([])
})
