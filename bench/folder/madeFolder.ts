import { makeSeries, type MadeSeries } from '../../cli/madeSeries.ts'
import type { DicomElement } from '../../src/io/dicom/encodeDicom.ts'

/*
 * Folders as archives hand them over, always the same: several patients, and the habits of several vendors.
 */

type MadeFile = ReturnType<typeof makeSeries>[number]

interface Person {
  readonly name: string
  readonly id: string
  readonly birthDate: string
}

const size = 112
let lastNumber = 0

const value: MadeSeries['value'] = (column, row, slice) => (column * 7 + row * 13 + slice * 29) % 1000

const text = (tag: string, vr: string, content: string | number): DicomElement => [tag, vr, String(content)]

function about({ name, id, birthDate }: Person, study: number, manufacturer: string): DicomElement[] {
  return [
    text('00080020', 'DA', `202403${String(study).padStart(2, '0')}`),
    text('00080070', 'LO', manufacturer),
    text('00100010', 'PN', name),
    text('00100020', 'LO', id),
    text('00100030', 'DA', birthDate),
    text('0020000d', 'UI', `2.25.7100.${study}`),
  ]
}

/** A series of one volume. */
function series(name: string, slices: number, elements: readonly DicomElement[]): MadeFile[] {
  const number = ++lastNumber
  return makeSeries({
    size: [size, size, slices],
    value,
    number,
    name,
    elements: [text('00200011', 'IS', number), ...elements],
  })
}

/** A series of several volumes, whose files a folder mixes. @param tell what differs from volume to volume */
function mixedSeries(
  name: string,
  slices: number,
  elements: readonly DicomElement[],
  volumes: readonly DicomElement[][],
): MadeFile[] {
  const number = ++lastNumber
  return volumes.flatMap((own, volume) =>
    makeSeries({
      size: [size, size, slices],
      value,
      number: 1000 * number + volume,
      name,
      elements: [text('00200011', 'IS', number), text('0020000e', 'UI', `2.25.7002.${number}`), ...elements, ...own],
    }).map(({ path, bytes }) => ({ path: path.replace('/', `/v${volume}-`), bytes })),
  )
}

const clock = (minutes: number) => `10${String(minutes).padStart(2, '0')}00`
const times = (count: number, of: (i: number) => DicomElement[]) => Array.from({ length: count }, (_, i) => of(i))

/** Siemens: a series for each phase, and private headers so long that the pixel data stands far behind. */
function siemens(person: Person, study: number, phases: number, slices: number): MadeFile[] {
  const own = about(person, study, 'SIEMENS')
  const csa: DicomElement[] = [
    text('00290010', 'LO', 'SIEMENS CSA HEADER'),
    ['00291020', 'OB', Uint8Array.from({ length: 40_000 }, (_, i) => i % 251)],
  ]
  return Array.from({ length: phases }, (_, i) =>
    series(`dyn_${i + 1}`, slices, [
      ...own,
      text('00080008', 'CS', 'ORIGINAL\\PRIMARY\\M\\ND'),
      text('00080032', 'TM', clock(i)),
      ...(i === 0 ? csa : []),
    ]),
  ).flat()
}

/** GE: all phases in one series, told apart by the trigger time. */
function ge(person: Person, study: number, phases: number, slices: number): MadeFile[] {
  return mixedSeries('DCE', slices, about(person, study, 'GE MEDICAL SYSTEMS'), times(phases, (i) => [text('00181060', 'DS', 60_000 * i)])) // prettier-ignore
}

/** Philips: phases by temporal position, values by a rescale slope. */
function philips(person: Person, study: number, phases: number, slices: number): MadeFile[] {
  return mixedSeries(
    'THRIVE',
    slices,
    [
      ...about(person, study, 'Philips Medical Systems'),
      text('00281052', 'DS', 0),
      text('00281053', 'DS', '1.31672771672771'),
      ['00280101', 'US', [12]],
      ['00280102', 'US', [11]],
    ],
    times(phases, (i) => [text('00200100', 'IS', i + 1), text('00080032', 'TM', clock(i))]),
  )
}

function diffusion(person: Person, study: number, bValues: readonly number[], slices: number): MadeFile[] {
  return mixedSeries('DWI', slices, about(person, study, 'SIEMENS'), bValues.map((b) => [['00189087', 'FD', float64(b)]])) // prettier-ignore
}

function computedTomography(person: Person, study: number, slices: number): MadeFile[] {
  return series('CT 3.0', slices, [
    ...about(person, study, 'GE MEDICAL SYSTEMS'),
    text('00080060', 'CS', 'CT'),
    text('00281052', 'DS', -1024),
    text('00281053', 'DS', 1),
    ['00280101', 'US', [12]],
    ['00280102', 'US', [11]],
  ])
}

function float64(number: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, number, true)
  return bytes
}

const plain = (person: Person, study: number, names: readonly string[], slices: number) =>
  names.flatMap((name) => series(name, slices, about(person, study, 'SIEMENS')))

const anna: Person = { name: 'MADE^ANNA', id: 'M-001', birthDate: '19610203' }
const berta: Person = { name: 'MADE^BERTA', id: 'M-002', birthDate: '19550607' }
const clara: Person = { name: 'MADE^CLARA', id: 'M-003', birthDate: '19701112' }
const dora: Person = { name: 'MADE^DORA', id: 'M-004', birthDate: '19490930' }
/** Somebody is to say whether she is Dora. */
const alsoDora: Person = { ...dora, id: '004' }

/** 966 files, 25 MB, in 56 volumes of 30 series; of two of the patients somebody is to be asked whether they are one. */
export function makeCohort(): MadeFile[] {
  lastNumber = 0
  const patients = {
    anna: [...siemens(anna, 1, 6, 20), ...plain(anna, 1, ['t1', 't2'], 24), ...diffusion(anna, 1, [0, 400, 800], 20)],
    berta: [...ge(berta, 2, 5, 20), ...plain(berta, 2, ['t1', 't2'], 21), ...diffusion(berta, 2, [50, 800], 20)],
    clara: [...philips(clara, 3, 5, 18), ...plain(clara, 3, ['t1', 't2'], 18), ...diffusion(clara, 3, [0, 500, 1000], 16)],
    dora: [1, 2, 3].flatMap(() => computedTomography(dora, 4, 40)),
    dora2: [
      ...philips(alsoDora, 5, 9, 12),
      ...ge(alsoDora, 6, 6, 11),
      ...plain(alsoDora, 6, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], 11),
    ],
  }
  return Object.entries(patients).flatMap(([folder, files]) =>
    files.map(({ path, bytes }, i) => ({ path: `${folder}/${path.replace('/', `/${i}-`)}`, bytes })),
  )
}

/** 2,952 files: a dynamic series of 18 phases of 164 slices, as GE writes it. */
export function makeLongSeries(): MadeFile[] {
  lastNumber = 0
  return ge(anna, 1, 18, 164)
}
