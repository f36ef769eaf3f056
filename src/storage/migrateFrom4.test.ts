// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { findBroken, findBrokenRecords } from '../core/study/invariants.ts'
import { defaultRoles } from '../core/study/roles.ts'
import { openDatabase } from './database.ts'
import { putFixture, readFixture } from './madeFixture.ts'
import { createMaskStore } from './maskStore.ts'
import { createPatientRecordStore } from './patientRecordStore.ts'
import { patient as patientSchema, studyImage, type Database } from './schema.ts'

const fixture = readFixture('texel-2-4.json')
const names = { present: 'version 4', before: 'before version 4' }
let database: Database | undefined
afterEach(() => database?.delete())

test('a study of version 4 is there, its roles say what tells them, its times say that they are not told', async () => {
  await putFixture(fixture, names.present)
  database = openDatabase(names)
  const { study, patients, images } = await createPatientRecordStore(database).load()
  expect(study).toMatchObject({ roles: defaultRoles, rules: [], readers: [{ name: 'Dr. Weber' }, {}], rereading: { seed: 7 } })
  expect(patients).toHaveLength(2)
  for (const patient of patients) {
    const before = fixture.records['patients'].find(({ id }) => id === patient.id)!
    expect(patientSchema.parse(patient)).toEqual(patient)
    expect(patient).toMatchObject(before)
    expect(patient.dce).toMatchObject({ timesFrom: 'order', proved: false, injectionS: 60, injectionProved: false, warnings: [] })
  }
  for (const image of images) expect(studyImage.parse(image)).toEqual(image)
  expect(images).toEqual(fixture.records['images'])
  const regions = await createMaskStore(database).list()
  expect(regions.map(({ progress }) => progress)).toEqual(['complete'])
  expect(findBrokenRecords(study, patients, images, regions)).toEqual([])
  expect(findBroken(study, regions, await database.journal.toArray())).toEqual([])
})
