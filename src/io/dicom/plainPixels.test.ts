import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { zlibSync } from 'fflate'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { groupBy } from '../../core/numeric/groupBy.ts'
import { pixelTypeOf } from '../../core/numeric/voxelArray.ts'
import { itkCodec } from '../images/itkCodec.node.ts'
import { openZip } from '../openZip.ts'
import { fileFromBytes, type Bytes } from '../sourceFile.ts'
import { parseDataSet } from './dicomElements.ts'
import { encodeDicomFile, type DicomElement } from './encodeDicom.ts'
import { neutraliseRescale } from './neutraliseRescale.ts'
import { readPlainPixels } from './plainPixels.ts'

/** Rescale is our own affair: ITK is given files without it, as `readSeries` does. */
const readByItk = async (...files: Bytes[]) => (await itkCodec.readDicomSlices(files.map(neutraliseRescale))).data!

async function expectAsItk(bytes: Bytes): Promise<boolean> {
  const plain = readPlainPixels(bytes)
  if (plain) expect(plain).toEqual(await readByItk(bytes))
  return plain !== undefined
}

const sizeOf = (bytes: Bytes) => parseDataSet(bytes)!.uint16('x00280010')

const phantoms = (name: string) =>
  openZip(
    fileFromBytes(
      `${name}.zip`,
      new Uint8Array(readFileSync(fileURLToPath(new URL(`../../../reference/dicom/${name}.zip`, import.meta.url)))),
    ),
  )

it.each([
  'plain', 'oblique', 'ct', 'mr_slope', 'pet', 'pet_first_slope_one', 'slice_times', 'single', 'dce_temporal',
  'dce_acquisition_time', 'dce_slice_times', 'trigger', 'echoes', 'diffusion', 'image_types', 'echo_and_phase', 'localiser',
  'enhanced', 'syntax_implicit', 'syntax_deflated',
])('has the values of ITK in every file of the phantom %s', async (name) => {
  const files = await Promise.all((await phantoms(name)).map((file) => file.bytes()))
  const values = files.map((bytes) => readPlainPixels(bytes)!)
  // Files of one size and type are read by ITK in one go.
  const alike = groupBy(files.map((_, i) => i), (i) => `${pixelTypeOf(values[i])} ${values[i].length} ${sizeOf(files[i])}`)
  for (const group of alike.values()) {
    const read = await readByItk(...group.map((i) => files[i]))
    expect(read.constructor).toBe(values[group[0]].constructor)
    expect([...read]).toEqual(group.flatMap((i) => [...values[i]]))
  }
}) // prettier-ignore

it.each([
  'syntax_big_endian', 'syntax_rle', 'syntax_jpeg_lossless', 'syntax_jpeg_ls', 'syntax_jpeg_2000', 'syntax_jpeg_baseline',
  'compressed_cut_off', 'colour',
])('leaves the phantom %s to ITK', async (name) => {
  for (const file of await phantoms(name)) expect(readPlainPixels(await file.bytes()), file.path).toBeUndefined()
}) // prettier-ignore

const [columns, rows] = [5, 3]

interface Made {
  readonly allocated: 8 | 16
  readonly stored: number
  readonly signed: 0 | 1
  readonly highBit: number
  readonly frames: number
  readonly photometric: string
  readonly vrs: 'explicit' | 'implicit'
  /** As they lie in the file, bits above the value too. */
  readonly words: readonly number[]
  /** Bytes that follow or lack. */
  readonly excess: number
  readonly more: readonly DicomElement[]
}

function makeFile({ allocated, stored, signed, highBit, frames, photometric, vrs, words, excess, more }: Made): Bytes {
  const values = Array.from({ length: columns * rows * frames }, (_, i) => words[i % words.length])
  const whole = new Uint8Array((allocated === 8 ? Uint8Array : Uint16Array).from(values).buffer)
  const pixels = new Uint8Array(Math.max(0, whole.length + excess))
  pixels.set(whole.subarray(0, pixels.length))
  return encodeDicomFile(
    frames > 1 ? '1.2.840.10008.5.1.4.1.1.4.1' : '1.2.840.10008.5.1.4.1.1.4',
    '2.25.2',
    [
      ['00080060', 'CS', 'MR'],
      ['0020000e', 'UI', '2.25.1'],
      ['00200032', 'DS', ['1', '2', '3']],
      ['00200037', 'DS', ['1', '0', '0', '0', '1', '0']],
      ['00280002', 'US', [1]],
      ['00280004', 'CS', photometric],
      ...(frames > 1 ? [['00280008', 'IS', `${frames}`] as const] : []),
      ['00280010', 'US', [rows]],
      ['00280011', 'US', [columns]],
      ['00280030', 'DS', ['1', '0.5']],
      ['00280100', 'US', [allocated]],
      ['00280101', 'US', [stored]],
      ['00280102', 'US', [highBit]],
      ['00280103', 'US', [signed]],
      ['7fe00010', allocated === 8 && vrs === 'explicit' ? 'OB' : 'OW', pixels],
      ...more,
    ],
    vrs,
  )
}

const rescaled: DicomElement[] = [
  ['00281052', 'DS', '-1024'],
  ['00281053', 'DS', '1.5'],
]
/** A bit of the overlay above each value. */
const overlay: DicomElement[] = [
  ['60000010', 'US', [rows]],
  ['60000011', 'US', [columns]],
  ['60000040', 'CS', 'G'],
  ['60000050', 'US', [1, 1]],
  ['60000100', 'US', [1]],
  ['60000102', 'US', [12]],
]
const padding: DicomElement[] = [['00280120', 'US', [7]]]

const mostlyPlain = fc.constantFrom<8 | 16>(8, 16).chain((allocated) =>
  fc.integer({ min: 1, max: allocated }).chain((stored) =>
    fc.record({
      allocated: fc.constant(allocated),
      stored: fc.constant(stored),
      signed: fc.constantFrom<0 | 1>(0, 1),
      highBit: fc.oneof({ weight: 8, arbitrary: fc.constant(stored - 1) }, fc.constant(allocated - 1)),
      frames: fc.constantFrom(1, 1, 3),
      photometric: fc.constantFrom('MONOCHROME1', 'MONOCHROME2'),
      vrs: fc.constantFrom<'explicit' | 'implicit'>('explicit', 'implicit'),
      words: fc.oneof(
        fc.array(fc.integer({ min: 0, max: 2 ** (stored - 1) - 1 }), { minLength: 1, maxLength: 9 }),
        fc.array(fc.integer({ min: 0, max: 2 ** stored - 1 }), { minLength: 1, maxLength: 9 }),
        fc.array(fc.integer({ min: 0, max: 2 ** allocated - 1 }), { minLength: 1, maxLength: 9 }),
      ),
      excess: fc.constantFrom(0, 0, 0, 0, 2, -2),
      more: fc.constantFrom<readonly DicomElement[]>([], rescaled, overlay, padding),
    }),
  ),
)

it('has the values of ITK or none, whatever the bits, the frames and what stands beside', async () => {
  let plain = 0
  const runs = 60
  await fc.assert(
    fc.asyncProperty(mostlyPlain, async (made) => {
      if (await expectAsItk(makeFile(made))) plain++
    }),
    { numRuns: runs, seed: 18 },
  )
  expect(plain).toBeGreaterThan(runs / 3)
})

const usual: Made = {
  allocated: 16, stored: 12, signed: 0, highBit: 11, frames: 1, photometric: 'MONOCHROME2', vrs: 'explicit', words: [7, 4095], excess: 0, more: [],
} // prettier-ignore

it.each<[string, Partial<Made>]>([
  ['values with something in the bits above', { words: [7, 4096] }],
  ['negative values that are not continued into the bits above', { signed: 1, words: [0x0fff] }],
  ['values that are not right-aligned', { highBit: 15 }],
  ['pixels that are cut off', { excess: -2 }],
  ['pixels with something behind them', { excess: 2 }],
  ['a picture of other colours', { photometric: 'YBR_FULL' }],
])('leaves to ITK %s', (_, other) => {
  expect(readPlainPixels(makeFile(usual))).toBeDefined()
  expect(readPlainPixels(makeFile({ ...usual, ...other }))).toBeUndefined()
})

it('leaves to ITK what is no DICOM or ends in its header', () => {
  expect(readPlainPixels(zlibSync(new Uint8Array(1000)))).toBeUndefined()
  expect(readPlainPixels(makeFile(usual).slice(0, 300))).toBeUndefined()
})
