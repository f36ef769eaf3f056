import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newVoxelArray, pixelTypeOf, type PixelType, type VoxelArray } from '../../core/numeric/voxelArray.ts'
import { gunzipFile } from '../gzip.ts'
import { readNiftiFields } from '../headers/niftiFields.ts'
import { plainNifti } from '../headers/plainNifti.ts'
import { itkCodec } from './itkCodec.node.ts'
import type { DecodedImage } from './imageCodec.ts'
import { readPlainNifti } from './readPlainNifti.ts'
import { fileFromBytes, type Bytes } from '../sourceFile.ts'

const images = new URL('../../../reference/images/', import.meta.url)
const imageBytes = (name: string): Bytes => new Uint8Array(readFileSync(new URL(name, images)))

/** What each of the two makes of the file; undefined for ours where the file is none of its kind. */
async function readBoth(bytes: Bytes, gzipped = false) {
  const plain = plainNifti(readNiftiFields(bytes)!)
  const [name, content] = gzipped ? ['a.nii.gz', gzipSync(bytes)] : ['a.nii', bytes]
  const file = fileFromBytes(name, content)
  const own = plain && (await readPlainNifti(file, gzipped, plain))
  return { own: own?.image, itk: own && (await itkCodec.readImage('NIfTI', file)) }
}

/** Told apart: NaN, and 0 from -0. ITK makes 0 of voxels that are no finite numbers. */
function bitsOf(image: DecodedImage) {
  const { imageType, size, spacing, origin, direction } = image
  const voxels = image.data as VoxelArray
  return {
    dimension: imageType.dimension,
    components: imageType.components,
    size,
    // Of a fourth axis the spacing, in seconds, is used by nobody.
    spacing: spacing.slice(0, 3),
    origin: origin.slice(0, 3).map((mm) => mm + 0),
    direction: Array.from(direction, (cosine) => Number(cosine) + 0),
    pixelType: pixelTypeOf(voxels),
    voxels: Array.from(voxels, (value) => (Number.isFinite(value) ? value : 0)),
  }
}

const datatypes: Readonly<Record<PixelType, number>> = {
  uint8: 2, int16: 4, int32: 8, float32: 16, float64: 64, int8: 256, uint16: 512, uint32: 768,
} // prettier-ignore

interface Made {
  readonly type: PixelType
  readonly dim: readonly number[]
  readonly pixdim: readonly number[]
  readonly voxOffset: number
  readonly scaling: readonly [number, number]
  readonly codes: readonly [number, number]
  readonly quatern: readonly number[]
  readonly srow: readonly number[]
  readonly xyztUnits: number
  readonly intent: number
  readonly seed: number
}

/** A NIfTI-1 file with voxels over the whole range of their type. */
function makeNifti({ type, dim, pixdim, voxOffset, scaling, codes, quatern, srow, xyztUnits, intent, seed }: Made): Bytes {
  const voxels = newVoxelArray(type, dim.reduce((product, n) => product * n, 1)) // prettier-ignore
  const [least, most] = { uint8: [0, 255], int8: [-128, 127], uint16: [0, 65535], int16: [-32768, 32767], uint32: [0, 2 ** 32 - 1], int32: [-(2 ** 31), 2 ** 31 - 1], float32: [-1e6, 1e6], float64: [-1e9, 1e9] }[type] // prettier-ignore
  let state = seed
  for (let i = 0; i < voxels.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    voxels[i] = least + (state / 2 ** 32) * (most - least)
  }
  const bytes = new Uint8Array(voxOffset + voxels.byteLength)
  const view = new DataView(bytes.buffer)
  const int16 = (at: number, values: readonly number[]) => values.forEach((value, i) => view.setInt16(at + 2 * i, value, true))
  const float32 = (at: number, values: readonly number[]) => values.forEach((value, i) => view.setFloat32(at + 4 * i, value, true)) // prettier-ignore
  view.setInt32(0, 348, true)
  int16(40, [dim.length, ...dim, 1, 1, 1, 1].slice(0, 8))
  int16(68, [intent, datatypes[type], voxels.BYTES_PER_ELEMENT * 8])
  float32(76, pixdim)
  float32(108, [voxOffset, ...scaling])
  view.setUint8(123, xyztUnits)
  int16(252, codes)
  float32(256, [...quatern, ...srow])
  bytes.set([0x6e, 0x2b, 0x31, 0], 344)
  bytes.set(new Uint8Array(voxels.buffer), voxOffset)
  return bytes
}

/** A rotation as a matrix, from any four numbers. */
function rotation([a, b, c, d]: readonly number[]): number[][] {
  const n = Math.hypot(a, b, c, d)
  const [w, x, y, z] = [a / n, b / n, c / n, d / n]
  return [
    [w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)],
    [2 * (x * y + w * z), w * w + y * y - x * x - z * z, 2 * (y * z - w * x)],
    [2 * (x * z - w * y), 2 * (y * z + w * x), w * w + z * z - x * x - y * y],
  ]
}

const plainFile: fc.Arbitrary<Made> = fc
  .record({
    type: fc.constantFrom(...(Object.keys(datatypes) as PixelType[])),
    dim: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 })),
    phases: fc.constantFrom([], [1], [3]),
    spacing: fc.tuple(...Array.from({ length: 3 }, () => fc.double({ min: 0.001, max: 20, noNaN: true }))),
    // The fourth and eighth are the distance in time and qfac.
    turn: fc.oneof<fc.Arbitrary<readonly number[]>[]>(
      fc.tuple(...Array.from({ length: 4 }, () => fc.double({ min: -1, max: 1, noNaN: true }))).filter((q) => Math.hypot(...q) > 0.1), // prettier-ignore
      // No turn, half turns, and one about a diagonal.
      fc.constantFrom([1, 0, 0, 0], [0, 1, 0, 0], [1e-5, 0, 0.6, 0.8], [0.5, 0.5, -0.5, 0.5]),
    ),
    flip: fc.constantFrom(1, -1),
    offset: fc.tuple(...Array.from({ length: 3 }, () => fc.double({ min: -2000, max: 2000, noNaN: true }))),
    codes: fc.constantFrom([0, 0], [1, 1], [0, 1], [0, 2], [0, 4], [2, 1], [1, 0], [2, 0]),
    scaling: fc.constantFrom([1, 0], [0, 0], [NaN, NaN], [NaN, 0], [2, 0], [1, -1024], [-0.37, 5.25], [1.0000001, 0]),
    voxOffset: fc.constantFrom(352, 353, 368, 1024),
    xyztUnits: fc.constantFrom(0, 2, 10, 18),
    intent: fc.constantFrom(0, 2, 1001, 1002),
    seed: fc.integer(),
  })
  .map(({ dim, phases, spacing, turn, flip, offset, codes, scaling, ...rest }) => {
    const axes = rotation(turn)
    const srow = axes.flatMap((row, i) => [row[0] * spacing[0], row[1] * spacing[1], flip * row[2] * spacing[2], offset[i]]) // prettier-ignore
    return {
      ...rest,
      dim: [...dim, ...phases],
      pixdim: [flip, ...spacing, 1.5, 1, 1, 1],
      codes: codes as [number, number],
      scaling: scaling as [number, number],
      // Of another form than the sform, so that taking the wrong one shows.
      quatern: [...turn.slice(1).map((part) => part / Math.hypot(...turn)), ...offset.toReversed()],
      srow: srow.map((entry, i) => (i % 4 === 3 ? entry + 1 : entry)),
    }
  })

describe('a plain NIfTI file has the bits that ITK gives', () => {
  it('whatever its type, size, grid and scaling', async () => {
    let plainFiles = 0
    await fc.assert(
      fc.asyncProperty(plainFile, fc.boolean(), async (made, gzipped) => {
        const { own, itk } = await readBoth(makeNifti(made), gzipped)
        if (!own) return
        plainFiles++
        expect(bitsOf(own)).toEqual(bitsOf(itk!))
      }),
      { numRuns: 120, seed: 18 },
    )
    // Floats with a scaling are left to ITK.
    expect(plainFiles).toBeGreaterThan(80)
  })

  const files = readdirSync(images).filter((name) => /\.nii(\.gz)?$/.test(name))
  it.each(files)('%s of the reference images', async (name) => {
    const packed = name.endsWith('.gz')
    const bytes = packed ? (await gunzipFile(fileFromBytes(name, imageBytes(name))))! : imageBytes(name)
    const { own, itk } = await readBoth(bytes, packed)
    if (own) expect(bitsOf(own)).toEqual(bitsOf(itk!))
  })
})

describe('what ITK may make something else of is left to it', () => {
  const usual: Made = {
    type: 'int16', dim: [3, 2, 2], pixdim: [1, 0.7, 0.8, 2.1, 1, 1, 1, 1], voxOffset: 352, scaling: [1, 0], codes: [1, 1],
    quatern: [0, 0, 0, 0, 0, 0], srow: [0.7, 0, 0, 0, 0, 0.8, 0, 0, 0, 0, 2.1, 0], xyztUnits: 10, intent: 0, seed: 1,
  } // prettier-ignore
  const isPlain = (made: Made, ...changes: [at: number, value: number][]) => {
    const bytes = makeNifti(made)
    for (const [at, value] of changes) bytes[at] = value
    return plainNifti(readNiftiFields(bytes)!) !== undefined
  }
  it('the usual file is not', () => expect(isPlain(usual)).toBe(true))

  const others: [string, Partial<Made>, [at: number, value: number][]?][] = [
    ['two dimensions', { dim: [3, 4] }],
    ['five dimensions', { dim: [3, 2, 2, 1, 2] }],
    ['metres', { xyztUnits: 1 }],
    ['micrometres', { xyztUnits: 3 }],
    ['colour', {}, [[70, 128]]],
    ['64-bit integers', {}, [[70, 0], [71, 4]]],
    ['header and voxels in two files', {}, [[345, 0x69]]],
    ['scaled floats, whose infinite voxels would change', { type: 'float32', scaling: [2, 0] }],
    ['an intercept without a slope', { scaling: [0, 40] }],
    ['a slope below the epsilon', { scaling: [1e-20, 0] }],
    ['an sform of a template beside a qform', { codes: [1, 4] }],
    ['a sheared sform', { srow: [0.7, 0.0005, 0, 0, 0, 0.8, 0, 0, 0, 0, 2.1, 0] }],
    ['an sform with an axis of no length', { srow: [0.7, 0, 0, 0, 0, 0.8, 0, 0, 0, 0, 0, 0] }],
    ['an sform that is no number', { srow: [NaN, 0, 0, 0, 0, 0.8, 0, 0, 0, 0, 2.1, 0] }],
    ['a quaternion that is no number', { codes: [1, 0], quatern: [NaN, 0, 0, 0, 0, 0] }],
    ['an offset far away', { srow: [0.7, 0, 0, 1e6, 0, 0.8, 0, 0, 0, 0, 2.1, 0] }],
    ['a spacing that is no number', { pixdim: [1, 0.7, NaN, 2.1, 1, 1, 1, 1] }],
  ] // prettier-ignore
  it.each(others)('%s', (_, change, changes = []) => expect(isPlain({ ...usual, ...change }, ...changes)).toBe(false))
})
