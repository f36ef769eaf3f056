import { createRandom, deriveSeed, shuffle, type Seed } from '../../core/numeric/random.ts'
import { acquiredPhases, gapS, injectionS } from '../../core/simulate/expectedDecisions.ts'
import { earlierVisit, type SimulatedPatient, type SimulatedStudy } from '../../core/simulate/planStudy.ts'
import type { DicomHabit, SequenceProtocol } from '../../core/simulate/scanners.ts'
import { simulatedMaker } from '../../core/study/unnamedStudy.ts'
import { simulateImages, type SimulatedImages, type SimulatedVolume } from '../../core/simulate/simulateStudy.ts'
import { decimalString, encodeDicomFile, type DicomElement } from '../dicom/encodeDicom.ts'
import type { Bytes } from '../sourceFile.ts'
import { habitOf, type PhaseLayout } from './habitOf.ts'
import type { MadeFile } from './simulatedImages.ts'

const sopClasses = {
  mr: '1.2.840.10008.5.1.4.1.1.4',
  enhancedMr: '1.2.840.10008.5.1.4.1.1.4.1',
  screenshot: '1.2.840.10008.5.1.4.1.1.7',
  directory: '1.2.840.10008.1.3.10',
}

/** Files that belong to no patient's images, as every disk from a hospital has some. */
export function encodeLeftovers({ seed, patients }: SimulatedStudy): MadeFile[] {
  const [patient] = patients
  const uid = uidOf(seed, 'DICOMDIR')
  const directory = encodeDicomFile(sopClasses.directory, uid, [
    ['00041130', 'CS', 'SIMULATED'],
    ['00041200', 'UL', [0]],
    ['00041202', 'UL', [0]],
    ['00041212', 'US', [0]],
    ['00041220', 'SQ', []],
  ])
  const [columns, rows] = [64, 48]
  const visit = visitOf(patient, 0)
  const screenshot = encodeDicomFile(sopClasses.screenshot, uidOf(patient.seed, 'screenshot'), [
    ...visit.elements,
    ...seriesElements(visit, { name: 'screen', number: 99, at: 900, description: 'SIMULATED screen save', modality: 'OT' }),
    ['00080008', 'CS', ['DERIVED', 'SECONDARY', 'SCREEN SAVE']],
    ['00080064', 'CS', 'WSD'],
    ['00200013', 'IS', '1'],
    ['00280002', 'US', [3]],
    ['00280004', 'CS', 'RGB'],
    ['00280006', 'US', [0]],
    ...pixelElements(columns, rows, 8),
    ['7fe00010', 'OB', Uint8Array.from({ length: 3 * columns * rows }, (_, i) => i % 256)],
  ])
  return [
    { path: 'dicom/DICOMDIR', bytes: directory },
    { path: `${folderOf(patient)}/screen/0001.dcm`, bytes: screenshot },
  ]
}

/** The examinations of a patient as the scanner writes them: FST2WI and the dynamic series, for some an earlier visit and a subtraction. */
export function encodeExaminations(
  patient: SimulatedPatient,
  images: SimulatedImages,
  effect: number,
  layout: PhaseLayout | null,
): MadeFile[] {
  const habit = habitOf(patient.scanner, layout)
  if (!patient.awkward.includes('twoVisits')) return encodeVisit(patient, images, habit, 0)
  const before = earlierVisit(patient)
  return [
    ...encodeVisit(before, simulateImages(before, effect), habit, 1, patient.day),
    ...encodeVisit(patient, images, habit, 0),
  ]
}

/** @param lastDay of the last examination, at which the patient has her age */
function encodeVisit(
  patient: SimulatedPatient,
  images: SimulatedImages,
  habit: DicomHabit,
  ago: number,
  lastDay = patient.day,
): MadeFile[] {
  const visit = visitOf(patient, ago, lastDay)
  const { scanner } = patient
  const t2 = encodeStack(visit, images.fst2wi, {
    ...describeSeries('t2_tse_fs_tra', 2, -600),
    elements: [...sequenceElements(scanner.fst2wi, 'SE', 'FS'), ...clockElements(visit, -600)],
  })
  // What the console computes at once, where the phases are series of their own.
  const subtraction =
    habit === 'separate'
      ? encodeStack(visit, subtract(images.dce[1], images.dce[0]), {
          ...describeSeries('t1_fl3d_tra_dyn_SUB', 50, 400),
          imageType: ['DERIVED', 'PRIMARY', 'M', 'NORM', 'SUB'],
          elements: [...sequenceElements(scanner.dce, 'GR', ''), ...clockElements(visit, 400)],
        })
      : []
  return [...t2, ...encodePhases[habit](visit, images), ...subtraction]
}

/** A study of a patient: what all of its files say. */
interface Visit {
  readonly patient: SimulatedPatient
  readonly seed: Seed
  readonly folder: string
  readonly elements: readonly DicomElement[]
  readonly date: string
  /** Of day, when the first phase of the dynamic series began. */
  readonly startS: number
  readonly isUntold: boolean
}

function visitOf(patient: SimulatedPatient, ago: number, lastDay = patient.day): Visit {
  const { id, seed, centre, clinical, scanner, day, awkward } = patient
  const date = dateOf(day)
  const startS = 8 * 3600 + 60 * createRandom(deriveSeed(seed, 'hour')).integer(9 * 60)
  return {
    patient,
    seed,
    folder: `${folderOf(patient)}/${ago === 0 ? 'exam' : 'earlier'}`,
    date,
    startS,
    isUntold: awkward.includes('untoldTimes'),
    elements: [
      ['00080020', 'DA', date],
      ['00080030', 'TM', timeOf(startS - 700)],
      ['00080050', 'SH', ''],
      ['00080070', 'LO', `${simulatedMaker}, like ${scanner.likeVendor}`],
      ['00080080', 'LO', `SIMULATED CENTRE ${centre}`],
      ['00080090', 'PN', ''],
      ['00081030', 'LO', 'SIMULATED breast MR'],
      ['00081090', 'LO', scanner.model],
      ['00100010', 'PN', `SIMULATED^${id.replace('-', '')}`],
      ['00100020', 'LO', id],
      ['00100030', 'DA', `${Number(dateOf(lastDay).slice(0, 4)) - clinical.ageYears}0101`],
      ['00100040', 'CS', 'F'],
      ['00180015', 'CS', 'BREAST'],
      ['00180087', 'DS', decimalString(scanner.fieldStrengthT)],
      ['00185100', 'CS', 'HFP'],
      ['0020000d', 'UI', uidOf(seed, 'study')],
      ['00200010', 'SH', '1'],
      ['00200052', 'UI', uidOf(seed, 'frame of reference')],
      ['00201040', 'LO', ''],
    ],
  }
}

const folderOf = ({ centre, id }: SimulatedPatient) => `dicom/${centre}/${id}`

interface SeriesAbout {
  /** Tells it from the other series of the visit. */
  readonly name: string
  readonly number: number
  /** When it began, in seconds from the first phase. */
  readonly at: number
  readonly description: string
  readonly modality?: 'MR' | 'OT'
}

const describeSeries = (name: string, number: number, at: number): SeriesAbout => ({
  name,
  number,
  at,
  description: `SIMULATED ${name}`,
})

function seriesElements(
  { seed, date, startS }: Visit,
  { name, number, at, description, modality = 'MR' }: SeriesAbout,
): DicomElement[] {
  return [
    ['00080021', 'DA', date],
    ['00080031', 'TM', timeOf(startS + at)],
    ['00080060', 'CS', modality],
    ['0008103e', 'LO', description],
    ['00181030', 'LO', description],
    ['0020000e', 'UI', uidOf(seed, 'series', name)],
    ['00200011', 'IS', String(number)],
  ]
}

interface StackAbout extends SeriesAbout {
  readonly imageType?: readonly string[]
  readonly elements: readonly DicomElement[]
  /** Of the first slice, from 1; the others follow. */
  readonly firstInstance?: number
  /** In place of that: a number for each slice. */
  readonly instances?: readonly number[]
  /** Tells the files of a volume from others of its series. */
  readonly part?: string
}

/** A file a slice. */
function encodeStack(visit: Visit, volume: SimulatedVolume, about: StackAbout): MadeFile[] {
  const [columns, rows, slices] = volume.size
  const { firstInstance = 1, instances, part = '', imageType = ['ORIGINAL', 'PRIMARY', 'M', 'NORM'] } = about
  const common: DicomElement[] = [
    ...visit.elements,
    ...seriesElements(visit, about),
    ['00080008', 'CS', imageType],
    ...about.elements,
    ['00200037', 'DS', ['1', '0', '0', '0', '1', '0']],
    ['00280002', 'US', [1]],
    ['00280004', 'CS', 'MONOCHROME2'],
    ['00280030', 'DS', [decimalString(volume.spacingMm[1]), decimalString(volume.spacingMm[0])]],
    ...pixelElements(columns, rows, 16),
  ]
  return Array.from({ length: slices }, (_, slice) => {
    const instance = instances?.[slice] ?? firstInstance + slice
    const bytes = encodeDicomFile(sopClasses.mr, uidOf(visit.seed, 'file', about.name, part, slice), [
      ...common,
      ['00200013', 'IS', String(instance)],
      ['00200032', 'DS', positionOf(volume, slice)],
      ['7fe00010', 'OW', sliceBytes(volume, slice)],
    ])
    return { path: `${visit.folder}/${about.name}/${String(instance).padStart(4, '0')}.dcm`, bytes }
  })
}

type EncodePhases = (visit: Visit, images: SimulatedImages) => MadeFile[]

const dynamic = { name: 't1_fl3d_tra_dyn', number: 10 }

/** How four scanners write the phases of a dynamic series. Where times are to be untold, only an order stands in the files. */
const encodePhases: Readonly<Record<DicomHabit, EncodePhases>> = {
  separate: (visit, { dce, timesS }) =>
    dce.flatMap((volume, i) => {
      const at = visit.isUntold ? 0 : timesS[i]
      return encodeStack(visit, volume, {
        ...describeSeries(`${dynamic.name}_${i + 1}`, dynamic.number + i, at),
        elements: [
          ...dceElements(visit),
          ...(visit.isUntold ? [] : clockElements(visit, at)),
          ...(visit.isUntold ? [] : [['00181042', 'TM', timeOf(visit.startS + injectionS)] as const]),
        ],
      })
    }),

  triggerTime: (visit, { dce, timesS }) =>
    dce.flatMap((volume, i) =>
      encodeStack(visit, volume, {
        ...describeSeries(dynamic.name, dynamic.number, 0),
        part: String(i),
        firstInstance: 1 + i * volume.size[2],
        elements: [
          ...dceElements(visit),
          ...clockElements(visit, 0),
          visit.isUntold ? ['00200012', 'IS', String(i + 1)] : ['00181060', 'DS', decimalString(1000 * timesS[i])],
        ],
      }),
    ),

  temporalPosition(visit, { dce }) {
    const phases = acquiredPhases(visit.patient)
    const slices = dce[0].size[2]
    const numbers = shuffle(
      Array.from({ length: dce.length * slices }, (_, i) => i + 1),
      createRandom(deriveSeed(visit.seed, 'instance numbers')),
    )
    return dce.flatMap((volume, i) =>
      encodeStack(visit, volume, {
        ...describeSeries(dynamic.name, dynamic.number, 0),
        part: String(i),
        instances: numbers.slice(i * slices, (i + 1) * slices),
        elements: [
          ...dceElements(visit),
          ...clockElements(visit, 0),
          ['00200100', 'IS', String(phases[i] + 1)],
          ['00200105', 'IS', String(dce.length)],
          ...(visit.isUntold ? [] : [['00200110', 'DS', decimalString(1000 * gapS)] as const]),
        ],
      }),
    )
  },

  multiframe: (visit, images) => [encodeMultiframe(visit, images)],
}

/** An Enhanced MR Image: all phases in one file, the slices of a phase together. */
function encodeMultiframe(visit: Visit, { dce, timesS }: SimulatedImages): MadeFile {
  const { repetitionMs, echoMs, flipDegrees, spacingMm } = visit.patient.scanner.dce
  const [columns, rows, slices] = dce[0].size
  const phases = acquiredPhases(visit.patient)
  const shared: DicomElement[] = [
    ['00189112', 'SQ', [[['00180080', 'DS', decimalString(repetitionMs)], ['00181314', 'DS', decimalString(flipDegrees)]]]],
    ['00189114', 'SQ', [[['00189082', 'FD', [echoMs]]]]],
    ['00209116', 'SQ', [[['00200037', 'DS', ['1', '0', '0', '0', '1', '0']]]]],
    ['00289110', 'SQ', [[
      ['00180050', 'DS', decimalString(spacingMm[2])],
      ['00280030', 'DS', [decimalString(spacingMm[1]), decimalString(spacingMm[0])]],
    ]]],
  ] // prettier-ignore
  const frames = dce.flatMap((volume, i) =>
    Array.from({ length: slices }, (_, slice): DicomElement[] => {
      const moment = `${visit.date}${timeOf(visit.startS + timesS[i])}`
      const clocks: DicomElement[] = visit.isUntold ? [] : [['00189074', 'DT', moment], ['00189151', 'DT', moment]] // prettier-ignore
      return [
        ['00209111', 'SQ', [[...clocks, ['00209056', 'SH', '1'], ['00209057', 'UL', [slice + 1]], ['00209128', 'UL', [phases[i] + 1]]]]],
        ['00209113', 'SQ', [[['00200032', 'DS', positionOf(volume, slice)]]]],
      ] // prettier-ignore
    }),
  )
  const pixels = new Uint8Array(2 * columns * rows * slices * dce.length)
  dce.forEach(({ voxels }, i) =>
    pixels.set(new Uint8Array(voxels.buffer, voxels.byteOffset, voxels.byteLength), i * voxels.byteLength),
  )
  const about = describeSeries(dynamic.name, dynamic.number, 0)
  const bytes = encodeDicomFile(sopClasses.enhancedMr, uidOf(visit.seed, 'file', dynamic.name), [
    ...visit.elements,
    ...seriesElements(visit, about),
    ['00080008', 'CS', ['ORIGINAL', 'PRIMARY', 'DYNAMIC', 'NONE']],
    ['00180010', 'LO', 'SIMULATED'],
    ['00180023', 'CS', '3D'],
    ['00200013', 'IS', '1'],
    ['00280002', 'US', [1]],
    ['00280004', 'CS', 'MONOCHROME2'],
    ['00280008', 'IS', String(frames.length)],
    ...pixelElements(columns, rows, 16),
    ['52009229', 'SQ', [shared]],
    ['52009230', 'SQ', frames],
    ['7fe00010', 'OW', pixels],
  ])
  return { path: `${visit.folder}/${dynamic.name}/0001.dcm`, bytes }
}

function dceElements({ patient }: Visit): DicomElement[] {
  return [...sequenceElements(patient.scanner.dce, 'GR', ''), ['00180010', 'LO', 'SIMULATED']]
}

function sequenceElements(
  { repetitionMs, echoMs, flipDegrees, spacingMm }: SequenceProtocol,
  scanning: 'SE' | 'GR',
  scanOptions: string,
): DicomElement[] {
  return [
    ['00180020', 'CS', scanning],
    ['00180021', 'CS', scanning === 'SE' ? 'SK' : 'SP'],
    ['00180022', 'CS', scanOptions],
    ['00180023', 'CS', scanning === 'SE' ? '2D' : '3D'],
    ['00180050', 'DS', decimalString(spacingMm[2])],
    ['00180080', 'DS', decimalString(repetitionMs)],
    ['00180081', 'DS', decimalString(echoMs)],
    ['00180088', 'DS', decimalString(spacingMm[2])],
    ['00180091', 'IS', scanning === 'SE' ? '15' : '1'],
    ['00181314', 'DS', decimalString(flipDegrees)],
  ]
}

/** @param at seconds from the first phase */
function clockElements({ date, startS }: Visit, at: number): DicomElement[] {
  return [
    ['00080022', 'DA', date],
    ['00080032', 'TM', timeOf(startS + at)],
  ]
}

function pixelElements(columns: number, rows: number, bits: 8 | 16): DicomElement[] {
  return [
    ['00280010', 'US', [rows]],
    ['00280011', 'US', [columns]],
    ['00280100', 'US', [bits]],
    ['00280101', 'US', [bits]],
    ['00280102', 'US', [bits - 1]],
    ['00280103', 'US', [0]],
  ]
}

function positionOf({ originMm, spacingMm }: SimulatedVolume, slice: number): string[] {
  return [originMm[0], originMm[1], originMm[2] + slice * spacingMm[2]].map((mm) => decimalString(Number(mm.toFixed(6))))
}

function sliceBytes({ size, voxels }: SimulatedVolume, slice: number): Bytes {
  const length = 2 * size[0] * size[1]
  return new Uint8Array(voxels.buffer, voxels.byteOffset + slice * length, length)
}

function subtract(after: SimulatedVolume, before: SimulatedVolume): SimulatedVolume {
  return { ...after, voxels: after.voxels.map((level, i) => Math.max(0, level - before.voxels[i])) }
}

/** 2.25 and a number of 128 bits (as a version 4 UUID has), the same for the same seed and path. */
function uidOf(seed: Seed, ...path: readonly (number | string)[]): string {
  const random = createRandom(deriveSeed(seed, 'uid', ...path))
  const digits = Array.from({ length: 4 }, () => random.bits().toString(16).padStart(8, '0')).join('')
  return `2.25.${BigInt(`0x${digits.slice(0, 12)}4${digits.slice(13, 16)}8${digits.slice(17)}`)}`
}

/** @param day since 1970 */
function dateOf(day: number): string {
  return new Date(86_400_000 * day).toISOString().slice(0, 10).replaceAll('-', '')
}

function timeOf(seconds: number): string {
  const whole = Math.floor(seconds)
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  const micro = Math.round(1e6 * (seconds - whole))
  return `${two(whole / 3600)}${two((whole / 60) % 60)}${two(whole % 60)}.${String(micro).padStart(6, '0')}`
}
