import { describe, expect, it } from 'vitest'
import { findPhases } from '../../core/cohort/findPhases.ts'
import { setAside } from '../../core/cohort/clusterPhases.ts'
import type { Volume } from '../../core/image/volume.ts'
import { createRandom, shuffle } from '../../core/numeric/random.ts'
import { expectPhases } from '../../core/simulate/expectedDecisions.ts'
import { planStudy, type SimulatedPatient } from '../../core/simulate/planStudy.ts'
import { simulateImages } from '../../core/simulate/simulateStudy.ts'
import { say } from '../../messages/say.ts'
import { listSeries } from '../dicom/readSeries.ts'
import { itkCodec } from '../images/itkCodec.node.ts'
import { planReading, type PlannedFile, type ReadingUnit } from '../importing/planReading.ts'
import { readUnit } from '../importing/readUnit.ts'
import { fileFromBytes } from '../sourceFile.ts'
import { habitOf, phaseLayouts, type PhaseLayout } from './habitOf.ts'
import { encodeExaminations, encodeLeftovers } from './simulatedDicom.ts'
import type { MadeFile } from './simulatedImages.ts'

/** Without what is awkward; one patient a scanner. */
const study = planStudy(3, { patients: [2, 2], effect: 1.3 })
const patients = study.patients.map((patient): SimulatedPatient => ({ ...patient, awkward: [], reread: false }))
const imagesOf = (patient: SimulatedPatient) => simulateImages(patient, 1.3)

/** As a folder gives them: in any order. */
const asFolder = (files: readonly MadeFile[]): PlannedFile[] =>
  shuffle([...files], createRandom(5)).map(({ path, bytes }) => ({ file: fileFromBytes(path, bytes), inFolder: true }))

const isSeries = (unit: ReadingUnit) => unit.kind === 'series'

/** What the program finds of the dynamic series, from headers alone. */
async function readDynamic(files: readonly MadeFile[]) {
  const units = (await planReading(asFolder(files))).filter(isSeries)
  const volumes = units.map(({ plan }) => {
    const listed = listSeries(plan)
    if ('problem' in listed) throw new Error(say(listed.problem))
    return { source: listed.source, ...listed.grid }
  })
  const [first] = findPhases(volumes)
  return { units, volumes, found: first, visits: new Set(volumes.map(({ source }) => source.dicom?.StudyDate)).size }
}

const closeTo = (timesS: readonly number[]) => timesS.map((time) => expect.closeTo(time, 2))

async function expectFound(patient: SimulatedPatient, layout: PhaseLayout | null) {
  const expected = expectPhases(patient, habitOf(patient.scanner, layout))
  const images = imagesOf(patient)
  const { found, volumes } = await readDynamic(encodeExaminations(patient, images, 1.3, layout))
  expect(found.isDce).toBe(true)
  expect(found.phases.length).toBe(images.dce.length)
  const { from, proved, timesS, injectionProved, warnings } = found.times
  expect({ from, proved, timesS, injectionProved, warnings: warnings.map(({ code }) => code) }).toEqual({
    ...expected,
    timesS: closeTo(expected.timesS),
  })
  return { found, volumes, images }
}

describe('the program finds phases and times of each habit', () => {
  it('has one patient of each scanner', () => {
    expect(patients.map(({ scanner }) => scanner.habit).sort()).toEqual([
      'multiframe',
      'separate',
      'temporalPosition',
      'triggerTime',
    ])
  })

  it.each(patients.map((patient) => [patient.scanner.habit, patient] as const))('%s', async (_, patient) => {
    await expectFound(patient, null)
  })

  it.each(phaseLayouts)('%s, one phase missing', async (layout) => {
    await expectFound({ ...patients[3], awkward: ['missingPhase'] }, layout)
  })

  it.each([...phaseLayouts, null])('%s, times untold', async (layout) => {
    for (const patient of layout === 'one' ? [patients[0], patients[3]] : [patients[3]])
      await expectFound({ ...patient, awkward: ['untoldTimes'] }, layout)
  })
})

const sameVoxels = (a: Volume, b: Volume) => Buffer.from(a.voxels.buffer).equals(Buffer.from(b.voxels.buffer))

it('has the voxels of the images, where their header says', async () => {
  for (const patient of patients) {
    const images = imagesOf(patient)
    const files = encodeExaminations(patient, images, 1.3, null)
    const planned = asFolder(files)
    const units = (await planReading(planned)).filter(isSeries)
    const volumes = (await Promise.all(units.map((unit) => readUnit(itkCodec, planned, unit)))).flatMap((read) => read.volumes)
    const [t2] = volumes.filter(({ source }) => source.dicom?.ScanningSequence === 'SE')
    expect(sameVoxels(t2, images.fst2wi)).toBe(true)
    expect(t2.originMm).toEqual(images.fst2wi.originMm.map((mm) => expect.closeTo(mm, 6)))
    expect(t2.spacingMm).toEqual(images.fst2wi.spacingMm.map((mm) => expect.closeTo(mm, 6)))
    const { phases } = findPhases(volumes)[0]
    phases.forEach((at, phase) => expect(sameVoxels(volumes[at], images.dce[phase])).toBe(true))
  }
})

it('sets the subtraction aside, and leaves screenshot and directory out', async () => {
  const patient = patients.find(({ scanner }) => scanner.habit === 'separate')!
  const { volumes } = await readDynamic(encodeExaminations(patient, imagesOf(patient), 1.3, null))
  const reasons = setAside(volumes)
  expect(volumes.flatMap(({ source }, i) => (reasons[i] ? [[source.dicom?.SeriesDescription, reasons[i]]] : []))).toEqual([
    ['SIMULATED t1_fl3d_tra_dyn_SUB', 'derived'],
  ])
  const leftovers = await planReading(asFolder(encodeLeftovers(study)))
  expect(leftovers.some(isSeries)).toBe(false)
})

it('gives two visits their own dates and studies, and names nobody but the simulated', async () => {
  const patient = { ...patients[1], awkward: ['twoVisits'] as const }
  const files = encodeExaminations(patient, imagesOf(patient), 1.3, null)
  const { volumes, visits } = await readDynamic(files)
  expect(visits).toBe(2)
  expect(new Set(volumes.map(({ source }) => source.dicom?.StudyInstanceUID)).size).toBe(2)
  // One person, though a year began between the two.
  const january = { ...patient, day: Date.UTC(2022, 0, 20) / 86_400_000 }
  const turned = await readDynamic(encodeExaminations(january, imagesOf(january), 1.3, null))
  expect(new Set(turned.volumes.map(({ source }) => source.dicom?.PatientBirthDate)).size).toBe(1)
  for (const { source } of volumes) {
    expect(source.dicom?.PatientName).toMatch(/^SIMULATED\^[AB]\d{4}$/)
    expect(source.dicom?.PatientID).toBe(patient.id)
    expect(source.dicom?.StudyInstanceUID).toMatch(/^2\.25\.[1-9]\d{0,38}$/)
  }
})
