// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { findBroken, findBrokenRecords } from '../core/study/invariants.ts'
import { defaultRoles } from '../core/study/roles.ts'
import { createAnswerStore } from './answerStore.ts'
import { openDatabase } from './database.ts'
import { createDeletedMaskStore } from './deletedMasks.ts'
import { putFixture, readFixture } from './madeFixture.ts'
import { createMaskStore } from './maskStore.ts'
import { namingStores } from './migrations.ts'
import { createOpenedStore } from './openedStore.ts'
import { createPatientRecordStore } from './patientRecordStore.ts'
import { patient as patientSchema, studyImage } from '../core/study/recordSchemas.ts'
import type { Database } from './schema.ts'
import { createTableStore } from './tableStore.ts'

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

test('names of images, paths of open ones and what was answered of patients stand apart, and are still told', async () => {
  const [region] = fixture.records['regions']
  const gone = { key: 'deleted a', image: 'deleted', deleted: { key: 'a', image: 'another', at: 5 }, imageName: 'GONE ANNA' }
  const older = { ...region, key: `${String(region['key'])} beside 1`, savedAt: 1, imageName: 'ANNA of before' }
  const table = { key: region['key'], image: region['image'], savedAt: 2, label: 'P0001', imageName: 'ANNA of a table' }
  const alone = { key: 'table alone', image: 'of a table alone', savedAt: 1, label: 'P0002', imageName: 'ANNA / t1' }
  const regions = [{ ...region, imageName: 'ANNA / t2' }, older, { ...region, ...gone }]
  const openedImages = fixture.records['openedImages'].map((image) => ({
    ...image,
    key: `ANNA ${String(image['key'])}`,
    path: 'ANNA',
  }))
  const answers = [
    { key: 'patients', value: { joined: [], apart: ['ANNA'] } },
    { key: 'hands', value: 'pacs' },
  ]
  const changed = { regions, featureTables: [table, alone], openedImages, answers }
  await putFixture({ ...fixture, records: { ...fixture.records, ...changed } }, names.present)
  database = openDatabase(names)
  const found = await createMaskStore(database).list()
  expect(found.map(({ image, imageName }) => [image, imageName])).toEqual([[region['image'], 'ANNA / t2'], [region['image'], 'ANNA / t2']]) // prettier-ignore
  expect(await createDeletedMaskStore(database).list()).toMatchObject([{ imageName: 'GONE ANNA' }])
  expect(await createTableStore(database).list()).toEqual([{ ...table, imageName: 'ANNA / t2' }, alone])
  const openings = await createOpenedStore(database).list()
  expect(openings.flatMap(({ kinds }) => [...kinds.keys()]).sort()).toEqual(openedImages.map(({ key }) => key).sort())
  expect(await createAnswerStore(database, 'patientAnswers').get('patients')).toEqual({ joined: [], apart: ['ANNA'] })
  expect(await createAnswerStore(database).get('hands')).toBe('pacs')
  for (const { name } of database.tables)
    if (!namingStores.has(name)) expect(JSON.stringify(await database.table(name).toArray()), name).not.toContain('ANNA')
})
