// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { madeImages, madePatient } from '../core/study/madeStudy.ts'
import { findBroken, findBrokenRecords } from '../core/study/invariants.ts'
import { cutMask } from '../core/mask/maskPart.ts'
import { openDatabase } from './database.ts'
import { createImportStore, type StudyImport } from './importStore.ts'
import { createMaskStore } from './maskStore.ts'
import { createPatientRecordStore } from './patientRecordStore.ts'
import type { Database } from './schema.ts'

let database: Database
afterEach(() => database.delete())

const begin = () => {
  database = openDatabase({ present: 'import test', before: 'before import test' })
  return createImportStore(database)
}
const imported = (numbers: readonly number[], about: Partial<StudyImport> = {}): StudyImport => ({
  patients: numbers.map((number) => {
    const patient = madePatient(number)
    return { patient, images: madeImages(patient), keys: [`["id","${number}"]`] }
  }),
  decisions: [],
  rules: [],
  centres: [{ id: 'A', places: ['north'] }],
  places: numbers.flatMap((number) => madeImages(madePatient(number)).map(({ id }) => ({ image: id, name: `name of ${id}` }))),
  links: [],
  ...about,
})

async function everything() {
  const names = ['patients', 'images', 'places', 'identities', 'decisions']
  const { study } = await createPatientRecordStore(database).load()
  return [study, ...(await Promise.all(names.map((name) => database.table(name).toArray())))]
}

async function expectWhole() {
  const { study, patients, images } = await createPatientRecordStore(database).load()
  expect(findBrokenRecords(study, patients, images, [])).toEqual([])
  expect(findBroken(study, await createMaskStore(database).list(), await database.journal.toArray())).toEqual([])
}

const decision = { id: 'd', kind: 'visit', subjects: ['p1-T1WI'], options: [], proposed: 'x', chosen: null } as const
const rule = { when: [{ field: 'description', is: 'dyn' }], role: 'DCE', by: '1', at: 1 }

test('an import is one act of the journal with a line a patient; the same again is none', async () => {
  const store = begin()
  await store.take(imported([1, 2]), { at: 7 })
  const acts = async () => (await database.journal.toArray()).map(({ act }) => act)
  expect(await acts()).toEqual(['import-patient', 'import-patient', 'import-study'])
  await store.take(imported([1, 2]), { at: 8 })
  expect(await acts()).toHaveLength(3)
  expect((await store.last())?.at).toBe(7)
  expect(await store.centres()).toEqual([{ id: 'A', places: ['north'] }])
})

test('the last import is taken back whole: who came goes, what it changed is as it was', async () => {
  const store = begin()
  await store.take(imported([1], { decisions: [decision] }), { at: 7 })
  const before = await everything()
  const changed = imported([1, 2])
  await store.take(
    {
      ...changed,
      patients: changed.patients.map((one) => ({ ...one, patient: { ...one.patient, batch: 'other' } })),
      decisions: [
        { ...decision, chosen: { option: 'x', by: '1', at: 8 } },
        { ...decision, id: 'later' },
      ],
      rules: [rule],
    },
    { at: 8 },
  )
  expect((await everything())[0]).toMatchObject({ rules: [rule] })
  await expectWhole()
  await createPatientRecordStore(database).change('p1', { note: 'two lesions' })
  expect(await store.undo()).toEqual([])
  expect((await database.patients.get('p1'))?.note).toBe('two lesions')
  await database.patients.update('p1', { note: '' })
  expect(await everything()).toEqual(before)
  await expectWhole()
  expect((await database.journal.toArray()).at(-1)?.act).toBe('undo-import')
  // What came before it stays.
  expect(await store.last()).toBeNull()
  expect(await store.undo()).toEqual([])
  expect(await everything()).toEqual(before)
})

test('an import that ends in its middle leaves whole patients, and is completed by the same once more', async () => {
  const store = begin()
  const killed = new Error('The browser ended.')
  const ended = store.take(imported([1, 2, 3], { decisions: [decision], rules: [rule] }), {
    at: 7,
    onPatient: (done) => {
      if (done === 2) throw killed
    },
  })
  await expect(ended).rejects.toBe(killed)
  const { patients, images } = await createPatientRecordStore(database).load()
  expect(patients.map(({ label }) => label)).toEqual(['A-0001', 'A-0002'])
  expect(images).toHaveLength(6)
  expect((await database.places.toArray()).map(({ image }) => image).sort()).toEqual(images.map(({ id }) => id).sort())
  await expectWhole()

  const again = createImportStore(database)
  await again.take(imported([1, 2, 3], { decisions: [decision], rules: [rule] }), { at: 8 })
  const interrupted = await everything()
  await expectWhole()
  await database.delete()
  await begin().take(imported([1, 2, 3], { decisions: [decision], rules: [rule] }), { at: 8 })
  expect(interrupted).toEqual(await everything())
})

test('an import whose images somebody drew on stays', async () => {
  const store = begin()
  await store.take(imported([1, 2]), { at: 7 })
  const grid = { size: [4, 4, 4], spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] } as const
  const mask = { ...grid, voxels: Uint8Array.from({ length: 64 }, (_, i) => Number(i === 5)) }
  await createMaskStore(database).keep(cutMask(mask, { lower: [1, 1, 0], upper: [1, 1, 0] }), {
    key: 'p2-T1WI.content L1 reader 1',
    image: 'p2-T1WI.content',
    reader: '1',
    lesion: 'L1',
    imageName: 'dyn',
    voxelCount: 1,
    volumeCm3: 0.001,
    grid,
    readerName: 'Reader 1',
    progress: 'inProgress',
    changedAt: 1,
    maskHash: 'hash',
  })
  const before = await everything()
  expect(await store.undo()).toEqual(['A-0002'])
  expect(await everything()).toEqual(before)
})

test('images that another patient had move with the import, and leave nothing broken', async () => {
  const store = begin()
  const [first, ...others] = madeImages(madePatient(1))
  const dce = { phases: [{ image: first.id, timeS: 0 }, { image: others[0].id, timeS: 60 }], timesFrom: 'order', proved: false, injectionS: 60, injectionProved: false, warnings: [], peak: null, curve: null } as const // prettier-ignore
  await database.patients.put({ ...madePatient(9), label: 'P0001', dce })
  await database.images.bulkPut([first, ...others].map((image) => ({ ...image, patient: 'p9' })))
  const before = await everything()
  await store.take(imported([1]), { at: 7 })
  await expectWhole()
  expect((await database.patients.get('p9'))?.dce).toBeNull()
  expect(await store.undo()).toEqual([])
  expect((await everything()).slice(1, 3)).toEqual(before.slice(1, 3))
})
