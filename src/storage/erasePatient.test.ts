// @vitest-environment node
import 'fake-indexeddb/auto'
import { noStudyChoice } from '../io/tables/roles/studyChoice.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { madeImages, madePatient } from '../core/study/madeStudy.ts'
import { replay } from '../core/study/journal.ts'
import { unnamedStudy } from '../core/study/unnamedStudy.ts'
import { openDatabase } from './database.ts'
import { erasePatient } from './erasePatient.ts'
import type { Database } from './schema.ts'
import { createStudyFileStore } from './studyFileStore.ts'

let database: Database
beforeEach(() => {
  database = openDatabase({ present: 'erase', before: 'before erase' })
})
afterEach(() => database.delete())

/** Everything that is kept of a patient, in every store; each text of hers begins with `HERS` or her number. */
async function keep(number: number) {
  const hers = `HERS${number}X`
  const patient = { ...madePatient(number), id: `${hers}-id`, note: `${hers} note`, flag: `${hers} flag` }
  const images = madeImages(patient)
  const image = `${images[0].id}.content${number}`
  const key = `${image} L1 reader 1`
  const identity = JSON.stringify(['id', `${hers}-clinic`, '', '', '', ''])
  const at = 5
  const put = async (store: string, ...records: object[]) => void (await database.table(store).bulkPut(records))
  await put('patients', patient)
  await put('images', ...images)
  await put('identities', { key: identity, patient: patient.id })
  await put('places', ...images.map(({ id }) => ({ image: id, name: `${hers} image`, link: `${hers}-link`, files: [] })))
  await put('links', { id: `${hers}-link`, name: `${hers} folder`, handle: {} })
  await put('listings', { folder: `${hers}/dicom`, program: '1', looks: [] })
  await put('imageNames', { image, name: `${hers} image` })
  const region = { image, reader: '1', lesion: 'L1', size: [4, 4, 4], voxelCount: 1, progress: 'complete', maskHash: `hash${number}`, readerName: 'Reader 1', called: { label: patient.label, stem: hers } } // prettier-ignore
  await put('regions', { ...region, key, savedAt: at }, { ...region, key: `deleted ${key}`, image: 'deleted', deleted: { key, image, at } }) // prettier-ignore
  await put('masks', { key, voxels: new Uint8Array([number]) }, { key: `deleted ${key}`, voxels: new Uint8Array([number]) })
  await put('drafts', { key: `${key} polygon`, outline: {} })
  await put('curves', { key, image, savedAt: at })
  await put('featureTables', { key, image, reader: '1', lesion: 'L1', label: patient.label, savedAt: at, stem: hers })
  await put('featureResults', { key, result: { features: [['f', number]] } })
  await put('batchRows', { key, state: 'failed', attempts: 1, at })
  await put('decisions', { id: `d${number}`, kind: 'role', subjects: [images[0].id], options: [], proposed: null, chosen: null })
  await put('openedImages', { key: `o${number}`, kind: 'image', opening: 'x', openedAt: at, files: [number, 77] })
  await put('openedPlaces', { key: `${image} ${hers}/a.nii`, path: `${hers}/a.nii`, opened: `o${number}` })
  await put('openedFiles', { id: number, path: `${hers}/a.nii`, file: new Blob([hers]) }, { id: 77, path: 'both', file: new Blob(['x']) }) // prettier-ignore
  await put('copied', { key: `masks ${image}`, state: 'x' })
  await put('unread', { id: number, place: 'masks', record: { image } })
  await put('meta', { key: `turn region ${key}`, value: number })
  await put('stageRecords', { key: `stage${number}`, record: { stage: `fold.1.2.train${number}`, version: 1, value: { learntFrom: [patient.label] } } }) // prettier-ignore
  await put('journal', { at, act: 'draw-region', subject: key, progress: 'complete', reason: `${hers} reason` }, { at, act: 'note-patient', subject: patient.id }) // prettier-ignore
  return { hers, patient, image, identity }
}

/** What all patients share. */
async function keepShared(
  of: readonly {
    readonly hers: string
    readonly image: string
    readonly identity: string
    readonly patient: { readonly id: string; readonly label: string }
  }[],
) {
  // prettier-ignore
  const put = async (store: string, ...records: object[]) => void (await database.table(store).bulkPut(records))
  await put('answers', { key: 'phases', value: { order: of.map(({ image }) => [image, 1]), times: Object.fromEntries(of.map(({ image }) => [image, 3])) } }) // prettier-ignore
  await put('patientAnswers', { key: 'patients', value: { joined: [of.map(({ identity }) => identity)] } })
  await put('clinicalTables', { key: 'clinical', header: ['ID', 'age'], rows: of.map(({ hers }) => [`${hers}-clinic`, '50']), variables: [], id: 'ID', answers: { 'unclear age 0': 'a', 'unclear age 1': 'b' } }) // prettier-ignore
  await put('analyses', { key: 'study', choice: noStudyChoice, protocol: null, firstLook: null })
  await put('tablesInHand', { key: 'study', files: [new File([`id,f\n${of.map(({ patient }) => `${patient.label},1`).join('\n')}`], 'f.csv'), null, null] }) // prettier-ignore
  await put('meta', { key: 'study', value: { ...unnamedStudy, rereading: { seed: 1, from: 'all', patients: of.map(({ patient }) => patient.id), at: 1, drawnBefore: 0 } } }, { key: 'import', value: { at: 1, patients: of.map(({ patient }) => patient.id) } }) // prettier-ignore
}

async function dump(): Promise<Map<string, string>> {
  const texts = database.tables.map(async (table) => [table.name, JSON.stringify(await table.toArray(), (_, value: unknown) => (ArrayBuffer.isView(value) ? `bytes ${String(value)}` : value))] as const) // prettier-ignore
  return new Map(await Promise.all(texts))
}

test('a patient who withdrew is in no store any more, and the others are as they were', async () => {
  const [first, second] = [await keep(1), await keep(2)]
  await keepShared([first, second])
  // Every store has something of hers, but those in which nothing of a patient stands.
  const before = await dump()
  const tokens = [first.hers, first.image, 'bytes 1', 'train1']
  const empty = [...before].filter(([, text]) => text === '[]').map(([name]) => name)
  expect(empty).toEqual(['featureColumns'])
  const untouched = new Map(await Promise.all(['regions', 'masks', 'images', 'openedFiles'].map(async (name) => [name, await database.table(name).count()] as const))) // prettier-ignore

  const erased = await erasePatient(database, first.patient.id)
  expect(erased).toEqual({ label: 'A-0001', images: 3, regions: 2, tables: 1, learnt: ['train'] })
  for (const [store, text] of await dump()) for (const token of tokens) expect(text, store).not.toContain(token)
  for (const [name, count] of untouched) expect(await database.table(name).count(), name).toBe(name === 'openedFiles' ? 2 : count / 2) // prettier-ignore
  // Her label stands in the journal alone, and no content beside it.
  const after = await dump()
  expect([...after].filter(([, text]) => text.includes('A-0001')).map(([name]) => name)).toEqual(['journal'])
  const lines = (await database.journal.toArray()).filter(({ subject }) => subject === 'A-0001')
  expect(lines.map(({ act }) => act)).toEqual(['draw-region', 'note-patient', 'erase-patient'])
  for (const line of lines) expect(Object.keys(line).sort()).toEqual(['act', 'at', 'seq', 'subject'])
  // The other one is whole.
  for (const [store, text] of after) if (!['analyses', 'listings', 'meta'].includes(store) && before.get(store)!.includes(second.hers)) expect(text, store).toContain(second.hers) // prettier-ignore
  expect(await database.clinicalTables.get('clinical')).toMatchObject({ rows: [['', ''], ['HERS2X-clinic', '50']], answers: { 'unclear age 1': 'b' } }) // prettier-ignore
  expect([...replay(await database.journal.toArray()).keys()]).toEqual([`${second.image} L1 reader 1`])
  // Nor is she in the next file.
  const { contents } = await createStudyFileStore(database).read()
  expect(contents.regions).toHaveLength(1)
  expect(JSON.stringify(contents)).not.toContain(first.hers)
})

test('of an ID that nobody has nothing is erased', async () => {
  const { patient } = await keep(2)
  expect(await erasePatient(database, 'HERS1X-id')).toMatchObject({ label: null, regions: 0 })
  expect(await database.patients.get(patient.id)).toBeDefined()
  expect(await database.journal.count()).toBe(2)
})

test('a row whose ID is written in another way, which a person took for hers, goes too; one that was only likely stays', async () => {
  const patient = madePatient(1)
  const table = { key: 'clinical', header: ['ID', 'age'], rows: [['7123', '50'], ['8123', '60']], variables: [], id: 'ID' } as const // prettier-ignore
  const rowsWith = async (answers: Readonly<Record<string, string>>) => {
    await database.patients.put(patient)
    await database.identities.put({ key: JSON.stringify(['clinic', '0007123', patient.label]), patient: patient.id })
    await database.clinicalTables.put({ ...table, answers })
    await erasePatient(database, patient.id)
    return (await database.clinicalTables.get('clinical'))!.rows.map(([id]) => id)
  }
  expect(await rowsWith({})).toEqual(['7123', '8123'])
  expect(await rowsWith({ 'same-patient leading zeros': 'yes' })).toEqual(['', '8123'])
})
