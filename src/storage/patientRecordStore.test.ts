// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { identityDirection } from '../core/image/volume.ts'
import { findBroken, findBrokenRecords } from '../core/study/invariants.ts'
import { openDatabase } from './database.ts'
import { createLabelStore } from './labelStore.ts'
import { createPatientRecordStore, type FoundPatient } from './patientRecordStore.ts'
import type { Database } from './schema.ts'
import { patient as patientSchema, studyImage } from '../core/study/recordSchemas.ts'

let database: Database
afterEach(() => database.delete())

const image = (id: string, role: string | null, name = id): FoundPatient['images'][number] => ({
  id,
  role,
  roleFrom: 'score',
  grid: { size: [4, 4, 4], spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: identityDirection },
  technical: {},
  content: null,
  name,
})
const found = (label: string, ...images: FoundPatient['images'][number][]): FoundPatient => ({ label, images, dce: null })

async function begin(count = 2) {
  database = openDatabase({ present: 'patients test', before: 'before patients test' })
  await createLabelStore(database).claim(Array.from({ length: count }, (_, i) => ({ keys: [`k${i + 1}`], number: i + 1 })))
  return createPatientRecordStore(database)
}

async function expectWhole() {
  const records = await createPatientRecordStore(database).load()
  expect(findBrokenRecords(records.study, records.patients, records.images, [])).toEqual([])
  expect(findBroken(records.study, [], await database.journal.toArray())).toEqual([])
  for (const one of records.patients) expect(patientSchema.parse(one)).toEqual(one)
  for (const one of records.images) expect(studyImage.parse(one)).toEqual(one)
  return records
}

test('images become their patient’s; found again they change nothing and write no line', async () => {
  const store = await begin()
  const all = [
    found('P0001', image('a', 'T1WI'), image('b', 'FST2WI')),
    found('P0002', image('c', null)),
    found('P0099', image('d', null)),
  ]
  expect(await store.take(all)).toBe(true)
  const lines = await database.journal.count()
  expect(await store.take(all)).toBe(false)
  expect(await database.journal.count()).toBe(lines)
  const { images, patients } = await expectWhole()
  const labels = new Map(patients.map(({ id, label }) => [id, label]))
  expect(images.map(({ id, role, patient }) => [id, role, labels.get(patient)])).toEqual([
    ['a', 'T1WI', 'P0001'],
    ['b', 'FST2WI', 'P0001'],
    ['c', null, 'P0002'],
  ])
})

test('a role that a person set stays when the images are found again, and no other image has it', async () => {
  const store = await begin()
  const all = [found('P0001', image('a', 'T1WI'), image('b', 'FST2WI'))]
  await store.take(all)
  await store.assignRole('b', 'T1WI')
  await store.take(all)
  const { images } = await expectWhole()
  expect(images.map(({ id, role }) => [id, role])).toEqual([
    ['a', null],
    ['b', 'T1WI'],
  ])
})

test('an image that was found with other ones later may give its role away; what a person removes is gone', async () => {
  const store = await begin()
  await store.take([found('P0001', image('a', 'T1WI'))])
  await store.take([found('P0001', image('b', 'T1WI'))])
  expect((await expectWhole()).images.map(({ role }) => role)).toEqual([null, 'T1WI'])
  await store.removeImages(['a'])
  expect((await expectWhole()).images.map(({ id }) => id)).toEqual(['b'])
})

test('what a person says of a patient is kept, each act with its line', async () => {
  const store = await begin()
  await store.take([found('P0001', image('a', 'T1WI'))])
  const [{ id }] = (await store.load()).patients
  await store.change(id, { exclusion: { reason: 'poor quality', by: '1', at: 1 } })
  await store.change(id, { exclusion: null })
  await store.change(id, { flag: 'edge', note: 'two lesions' })
  await store.noteReader('2')
  expect((await expectWhole()).patients[0]).toMatchObject({ exclusion: null, flag: 'edge', note: 'two lesions' })
  const acts = (await database.journal.toArray()).map(({ act }) => act)
  expect(acts.slice(-5)).toEqual(['exclude-patient', 'include-patient', 'flag-patient', 'note-patient', 'switch-reader'])
})

test('the second reading is drawn from patients who have images, and a second draw without a reason changes nothing', async () => {
  const store = await begin(3)
  await store.take([found('P0001', image('a', 'T1WI')), found('P0003', image('c', 'T1WI'))])
  const options = { seed: 1, count: 50, from: 'all', at: 7 } as const
  const { patients } = await store.drawRereading(options)
  expect(patients).toHaveLength(2)
  const lines = await database.journal.count()
  await expect(store.drawRereading(options)).rejects.toThrowSaying('Give a reason')
  expect(await database.journal.count()).toBe(lines)
  expect((await store.load()).study.rereading?.patients).toEqual(patients)
  expect((await store.addSecondReading('1')).readers.map(({ id }) => id)).toEqual(['1', '2', '1again'])
})

test('a study’s own labels do not disturb the numbers of patients without one', async () => {
  const store = await begin(1)
  const [first] = (await store.load()).patients
  await database.patients.add({ ...first, id: 'own', label: 'A-0120' })
  await database.identities.add({ key: 'of own', patient: 'own' })
  const labels = createLabelStore(database)
  expect(await labels.list()).toEqual(new Map([['k1', 1]]))
  expect(await labels.claim([{ keys: ['k2'], number: 2 }])).toEqual(new Map([['k2', 2]]))
})

/** Words that may stand where it is told who a patient is and where her images lie, and nowhere else. */
const planted = ['MUSTERFRAU', 'PLANTEDID4711', '19610504', 'PLANTEDFOLDER']

test('names, IDs, dates and folders stand in two stores alone', async () => {
  const store = await begin()
  const key = 'hospital MUSTERFRAU PLANTEDID4711 19610504'
  await createLabelStore(database).claim([{ keys: [key], number: 3 }])
  await store.take([found('P0003', { ...image('a', 'T1WI', 'PLANTEDFOLDER / MUSTERFRAU'), technical: { EchoTime: '2.4' } })])
  const [patient] = (await store.load()).patients.slice(-1)
  await store.change(patient.id, { flag: 'edge' })
  const holding = await Promise.all(
    database.tables.map(async ({ name }) => {
      const text = JSON.stringify(await database.table(name).toArray())
      return planted.some((word) => text.includes(word)) ? [name] : []
    }),
  )
  expect(holding.flat().sort()).toEqual(['identities', 'places'])
})
