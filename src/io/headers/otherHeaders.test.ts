import { readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gzipSync, zlibSync } from 'fflate'
import { itkCodec } from '../images/itkCodec.node.ts'
import { readImageFile } from '../images/readImageFile.ts'
import { fileFromDisk } from '../sourceFile.node.ts'
import { fileFromBytes, type Bytes } from '../sourceFile.ts'
import { say } from '../../messages/say.ts'

const imageBytes = (name: string): Bytes =>
  new Uint8Array(readFileSync(new URL(`../../../reference/images/${name}`, import.meta.url)))

function replaced(name: string, ...changes: readonly (readonly [RegExp, string])[]): Bytes {
  let text = new TextDecoder('latin1').decode(imageBytes(name))
  for (const [from, to] of changes) {
    expect(text).toMatch(from)
    text = text.replace(from, to)
  }
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

const read = (name: string, ...changes: (readonly [RegExp, string])[]) =>
  readImageFile(itkCodec, fileFromBytes(name, replaced(name, ...changes)))

describe('what an NRRD or MetaImage header leaves in doubt is said', () => {
  const rows: [string, string, (readonly [RegExp, string])[], RegExp][] = [
    ['NRRD without a space', 'int16.nrrd', [[/^space: .*$/m, 'space dimension: 3']], /gives no space: left, front and top are unknown/],
    ['NRRD in a space of a scanner', 'int16.nrrd', [[/^space: .*$/m, 'space: scanner-xyz']], /the space "scanner-xyz": left, front and top are unknown/],
    ['NRRD of spacings alone', 'int16.nrrd', [[/^space: .*\n/m, ''], [/^space directions: .*$/m, 'spacings: 0.7 0.8 2.1'], [/^space origin: .*\n/m, '']], /gives no space/],
    ['MetaImage whose letters contradict its matrix', 'int16.mha', [[/^AnatomicalOrientation.*$/m, 'AnatomicalOrientation = LPI']], /AnatomicalOrientation is LPI, its TransformMatrix is RAI/],
    ['MetaImage with letters and no matrix', 'int16.mha', [[/^TransformMatrix.*\n/m, ''], [/^AnatomicalOrientation.*$/m, 'AnatomicalOrientation = RPI']], /AnatomicalOrientation is RPI, its axes without a TransformMatrix are RAI/],
  ] // prettier-ignore
  it.each(rows)('%s', async (_, name, changes, warning) => {
    const { volumes, warnings } = await read(name, ...changes)
    volumes[0].spacingMm.forEach((mm, axis) => expect(mm).toBeCloseTo([0.7, 0.8, 2.1][axis], 6))
    expect(warnings.map(say).join(' ')).toMatch(warning)
  })

  it.each(['int16.nrrd', 'oblique.nrrd', 'int16.mha', 'oblique.mha', 'sagittal.mha', 'left_handed.mha'])('%s gives no warning', async (name) => {
    expect((await read(name)).warnings).toEqual([])
  }) // prettier-ignore
})

/** 2 x 3 x 4 voxels of 0.7 x 0.8 x 2.1 mm from (1, 2, 3), int16. */
const values = Array.from({ length: 24 }, (_, i) => 7 * i - 30)
const bytesOf = (littleEndian = true, some: readonly number[] = values): Uint8Array => {
  const view = new DataView(new ArrayBuffer(2 * some.length))
  some.forEach((value, i) => view.setInt16(2 * i, value, littleEndian))
  return new Uint8Array(view.buffer)
}
const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const joined = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap((part) => [...part]))
const longs = new Uint8Array(Int32Array.from(values).buffer)
const hex = [...bytesOf()].map((byte) => byte.toString(16).padStart(2, '0')).join('')

type Fields = Readonly<Record<string, string | undefined>>
const nrrdFields: Fields = { type: 'short', dimension: '3', sizes: '2 3 4', endian: 'little', encoding: 'raw', space: 'left-posterior-superior', 'space directions': '(0.7,0,0) (0,0.8,0) (0,0,2.1)', 'space origin': '(1,2,3)' } // prettier-ignore
const nrrd = (change: Fields) => `NRRD0004\n${linesOf({ ...nrrdFields, ...change }, ': ')}\n`
const metaFields: Fields = { ObjectType: 'Image', NDims: '3', BinaryData: 'True', BinaryDataByteOrderMSB: 'False', CompressedData: 'False', TransformMatrix: '1 0 0 0 1 0 0 0 1', Offset: '1 2 3', ElementSpacing: '0.7 0.8 2.1', DimSize: '2 3 4', ElementType: 'MET_SHORT' } // prettier-ignore
const meta = (change: Fields) => linesOf({ ...metaFields, ElementDataFile: undefined, ...change }, ' = ')
function linesOf(fields: Fields, sign: string): string {
  const { ElementDataFile, ...others } = fields
  const last = ElementDataFile === undefined ? [] : [['ElementDataFile', ElementDataFile]]
  return [...Object.entries(others), ...last]
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}${sign}${value}\n`]))
    .join('')
}
const inFile = (change: Fields, voxels: Uint8Array) => joined(latin(nrrd(change)), voxels)
/** Without kinds. */
const fourAxes: Fields = { dimension: '4', sizes: '2 3 2 2', 'space directions': '(0.7,0,0) (0,0.8,0) (0,0,2.1) none' }
const inMha = (change: Fields, voxels: Uint8Array) => joined(latin(meta({ ...change, ElementDataFile: 'LOCAL' })), voxels)

async function readMade(name: string, bytes: Bytes, companions: Readonly<Record<string, Uint8Array>> = {}) {
  const beside = Object.entries(companions).map(([path, content]) => fileFromBytes(path, content as Bytes))
  const { volumes, warnings } = await readImageFile(itkCodec, fileFromBytes(name, bytes), { companions: beside })
  return { volumes, warnings: warnings.map(say), ...volumes[0] }
}

describe('voxels are those of the file, however it holds them', () => {
  const rows: [string, string, Bytes, Record<string, Uint8Array>?][] = [
    ['NRRD, big-endian', 'a.nrrd', inFile({ endian: 'big' }, bytesOf(false))],
    ['NRRD as text', 'a.nrrd', inFile({ encoding: 'ascii' }, latin(values.join(' ')))],
    ['NRRD as hexadecimal numbers', 'a.nrrd', inFile({ encoding: 'hex' }, latin(hex))],
    ['NRRD, gzipped', 'a.nrrd', inFile({ encoding: 'gz' }, gzipSync(bytesOf()))],
    ['NRRD after some bytes', 'a.nrrd', inFile({ 'byte skip': '5' }, joined(new Uint8Array(5), bytesOf()))],
    ['NRRD at the end of the file', 'a.nrrd', inFile({ 'byte skip': '-1' }, joined(new Uint8Array(17), bytesOf()))],
    ['NRRD after a line', 'a.nrrd', inFile({ 'line skip': '1' }, joined(latin('hello\n'), bytesOf()))],
    ['NHDR', 'a.nhdr', latin(nrrd({ 'data file': './a.raw' })), { 'a.raw': bytesOf() }],
    ['NHDR with a folder', 'p/a.nhdr', latin(nrrd({ 'data file': 'q/a.raw' })), { 'p/q/a.raw': bytesOf() }],
    ['NHDR with bytes to skip', 'a.nhdr', latin(nrrd({ 'byte skip': '8', 'data file': 'a.raw' })), { 'a.raw': joined(new Uint8Array(8), bytesOf()) }],
    ['NHDR, gzipped', 'a.nhdr', latin(nrrd({ encoding: 'gzip', 'data file': 'a.raw.gz' })), { 'a.raw.gz': gzipSync(bytesOf()) }],
    ['MetaImage, big-endian', 'a.mha', inMha({ BinaryDataByteOrderMSB: 'True' }, bytesOf(false))],
    ['MetaImage, packed, that does not say how long', 'a.mha', inMha({ CompressedData: 'True' }, zlibSync(bytesOf()))],
    ['MetaImage, packed', 'a.mha', inMha({ CompressedData: 'True', CompressedDataSize: String(zlibSync(bytesOf()).length) }, zlibSync(bytesOf()))],
    ['MetaImage of MET_LONG', 'a.mha', inMha({ ElementType: 'MET_LONG' }, longs)],
    ['MetaImage of MET_LONG, packed', 'a.mha', inMha({ ElementType: 'MET_LONG', CompressedData: 'True' }, zlibSync(longs))],
    ['MetaImage of MET_LONG, gzipped', 'a.mha.gz', gzipSync(inMha({ ElementType: 'MET_LONG' }, longs))],
    ['MetaImage of MET_LONG, two files', 'a.mhd', latin(meta({ ElementType: 'MET_LONG', ElementDataFile: 'a.raw' })), { 'a.raw': longs }],
    ['MetaImage of two files', 'a.mhd', latin(meta({ ElementDataFile: 'my image.raw' })), { 'my image.raw': bytesOf() }],
    ['MetaImage of two files, packed', 'a.mhd', latin(meta({ CompressedData: 'True', ElementDataFile: 'a.zraw' })), { 'a.zraw': zlibSync(bytesOf()) }],
    ['MetaImage of two files with bytes to skip', 'a.mhd', latin(meta({ HeaderSize: '8', ElementDataFile: 'a.raw' })), { 'a.raw': joined(new Uint8Array(8), bytesOf()) }],
    ['MetaImage at the end of the second file', 'a.mhd', latin(meta({ HeaderSize: '-1', ElementDataFile: 'a.raw' })), { 'a.raw': joined(new Uint8Array(8), bytesOf()) }],
  ] // prettier-ignore
  it.each(rows)('%s', async (_, name, bytes, companions) => {
    const { voxels, spacingMm, originMm, warnings } = await readMade(name, bytes, companions)
    expect([...voxels]).toEqual(values)
    expect(spacingMm).toEqual([0.7, 0.8, 2.1].map((mm) => expect.closeTo(mm, 6) as number))
    expect(originMm).toEqual([1, 2, 3])
    expect(warnings).toEqual([])
  })

  it.each(['first', 'middle', 'last'] as const)('the axis of a list may be the %s', async (place) => {
    const at = { first: 0, middle: 2, last: 3 }[place]
    const around = <T>(list: readonly T[], own: T) => [...list.slice(0, at), own, ...list.slice(at)].join(' ')
    const change = {
      dimension: '4',
      sizes: around([3, 2, 2], 2),
      'space directions': around(['(0.7,0,0)', '(0,0.8,0)', '(0,0,2.1)'], 'none'),
      kinds: around(['domain', 'domain', 'domain'], 'list'),
    }
    const { volumes, spacingMm } = await readMade('a.nrrd', inFile(change, bytesOf()))
    const before = [3, 2, 2].slice(0, at).reduce((product, n) => product * n, 1)
    expect(volumes.map(({ source }) => source.phase)).toEqual(['phase 1 of 2', 'phase 2 of 2'])
    for (const [list, { voxels }] of volumes.entries())
      expect([...voxels]).toEqual(values.filter((_, i) => Math.floor(i / before) % 2 === list))
    expect(spacingMm[2]).toBeCloseTo(2.1, 6)
  })

  it.each([
    ['RAS', 'right-anterior-superior', [-1, -2, 3]],
    ['LAS', 'LAS', [-1, 2, 3]],
  ])('%s is brought into LPS', async (_, space, origin) => {
    const { originMm, direction } = await readMade('a.nrrd', inFile({ space }, bytesOf()))
    expect(originMm).toEqual(origin)
    expect([0, 4, 8].map((i) => direction[i])).toEqual(origin.map(Math.sign))
  })
})

describe('more bytes than the voxels take are told', () => {
  const longer = joined(bytesOf(), new Uint8Array(20))
  const message = /announces 48 bytes of voxels, the file has 68 from their beginning on/
  const rows: [string, string, Bytes, Record<string, Uint8Array>?][] = [
    ['NRRD', 'a.nrrd', inFile({}, longer)],
    ['NRRD after some bytes', 'a.nrrd', inFile({ 'byte skip': '5' }, joined(new Uint8Array(5), longer))],
    ['NRRD, gzipped whole', 'a.nrrd.gz', gzipSync(inFile({}, longer))],
    ['NHDR', 'a.nhdr', latin(nrrd({ 'data file': 'a.raw' })), { 'a.raw': longer }],
    ['MetaImage', 'a.mha', inMha({}, longer)],
    ['MetaImage, packed', 'a.mha', inMha({ CompressedData: 'True' }, zlibSync(longer))],
    ['MetaImage of two files', 'a.mhd', latin(meta({ ElementDataFile: 'a.raw' })), { 'a.raw': longer }],
    ['MetaImage of two files with bytes to skip', 'a.mhd', latin(meta({ HeaderSize: '8', ElementDataFile: 'a.raw' })), { 'a.raw': joined(new Uint8Array(8), longer) }],
  ] // prettier-ignore
  it.each(rows)('%s', async (_, name, bytes, companions) => {
    const { voxels, warnings } = await readMade(name, bytes, companions)
    expect([...voxels]).toEqual(values)
    expect(warnings).toEqual([expect.stringMatching(message)])
  })

  it.each([
    ['NHDR', 'a.nhdr', latin(nrrd({ 'data file': 'a.raw' }))],
    ['MetaImage', 'a.mhd', latin(meta({ ElementDataFile: 'a.raw' }))],
  ])('%s of two files on the disk', async (_, name, header) => {
    const folder = await mkdtemp(join(tmpdir(), 'texel-test-'))
    await Promise.all([writeFile(join(folder, name), header), writeFile(join(folder, 'a.raw'), longer)])
    const { volumes, warnings } = await readImageFile(itkCodec, await fileFromDisk(join(folder, name)))
    expect([...volumes[0].voxels]).toEqual(values)
    expect(warnings.map(say)).toEqual([expect.stringMatching(message)])
  })
})

describe('a header without size or place of its voxels is told', () => {
  it.each([
    ['NRRD without spacings', 'a.nrrd', inFile({ 'space directions': undefined }, bytesOf()), /no voxel size \(space directions or spacings\): 1 mm is taken/],
    ['NRRD without an origin', 'a.nrrd', inFile({ 'space origin': undefined }, bytesOf()), /no space origin/],
    ['MetaImage without spacing', 'a.mha', inMha({ ElementSpacing: undefined }, bytesOf()), /no voxel size \(ElementSpacing\): 1 mm is taken/],
    ['NRRD of values that were others', 'a.nrrd', inFile({ 'old min': '0', 'old max': '1' }, bytesOf()), /made of others \(old min, old max\)/],
  ])('%s', async (_, name, bytes, warning) => {
    expect((await readMade(name, bytes)).warnings.join()).toMatch(warning)
  }) // prettier-ignore
})

describe('what would be read wrong is refused', () => {
  const rows: [string, string, (readonly [RegExp, string])[], RegExp][] = [
    ['NRRD packed with bzip2', 'int16.nrrd', [[/^encoding: .*$/m, 'encoding: bzip2']], /packed with bzip2; raw and gzip can be read\. Open it in the program that wrote it/],
    ['NRRD of an unknown encoding', 'int16.nrrd', [[/^encoding: .*$/m, 'encoding: zstd']], /an encoding that is not known, "zstd"/],
    ['NRRD in centimetres', 'int16.nrrd', [[/^encoding: /m, 'space units: "cm" "cm" "cm"\nencoding: ']], /lengths in "cm"; millimetres/],
    ['NRRD with axes a little sheared', 'int16.nrrd', [[/^space directions: .*$/m, 'space directions: (0.7,0.05,0) (0,0.8,0) (0,0,2.1)']], /does not have three perpendicular axes/],
    ['MetaImage with axes a little sheared', 'int16.mha', [[/^TransformMatrix.*$/m, 'TransformMatrix = 1 0.05 0 0 1 0 0 0 1']], /does not have three perpendicular axes/],
    ['MetaImage with axes longer than 1', 'int16.mha', [[/^TransformMatrix.*$/m, 'TransformMatrix = 2 0 0 0 0.5 0 0 0 1']], /does not have three perpendicular axes/],
    ['MetaImage in micrometres', 'int16.mha', [[/^ElementSpacing/m, 'DistanceUnits = um\nElementSpacing']], /lengths in "um"; millimetres/],
    ['MetaImage that wants its values scaled', 'int16.mha', [[/^ElementSpacing/m, 'ElementToIntensityFunctionSlope = 2\nElementSpacing']], /wants the values scaled \(ElementToIntensityFunctionSlope 2/],
  ] // prettier-ignore
  it.each(rows)('%s', async (_, name, changes, message) => {
    await expect(read(name, ...changes)).rejects.toThrowSaying(message)
  })

  it.each([
    ['NRRD that tells its extent alone', 'a.nrrd', inFile({ space: undefined, 'space directions': undefined, 'space origin': undefined, 'axis mins': '5 6 7', 'axis maxs': '6 8 15' }, bytesOf()), /by axis mins and axis maxs/],
    ['NRRD in RAS with time', 'a.nrrd', inFile({ space: 'right-anterior-superior-time' }, bytesOf()), /only left-posterior-superior-time can be read/],
    ['NRRD as text that is cut off', 'a.nrrd', inFile({ encoding: 'ascii' }, latin(values.slice(0, 20).join(' '))), /cut off/],
    ['NRRD, gzipped, that is cut off', 'a.nrrd', inFile({ encoding: 'gzip' }, gzipSync(bytesOf()).subarray(0, 30)), /cut off/],
    ['MetaImage, packed, that is cut off', 'a.mha', inMha({ CompressedData: 'True' }, zlibSync(bytesOf()).subarray(0, 20)), /does not unpack/],
    ['MetaImage that packs too few voxels', 'a.mha', inMha({ CompressedData: 'True' }, zlibSync(bytesOf(true, values.slice(1)))), /cut off: .* its header announces/],
    ['a list of files', 'a.mhd', latin(meta({ ElementDataFile: 'LIST 2D' })), /several files \(the header names them by "LIST 2D"\).* save it as one file/],
    ['a pattern of files, MetaImage', 'a.mhd', latin(meta({ ElementDataFile: 'a%03d.raw 1 10 1' })), /several files \(the header names them by "a%03d.raw 1 10 1"\)/],
    ['a list of files, NRRD', 'a.nhdr', latin(nrrd({ 'data file': 'LIST' })), /several files/],
    ['a pattern of files, NRRD', 'a.nhdr', latin(nrrd({ 'data file': 'a%03d.raw 1 4 1' })), /several files/],
    ['MetaImage as text', 'a.mha', inMha({ BinaryData: 'False' }, latin(values.join(' '))), /written as text \(BinaryData = False\).* save it as \.nrrd/],
    ['MetaImage of a type that holds no numbers', 'a.mha', inMha({ ElementType: 'MET_STRING' }, bytesOf()), /the type "MET_STRING", which is no type/],
    ['MetaImage without a type', 'a.mha', inMha({ ElementType: undefined }, bytesOf()), /lacks the field "ElementType"/],
    ['MetaImage of another dimension', 'a.mha', inMha({ NDims: '4' }, bytesOf()), /its dimension is 4, its sizes are of 3 axes/],
    ['MetaImage with a negative spacing', 'a.mha', inMha({ ElementSpacing: '0.7 -0.8 2.1' }, bytesOf()), /axis 2 is -0.8 mm; it must be a positive number/],
    ['MetaImage whose offset is no number', 'a.mha', inMha({ Offset: 'nan 2 3' }, bytesOf()), /Offset is "nan 2 3"; numbers were expected/],
    ['MetaImage whose matrix is no number', 'a.mha', inMha({ TransformMatrix: '1 0 0 0 x 0 0 0 1', AnatomicalOrientation: 'RAI' }, bytesOf()), /TransformMatrix is "1 0 0 0 x 0 0 0 1"; numbers were expected/],
    ['MetaImage of a type that JavaScript knows, and the format does not', 'a.mha', inMha({ ElementType: 'constructor' }, bytesOf()), /constructor/],
    ['NRRD without its byte order', 'a.nrrd', inFile({ endian: undefined }, bytesOf()), /byte order \(endian\) of its numbers of 2 bytes\. Add the line "endian: little"/],
    ['NRRD of a type that there is not, without its byte order', 'a.nrrd', inFile({ type: 'shrt', endian: undefined }, bytesOf()), /shrt/],
    ['NRRD, gzipped, without its byte order', 'a.nrrd', inFile({ endian: undefined, encoding: 'gzip' }, gzipSync(bytesOf())), /byte order \(endian\)/],
    ['NRRD without a type', 'a.nrrd', inFile({ type: undefined }, bytesOf()), /lacks the field "type"/],
    ['NRRD without an encoding', 'a.nrrd', inFile({ encoding: undefined }, bytesOf()), /lacks the field "encoding"/],
    ['NRRD of another dimension', 'a.nrrd', inFile({ dimension: '4' }, bytesOf()), /its dimension is 4, its sizes are of 3 axes/],
    ['NRRD of blocks', 'a.nrrd', inFile({ type: 'block', 'block size': '2' }, bytesOf()), /blocks of bytes/],
    ['NRRD with time last', 'a.nrrd', inFile({ ...fourAxes, kinds: 'domain domain domain time' }, bytesOf()), /Axis 4 has no direction in space and is one of time \(kind "time"\); .* Write "list" in its place/],
    ['NRRD with a fourth axis of no kind', 'a.nrrd', inFile(fourAxes, bytesOf()), /Axis 4 has no direction in space; .* Write "list"/],
    ['NRRD with time first', 'a.nrrd', inFile({ dimension: '4', sizes: '2 2 3 2', 'space directions': undefined, space: undefined, 'space origin': undefined, spacings: '60 0.7 0.8 2.1', kinds: 'time space space space' }, bytesOf()), /Axis 1 of 4 is one of time .* Save the image with time last/],
    ['NRRD of slices in time', 'a.nrrd', inFile({ 'space directions': undefined, space: undefined, 'space origin': undefined, spacings: '0.7 0.8 60', kinds: 'space space time' }, bytesOf()), /Axis 3 of 3 is one of time/],
    ['NRRD of two axes in three dimensions', 'a.nrrd', inFile({ dimension: '2', sizes: '4 6', 'space directions': '(0.7,0,0) (0,0.8,0)' }, bytesOf()), /2 axes of the image lie in a space of 3 dimensions/],
  ])('%s', async (_, name, bytes, message) => {
    await expect(readMade(name, bytes)).rejects.toThrowSaying(message)
  }) // prettier-ignore

  it('an Analyze header is named', async () => {
    const bytes = imageBytes('int16.nii')
    bytes.fill(0, 344, 348)
    await expect(readImageFile(itkCodec, fileFromBytes('a.hdr', bytes))).rejects.toThrowSaying(
      'the content is an Analyze 7.5 header',
    )
  })
})
