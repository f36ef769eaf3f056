// @vitest-environment node
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, expect, test, vi } from 'vitest'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { createAnswerStore } from '../storage/answerStore.ts'
import { openDatabase } from '../storage/database.ts'
import { createLabelStore } from '../storage/labelStore.ts'
import { createImagesStore, type ReadOutcome } from './images.ts'
import { createPatientsStore, findPatient, labelOf } from './patients.ts'
import type { Database } from '../storage/schema.ts'

const volume = (path: string, dicom?: Record<string, string>, more: Partial<Volume['source']> = {}): Volume => ({
  size: [1, 1, 1], spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: identityDirection, voxels: new Int16Array(1),
  source: { path, format: dicom ? 'DICOM' : 'NIfTI', ...(dicom && { dicom }), ...more },
}) // prettier-ignore
const series = (StudyInstanceUID: string, more: Record<string, string> = {}) =>
  volume(`folder ${StudyInstanceUID}`, { StudyInstanceUID, SeriesInstanceUID: `${StudyInstanceUID}.${more.SeriesNumber ?? 1}`, ...more }, { series: 'T1' }) // prettier-ignore

const names = { present: 'patients test', before: 'before patients test' }
const opened: Database[] = []

afterEach(async () => {
  for (const database of opened.splice(0)) database.close()
  await Dexie.delete(names.present)
})

/** Stores where files hold what is given; pages share what the browser keeps. */
function openPage() {
  const database = openDatabase(names)
  const problems: unknown[] = []
  opened.push(database)
  let next: readonly Volume[] = []
  const images = createImagesStore(async function* () {
    for (const one of next) yield { volume: one, warnings: [], isMask: false, files: [] } satisfies ReadOutcome
  })
  const patients = createPatientsStore({
    images,
    labelInStudy: () => undefined,
    contentOf: ({ source }) => `content of ${source.path}`,
    order: (all) => all,
    answers: createAnswerStore(database, 'patientAnswers'),
    labels: createLabelStore(database),
    onNotKept: (reason) => problems.push(reason),
  })
  return {
    images,
    patients,
    problems,
    answers: createAnswerStore(database, 'patientAnswers'),
    labels: createLabelStore(database),
    async open(...volumes: Volume[]) {
      next = volumes
      return images.getState().addFiles([])
    },
    tell: () =>
      patients.getState().patients.map((patient) => `${patient.label}: ${patient.images.map(({ name }) => name).join(', ')}`),
  }
}

test('labels go by the order of opening; a patient who is gone keeps hers, and gets it back', async () => {
  const page = openPage()
  const [first] = await page.open(series('2', { PatientID: 'B17' }))
  await page.open(series('1', { PatientID: 'A17' }))
  expect(page.tell()).toEqual(['P0001: T1', 'P0002: T1'])
  page.images.getState().remove(first.id)
  await page.open(series('3', { PatientID: 'C17' }))
  expect(page.tell()).toEqual(['P0002: T1', 'P0003: T1'])
  await page.open(series('2', { PatientID: 'B17' }))
  expect(page.tell()).toEqual(['P0001: T1', 'P0002: T1', 'P0003: T1'])
})

test('two people called ANON are two patients, each with images of her own', async () => {
  const page = openPage()
  const anon = (study: string, SeriesNumber: string) => series(study, { PatientID: 'ANON', SeriesNumber })
  const [one] = await page.open(anon('1', '3'), anon('2', '3'), anon('1', '4'))
  expect(page.tell()).toEqual(['P0001: T1, series 3, T1, series 4', 'P0002: T1'])
  expect(findPatient(page.patients.getState(), one.id)!.images).toHaveLength(2)
})

test('files that tell nothing are asked about; the answer puts them together, can be taken back, and holds when a file comes again', async () => {
  const page = openPage()
  await page.open(volume('t1.nii'))
  expect(page.patients.getState().questions).toEqual([])
  const [second] = await page.open(volume('t2.nii'))
  expect(page.tell()).toEqual(['P0001: t1', 'P0002: t2'])
  const [question] = page.patients.getState().questions
  page.patients.getState().join([question.patients.flat()])
  expect(page.tell()).toEqual(['P0001: t1, t2'])
  expect(page.patients.getState().questions).toEqual([])
  page.images.getState().remove(second.id)
  await page.open(volume('t2.nii'))
  expect(page.tell()).toEqual(['P0001: t1, t2'])
  page.patients.getState().takeApart(page.patients.getState().patients[0])
  expect(page.tell()).toEqual(['P0001: t1', 'P0002: t2'])
  page.patients.getState().keepApart(page.patients.getState().questions[0])
  expect(page.tell()).toEqual(['P0001: t1', 'P0002: t2'])
  expect(page.patients.getState().questions).toEqual([])
})

test('folders that are one patient each are not one together', async () => {
  const page = openPage()
  await page.open(...['one/a', 'one/b', 'two/a', 'two/b'].map((path) => volume(`study/${path}.nii`)))
  const { questions, join } = page.patients.getState()
  join(questions[0].byFolder!)
  // What was P0002 is P0001 now; no label changes hands.
  expect(page.tell()).toEqual(['P0001: one / a, one / b', 'P0003: two / a, two / b'])
})

test('phases of one file are one patient, and a mask is nobody', async () => {
  const page = openPage()
  const phase = (n: number) => volume('dce.nii', undefined, { phase: `phase ${n} of 2` })
  const [, last] = await page.open(phase(1), phase(2))
  expect(page.tell()).toEqual(['P0001: dce, phase 1 of 2, dce, phase 2 of 2'])
  expect(page.patients.getState().questions).toEqual([])
  page.images.getState().setKind(last.id, 'mask')
  expect(page.tell()).toEqual(['P0001: dce, phase 1 of 2'])
})

test('visits go by date, and names and sequences tell them', async () => {
  const page = openPage()
  const study = (uid: string, StudyDate: string) => series(uid, { PatientID: '17', StudyDate, SeriesDescription: 'T1' })
  const [late, early] = await page.open(study('1', '20260301'), study('2', '20260101'))
  const [patient] = page.patients.getState().patients
  expect(patient.visits.map(({ name, date }) => `${name} ${date}`)).toEqual(['visit 1 2026-01-01', 'visit 2 2026-03-01'])
  expect(patient.images.map(({ name, sequence }) => [name, sequence])).toEqual([
    ['T1, visit 1', 'visit-1-T1'],
    ['T1, visit 2', 'visit-2-T1'],
  ])
  expect(labelOf(patient, late.id)).toBe('P0001, visit 2')
  expect(patient.images[0].found).toBe(early)
})

const become = (page: ReturnType<typeof openPage>, told: readonly string[]) => vi.waitFor(() => expect(page.tell()).toEqual(told))

const haveLabels = (page: ReturnType<typeof openPage>, numbers: readonly number[]) =>
  vi.waitFor(async () => expect([...(await page.labels.list()).values()].sort()).toEqual(numbers))

test('labels and answers are those of the session before, whatever is opened first', async () => {
  const before = openPage()
  await before.open(series('1', { PatientID: 'A17' }), volume('t1.nii'), volume('t2.nii'))
  await haveLabels(before, [1, 2, 3])
  const { questions, join } = before.patients.getState()
  join([questions[0].patients.flat()])
  expect(before.tell()).toEqual(['P0001: T1', 'P0002: t1, t2'])
  await vi.waitFor(async () => expect(await before.answers.get('patients')).toMatchObject({ joined: [[expect.any(String), expect.any(String)]] })) // prettier-ignore

  const page = openPage()
  await page.open(volume('t2.nii'), volume('other.nii'))
  await become(page, ['P0002: t2', 'P0004: other'])
  await page.open(volume('t1.nii'), series('1', { PatientID: 'A17' }))
  await become(page, ['P0001: T1', 'P0002: t2, t1', 'P0004: other'])
  page.patients.getState().takeApart(page.patients.getState().patients[1])
  await become(page, ['P0001: T1', 'P0002: t1', 'P0003: t2', 'P0004: other'])
  expect([...before.problems, ...page.problems]).toEqual([])
})

test('two tabs never give one label to two patients', async () => {
  const [one, other] = [openPage(), openPage()]
  await Promise.all([one.open(series('1', { PatientID: 'A17' })), other.open(series('2', { PatientID: 'B17' }))])
  await haveLabels(one, [1, 2])
  await vi.waitFor(() => expect([...one.tell(), ...other.tell()].sort()).toEqual(['P0001: T1', 'P0002: T1']))
})

test('patients who were one from the start have a label each when they are taken apart', async () => {
  const before = openPage()
  await before.answers.put('patients', { joined: [['["file","content of a.nii"]', '["file","content of b.nii"]']], apart: [] })
  const page = openPage()
  await vi.waitFor(() => expect(page.patients.getState().answers.joined).toHaveLength(1))
  await page.open(volume('a.nii'), volume('b.nii'))
  await become(page, ['P0001: a, b'])
  await haveLabels(page, [1, 1])
  page.patients.getState().takeApart(page.patients.getState().patients[0])
  await haveLabels(page, [1, 2])
  expect(page.tell()).toEqual(['P0001: a', 'P0002: b'])
})
