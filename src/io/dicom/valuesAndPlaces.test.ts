import { describe, expect, it } from 'vitest'
import { itkCodec } from '../images/itkCodec.node.ts'
import { planReading, type PlannedFile, type ReadingUnit } from '../importing/planReading.ts'
import { readUnit } from '../importing/readUnit.ts'
import { fileFromBytes } from '../sourceFile.ts'
import { encodeDicomFile, type DicomElement } from './encodeDicom.ts'
import { petUnit } from './valueUnit.ts'
import { say } from '../../messages/say.ts'

const classes = { MR: '1.2.840.10008.5.1.4.1.1.4', NM: '1.2.840.10008.5.1.4.1.1.20', map: '1.2.840.10008.5.1.4.1.1.30' }
const stored = Uint16Array.from({ length: 12 }, (_, i) => 100 * i)

interface FileOptions {
  readonly sopClass?: string
  readonly instance?: string
  readonly without?: readonly string[]
  readonly vrs?: 'explicit' | 'implicit'
}

/** 4 columns, 3 rows, 12 bits of 16: one slice of an MR series unless told otherwise. */
function makeFile(
  elements: readonly DicomElement[],
  { sopClass = classes.MR, instance = '2.25.2', without = [], vrs = 'explicit' }: FileOptions = {},
): PlannedFile {
  const usual: DicomElement[] = [
    ['00080060', 'CS', 'MR'],
    ['0020000e', 'UI', '2.25.1'],
    ['00200032', 'DS', ['1', '2', '3']],
    ['00200037', 'DS', ['1', '0', '0', '0', '1', '0']],
    ['00280002', 'US', [1]],
    ['00280004', 'CS', 'MONOCHROME2'],
    ['00280010', 'US', [3]],
    ['00280011', 'US', [4]],
    ['00280030', 'DS', ['1', '0.5']],
    ['00280100', 'US', [16]],
    ['00280101', 'US', [12]],
    ['00280102', 'US', [11]],
    ['00280103', 'US', [0]],
    ['7fe00010', 'OW', new Uint8Array(stored.buffer)],
  ]
  const replaced = new Set([...without, ...elements.map(([tag]) => tag)])
  const bytes = encodeDicomFile(sopClass, instance, [...usual.filter(([tag]) => !replaced.has(tag)), ...elements], vrs)
  return { file: fileFromBytes('a.dcm', bytes), inFolder: false }
}

async function read(...files: PlannedFile[]) {
  const units = await planReading(files)
  expect(units).toHaveLength(1)
  const { volumes, warnings } = await readUnit(itkCodec, files, units[0])
  return { volume: volumes[0], warnings: warnings.map(say).join(' ') }
}

const words = (...values: number[]): DicomElement[2] => new Uint8Array(Uint16Array.from(values).buffer)

/** What is said of a unit that cannot be used. */
const refusalOf = (unit: ReadingUnit) => (unit.kind === 'unusable' ? say(unit.error) : undefined)

describe('values', () => {
  it('of MONOCHROME1 are those stored, and rescaled as others are', async () => {
    const { volume, warnings } = await read(makeFile([['00280004', 'CS', 'MONOCHROME1'], ['00281053', 'DS', '2'], ['00281052', 'DS', '-10']]))
    expect(Array.from(volume.voxels)).toEqual(Array.from(stored, (value) => 2 * value - 10))
    expect(warnings).toContain('MONOCHROME1, which is shown with dark and light exchanged. The values are those stored')
  }) // prettier-ignore

  it('compressed with loss are told, with their ratio', async () => {
    const { warnings } = await read(
      makeFile([
        ['00282110', 'CS', '01'],
        ['00282112', 'DS', ['8', '12.5']],
      ]),
    )
    expect(warnings).toContain('The images were compressed with loss (12.5 : 1): their values are not those of the scanner')
    expect((await read(makeFile([['00282110', 'CS', '00']]))).warnings).not.toContain('loss')
    // Some leave the mark out.
    expect((await read(makeFile([['00282112', 'DS', '20']]))).warnings).toContain('compressed with loss (20 : 1)')
    expect((await read(makeFile([['00282114', 'CS', 'ISO_10918_1']]))).warnings).toContain('compressed with loss')
  })

  const tables: [string, DicomElement[], (value: number) => number][] = [
    ['of 16 bits', [['00283002', 'US', [3, 200, 16]], ['00283006', 'OW', words(7, 70, 60000)]], (v) => [7, 70, 60000][Math.min(Math.max(v - 200, 0), 2)]],
    ['of 8 bits', [['00283002', 'US', [4, 299, 8]], ['00283006', 'OW', Uint8Array.of(9, 8, 7, 6)]], (v) => [9, 8, 7, 6][Math.min(Math.max(v - 299, 0), 3)]],
  ] // prettier-ignore
  it.each(tables)('go through the Modality LUT, %s', async (_, table, value) => {
    const { volume, warnings } = await read(makeFile([['00283000', 'SQ', [table]]]))
    expect(Array.from(volume.voxels)).toEqual(Array.from(stored, value))
    expect(warnings).toContain('Modality LUT')
  })

  it('of some slices alone that are MONOCHROME1 or come from a table are counted', async () => {
    const slice = (number: number, ...elements: DicomElement[]) =>
      makeFile([['00200013', 'IS', String(number)], ['00200032', 'DS', ['1', '2', String(number)]], ...elements], { instance: `2.25.2.${number}` })
    const inverted = await read(slice(1), slice(2, ['00280004', 'CS', 'MONOCHROME1']), slice(3))
    expect(inverted.warnings).toContain('1 of 3 slices are MONOCHROME1')
    const table: DicomElement[] = [['00283002', 'US', [3, 200, 16]], ['00283006', 'OW', words(7, 70, 60000)]]
    const tabled = await read(slice(1), slice(2, ['00283000', 'SQ', [table]]), slice(3))
    expect(tabled.warnings).toContain('The values of 1 of 3 slices come from the table of their file (Modality LUT)')
  }) // prettier-ignore

  it.each([
    [{ Units: 'BQML', DecayCorrection: 'START' }, 'Bq/ml, activity concentration and not SUV'],
    [{ Units: 'BQML', DecayCorrection: 'NONE' }, 'Bq/ml, activity concentration and not SUV, not corrected for decay'],
    [{ Units: 'GML', SUVType: 'LBM' }, 'SUV by lean body mass (g/ml)'],
    [{ Units: 'GML' }, 'SUV (g/ml)'],
    [{ Units: 'MLMINML' }, 'MLMINML (Units of the file), not SUV'],
    [{}, 'unknown (the file gives no Units)'],
  ])('of PET: %j', (attributes, unit) => {
    expect(say(petUnit({ Modality: 'PT', ...attributes })!)).toBe(unit)
    expect(petUnit({ Modality: 'MR', ...attributes })).toBeUndefined()
  })

  it('of PET that are no SUV are told where they are read', async () => {
    const pet = (units: string) =>
      read(
        makeFile([
          ['00080060', 'CS', 'PT'],
          ['00541001', 'CS', units],
        ]),
      )
    expect((await pet('BQML')).warnings).toContain('The unit of the PET values is Bq/ml')
    expect((await pet('GML')).warnings).not.toContain('PET')
  })

  it.each([
    ['Units', '00541001', 'BQML', /2 of 3 slices in SUV \(g\/ml\); 1 of 3 slices in Bq\/ml/],
    ['SUVType', '00541006', 'LBM', /2 of 3 slices in SUV \(g\/ml\); 1 of 3 slices in SUV by lean body mass/],
    ['DecayCorrection', '00541102', 'NONE', /1 of 3 slices in SUV \(g\/ml\), not corrected for decay/],
  ])('of PET whose %s changes among the slices are refused', async (_, tag, other, message) => {
    const slice = (number: number, ...elements: DicomElement[]) =>
      makeFile(
        [
          ['00080060', 'CS', 'PT'],
          ['00200013', 'IS', String(number)],
          ['00200032', 'DS', ['1', '2', String(number)]],
          ['00541001', 'CS', 'GML'],
          ...elements,
        ],
        { instance: `2.25.2.${number}` },
      )
    const rest = [slice(1), slice(2)]
    expect((await read(...rest, slice(3))).volume.size[2]).toBe(3)
    await expect(read(...rest, slice(3, [tag, 'CS', other]))).rejects.toThrowSaying(message)
  })
})

describe('bits', () => {
  const stood: [string, DicomElement[], (value: number) => number][] = [
    ['above the 12 stored are cleared', [['7fe00010', 'OW', words(...stored.map((v) => v | 0xf000))]], (v) => v],
    ['of signed numbers, 12 of 16, carry the sign', [['00280103', 'US', [1]], ['7fe00010', 'OW', words(...stored.map((v) => (v - 600) & 0x0fff))]], (v) => v - 600],
    ['of signed numbers, 10 of 16, carry the sign', [['00280101', 'US', [10]], ['00280102', 'US', [9]], ['00280103', 'US', [1]], ['7fe00010', 'OW', words(...stored.map((v) => (v / 10 - 60) & 0x03ff))]], (v) => v / 10 - 60],
    ['above the 6 stored of 8 are cleared', [['00280100', 'US', [8]], ['00280101', 'US', [6]], ['00280102', 'US', [5]], ['7fe00010', 'OW', Uint8Array.from(stored, (v) => (v / 100) * 5 | 0xc0)]], (v) => v / 20],
    ['of signed numbers, 6 of 8, carry the sign', [['00280100', 'US', [8]], ['00280101', 'US', [6]], ['00280102', 'US', [5]], ['00280103', 'US', [1]], ['7fe00010', 'OW', Uint8Array.from(stored, (v) => (v / 100 - 6) & 0x3f)]], (v) => v / 100 - 6],
    ['of padding are values as others are', [['00280101', 'US', [16]], ['00280102', 'US', [15]], ['00280103', 'US', [1]], ['00280120', 'SS', words(0xfda8)], ['00281052', 'DS', '-24'], ['7fe00010', 'OW', words(...stored.map((v) => (v - 600) & 0xffff))]], (v) => v - 624],
  ] // prettier-ignore
  it.each(stood)('%s', async (_, elements, value) => {
    expect(Array.from((await read(makeFile(elements))).volume.voxels)).toEqual(Array.from(stored, value))
  })

  it('of floating-point numbers are read in any image', async () => {
    const values = Float32Array.from({ length: 12 }, (_, i) => i / 7)
    const { volume } = await read(makeFile([['7fe00008', 'OF', new Uint8Array(values.buffer)]], { without: ['7fe00010'] }))
    expect(volume.voxels).toEqual(values)
  })
})

describe('what would be read wrong is refused by name', () => {
  const rows: [string, DicomElement[], RegExp][] = [
    ['values in the high bits', [['00280102', 'US', [15]]], /unusual bits \(Bits Allocated 16, Bits Stored 12, High Bit 15\)/],
    ['single bits', [['00280100', 'US', [1]], ['00280101', 'US', [1]], ['00280102', 'US', [0]]], /Bits Allocated 1,/],
    ['packed 12 bits', [['00280100', 'US', [12]]], /Bits Allocated 12,/],
    ['no bits', [['00280101', 'US', [0]]], /Bits Stored 0/],
    ['more bits than there are', [['00280101', 'US', [20]], ['00280102', 'US', [19]]], /Bits Stored 20/],
    ['a slope of 0', [['00281053', 'DS', '0']], /values cannot be told, since its RescaleSlope is "0"/],
    ['a slope with a comma', [['00281053', 'DS', '1,5']], /RescaleSlope is "1,5"/],
    ['an intercept that is no number', [['00281052', 'DS', 'x']], /RescaleIntercept is "x"/],
    ['an empty Modality LUT', [['00283000', 'SQ', [[]]]], /Modality LUT, which says what its values mean, is incomplete/],
    ['a Modality LUT that is cut off', [['00283000', 'SQ', [[['00283002', 'US', [10, 0, 16]], ['00283006', 'OW', words(7, 70, 700)]]]]], /Modality LUT.* is incomplete/],
  ] // prettier-ignore
  it.each(rows)('%s', async (_, elements, message) => {
    const [unit] = await planReading([makeFile(elements)])
    expect(refusalOf(unit)).toMatch(message)
  })
})

describe('the thickness of a single slice', () => {
  const rows: [string, DicomElement[], number, string][] = [
    ['is SliceThickness, not the distance to slices that are not there', [['00180050', 'DS', '5'], ['00180088', 'DS', '6']], 5, 'its thickness, 5 mm, is taken'],
    ['is SpacingBetweenSlices where that alone is told, whatever its sign', [['00180088', 'DS', '-6']], 6, 'its thickness, 6 mm, is taken'],
    ['is not 0', [['00180050', 'DS', '0'], ['00180088', 'DS', '6']], 6, 'its thickness, 6 mm, is taken'],
    ['is never negative', [['00180050', 'DS', '-5']], 1, 'of unknown thickness; 1 mm is taken'],
    ['unknown is 1 mm, which is said', [], 1, 'of unknown thickness; 1 mm is taken'],
  ] // prettier-ignore
  it.each(rows)('%s', async (_, elements, thickness, warning) => {
    const { volume, warnings } = await read(makeFile(elements))
    expect(volume.spacingMm).toEqual([0.5, 1, thickness])
    expect(warnings).toContain(warning)
  })
})

it('the pixel spacing of a detector is told where there is no other', async () => {
  const { volume, warnings } = await read(makeFile([['00181164', 'DS', ['0.2', '0.1']]], { without: ['00280030'] }))
  expect(volume.spacingMm.slice(0, 2)).toEqual([0.1, 0.2])
  expect(warnings).toContain('that of the detector is taken (ImagerPixelSpacing)')
  expect((await read(makeFile([['00181164', 'DS', ['0.2', '0.1']]]))).warnings).not.toContain('detector')
})

describe('nuclear medicine', () => {
  const detector: DicomElement[] = [['00200032', 'DS', ['1', '2', '3']], ['00200037', 'DS', ['1', '0', '0', '0', '1', '0']]] // prettier-ignore
  const slices = new Uint16Array(36).map((_, i) => i)
  const nuclear = (spacing: string, type = 'RECON TOMO', more: DicomElement[] = [], vrs?: 'implicit') =>
    makeFile(
      [
        ['00080060', 'CS', 'NM'],
        ['00080008', 'CS', ['ORIGINAL', 'PRIMARY', type, 'EMISSION']],
        ['00180088', 'DS', spacing],
        ['00280008', 'IS', '3'],
        ['00540022', 'SQ', [detector]],
        ['7fe00010', 'OW', new Uint8Array(slices.buffer)],
        ...more,
      ],
      { sopClass: classes.NM, without: ['00200032', '00200037'], ...(vrs && { vrs }) },
    )
  const slice = (k: number) => Array.from(slices.subarray(12 * k, 12 * k + 12))

  it('lies where its detector says, the slices upwards', async () => {
    const { volume } = await read(nuclear('4'))
    expect([volume.size, volume.spacingMm, volume.originMm]).toEqual([[4, 3, 3], [0.5, 1, 4], [1, 2, 3]])
    expect(Array.from(volume.voxels)).toEqual(Array.from(slices))
  }) // prettier-ignore

  it('has its first slice on top where the distance of slices is negative', async () => {
    const { volume } = await read(nuclear('-4'))
    expect([volume.spacingMm, volume.originMm]).toEqual([[0.5, 1, 4], [1, 2, -5]])
    expect(Array.from(volume.voxels)).toEqual([...slice(2), ...slice(1), ...slice(0)])
  }) // prettier-ignore

  it.each([undefined, 'implicit' as const])('has its slices in the order of the slice vector, VRs %s', async (vrs) => {
    const { volume } = await read(nuclear('4', 'RECON TOMO', [['00540080', 'US', [2, 1, 3]]], vrs))
    expect(Array.from(volume.voxels)).toEqual([...slice(1), ...slice(0), ...slice(2)])
  })

  it.each(['WHOLE BODY', 'TOMO', 'RECON GATED TOMO'])('%s is refused by name', async (type) => {
    const [unit] = await planReading([nuclear('4', type)])
    expect(refusalOf(unit)).toBe(`This is a nuclear medicine image (NM, ${type}) that is no stack of slices (RECON TOMO is); no grey image can be read from it.`)
  }) // prettier-ignore
})

describe('a parametric map', () => {
  const place = (z: string, ...mappings: DicomElement[][]): DicomElement[] => [
    ['00209113', 'SQ', [[['00200032', 'DS', ['1', '2', z]]]]],
    ...(mappings.length > 0 ? [['00409096', 'SQ', mappings] as const] : []),
  ]
  const shared = (...mappings: DicomElement[][]): DicomElement[] => [
    ['00289110', 'SQ', [[['00280030', 'DS', ['1', '0.5']]]]],
    ['00209116', 'SQ', [[['00200037', 'DS', ['1', '0', '0', '0', '1', '0']]]]],
    ...(mappings.length > 0 ? [['00409096', 'SQ', mappings] as const] : []),
  ]
  const double = (value: number) => new Uint8Array(Float64Array.of(value).buffer)
  const line = (slope: number, intercept: number, label = 'a'): DicomElement[] => [
    ['00409210', 'SH', label],
    ['00409224', 'FD', double(intercept)],
    ['00409225', 'FD', double(slope)],
  ]
  const makeMap = (pixels: DicomElement, bits: number, mappings: DicomElement[][] = [], places = [place('3'), place('5')], vrs?: 'implicit') =>
    makeFile(
      [
        ['00280008', 'IS', String(places.length)],
        ['00280100', 'US', [bits]],
        ['00280101', 'US', [bits]],
        ['00280102', 'US', [bits - 1]],
        ['52009229', 'SQ', [shared(...mappings)]],
        ['52009230', 'SQ', places],
        pixels,
      ],
      { sopClass: classes.map, without: ['00200032', '00200037', '00280030', ...(pixels[0] === '7fe00010' ? [] : ['7fe00010'])], ...(vrs && { vrs }) },
    ) // prettier-ignore
  const values = Float32Array.from({ length: 24 }, (_, i) => i / 7 - 1)

  it('of single precision has its values and places', async () => {
    const { volume } = await read(makeMap(['7fe00008', 'OF', new Uint8Array(values.buffer)], 32))
    expect(volume.voxels).toEqual(values)
    expect([volume.size, volume.spacingMm, volume.originMm]).toEqual([[4, 3, 2], [0.5, 1, 2], [1, 2, 3]])
  }) // prettier-ignore

  it('of double precision has its values', async () => {
    const { volume } = await read(makeMap(['7fe00009', 'OD', new Uint8Array(Float64Array.from(values).buffer)], 64))
    expect(volume.voxels).toEqual(Float64Array.from(values))
  })

  const whole = Uint16Array.from({ length: 24 }, (_, i) => i)
  const pixels: DicomElement = ['7fe00010', 'OW', new Uint8Array(whole.buffer)]
  it.each([undefined, 'implicit' as const])('of whole numbers is what its mapping to the real world makes of them, VRs %s', async (vrs) => {
    const { volume, warnings } = await read(makeMap(pixels, 16, [line(0.5, -1)], undefined, vrs))
    expect(Array.from(volume.voxels)).toEqual(Array.from(whole, (value) => value / 2 - 1))
    expect(warnings).not.toContain('mappings')
  }) // prettier-ignore

  it('with several mappings of its values is that of the first, which is told', async () => {
    const { volume, warnings } = await read(makeMap(pixels, 16, [line(0.5, -1, 'ADC mm2/s'), line(500, -1000, 'ADC um2/s')]))
    expect(Array.from(volume.voxels)).toEqual(Array.from(whole, (value) => value / 2 - 1))
    expect(warnings).toContain('2 mappings of its values to the real world (ADC mm2/s, ADC um2/s); the first is used')
  })

  it('of several quantities is a volume of each', async () => {
    const [one, other] = [line(0.5, -1, 'ADC'), line(2, 0, 'Ktrans')]
    const places = [place('3', one), place('3', other), place('5', one), place('5', other)]
    const four = Uint16Array.from({ length: 48 }, (_, i) => i)
    const files = [makeMap(['7fe00010', 'OW', new Uint8Array(four.buffer)], 16, [], places)]
    const units = await planReading(files)
    const volumes = await Promise.all(units.map(async (unit) => (await readUnit(itkCodec, files, unit)).volumes[0]))
    expect(volumes.map(({ source }) => source.phase)).toEqual(['map ADC', 'map Ktrans'])
    const frame = (k: number) => Array.from(four.subarray(12 * k, 12 * k + 12))
    expect(Array.from(volumes[0].voxels)).toEqual([...frame(0), ...frame(2)].map((value) => value / 2 - 1))
    expect(Array.from(volumes[1].voxels)).toEqual([...frame(1), ...frame(3)].map((value) => 2 * value))
  })

  const refused: [string, DicomElement[][], RegExp][] = [
    ['whose values stand in a table', [[['00409210', 'SH', 'a'], ['00409212', 'FD', double(1)]]], /Real World Value LUT Data/],
    ['with a slope of 0', [line(0, 1)], /no slope and intercept/],
    ['with a slope that is no number', [line(NaN, 1)], /no slope and intercept/],
    ['with an empty mapping', [[['00409210', 'SH', 'a']]], /no slope and intercept/],
    ['of whole numbers without a mapping', [], /no slope and intercept/],
  ] // prettier-ignore
  it.each(refused)('%s is refused', async (_, mappings, message) => {
    expect(refusalOf((await planReading([makeMap(pixels, 16, mappings)]))[0])).toMatch(message)
  })

  it('cut off is told', async () => {
    const { file } = makeMap(['7fe00008', 'OF', new Uint8Array(values.buffer)], 32)
    const files = [{ file: fileFromBytes('a.dcm', (await file.bytes()).slice(0, -8)), inFolder: false }]
    const [unit] = await planReading(files)
    expect(refusalOf(unit)).toContain('cut off or damaged')
  })
})
