// @vitest-environment node
import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { openDatabase } from '../storage/database.ts'
import { createLesionStore, type LesionStore } from '../storage/lesionStore.ts'
import { newPatient } from '../storage/newPatient.ts'
import { createLesionsStore } from './lesions.ts'
import type { PatientsState } from './patients.ts'

type Patients = Pick<PatientsState, 'patients' | 'whenKept'>
const patientOf = (label: string, ...ids: string[]) =>
  ({ label, images: ids.map((id) => ({ found: { id } })) }) as unknown as PatientsState['patients'][number]
const begin = (
  store: LesionStore,
  told: unknown[] = [],
  patients = createStore<Patients>(() => ({ whenKept: async () => undefined, patients: [patientOf('P0001', 'image')] })),
) => createLesionsStore({ store, patients, onNotKept: (reason) => told.push(reason) })
const idsOf = (store: ReturnType<typeof begin>) => store.getState().listOf('image').map(({ id }) => id).join(' ') // prettier-ignore

test('two tabs add a lesion each: they are two', async () => {
  const database = openDatabase({ present: 'lesions test', before: 'none' })
  await database.patients.add(newPatient(1))
  const [here, there] = [begin(createLesionStore(database)), begin(createLesionStore(database))]
  expect(await Promise.all([here.getState().add('image'), there.getState().add('image')])).toEqual(['L2', 'L3'])
  expect(idsOf(there)).toBe('L1 L2 L3')
  await here.getState().remove('P0001', 'L2', 5)
  expect(idsOf(here)).toBe('L1 L3')
  await here.getState().restore('P0001', 'L2')
  const [{ id, lesions }] = await database.patients.toArray()
  expect(lesions).toEqual([{ id: 'L1' }, { id: 'L2' }, { id: 'L3' }])
  const lines = (await database.journal.toArray()).map(({ act, subject }) => [act, subject.replace(id, '…')])
  expect(lines).toEqual([
    ['add-lesion', '… L2'],
    ['add-lesion', '… L3'],
    ['delete-lesion', '… L2'],
    ['restore-lesion', '… L2'],
  ])
  await database.delete()
})

test('the lesion in hand is the first, until another one is chosen or that one is gone', async () => {
  const database = openDatabase({ present: 'lesions test 2', before: 'none' })
  const store = begin(createLesionStore(database))
  expect(store.getState().inHandOf('image')).toBe('L1')
  const added = await store.getState().add('image', 'medial')
  store.getState().choose('image', added)
  expect(store.getState().inHandOf('image')).toBe('L2')
  await store.getState().remove('P0001', 'L2', 5)
  expect(store.getState().inHandOf('image')).toBe('L1')
  await database.delete()
})

test('a browser that keeps nothing is told of, and the lesions hold while the page is open', async () => {
  const told: unknown[] = []
  const refuse = () => Promise.reject(new Error('no room'))
  const store = begin({ list: refuse, change: refuse }, told)
  expect(await store.getState().add('image')).toBe('L2')
  await store.getState().rename('image', 'L2', 'medial')
  expect(store.getState().listOf('image')).toEqual([{ id: 'L1' }, { id: 'L2', name: 'medial' }])
  expect(told).toHaveLength(3)
})

test('an image that turns out to be another patient’s takes its lesions along', async () => {
  const database = openDatabase({ present: 'lesions test 3', before: 'none' })
  await database.patients.bulkAdd([newPatient(1), newPatient(2)])
  const patients = createStore<Patients>(() => ({
    whenKept: async () => undefined,
    patients: [patientOf('P0001', 'image'), patientOf('P0002', 'other')],
  }))
  const store = begin(createLesionStore(database), [], patients)
  await store.getState().add('other', 'medial')
  let changes = 0
  store.subscribe(() => changes++)
  patients.setState({ patients: [patientOf('P0001', 'image', 'other')] })
  expect(changes).toBe(1)
  await vi.waitFor(() => expect(store.getState().listOf('other')).toEqual([{ id: 'L1' }, { id: 'L2', name: 'medial' }]))
  expect((await database.patients.where('label').equals('P0001').first())?.lesions).toHaveLength(2)
  await database.delete()
})

test('a label that an image has for the time being gives it no lesions', async () => {
  const database = openDatabase({ present: 'lesions test 4', before: 'none' })
  await database.patients.bulkAdd([{ ...newPatient(1), lesions: [{ id: 'L1' }, { id: 'L2' }] }, newPatient(2)])
  let labelsAreFound = () => {}
  const whenKept = () => new Promise<void>((resolve) => (labelsAreFound = resolve))
  const patients = createStore<Patients>(() => ({ whenKept, patients: [patientOf('P0001', 'image')] }))
  const store = begin(createLesionStore(database), [], patients)
  await vi.waitFor(() => expect(idsOf(store)).toBe('L1 L2'))
  patients.setState({ patients: [patientOf('P0002', 'image')] })
  labelsAreFound()
  expect(idsOf(store)).toBe('L1')
  await database.delete()
})
