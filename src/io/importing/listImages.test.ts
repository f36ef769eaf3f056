import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeSeries } from '../../../cli/madeSeries.ts'
import { proposeStudy } from '../../core/cohort/proposal/proposeStudy.ts'
import { encodeDicomFile, type DicomElement } from '../dicom/encodeDicom.ts'
import { fileFromBytes, type Bytes } from '../sourceFile.ts'
import { listImages } from './listImages.ts'

/* From files as scanners write them to what is proposed: each a few voxels. */

interface MadeFile {
  readonly path: string
  readonly bytes: Bytes
}
const text = (tag: string, vr: string, content: string | readonly string[]): DicomElement => [tag, vr, content]
const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g)!, (byte) => parseInt(byte, 16))
let number = 0

const t1Tags = [text('00180080', 'DS', '4.5'), text('00180081', 'DS', '1.7'), text('00181314', 'DS', '10'), text('00080008', 'CS', ['ORIGINAL', 'PRIMARY', 'M'])] // prettier-ignore
const t2Tags = [text('00180080', 'DS', '4000'), text('00180081', 'DS', '90'), text('00180020', 'CS', 'SE'), text('00180082', 'DS', '160')] // prettier-ignore

/** A series of one volume, or of more by `elements` in its files. */
function series(name: string, elements: readonly DicomElement[]): MadeFile[] {
  number++
  return makeSeries({ size: [2, 2, 8], value: (_, __, slice) => slice + number, name, number, elements: [text('00200011', 'IS', `${number}`), ...elements] }) // prettier-ignore
}

const t2 = () => series('t2_tirm', [...t2Tags, text('00080032', 'TM', '095500')])
const six = [0, 1, 2, 3, 4, 5]
const clock = (i: number) => `10${String(i).padStart(2, '0')}00`
/** A series a phase. */
const phases = (of: (i: number) => readonly DicomElement[]) => six.flatMap((i) => series(`dyn ${i}`, [...t1Tags, ...of(i)]))
/** All phases in one series, whose files are mixed. */
function oneSeries(of: (i: number) => readonly DicomElement[]): MadeFile[] {
  const own = ++number
  const all = six.flatMap(
    (i) =>
    makeSeries({ size: [2, 2, 8], value: (_, __, slice) => slice + i, name: 'dyn', number: 1000 * own + i, elements: [...t1Tags, text('0020000e', 'UI', `2.25.7002.${own}`), ...of(i)] }), // prettier-ignore
  )
  return all.map((file, i) => ({ ...file, path: `dyn/${(i * 29) % all.length}.dcm` }))
}
const time = (i: number) => text('00080032', 'TM', clock(i))
const date = text('00080022', 'DA', '20240301')

/** An enhanced file of all phases. */
function multiFrame(): MadeFile[] {
  const frames = six.flatMap((phase) => [0, 1, 2, 3, 4, 5, 6, 7].map((slice) => ({ phase, slice })))
  const group = (tag: string, elements: DicomElement[]): DicomElement => [tag, 'SQ', [elements]]
  const float = (value: number) => new Uint8Array(new Float64Array([value]).buffer)
  const us = (tag: string, value: number): DicomElement => [tag, 'US', [value]]
  const elements: DicomElement[] = [
    text('00080060', 'CS', 'MR'), text('00080008', 'CS', ['ORIGINAL', 'PRIMARY', 'DYNAMIC', 'NONE']), text('0008103e', 'LO', 'THRIVE'), text('00100020', 'LO', 'MADE'), text('0020000d', 'UI', '2.25.7001'), text('0020000e', 'UI', '2.25.7002.999'), text('00200013', 'IS', '1'), text('00200052', 'UI', '2.25.7003'),
    us('00280002', 1), text('00280004', 'CS', 'MONOCHROME2'), text('00280008', 'IS', `${frames.length}`), us('00280010', 2), us('00280011', 2), us('00280100', 16), us('00280101', 16), us('00280102', 15), us('00280103', 0),
    ['52009229', 'SQ', [[
      group('00189112', [text('00180080', 'DS', '4.5'), text('00181314', 'DS', '10')]),
      group('00189114', [['00189082', 'FD', float(1.7)]]),
      group('00209116', [text('00200037', 'DS', ['1', '0', '0', '0', '1', '0'])]),
      group('00289110', [text('00280030', 'DS', ['1', '0.5'])]),
    ]]],
    ['52009230', 'SQ', frames.map(({ phase, slice }) => [
      group('00209111', [['00209128', 'UL', [phase + 1]], text('00189074', 'DT', `20240301${clock(phase)}`)]),
      group('00209113', [text('00200032', 'DS', ['0', '0', `${2 * slice}`])]),
    ])],
    ['7fe00010', 'OW', new Uint8Array(frames.length * 8)],
  ] // prettier-ignore
  return [{ path: 'THRIVE/1.dcm', bytes: encodeDicomFile('1.2.840.10008.5.1.4.1.1.4.1', '2.25.7000.999', elements) }]
}

const philips = (i: number): DicomElement[] => [text('20050010', 'LO', 'Philips MR Imaging DD 001'), ['200510a0', 'FL', new Uint8Array(new Float32Array([60 * i]).buffer)], text('00200100', 'IS', `${i + 1}`)] // prettier-ignore

/** Files, the source of the times, and whether they are proved. */
const scanners: readonly (readonly [name: string, files: () => MadeFile[], from: string, proved: boolean])[] = [
  ['Siemens: a series a phase', () => phases((i) => [date, time(i)]), 'acquisition', true],
  ['GE: one series, trigger times, equal acquisition times', () => oneSeries((i) => [date, time(0), text('00181060', 'DS', `${60000 * i}`), text('00200100', 'IS', `${i + 1}`)]), 'triggerTime', true],
  ['Philips: one series, start of the dynamic scan', () => oneSeries(philips), 'dynamicScanBegin', true],
  ['Philips: one file', multiFrame, 'frameAcquisition', true],
  ['temporal positions and resolution', () => oneSeries((i) => [text('00200100', 'IS', `${i + 1}`), text('00200110', 'DS', '60000')]), 'temporalPosition', true],
  ['content times', () => oneSeries((i) => [text('00080023', 'DA', '20240301'), text('00080033', 'TM', clock(i)), text('00200100', 'IS', `${i + 1}`)]), 'content', true],
  ['series times', () => phases((i) => [text('00080021', 'DA', '20240301'), text('00080031', 'TM', clock(i))]), 'series', true],
  ['midnight', () => phases((i) => [date, text('00080032', 'TM', ['235800', '235900', '000000', '000100', '000200', '000300'][i])]), 'acquisition', true],
  ['acquisition numbers alone', () => oneSeries((i) => [text('00200012', 'IS', `${i + 1}`)]), 'order', false],
  ['names in GB18030', () => phases((i) => [date, time(i), text('00080005', 'CS', 'GB18030'), ['00100010', 'PN', bytesOf(i % 2 ? 'cdf55e d0a1c3f7'.replace(' ', '') : 'cdf5d0a1c3f7')]]), 'acquisition', true],
] // prettier-ignore

async function propose(files: readonly MadeFile[]) {
  const listing = await listImages(files.map(({ path, bytes }) => ({ file: fileFromBytes(path, bytes), inFolder: true })))
  return { listing, study: proposeStudy(listing.images) }
}

describe('what is proposed of files', () => {
  test.each(scanners)('%s', async (_, make, from, proved) => {
    const files = [...t2(), ...make()]
    const { study, listing } = await propose(files)
    expect(listing.leftOut).toEqual([])
    expect(study.patients).toHaveLength(1)
    const [{ dce, roles }] = study.patients
    expect(dce).toMatchObject({ timesFrom: from, proved })
    expect(dce!.phases.map(({ timeS }) => Math.round(timeS))).toEqual([0, 60, 120, 180, 240, 300])
    const t2Image = listing.images.find(({ volume }) => volume.source.series === 't2_tirm')!
    expect(roles[0]).toMatchObject({ role: 'FST2WI', image: t2Image.id })
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(files, { minLength: files.length }), async (shuffled) => {
        const renamed = await propose(shuffled.map(({ bytes }, i) => ({ path: `x/${i % 5}/${i}`, bytes })))
        expect(renamed.study).toEqual(study)
      }),
      { numRuns: 2 },
    )
  })

  test('equal identifiers and other pixels are never mixed; copies are one', async () => {
    const files = t2()
    const copies = files.map(({ path, bytes }) => ({ path: `copy/${path}`, bytes }))
    const others = files.map(({ path, bytes }) => ({ path: `processed/${path}`, bytes: withLastByte(bytes) }))
    const [alone, twice, disputed] = [
      await propose(files),
      await propose([...files, ...copies]),
      await propose([...files, ...others]),
    ]
    expect(twice.study).toEqual(alone.study)
    expect(disputed.study.decisions).toMatchObject([{ kind: 'sameUids', proposed: null, chosen: null }])
    expect(disputed.study.images.map(({ setAside }) => setAside)).toEqual(['disputed', 'disputed'])
    expect(disputed.listing.images.map(({ files: own }) => own.length)).toEqual([8, 8])
  })

  test('slices that make no volume are left out, and why', async () => {
    const files = t2()
    const { listing } = await propose(files.filter((_, i) => i !== 3))
    expect(listing.images).toEqual([])
    expect(listing.leftOut).toMatchObject([{ reason: { step: 'dicom' } }])
  })
})

function withLastByte(bytes: Bytes): Bytes {
  const other = bytes.slice()
  other[other.length - 1] ^= 1
  return other
}
