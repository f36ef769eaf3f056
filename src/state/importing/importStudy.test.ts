import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { dce, t2 } from '../../core/cohort/proposal/madeListedImages.ts'
import type { ListedImage } from '../../core/cohort/proposal/listedImage.ts'
import { groupSeries } from '../../core/cohort/proposal/groupSeries.ts'
import { differenceOfPositions } from '../../core/mask/difference.ts'
import { findBroken, findBrokenRecords } from '../../core/study/invariants.ts'
import { createMaskStore } from '../../storage/maskStore.ts'
import { createPatientRecordStore } from '../../storage/patientRecordStore.ts'
import type { NamedFile } from '../images.ts'
import { openMadePage, type MadePage } from '../madePage.ts'
import type { ProposedImport } from '../studyImport.ts'

/** A busy machine is not the fault of what is tested. */
const patience = { timeout: 20_000 }

let page: MadePage
afterEach(async () => {
  await page.session.roiStore.getState().whenKept()
  await page.database.delete()
})

const person = (id: string) => ({ PatientID: id, PatientName: `PLANTED${id}^NAME`, StudyInstanceUID: `study ${id}` })
const hers = (id: string): ListedImage[] => [
  t2({ dicom: person(id), path: `in/${id}/t2` }, `${id}-t2`),
  ...dce((i) => ({ dicom: person(id), path: `in/${id}/p${i + 1}` }), 4, `${id}-p`),
]
const fileOf = ({ volume }: ListedImage): NamedFile => ({
  path: volume.source.path,
  file: new File([volume.source.path], volume.source.path.split('/').at(-1)!, { lastModified: 5 }),
})

/** A page before whose reader these images lie; what was read, in order. @param contentOf what their voxels are */
function openPage(all: readonly ListedImage[], contentOf = (id: string) => `content-of-${id}`) {
  const read: string[] = []
  const listed: number[] = []
  page = openMadePage(
    async function* (files) {
      for (const file of files) {
        read.push(file.path)
        const { id, volume } = all.find((image) => image.volume.source.path === file.path)!
        const identity = { image: id, content: contentOf(id) }
        const voxels = new Float32Array(volume.size[0] * volume.size[1] * volume.size[2]).fill(3)
        yield {
          volume: { ...volume, voxels, source: { ...volume.source, identity } },
          warnings: [],
          isMask: false,
          files: [file],
        }
      }
    },
    async (files, known, { signal, onProgress }) => {
      listed.push(known.length)
      onProgress(1, files.length)
      if (files.some(({ path }) => path.includes('endless')))
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      return {
        images: all.flatMap((image) => {
          const file = files.find(({ path }) => path === image.volume.source.path)
          return file ? [{ ...image, files: [file], warnings: [] }] : []
        }),
        masks: [],
        leftOut: [],
        pattern: undefined,
        records: files.map(({ path, file }) => [JSON.stringify([path, file.size, 5]), { kind: 'file' as const }]),
      }
    },
  )
  return { session: page.session, read, listed }
}

const proposal = ({ session }: Pick<MadePage, 'session'>) => session.studyImportStore.getState() as ProposedImport
const kept = () => createPatientRecordStore(page.database).load()
const small = { size: [8, 8, 9] as const }
const three = ['X17', 'X18', 'X19'].flatMap(hers).map((image) => ({ ...image, volume: { ...image.volume, ...small } }))

async function expectWhole() {
  const records = await kept()
  const regions = await createMaskStore(page.database).list()
  expect(findBrokenRecords(records.study, records.patients, records.images, regions)).toEqual([])
  expect(findBroken(records.study, regions, await page.database.journal.toArray())).toEqual([])
  return records
}

test('a folder of several patients is proposed; taken, it is the work list, and a patient is read when she is opened', async () => {
  const { session, read } = openPage(three)
  await session.openFiles(three.map(fileOf))
  expect(proposal(page).study.patients).toHaveLength(3)
  expect(session.screenStore.getState().screen).toBe('images')
  expect(session.imagesStore.getState().volumes).toEqual([])
  const importer = await session.studyImporter()
  await importer.take()
  expect(session.studyImportStore.getState().status).toBe('none')
  expect(session.screenStore.getState()).toMatchObject({ screen: 'roi', listShown: true })
  const rows = () => session.workListStore.getState().rows
  expect(rows().map(({ patient, state }) => [patient.label, state])).toEqual([
    ['A-0001', 'toDo'],
    ['A-0002', 'toDo'],
    ['A-0003', 'toDo'],
  ])
  expect(session.imagesStore.getState().asleep).toHaveLength(15)
  expect(read).toEqual([])

  await session.openPatient(rows()[1].patient.id)
  expect(read[0]).toBe('in/X18/t2')
  expect(read.some((path) => path.includes('X17'))).toBe(false)
  expect(session.patientsStore.getState().patients[0]).toMatchObject({ label: 'A-0002', isOfStudy: true })
  const { open, recordStroke, whenKept } = session.roiStore.getState()
  open!.mask.voxels[2] = 1
  recordStroke('Brush', differenceOfPositions([2], 0, 1))
  await whenKept()
  expect(rows()[1].cells[0].progress).toBe('inProgress')
  await expect
    .poll(async () => (await kept()).images.find(({ id }) => id === 'X18-t2')?.content, patience)
    .toBe('content-of-X18-t2')
  const { patients, images } = await expectWhole()
  // What was read is hers still, and its role is that which was proposed.
  expect(patients).toHaveLength(3)
  expect(images.filter(({ role }) => role !== null)).toHaveLength(9)
  // The images are not copied into the browser: they are in the folder.
  expect(await page.database.openedFiles.count()).toBe(0)
  const [region] = await createMaskStore(page.database).list()
  expect(region.called).toEqual({ label: 'A-0002', stem: 'A-0002_t2-tirm-tra_reader-1' })
})

test('a corrected role is for one patient or for all like it, counted before; the rule stays with the study', async () => {
  const { session } = openPage(three)
  await session.openFiles(three.map(fileOf))
  const importer = await session.studyImporter()
  const t2s = () => groupSeries(proposal(page).study, 'series').find(({ description }) => description === 't2_tirm_tra')!
  expect(await importer.countEffect(t2s().images, null, 'alike')).toEqual({ patients: 3, images: 3 })
  const hersAlone = () => t2s().images.filter(({ label }) => label === 'A-0001')
  expect(await importer.countEffect(hersAlone(), null, 'patient')).toEqual({ patients: 1, images: 1 })
  await importer.correct(hersAlone(), null, 'patient')
  expect(
    t2s()
      .images.map(({ role }) => role)
      .sort(),
  ).toEqual(['FST2WI', 'FST2WI', null])
  await importer.correct(t2s().images, 'T1WI', 'alike')
  await importer.correct(t2s().images, null, 'alike')
  expect(t2s().images.map(({ role }) => role)).toEqual([null, null, null])
  await importer.correct(hersAlone(), 'FST2WI', 'patient')
  expect(t2s().images.find(({ label }) => label === 'A-0001')).toMatchObject({ role: 'FST2WI', roleFrom: 'person' })
  await importer.take()
  const { study, images, decisions } = await expectWhole()
  expect(study.rules).toMatchObject([{ role: null, when: [{ field: 'centre', is: 'a' }, { field: 'description' }, {}] }])
  expect(images.filter(({ role }) => role === 'FST2WI')).toHaveLength(1)
  expect(decisions.filter(({ chosen }) => chosen).map(({ kind }) => kind)).toContain('role')
})

test('a phase may be taken out of the series, and an image given to it', async () => {
  const { session } = openPage(three)
  await session.openFiles(three.map(fileOf))
  const importer = await session.studyImporter()
  const image = (id: string) => proposal(page).study.images.filter((one) => one.id === id)
  await importer.correct(image('X17-p4'), 'FST2WI', 'patient')
  const roles = () => proposal(page).study.images.filter(({ label }) => label === image('X17-t2')[0].label).map(({ id, role }) => `${id} ${role}`).sort() // prettier-ignore
  expect(roles()).toEqual(['X17-p1 DCE', 'X17-p2 DCE', 'X17-p3 DCE', 'X17-p4 FST2WI', 'X17-t2 null'])
  await importer.correct(image('X17-p4'), null, 'patient')
  expect(roles()).toContain('X17-p4 null')
  await importer.correct(image('X17-p4'), 'DCE', 'patient')
  expect(roles()).toContain('X17-p4 DCE')
  // Roles that phases have leave it in the series.
  await importer.correct(image('X17-p3'), 'T1WI+C', 'patient')
  await importer.correct(image('X18-p4'), 'T1WI+C', 'alike')
  expect(roles()).toContain('X17-p3 DCE')
  expect(proposal(page).study.patients.map(({ dce }) => dce?.phases.length)).toEqual([4, 4, 4])
  await importer.take()
  const { images } = await expectWhole()
  expect(images.find(({ id }) => id === 'X17-p3')?.role).toBe('T1WI+C')
})

test('the same folder again asks nothing and changes nothing; a later one keeps who is there', async () => {
  const all = [...three, ...hers('X20')]
  const { session, listed } = openPage(all)
  await session.openFiles(three.map(fileOf))
  const importer = await session.studyImporter()
  await importer.take()
  const before = await kept()
  const lines = await page.database.journal.count()
  await session.openFiles(three.map(fileOf))
  expect(session.studyImportStore.getState().status).toBe('none')
  expect(await kept()).toEqual(before)
  expect(await page.database.journal.count()).toBe(lines)
  // What was looked into once is known.
  expect(listed).toEqual([0, 15])

  await session.openFiles(hers('X20').map(fileOf))
  expect(proposal(page).study.patients.map(({ label }) => label)).toEqual(['A-0004'])
  await importer.take()
  const after = await expectWhole()
  expect(after.patients.map(({ label }) => label)).toEqual(['A-0001', 'A-0002', 'A-0003', 'A-0004'])
  expect(after.patients.slice(0, 3)).toEqual(before.patients)
})

test('a listing tells how far it is and ends when it is cancelled; a further folder comes to what is proposed', async () => {
  const { session } = openPage(three)
  const endless = session.openFiles([{ path: 'endless/a', file: new Blob() }])
  await expect
    .poll(() => session.studyImportStore.getState())
    .toMatchObject({ status: 'listing', name: 'endless', done: 1, total: 1 })
  const importer = await session.studyImporter()
  importer.cancel()
  await endless
  expect(session.studyImportStore.getState().status).toBe('none')
  expect(session.imagesStore.getState()).toMatchObject({ volumes: [], problems: [] })

  await session.openFiles(three.slice(0, 10).map(fileOf))
  expect(proposal(page).study.patients).toHaveLength(2)
  await session.openFiles(three.slice(10).map(fileOf))
  expect(proposal(page).study.patients).toHaveLength(3)
  const more = session.openFiles([{ path: 'endless/a', file: new Blob() }])
  await expect.poll(() => session.studyImportStore.getState().status).toBe('listing')
  importer.cancel()
  await more
  expect(proposal(page).study.patients).toHaveLength(3)
})

test('an image whose file changed is not taken for what it was, until its folder is given again', async () => {
  let version = ''
  const { session } = openPage(three, (id) => `${id}${version}`)
  await session.openFiles(three.map(fileOf))
  await (await session.studyImporter()).take()
  const [first] = session.workListStore.getState().rows
  await session.openPatient(first.patient.id)
  const image = first.cells[0].image!
  const found = session.imagesStore.getState().volumes.find(({ volume }) => volume.source.identity?.image === image)!
  await expect.poll(async () => (await kept()).images.find(({ id }) => id === image)?.content, patience).toBe(image)
  session.imagesStore.getState().sleep(found.id)
  version = ' changed'
  expect(await session.imagesStore.getState().wake(found.id)).toBeUndefined()
  expect(session.imagesStore.getState().problems.at(-1)?.reason.code).toBe('image-changed')
  await session.openFiles(three.map(fileOf))
  expect(await session.imagesStore.getState().wake(found.id)).toBeDefined()
  await expect.poll(async () => (await kept()).images.find(({ id }) => id === image)?.content, patience).toBe(`${image} changed`)
})

test('the last import is taken back, its images with it, unless somebody drew on one', async () => {
  const { session } = openPage(three)
  await session.openFiles(three.map(fileOf))
  const importer = await session.studyImporter()
  await importer.take()
  const [first] = session.workListStore.getState().rows
  await session.openPatient(first.patient.id)
  const { open, recordStroke, whenKept, undo } = session.roiStore.getState()
  open!.mask.voxels[2] = 1
  recordStroke('Brush', differenceOfPositions([2], 0, 1))
  await whenKept()
  expect(await importer.undo()).toBe(false)
  expect(session.roiStore.getState().notice).toMatchObject({ code: 'import-drawn-on', values: { labels: ['A-0001'] } })
  await undo()
  await session.roiStore.getState().whenKept()
  expect(await importer.undo()).toBe(true)
  expect(session.workListStore.getState().rows).toEqual([])
  expect(session.roiStore.getState().open).toBeNull()
  const { volumes, asleep } = session.imagesStore.getState()
  expect([volumes, asleep]).toEqual([[], []])
  const { patients, images } = await expectWhole()
  expect([patients, images]).toEqual([[], []])
})

test('an import that ends on the way leaves no half patient, and goes on where it was', async () => {
  const { session } = openPage(three)
  await session.openFiles(three.map(fileOf))
  const importer = await session.studyImporter()
  let count = 0
  const fail = () => {
    if (++count === 2) throw new Error('no room')
  }
  page.database.patients.hook('creating', fail)
  await importer.take()
  expect(proposal(page).problem).toBeTruthy()
  const { patients, images } = await expectWhole()
  expect([patients.length, images.length]).toEqual([1, 5])
  page.database.patients.hook('creating').unsubscribe(fail)
  await importer.take()
  expect((await expectWhole()).patients.map(({ id }) => id)).toContain(patients[0].id)
  expect(session.workListStore.getState().rows).toHaveLength(3)
})

test('one patient, and files that do not tell whose they are, are opened at once', async () => {
  const one = three.slice(0, 5)
  const { session } = openPage(one)
  await session.openFiles(one.map(fileOf))
  expect(session.studyImportStore.getState().status).toBe('none')
  expect(session.imagesStore.getState().volumes).toHaveLength(5)
  expect(session.patientsStore.getState().patients[0].label).toBe('P0001')
})

test('names, IDs and paths stand with identities, places and listings alone', async () => {
  const { session } = openPage(three)
  await session.openFiles(three.map(fileOf))
  await (await session.studyImporter()).take()
  const holding = await Promise.all(
    page.database.tables.map(async ({ name }) => {
      const text = JSON.stringify(await page.database.table(name).toArray())
      return /PLANTED|"X1\d"|in\/X|study X|north/i.test(text.replaceAll('\\"', '"')) ? [name] : []
    }),
  )
  expect(holding.flat().sort()).toEqual(['identities', 'listings'])
})

test('changes that follow each other at once are all taken, in their order, and the study is taken after them', async () => {
  const { session } = openPage(three)
  await session.openFiles(three.map(fileOf))
  const importer = await session.studyImporter()
  const { images } = proposal(page).study
  const alike = (role: string | null) =>
    importer.correct(
      images.filter(({ id }) => id.endsWith('-t2')),
      role,
      'alike',
    )
  void alike(null)
  void alike('T1WI')
  void importer.correct(
    images.filter(({ id }) => id === 'X17-t2'),
    'FST2WI',
    'patient',
  )
  expect(proposal(page).study.images).toBe(images)
  await importer.take()
  const { study, images: taken } = await expectWhole()
  expect(study.rules.map(({ role }) => role)).toEqual(['T1WI'])
  expect(['X17-t2', 'X18-t2'].map((wanted) => taken.find(({ id }) => id === wanted)?.role)).toEqual(['FST2WI', 'T1WI'])
})
