// @vitest-environment node
import { expect, test } from 'vitest'
import { identityDirection, type Volume } from '../core/image/volume.ts'
import { createImagesStore, type ReadOutcome } from './images.ts'
import { createPatientsStore, findPatient, labelOf } from './patients.ts'

const volume = (path: string, dicom?: Record<string, string>, more: Partial<Volume['source']> = {}): Volume => ({
  size: [1, 1, 1], spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction: identityDirection, voxels: new Int16Array(1),
  source: { path, format: dicom ? 'DICOM' : 'NIfTI', ...(dicom && { dicom }), ...more },
}) // prettier-ignore
const series = (StudyInstanceUID: string, more: Record<string, string> = {}) =>
  volume(`folder ${StudyInstanceUID}`, { StudyInstanceUID, SeriesInstanceUID: `${StudyInstanceUID}.${more.SeriesNumber ?? 1}`, ...more }, { series: 'T1' }) // prettier-ignore

/** Stores where files hold what is given. */
function openPage() {
  let next: readonly Volume[] = []
  const images = createImagesStore(async function* () {
    for (const one of next) yield { volume: one, warnings: [], isMask: false } satisfies ReadOutcome
  })
  const patients = createPatientsStore({ images, fingerprint: ({ source }) => `content of ${source.path}`, order: (all) => all })
  return {
    images,
    patients,
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
