import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPhases } from '../../core/cohort/findPhases.ts'
import { identityDirection } from '../../core/image/volume.ts'
import { pixelTypeOf } from '../../core/numeric/voxelArray.ts'
import { makeSeries } from '../../../cli/madeSeries.ts'
import { itkCodec } from '../images/itkCodec.node.ts'
import { openZip } from '../openZip.ts'
import { planReading, type PlannedFile, type ReadingUnit } from '../importing/planReading.ts'
import { encodeDicomFile, type DicomElement } from './encodeDicom.ts'
import { readUnit } from '../importing/readUnit.ts'
import type { OnSeriesProgress } from './readSeries.ts'
import { fileFromBytes } from '../sourceFile.ts'
import { DataError } from '../../core/messages/message.ts'
import { say } from '../../messages/say.ts'

interface Case {
  volumes: { phase: string | null; voxels: number[] }[]
  simpleitk?: { pixelType: string; size: number[]; spacing: number[]; origin: number[]; direction: number[]; voxels: number[] }
}

const folder = fileURLToPath(new URL('../../../reference/dicom/', import.meta.url))
const { cases } = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as { cases: Record<string, Case> }

async function open(name: string): Promise<PlannedFile[]> {
  const zip = fileFromBytes(`${name}.zip`, new Uint8Array(readFileSync(join(folder, `${name}.zip`))))
  return (await openZip(zip)).map((file) => ({ file, inFolder: true }))
}

async function read(name: string) {
  const files = await open(name)
  const units = await planReading(files)
  const results = []
  for (const unit of units) if (unit.kind !== 'structures') results.push(await readUnit(itkCodec, files, unit))
  return results.map(({ volumes: [volume], warnings }) => ({ volume, warnings: warnings.map(say) }))
}

/** What is said of a unit that cannot be used. */
const refusalOf = (unit: ReadingUnit) => (unit.kind === 'unusable' ? say(unit.error) : undefined)

const phaseOf = (unit: ReadingUnit) => (unit.kind === 'series' ? unit.plan.phase : undefined)

const readable = Object.entries(cases).filter(([, { volumes }]) => volumes.length > 0)

describe('each case holds the volumes that were put in', () => {
  it.each(readable)('%s', async (name, { volumes }) => {
    const found = await read(name)
    expect(found.map(({ volume }) => volume.source.phase ?? null)).toEqual(volumes.map(({ phase }) => phase))
    found.forEach(({ volume }, i) => {
      expect(volume.voxels.length).toBe(volumes[i].voxels.length)
      volume.voxels.forEach((value, at) => expect(value).toBeCloseTo(volumes[i].voxels[at], 9))
    })
  })
})

describe('one volume is as SimpleITK reads it', () => {
  const types: Record<string, string> = {
    '16-bit signed integer': 'int16',
    '32-bit signed integer': 'int32',
    '64-bit float': 'float64',
  }
  it.each(readable.filter(([, { simpleitk }]) => simpleitk))('%s', async (name, { simpleitk }) => {
    const [{ volume }] = await read(name)
    expect(pixelTypeOf(volume.voxels)).toBe(types[simpleitk!.pixelType])
    expect(volume.size).toEqual(simpleitk!.size)
    volume.spacingMm.forEach((mm, axis) => expect(mm).toBeCloseTo(simpleitk!.spacing[axis], 5))
    volume.originMm.forEach((mm, axis) => expect(mm).toBeCloseTo(simpleitk!.origin[axis], 9))
    volume.direction.forEach((cosine, i) => expect(cosine).toBeCloseTo(simpleitk!.direction[i], 6))
    expect(Array.from(volume.voxels)).toEqual(simpleitk!.voxels)
  })
})

describe('what does not make a volume is told', () => {
  it.each([
    ['missing', /^A slice is missing: between slices 3 and 4 of 5 there are 4.20 mm instead of 2.10/],
    ['doubled', /^Slices 3 and 4 of 6 lie at the same place \(34.50 mm\)/],
    ['uneven', /^The slices are not evenly spaced: between slices \d and \d of 5/],
    ['tilted', /shifted sideways by 2.00 mm/],
    ['no_position', /^2 of 5 slices carry no position/],
    ['bad_spacing', /pixel spacing is -0.7 x 0.8/],
    ['cut_off', /007.dcm is cut off: 35 of 60 bytes/],
    ['compressed_cut_off', /a.dcm cannot be decoded/],
  ])('%s', async (name, message) => {
    await expect(read(name)).rejects.toThrowSaying(message)
    await expect(read(name)).rejects.toBeInstanceOf(DataError)
  })

  it('a colour series', async () => {
    const units = await planReading(await open('colour'))
    expect(units).toMatchObject([{ kind: 'unusable', path: 'colour.zip' }])
    expect(refusalOf(units[0])).toContain('a colour DICOM image')
  })

  it('a radiotherapy dose, whose stored numbers are no doses', async () => {
    const dose = encodeDicomFile('1.2.840.10008.5.1.4.1.1.481.2', '2.25.1', [
      ['00080060', 'CS', 'RTDOSE'],
      ['00280002', 'US', [1]],
      ['00280010', 'US', [1]],
      ['00280011', 'US', [1]],
      ['3004000e', 'DS', '0.001'],
    ])
    const units = await planReading([{ file: fileFromBytes('dose.dcm', dose), inFolder: false }])
    expect(units).toMatchObject([{ kind: 'unusable', path: 'dose.dcm' }])
    expect(refusalOf(units[0])).toContain('a radiotherapy dose (RTDOSE)')
  })

  it('slightly uneven slices and copies are read, with a warning', async () => {
    expect((await read('slightly_uneven'))[0].warnings.join()).toContain('not quite evenly spaced')
    expect((await read('copied'))[0].warnings.join()).toMatch(/^A doubled slice: \d+.dcm is a copy of other files/)
  })

  it('files that are no images are left out and named beside the series', async () => {
    const units = await planReading(await open('two_series_and_others'))
    expect(units.map(({ kind }) => kind)).toEqual(['series', 'series', 'structures'])
    const found = await read('two_series_and_others')
    expect(found.map(({ volume }) => [volume.source.path, volume.source.series])).toEqual([
      ['two_series_and_others.zip/a', 'series_a'],
      ['two_series_and_others.zip/b', 'series_b'],
    ])
    expect(found[0].warnings.join()).toContain('1 file is no image and left out: readme.txt (text)')
  })

  it('a DICOM header cut off', async () => {
    const [{ file }] = await open('plain')
    const start = await file.bytes(0, 300)
    const units = await planReading([{ file: fileFromBytes('scan.dcm', start), inFolder: false }])
    expect(units).toMatchObject([{ kind: 'unusable', path: 'scan.dcm' }])
    expect(refusalOf(units[0])).toContain('header is cut off or damaged')
  })
})

it('shows the middle slice of a long series before the rest is read', async () => {
  const value = (column: number, row: number, slice: number) => 100 * slice + 10 * row + column
  const files = makeSeries({ size: [4, 3, 40], value }).map(({ path, bytes }) => ({
    file: fileFromBytes(path, bytes),
    inFolder: true,
  }))
  const [unit] = await planReading(files)
  const told: Parameters<OnSeriesProgress>[] = []
  const { volumes } = await readUnit(itkCodec, files, unit, { onProgress: (...progress) => told.push(progress) })
  expect(volumes[0].size).toEqual([4, 3, 40])
  expect(told.map(([done, total]) => [done, total])).toEqual([
    [0, 40],
    [32, 40],
    [40, 40],
  ])
  const middle = Array.from({ length: 12 }, (_, at) => value(at % 4, Math.floor(at / 4), 20))
  expect(told[0][2]).toEqual({
    size: [4, 3],
    spacingMm: [0.5, 1],
    voxels: Uint16Array.from(middle),
    source: expect.objectContaining({ dicom: volumes[0].source.dicom }) as unknown,
    number: 21,
    count: 40,
  })
  expect([...volumes[0].voxels.slice(20 * 12, 21 * 12)]).toEqual(middle)
})

it('keeps what identifies patient and series, by keyword', async () => {
  const [unit] = await planReading(await open('dce_temporal'))
  expect(phaseOf(unit)).toBe('phase 1 of 3')
  const [{ volume }] = await read('dce_temporal')
  expect(volume.source).toMatchObject({
    format: 'DICOM',
    path: 'dce_temporal.zip',
    series: 'dce_temporal',
    dicom: { PatientID: 'PHANTOM', Modality: 'MR', TemporalPositionIdentifier: '1' },
  })
  expect(volume.source.dicom).toHaveProperty('FrameOfReferenceUID')
})

it('a zip cut off is told', async () => {
  const bytes = new Uint8Array(readFileSync(join(folder, 'plain.zip'))).slice(0, -200)
  await expect(openZip(fileFromBytes('plain.zip', bytes))).rejects.toThrowSaying('zip file is cut off')
})

describe('phases come in the order of time, with their times, however files are named and in whatever order they come', () => {
  const clocks = ['235800', '235900', '000000', '000100']
  const slices = 8
  const value = (column: number) => column
  const about = (time: string): DicomElement[] => [
    ['00080022', 'DA', time.startsWith('0') ? '20240302' : '20240301'],
    ['00080032', 'TM', time],
    ['00180080', 'DS', '4.5'],
    ['00180081', 'DS', '1.7'],
  ]
  const separate = clocks.flatMap((time, i) =>
    makeSeries({
      size: [2, 2, slices],
      value,
      number: i + 1,
      name: `dyn ${9 - i}`,
      elements: [...about(time), ['00200011', 'IS', `${9 - i}`]],
    }),
  )
  // One series: slices of a phase begin one second after another, the later files first.
  const split = clocks.flatMap((time, i) =>
    Array.from({ length: slices }, (_, slice) => {
      const [file] = makeSeries({
        size: [2, 2, 1],
        value,
        number: 100 * (i + 1) + slice,
        elements: [
          ...about(String(Number(time) + slice).padStart(6, '0')),
          ['0020000e', 'UI', '2.25.7002'],
          ['00200012', 'IS', `${9 - i}`],
          ['00200013', 'IS', `${slices * (9 - i) + slice}`],
          ['00200032', 'DS', ['0', '0', `${2 * slice}`]],
        ],
      })
      return file
    }),
  )
  /** Frames of all phases in one file, the last phase first. */
  const enhanced = () => {
    const frames = clocks.flatMap((time, i) =>
      Array.from({ length: slices }, (_, slice): DicomElement[] => [
        [
          '00209111',
          'SQ',
          [
            [
              ['00189074', 'DT', `${time.startsWith('0') ? '20240302' : '20240301'}${time}`],
              ['00209128', 'UL', [i + 1]],
            ],
          ],
        ],
        ['00209113', 'SQ', [[['00200032', 'DS', ['0', '0', `${2 * slice}`]]]]],
      ]),
    )
    const [{ bytes }] = makeSeries({
      size: [2, 2, 1],
      value,
      elements: [
        ['00280008', 'IS', `${frames.length}`],
        [
          '52009229',
          'SQ',
          [
            [
              [
                '00189112',
                'SQ',
                [
                  [
                    ['00180080', 'DS', '4.5'],
                    ['00180081', 'DS', '1.7'],
                  ],
                ],
              ],
            ],
          ],
        ],
        ['52009230', 'SQ', [...frames].reverse()],
        ['7fe00010', 'OW', new Uint8Array(2 * 4 * frames.length)],
      ],
    })
    return [{ path: 'enhanced.dcm', bytes }]
  }

  it.each([
    ['separate series', separate],
    ['one series that is split', split],
    ['one file of many frames', enhanced()],
  ])('%s', async (kind, files) => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(files, { minLength: files.length }), fc.nat(), async (shuffled, salt) => {
        const planned = shuffled.map(({ bytes }, i) => ({
          file: fileFromBytes(`in/${(salt * 31 + i * 17) % 1009}-${i}.dcm`, bytes),
          inFolder: true,
        }))
        const units = await planReading(planned)
        const volumes = units.flatMap((unit) =>
          unit.kind === 'series'
            ? [
                {
                  size: [2, 2, slices] as const,
                  spacingMm: [0.5, 1, 2] as const,
                  originMm: [0, 0, 0] as const,
                  direction: identityDirection,
                  source: {
                    path: unit.path,
                    format: 'DICOM' as const,
                    phase: unit.plan.phase,
                    dicom: unit.plan.attributes,
                    timing: unit.plan.timing,
                  },
                },
              ]
            : [],
        )
        const [found] = findPhases(volumes)
        expect(found).toMatchObject({ isDce: true, times: { proved: true, timesS: [0, 60, 120, 180] } })
        expect(found.times.from).toBe(kind === 'one file of many frames' ? 'frameAcquisition' : 'acquisition')
        const ordered = found.phases.map((at) => volumes[at].source)
        if (kind === 'separate series') expect(ordered.map(({ dicom }) => dicom.SeriesNumber)).toEqual(['9', '8', '7', '6'])
        else expect(ordered.map(({ phase }) => phase)).toEqual([1, 2, 3, 4].map((n) => `phase ${n} of 4`))
        // What is said of a volume is said of its own first slice.
        if (kind !== 'one file of many frames') expect(ordered.map(({ dicom }) => dicom.AcquisitionTime)).toEqual(clocks)
      }),
      { numRuns: 12 },
    )
  })
})
