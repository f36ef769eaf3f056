import { readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { identifyFile } from '../images/identifyVolume.ts'
import { itkCodec } from '../images/itkCodec.node.ts'
import { readImageFile } from '../images/readImageFile.ts'
import { fileFromBytes, type Bytes } from '../sourceFile.ts'
import { fileFromDisk } from '../sourceFile.node.ts'
import { readNiftiFields } from './niftiFields.ts'
import { niftiTimeStep } from './niftiTimeStep.ts'
import { say } from '../../messages/say.ts'

/*
 * int16.nii: 6 x 5 x 4 voxels of 0.7 x 0.8 x 2.1 mm, qform and sform alike (codes 1), first voxel at LPS (-10.1, 20.2, 30.3),
 * axes along LPS.
 */
type Change = readonly [offset: number, kind: 'float32' | 'int16' | 'uint8', ...values: number[]]

const imageBytes = (name = 'int16.nii'): Bytes =>
  new Uint8Array(readFileSync(new URL(`../../../reference/images/${name}`, import.meta.url)))

function patched(...changes: Change[]): Bytes {
  const bytes = imageBytes()
  const view = new DataView(bytes.buffer)
  for (const [offset, kind, ...values] of changes)
    values.forEach((value, i) => {
      if (kind === 'float32') view.setFloat32(offset + 4 * i, value, true)
      else if (kind === 'int16') view.setInt16(offset + 2 * i, value, true)
      else view.setUint8(offset + i, value)
    })
  return bytes
}

const codes = (qform: number, sform: number): Change => [252, 'int16', qform, sform]
const srow = (...rows: number[]): Change => [280, 'float32', ...rows]
const read = async (bytes: Bytes, name = 'a.nii') => {
  const { volumes, warnings } = await readImageFile(itkCodec, fileFromBytes(name, bytes))
  return { volume: volumes[0], volumes, warnings: warnings.map(say) }
}
const expected = (await read(imageBytes())).volume

describe('the grid of a NIfTI header is that of the standard, and what is doubtful is said', () => {
  interface Expected {
    readonly spacing?: readonly number[]
    readonly origin?: readonly number[]
    /** Diagonal of the direction. */
    readonly axes?: readonly number[]
    readonly warning?: RegExp
  }
  const rows: [string, Change[], Expected][] = [
    ['both forms alike', [], {}],
    ['sform with pixdim of 1', [codes(0, 1), [80, 'float32', 1, 1, 1]], { warning: /pixdim 1 x 1 x 1 mm\) is not that of its sform \(0.7 x 0.8 x 2.1 mm/ }],
    ['sform of the scanner beside a qform with pixdim of 1', [[80, 'float32', 1, 1, 1]], { warning: /sform and qform disagree: voxels of 0.7 x 0.8 x 2.1 mm and 1 x 1 x 1 mm.* The sform is used/ }],
    ['sform of a template beside another qform', [codes(1, 4), srow(-1, 0, 0, 90, 0, -1, 0, -126, 0, 0, 1, -72)], { warning: /disagree: voxels of 1 x 1 x 1 mm and 0.7 x 0.8 x 2.1 mm, first voxels \d+.\d\d mm apart\. The qform, of the scanner, is used; the sform is of another space \(code 4\)/ }],
    ['sform with an axis turned round', [srow(-0.7, 0, 0, 10.1, 0, -0.8, 0, -20.2, 0, 0, -2.1, 30.3)], { axes: [1, 1, -1], warning: /first voxels 0.00 mm apart, axes in different directions\. The sform is used/ }],
    ['singular sform beside a qform', [srow(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)], { warning: /The sform is left out: The sform is singular.* The qform is used/ }],
    ['sheared sform beside a qform', [[288, 'float32', 0.3]], { warning: /left out: The sform is sheared: two of its axes meet at 81.87° .* The qform is used/ }],
    ['quaternion over unit length beside an sform', [[256, 'float32', 1, 1, 1]], { warning: /The qform is left out: The quaternion of the qform \(1, 1, 1\) is no rotation: its length is 1.732.* The sform is used/ }],
    ['quaternion over unit length by rounding', [codes(1, 0), [256, 'float32', 0, 0, 1.00001]], {}],
    ['neither form', [codes(0, 0)], { origin: [0, 0, 0], warning: /gives no orientation \(qform_code and sform_code are 0\): left, front and top are unknown/ }],
    ['micrometres', [[123, 'uint8', 3]], { spacing: [0.0007, 0.0008, 0.0021], origin: [-0.0101, 0.0202, 0.0303], warning: /lengths in micrometres/ }],
    ['metres, qform alone', [codes(1, 0), [123, 'uint8', 1]], { spacing: [700, 800, 2100], origin: [-10100, 20200, 30300], warning: /lengths in metres/ }],
    ['qfac of -1', [codes(1, 0), [76, 'float32', -1]], { axes: [1, 1, -1] }],
    ['4D of a single volume with pixdim of 1', [codes(0, 1), [40, 'int16', 4, 6, 5, 4, 1], [80, 'float32', 1, 1, 1, 2]], { warning: /pixdim 1 x 1 x 1 mm\) is not that of its sform/ }],
    ['axes of a single voxel', [[40, 'int16', 7, 6, 5, 4, 1, 1, 1, 1]], {}],
    ['2D whose sform leaves the third axis out', [codes(0, 1), [40, 'int16', 2, 6, 20, 1], srow(-0.7, 0, 0, 10.1, 0, -0.8, 0, -20.2, 0, 0, 0, 30.3)], { warning: /one slice, 2.1 mm thick as its header says/ }],
    ['2D with its thickness', [[40, 'int16', 2, 6, 20, 1]], { warning: /2D: it is read as a volume of one slice, 2.1 mm thick as its header says/ }],
    ['2D without a thickness', [codes(1, 0), [40, 'int16', 2, 6, 20, 1], [88, 'float32', 0]], { spacing: [0.7, 0.8, 1], warning: /one slice, 1 mm thick\./ }],
  ] // prettier-ignore
  it.each(rows)(
    '%s',
    async (_, changes, { spacing = [0.7, 0.8, 2.1], origin = [-10.1, 20.2, 30.3], axes = [1, 1, 1], warning }) => {
      const { volume, warnings } = await read(patched(...changes))
      volume.spacingMm.forEach((mm, axis) => expect(mm / spacing[axis]).toBeCloseTo(1, 4))
      volume.originMm.forEach((mm, axis) => expect(mm / origin[axis] || 1).toBeCloseTo(1, 5))
      expect([0, 4, 8].map((i) => volume.direction[i])).toEqual(axes.map((one) => expect.closeTo(one, 4) as number))
      expect(Array.from(volume.voxels)).toEqual(Array.from(expected.voxels))
      if (warning) expect(warnings.join(' ')).toMatch(warning)
      else expect(warnings).toEqual([])
    },
  )

  it('an oblique qform is turned as ITK turns it', async () => {
    const oblique = imageBytes('oblique_left_handed.nii.gz')
    const { volume, warnings } = await read(oblique, 'a.nii.gz')
    // ITK reads the sform here; the qform alone must say the same.
    const content = new Uint8Array(await new Response(new Blob([oblique]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer())
    new DataView(content.buffer).setInt16(254, 0, true)
    // A spacing that ITK does not take makes the grid our own.
    new DataView(content.buffer).setUint8(123, 3)
    const own = (await read(content)).volume
    own.direction.forEach((cosine, i) => expect(cosine).toBeCloseTo(volume.direction[i], 5))
    own.originMm.forEach((mm, axis) => expect(1000 * mm).toBeCloseTo(volume.originMm[axis], 4))
    expect(warnings).toEqual([])
  }) // prettier-ignore
})

describe('values of a NIfTI file', () => {
  const rows: [string, Change[], (value: number) => number][] = [
    ['scl_slope 0 scales nothing, whatever scl_inter', [[112, 'float32', 0, 40]], (v) => v],
    ['scl_slope NaN scales nothing', [[112, 'float32', NaN, NaN]], (v) => v],
    ['scl_slope NaN scales nothing, whatever scl_inter', [[112, 'float32', NaN, 40]], (v) => v],
    ['vox_offset 352.5: its length tells that they begin at 352', [[108, 'float32', 352.5]], (v) => v],
    ['a negative slope', [[112, 'float32', -1, 3]], (v) => 3 - v],
    ['bitpix 0 says nothing', [[72, 'int16', 0]], (v) => v],
    ['vox_offset 0: its length tells that they begin at 352', [[108, 'float32', 0]], (v) => v],
  ]
  it.each(rows)('%s', async (_, changes, value) => {
    const { volume } = await read(patched(...changes))
    expect(Array.from(volume.voxels)).toEqual(Array.from(expected.voxels, value))
  })

  it.each([1004, 1005, 1006, 1007, 1008, 1009, 1010, 2003, 2004])('of intent %i with one number a voxel are read, and told', async (intent) => {
    for (const axes of [[3, 6, 5, 4], [5, 6, 5, 4, 1, 1]]) {
      const { volume, warnings } = await read(patched([68, 'int16', intent], [40, 'int16', ...axes]))
      expect(Array.from(volume.voxels)).toEqual(Array.from(expected.voxels))
      expect(warnings.join()).toMatch(new RegExp(`each voxel is a .* \\(intent_code ${intent}\\), the file has one number a voxel`))
    }
  }) // prettier-ignore

  it.each([1004, 1005, 1006, 1007, 1008, 1009, 1010, 2003, 2004])('of intent %i with several numbers along the fourth axis are no phases', async (intent) => {
    const file = patched([68, 'int16', intent], [40, 'int16', 4, 6, 5, 2, 2])
    await expect(read(file)).rejects.toThrowSaying(`(intent_code ${intent}), of 2 numbers; one grey value a voxel is needed`)
  }) // prettier-ignore

  it('that are vectors by the standard are refused as such, and are the channels of a mask', async () => {
    const file = patched([68, 'int16', 1007], [40, 'int16', 5, 6, 5, 2, 1, 2])
    await expect(read(file)).rejects.toThrowSaying('The image holds vectors, 2 numbers a voxel')
    const { volumes } = await readImageFile(itkCodec, fileFromBytes('a.nii', file), { channels: true })
    expect(volumes.map(({ voxels }) => Array.from(voxels))).toEqual([0, 60].map((at) => Array.from(expected.voxels.subarray(at, at + 60))))
  }) // prettier-ignore

  it('that begin at byte 348 are told and read there, where the length of the file says the same', async () => {
    const whole = patched([108, 'float32', 348])
    const shorter = new Uint8Array([...whole.subarray(0, 348), ...whole.subarray(352)])
    for (const [name, bytes] of [['a.nii', shorter], ['a.nii.gz', gzipSync(shorter)]] as const) {
      const { volume, warnings } = await read(bytes, name)
      expect(Array.from(volume.voxels)).toEqual(Array.from(expected.voxels))
      expect(warnings.join()).toContain('begin at byte 348 (vox_offset); the standard wants a whole number of at least 352. They are read from byte 348 on')
    }
  }) // prettier-ignore

  it('may begin later than the header says where the file is longer than they take, which is told', async () => {
    const whole = imageBytes()
    const longer = new Uint8Array([...whole.subarray(0, 352), ...new Uint8Array(16), ...whole.subarray(352)])
    for (const [name, bytes] of [
      ['a.nii', longer],
      ['a.nii.gz', gzipSync(longer)],
    ] as const)
      expect((await read(bytes, name)).warnings.join()).toMatch(
        /announces 240 bytes of voxels, the file has 256 from their beginning on: .*begin later than it says/,
      )
  })

  it('of two files begin where the header says', async () => {
    const header = imageBytes('int16.hdr')
    new DataView(header.buffer).setFloat32(108, 16, true)
    const voxels = new Uint8Array([...new Uint8Array(16).fill(7), ...imageBytes('int16.img')])
    const companions = [fileFromBytes('a.img', voxels)]
    const { volumes } = await readImageFile(itkCodec, fileFromBytes('a.hdr', header), { companions })
    expect(Array.from(volumes[0].voxels)).toEqual(Array.from(expected.voxels))
  })

  const refused: [string, () => Bytes, RegExp][] = [
    ['bitpix that contradicts datatype', () => patched([72, 'int16', 8]), /datatype 4 have 16 bits, its bitpix says 8/],
    ['vox_offset inside the header, length unclear', () => new Uint8Array([...patched([108, 'float32', 100]), 0]), /begin at byte 100 \(vox_offset\); the standard wants .* does not tell where they begin/],
    ['scaling that is no number', () => patched([112, 'float32', 2, NaN]), /scl_slope 2, scl_inter NaN/],
    ['singular sform alone', () => patched(codes(0, 1), srow(...Array<number>(12).fill(0))), /The sform is singular/],
    ['quaternion over unit length alone', () => patched(codes(1, 0), [256, 'float32', 1, 1, 1]), /no rotation: its length is 1.732/],
    ['scl_slope of infinity', () => patched([112, 'float32', Infinity, 0]), /scaling is no number: scl_slope Infinity/],
    ['scl_slope that ITK leaves out', () => patched([112, 'float32', 1e-17, 0]), /scl_slope .*e-18, is too small/],
    ['voxels of bits', () => patched([70, 'int16', 1, 1]), /The voxels are single bits \(datatype 1\)/],
    ['complex voxels', () => patched([70, 'int16', 32, 64]), /The voxels are complex numbers \(datatype 32\)/],
    ['voxels of 128 bits', () => patched([70, 'int16', 1536, 128]), /floating-point numbers of 128 bits \(datatype 1536\)/],
    ['voxels of no known kind', () => patched([70, 'int16', 9999, 16]), /of an unknown kind \(datatype 9999\)/],
    ['no dimension', () => patched([40, 'int16', 0]), /has 0 dimensions \(dim\[0\]\); from 1 to 7/],
    ['eight dimensions', () => patched([40, 'int16', 8]), /has 8 dimensions/],
    ['voxels in another file that is not there', () => patched([344, 'uint8', 0x6e, 0x69, 0x31]), /another file, a\.img, which is missing/],
    ['a negative pixdim', () => patched([84, 'float32', -0.8]), /axis 2 is -0.8.* mm; it must be a positive number/],
  ] // prettier-ignore
  it.each(refused)('%s is refused', async (_, make, message) => {
    await expect(read(make())).rejects.toThrowSaying(message)
  })
})

/** The same image as NIfTI-2. */
function asNifti2(littleEndian: boolean, axes?: readonly number[]): Bytes {
  const old = imageBytes()
  const fields = readNiftiFields(old)!
  const file = new Uint8Array(544 + old.length - 352)
  const view = new DataView(file.buffer)
  const doubles = (at: number, values: readonly number[]) => values.forEach((v, i) => view.setFloat64(at + 8 * i, v, littleEndian))
  view.setInt32(0, 540, littleEndian)
  file.set([0x6e, 0x2b, 0x32, 0, 0x0d, 0x0a, 0x1a, 0x0a], 4)
  view.setInt16(12, fields.datatype, littleEndian)
  view.setInt16(14, fields.bitpix, littleEndian)
  const dim = axes ?? fields.size
  ;[dim.length, ...dim].forEach((n, i) => view.setBigInt64(16 + 8 * i, BigInt(n), littleEndian))
  doubles(104, fields.pixdim)
  view.setBigInt64(168, 544n, littleEndian)
  doubles(176, [2, 10])
  view.setInt32(344, 0, littleEndian)
  view.setInt32(348, 1, littleEndian)
  doubles(400, fields.srow)
  view.setInt32(500, 10, littleEndian)
  const values = new Int16Array(old.slice(352).buffer)
  values.forEach((value, i) => view.setInt16(544 + 2 * i, value, littleEndian))
  return file
} // prettier-ignore

describe('NIfTI in other forms', () => {
  it.each([
    ['little-endian', true],
    ['big-endian', false],
  ])('NIfTI-2, %s, is read, packed or not', async (_, littleEndian) => {
    const bytes = asNifti2(littleEndian)
    for (const [name, content] of [['a.nii', bytes], ['a.nii.gz', gzipSync(bytes)]] as const) {
      const { volume, warnings } = await read(content, name)
      expect(Array.from(volume.voxels)).toEqual(Array.from(expected.voxels, (value) => 2 * value + 10))
      expect(volume.spacingMm).toEqual(expected.spacingMm)
      expect(volume.originMm).toEqual(expected.originMm)
      expect(volume.direction).toEqual(expected.direction)
      expect(warnings).toEqual([])
    }
  }) // prettier-ignore

  it.each([
    ['gzip twice', () => gzipSync(gzipSync(imageBytes())), 'gzip once more inside gzip (unpack it once)'],
    ['bzip2', () => new TextEncoder().encode('BZh91AY&SY'), 'packed with bzip2 (unpack it, or pack it with gzip)'],
    ['zstd', () => Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0), 'packed with zstd'],
  ])('%s is named, with the way out', async (_, make, message) => {
    await expect(read(make(), 'a.nii.gz')).rejects.toThrowSaying(message)
  })

  it('NIfTI-2 is told by its own bytes, not by those it was brought into', async () => {
    const file = fileFromBytes('a.nii', asNifti2(true))
    const { volumes } = await readImageFile(itkCodec, file, { identify: true })
    expect(volumes[0].source.identity!.file).toBe(await identifyFile(file))
  })

  it('NIfTI-2 of several volumes knows their distance in time', () => {
    const bytes = asNifti2(true, [6, 5, 2, 2])
    new DataView(bytes.buffer).setFloat64(104 + 32, 1500, true)
    new DataView(bytes.buffer).setInt32(500, 2 + 16, true)
    expect(niftiTimeStep(bytes)).toBe(1.5)
  })

  it('NIfTI-2 that is cut off, or longer than 16 bits can count, is refused by name', async () => {
    await expect(read(asNifti2(true).slice(0, -2))).rejects.toThrowSaying(
      /cut off: it has 782 bytes \(unpacked\), its header announces 784/,
    )
    await expect(read(asNifti2(true, [40000, 5, 4]))).rejects.toThrowSaying(
      'NIfTI-2 with 40000 voxels along an axis; up to 32767',
    )
  })

  it('gzipped content is read under a name that hides it, and the other way round', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'texel-test-'))
    const files = [['packed.nii', gzipSync(imageBytes())], ['plain.nii.gz', imageBytes()], ['scan.nrrd.gz', gzipSync(imageBytes('int16.nrrd'))], ['scan.mha', gzipSync(imageBytes('int16.mha'))]] as const
    for (const [name, bytes] of files) {
      await writeFile(join(folder, name), bytes)
      const { volumes } = await readImageFile(itkCodec, await fileFromDisk(join(folder, name)))
      expect(Array.from(volumes[0].voxels)).toEqual(Array.from(expected.voxels))
    }
  }) // prettier-ignore
})
