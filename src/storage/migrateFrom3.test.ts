// @vitest-environment node
import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { Dexie } from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { findBroken, findBrokenRecords } from '../core/study/invariants.ts'
import { defaultRoles, nothingTold } from '../core/study/unnamedStudy.ts'
import { openDatabase } from './database.ts'
import { createMaskStore } from './maskStore.ts'
import { createPatientRecordStore } from './patientRecordStore.ts'
import { patient as patientSchema, type Database } from './schema.ts'

/* A database of version 3 as the program itself once made it: see `about` in it. */

type Kept = Readonly<Record<string, unknown>>
const fixture = JSON.parse(readFileSync(new URL('fixtures/texel-2-3.json', import.meta.url), 'utf8'), (_, value: unknown) => {
  if (value === null || typeof value !== 'object') return value
  if ('$bytes' in value) return new Uint8Array(Buffer.from(String(value.$bytes), 'base64'))
  if ('$blob' in value) return new Blob([new Uint8Array(Number(value.$blob))])
  return value
}) as {
  readonly version: number
  readonly stores: Readonly<Record<string, string>>
  readonly records: Readonly<Record<string, readonly Kept[]>>
}
const names = { present: 'version 3', before: 'before version 3' }
let database: Database | undefined
afterEach(() => database?.delete())

test('patients, readers and regions of version 3 are there, with what version 4 says of them besides, and nothing is broken', async () => {
  expect(fixture.version).toBe(3)
  const old = new Dexie(names.present)
  old.version(3).stores(fixture.stores)
  for (const [store, records] of Object.entries(fixture.records)) await old.table(store).bulkPut([...records])
  old.close()
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
