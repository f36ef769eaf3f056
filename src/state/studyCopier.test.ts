// @vitest-environment node
import { unzipSync } from 'fflate'
import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { clinicKey } from '../core/cohort/clinical/knownPatients.ts'
import { daysToSurgery } from '../core/cohort/clinical/daysToSurgery.ts'
import { differenceOfPositions } from '../core/mask/difference.ts'
import { fileFromBlob } from '../io/sourceFile.ts'
import { madeAnalysis } from '../io/studyFile/madeStudyFile.ts'
import { parseParameterFile } from '../io/records/parameterFile.ts'
import { createBatchStore } from '../storage/batchStore.ts'
import { openStudyFile } from '../io/studyFile/openStudyFile.ts'
import { nameOfRegion } from '../core/study/contents.ts'
import { replay } from '../core/study/journal.ts'
import { createAnalysisStore } from '../storage/analysisStore.ts'
import { createStudyPlanStore, readKeptClinical } from '../storage/studyPlanStore.ts'
import { erasePatient } from '../storage/erasePatient.ts'
import { createCopyFolderStore } from '../storage/copyFolder.ts'
import { noteSaved, readSaved } from '../storage/savedElsewhere.ts'
import { createStudyFileStore } from '../storage/studyFileStore.ts'
import { madeVolume } from './actions/madeVolumes.ts'
import { openMadePage, type MadePage } from './madePage.ts'
import { createStudyCopier, type ChosenFile } from './studyCopier.ts'
import { createAutoCopyStore, createStudyCopyStore } from './studyCopy.ts'

let page: MadePage
/** A folder on a disk. */
const folder = (() => {
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  const state = { permission: 'granted', files, isBroken: false }
  const handle = {
    name: 'Backup',
    queryPermission: async () => state.permission,
    requestPermission: async () => (state.permission = 'granted'),
    getFileHandle: async (name: string) => ({
      createWritable: async () => {
        const chunks: Uint8Array<ArrayBuffer>[] = []
        return new WritableStream({
          write: (chunk: Uint8Array) => void chunks.push(new Uint8Array(chunk)),
          close: async () => void files.set(name, new Uint8Array(await new Blob(chunks).arrayBuffer())),
        })
      },
      getFile: async () => new File([state.isBroken ? new Uint8Array(99) : files.get(name)!], name),
    }),
  }
  return Object.assign(state, { handle: handle as unknown as FileSystemDirectoryHandle })
})()
const open = () => {
  page = openMadePage(async function* (files) {
    const volume = madeVolume('T1')
    const source = { ...volume.source, identity: { image: 'abc123', content: 'def' } }
    yield { volume: { ...volume, source }, warnings: [], isMask: false, files }
  })
  const store = createStudyCopyStore()
  const auto = createAutoCopyStore()
  const files: File[] = []
  const { database, session } = page
  const copier = createStudyCopier({
    store,
    kept: createStudyFileStore(database),
    noteSaved: (name, saved) => noteSaved(database, name, saved),
    auto,
    folder: createCopyFolderStore(database),
    readSaved: () => readSaved(database),
    roi: session.roiStore,
    images: session.imagesStore,
    openHost: async () => ({ readFiles: async function* () {}, close: () => undefined }),
    version: '1.2.3',
    now: () => 1_700_000_000_000,
    download: (name, file) => void files.push(new File([file], name)),
    linkImages: async (...of) => (await session.studyImporter()).linkStudyFile(...of),
    reload: () => undefined,
    chooseFolder: async () => folder.handle,
  })
  return { store, auto, files, copier, database, session }
}
/** The browser's data is cleared. */
const openAnew = async () => {
  await page.session.roiStore.getState().whenKept()
  await page.database.delete()
  return open()
}
afterEach(async () => {
  await page.session.roiStore.getState().whenKept()
  await page.database.delete()
})

const roi = () => page.session.roiStore.getState()
const paint = (...positions: number[]) => {
  for (const position of positions) roi().open!.mask.voxels[position] = 1
  roi().recordStroke('Brush', differenceOfPositions(positions, 0, 1))
}
async function draw(...positions: number[]) {
  await page.session.openFiles([{ path: 'a', file: new File(['a'], 'a') }])
  await page.session.openImage(page.session.imagesStore.getState().volumes[0])
  await page.session.patientsStore.getState().whenKept()
  paint(...positions)
  await roi().setProgress('complete')
  await roi().whenKept()
  await vi.waitFor(async () => expect(await page.database.images.count()).toBe(1), { timeout: 20_000 })
}
/** A hospital's table of the patient who was opened. */
async function takeTable(age: string) {
  const [{ id, label }] = await page.database.patients.toArray()
  await page.database.identities.put({ key: clinicKey('H77', label), patient: id })
  await createStudyPlanStore(page.database).takeClinical({
    header: ['id', 'age', 'op', 'mri'],
    rows: [['H77', age, '2020-03-09', '2020-02-27']],
    id: 'id',
    variables: [
      { id: 'age', kind: 'age', column: 'age' },
      { id: 'surgery_date', kind: 'date', column: 'op' },
      { id: 'mri_date', kind: 'date', column: 'mri' },
    ],
    answers: {},
  })
}
const clinicalValues = async () =>
  [...(readKeptClinical(await createStudyPlanStore(page.database).load())?.valuesOf.values() ?? [])].map((of) => [
    of.age.value,
    daysToSurgery(of),
  ])

const regions = async () =>
  (await page.database.regions.toArray()).map(({ key, maskHash, progress, reader }) => ({ key, maskHash, progress, reader }))
const isJournalRight = async () => {
  const told = replay(await page.database.journal.orderBy('seq').toArray())
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries((await regions()).map(({ key, progress }) => [key, progress])))
}

test('the analysis goes with its study: in another browser its tables, protocols and results are there as they were', async () => {
  const first = open()
  await draw(1, 2)
  const { features, clinical, records, ...begun } = madeAnalysis()
  await createAnalysisStore(first.database).keep({ files: { features, clinical, second: null }, ...begun })
  await first.database.stageRecords.bulkPut([...records])
  const own = parseParameterFile('featureClass:\n  firstorder:\n')
  await createBatchStore(first.database).keepParameters({ name: 'ours', values: own })
  await first.copier.save([], { withImages: false })
  expect(first.store.getState()).toMatchObject({ status: 'written', leftOut: [] })

  const second = await openAnew()
  await second.copier.open(first.files[0])
  expect(second.store.getState()).toMatchObject({ status: 'opened', lost: [] })
  expect(await second.database.stageRecords.toArray()).toEqual(records)
  // Its features are computed as they were.
  expect(await second.database.answers.get('parameters')).toMatchObject({ value: { parameters: own, parametersName: 'ours' } })
  const { files, ...kept } = (await createAnalysisStore(second.database).find())!
  expect(kept).toEqual({ key: 'study', ...begun })
  expect([await files.features.text(), await files.clinical!.text()]).toEqual([await features.text(), await clinical.text()])

  // Opened over what came of it nothing is missing; over another study the analysis stays behind, which is told.
  await second.copier.open(first.files[0])
  await second.copier.merge(new Map())
  expect(second.store.getState()).toMatchObject({ status: 'opened', images: 0, lost: [] })
  const third = await openAnew()
  await draw(3)
  await third.copier.open(first.files[0])
  const state = third.store.getState()
  if (state.status !== 'merging') throw new Error(state.status)
  await third.copier.merge(new Map([[nameOfRegion(state.conflicts[0]), 'mine']]))
  expect(third.store.getState()).toMatchObject({ status: 'opened', lost: [{ code: 'analysis-not-merged' }] })
  expect(await createAnalysisStore(third.database).find()).toBeUndefined()
})

test('images go into the file where that is asked for: those with a role, as they were read, and how much that is said before', async () => {
  const { copier, store, files, database } = open()
  await draw(1, 2)
  await copier.look()
  expect(store.getState()).toMatchObject({ images: { count: 0, bytes: 0, away: 0 } })
  await database.images.toCollection().modify({ role: 'FST2WI' })
  const [image] = await database.images.toArray()
  await database.images.put({ ...image, id: 'elsewhere', role: 'T1WI' })
  await copier.look()
  expect(store.getState()).toMatchObject({ images: { count: 1, bytes: 8, away: 1 } })
  await copier.save([], { withImages: false })
  expect(store.getState()).toMatchObject({ status: 'written', images: 0, leftOut: [] })
  await copier.save([], { withImages: true })
  expect(store.getState()).toMatchObject({ status: 'written', images: 1, leftOut: [{ code: 'image-unreadable' }] })
  const opened = await openStudyFile(fileFromBlob('s', files[1]))
  const [filed] = opened.records.imageFiles
  expect(filed).toMatchObject({ image: 'abc123', pixelType: 'int16', file: expect.stringMatching(/^images\/.*\/FST2WI\.nii\.gz$/) as string }) // prettier-ignore
  const volume = await opened.readImage(filed)
  expect(volume).toMatchObject({ voxels: Int16Array.of(1, 2, 3, 4), size: [2, 2, 1], spacingMm: [1, 1, 1] })
  expect(volume.source.dicom).toBeUndefined()

  const second = await openAnew()
  await second.copier.open(files[1], { name: 'a handle' } as FileSystemFileHandle)
  expect(second.store.getState()).toMatchObject({ status: 'opened', images: 1 })
  const [link] = await second.database.links.toArray()
  expect(link).toMatchObject({ kind: 'studyFile', name: files[1].name, handle: { name: 'a handle' } })
  expect(await second.database.places.toArray()).toEqual([{ image: 'abc123', name: '', link: link.id }])
})

test('a study that is saved comes back in a browser that was cleared: the same masks, states, labels and journal', async () => {
  const first = open()
  await draw(1, 2)
  const before = await regions()
  expect(await readSaved(first.database)).toMatchObject({ saved: null })
  await first.copier.look()
  expect(first.store.getState()).toMatchObject({ status: 'ready', counts: { patients: 1, regions: 1 }, waiting: 0 })
  await first.copier.save([], { withImages: false })
  expect(first.store.getState()).toMatchObject({ status: 'written', isDownload: true, leftOut: [] })
  const saved = await readSaved(first.database)
  expect(saved).toEqual({ saved: { at: 1_700_000_000_000, seq: expect.any(Number) as number }, changes: 0 })
  paint(3)
  await roi().whenKept()
  expect((await readSaved(first.database)).changes).toBe(1)
  const patients = await first.database.patients.toArray()

  const second = await openAnew()
  await second.copier.open(first.files[0])
  expect(second.store.getState()).toMatchObject({ status: 'opened', news: { patients: 1, regions: 1 }, lost: [] })
  expect(await regions()).toEqual(before)
  expect(await second.database.patients.toArray()).toEqual(patients)
  await isJournalRight()
  // Nobody wrote the words that came with the file: nothing is asked of them.
  await second.copier.look()
  expect(second.store.getState()).toMatchObject({ status: 'ready', found: [] })
  // The same image finds its patient and its ROI again.
  await second.session.workListStore.getState().reload()
  await second.session.openFiles([{ path: 'b', file: new File(['b'], 'b') }])
  await second.session.openImage(second.session.imagesStore.getState().volumes[0])
  expect(second.session.patientsStore.getState().patients.map(({ label }) => label)).toEqual([patients[0].label])
  await vi.waitFor(() => expect(roi().recovery?.voxelCount).toBe(2), { timeout: 20_000 })
})

test('of one reader’s two masks a person chooses; opened again nothing is new', async () => {
  const first = open()
  await draw(1, 2)
  await first.copier.save([], { withImages: false })
  const second = await openAnew()
  await draw(3)
  const [mine] = await regions()
  await second.copier.open(first.files[0])
  const state = second.store.getState()
  expect(state).toMatchObject({ status: 'merging', conflicts: [{ mine: { voxelCount: 1 }, theirs: { voxelCount: 2 } }] })
  if (state.status !== 'merging') return
  await second.copier.merge(new Map([[nameOfRegion(state.conflicts[0]), 'asAnother']]))
  const both = await regions()
  expect(both).toHaveLength(2)
  expect(both).toContainEqual(mine)
  expect(both.find(({ reader }) => reader === '1b')).toMatchObject({ progress: 'complete' })
  await isJournalRight()
  await second.copier.open(first.files[0])
  expect(second.store.getState()).toMatchObject({ status: 'merging', news: { patients: 0, regions: 0 } })
})

test('a note that names somebody stops the file until it is confirmed', async () => {
  const { copier, store, files, database } = open()
  await draw(1)
  const [patient] = await database.patients.toArray()
  await database.patients.update(patient.id, { note: 'asked Weatherby again' })
  await database.identities.put({ key: JSON.stringify(['id', 'WEATHERBY']), patient: patient.id })
  await copier.look()
  const state = store.getState()
  expect(state).toMatchObject({ status: 'ready', found: [{ where: 'note', subject: patient.label, words: ['weatherby'] }] })
  await copier.save([], { withImages: false })
  expect(store.getState()).toMatchObject({ status: 'failed', what: 'save', reason: { code: 'names-somebody' } })
  expect(files).toEqual([])
  expect(await readSaved(database)).toMatchObject({ saved: null })
  await copier.save(state.status === 'ready' ? state.found : [], { withImages: false })
  expect(files).toHaveLength(1)
})

test('what is not whole when it is read back is no copy, and is not said to be one', async () => {
  const { store, database, session } = open()
  await draw(1)
  const chunks: Uint8Array<ArrayBuffer>[] = []
  const chosen: ChosenFile = {
    name: 'x.texel.zip',
    createWritable: async () => new WritableStream({ write: (chunk) => void chunks.push(new Uint8Array(chunk)) }),
    // The disk lost the middle of it.
    getFile: async () => {
      const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer())
      bytes.fill(0, 40, 80)
      return new File([bytes], 'x.texel.zip')
    },
  }
  const copier = createStudyCopier({
    store,
    kept: createStudyFileStore(database),
    noteSaved: (name, saved) => noteSaved(database, name, saved),
    auto: createAutoCopyStore(),
    folder: createCopyFolderStore(database),
    readSaved: () => readSaved(database),
    roi: session.roiStore,
    images: session.imagesStore,
    openHost: async () => ({ readFiles: async function* () {}, close: () => undefined }),
    version: '1',
    now: () => 5,
    chooseFile: async () => chosen,
    download: () => undefined,
    linkImages: async () => undefined,
    reload: () => undefined,
  })
  await copier.save([], { withImages: false })
  expect(store.getState()).toMatchObject({ status: 'failed', reason: { code: 'not-read-back' } })
  expect(await readSaved(database)).toMatchObject({ saved: null })
})

test('copies go to a folder by themselves where something changed, ask again when the browser wants it, and say when they fail', async () => {
  const { copier, auto, database } = open()
  // The browser's own handles may be kept in its database, these functions may not.
  const kept = createCopyFolderStore(database)
  vi.spyOn(database.links, 'put').mockImplementation((async () => 'copies') as never)
  vi.spyOn(database.links, 'get').mockImplementation((async () => ({
    id: 'copies',
    name: 'Backup',
    handle: folder.handle,
  })) as never)
  expect(await kept.get()).toMatchObject({ name: 'Backup' })
  await draw(1, 2)
  await copier.copyToFolder()
  expect(auto.getState()).toEqual({ status: 'on', folder: 'Backup' })
  expect([...folder.files.keys()]).toEqual(['study-2023-11-14-automatic.texel.zip'])
  expect(await readSaved(database)).toMatchObject({ changes: 0, saved: { at: 1_700_000_000_000 } })
  // Nothing changed: nothing is written.
  folder.files.clear()
  await copier.copyByItself()
  expect([...folder.files.keys()]).toEqual([])
  paint(3)
  await roi().whenKept()
  folder.permission = 'prompt'
  await copier.copyByItself()
  expect(auto.getState()).toEqual({ status: 'asks', folder: 'Backup' })
  expect([...folder.files.keys()]).toEqual([])
  folder.isBroken = true
  await copier.connectFolder()
  expect(auto.getState()).toMatchObject({ status: 'failed', reason: { step: 'studyFile' } })
  expect((await readSaved(database)).changes).toBe(1)
  folder.isBroken = false
  await copier.copyByItself()
  expect(auto.getState()).toEqual({ status: 'on', folder: 'Backup' })
  expect((await readSaved(database)).changes).toBe(0)
  await copier.stopCopying()
  expect(auto.getState()).toEqual({ status: 'off' })
})

test('who is who leaves as a file apart, and the journal says that it did', async () => {
  const { copier, files, database } = open()
  await draw(1)
  const [patient] = await database.patients.toArray()
  await database.identities.put({ key: JSON.stringify(['id', '0012', 'KH', 'Centre', '19600102', 'F']), patient: patient.id })
  expect(await copier.saveKeys()).toBe('study-2023-11-14.keys.csv')
  expect(await files[0].text()).toBe(`label,patient_id,issuer,place,birth_date,sex\n${patient.label},0012,KH,Centre,19600102,F\n`)
  expect((await database.journal.toArray()).at(-1)).toMatchObject({ act: 'export-keys', subject: 'study-2023-11-14.keys.csv' })
  await copier.save([], { withImages: false })
  const entries = Object.values(unzipSync(new Uint8Array(await files[1].arrayBuffer())))
  const texts = entries.map((bytes) => new TextDecoder().decode(bytes)).join('\n')
  expect(texts).toContain(patient.label)
  expect(texts).not.toContain('19600102')
})

test('clinical values come back by patient, without what was written; a table that is there stays, and that it differs is told', async () => {
  const first = open()
  await draw(1, 2)
  await takeTable('47 years')
  await first.copier.look()
  expect(first.store.getState()).toMatchObject({ status: 'ready', counts: { clinical: 1 }, found: [] })
  await first.copier.save([], { withImages: false })

  const second = await openAnew()
  await second.copier.open(first.files[0])
  expect(second.store.getState()).toMatchObject({ status: 'opened', news: { clinical: 1 }, lost: [] })
  expect(await clinicalValues()).toEqual([[47, 11]])
  const kept = JSON.stringify(await second.database.clinicalTables.toArray())
  expect(kept).not.toMatch(/H77|years|2020/)
  // A file of it says the same.
  await second.copier.look()
  expect(second.store.getState()).toMatchObject({ status: 'ready', counts: { clinical: 1 }, found: [] })
  await second.copier.save([], { withImages: false })
  const textOf = async (file: File) => new TextDecoder().decode(unzipSync(new Uint8Array(await file.arrayBuffer()))['clinical.csv']) // prettier-ignore
  expect(await textOf(second.files[0])).toBe(await textOf(first.files[0]))
  await second.copier.open(first.files[0])
  expect(second.store.getState()).toMatchObject({ status: 'merging', news: { clinical: 0 }, differences: [] })

  await takeTable('48')
  await second.copier.open(first.files[0])
  expect(second.store.getState()).toMatchObject({ differences: [{ what: 'plan', subject: 'clinical table' }] })
  await second.copier.merge(new Map())
  expect(await clinicalValues()).toEqual([[48, 11]])

  // Of a patient who is erased nothing stays, wherever the values came from.
  await createStudyPlanStore(page.database).takeClinical(null)
  await second.copier.open(first.files[0])
  await second.copier.merge(new Map())
  expect(await clinicalValues()).toEqual([[47, 11]])
  const [{ id }] = await page.database.patients.toArray()
  await erasePatient(page.database, id)
  expect(JSON.stringify(await page.database.clinicalTables.toArray())).not.toMatch(/47|11/)
}, 60_000)
