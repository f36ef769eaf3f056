import { readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { indexToPhysical } from '../../core/image/volume.ts'
import { pixelTypeOf } from '../../core/numeric/voxelArray.ts'
import { itkCodec } from './itkCodec.node.ts'
import { readImageFile } from './readImageFile.ts'
import { fileFromBytes, type Bytes } from '../sourceFile.ts'
import { fileFromDisk } from '../sourceFile.node.ts'
import { DataError } from '../../core/messages/message.ts'
import { say } from '../../messages/say.ts'

interface Answer {
  pixelType: string
  size: number[]
  spacing: number[]
  origin: number[]
  direction: number[]
  voxels: (number | null)[]
  pointOf123?: number[]
}

const folder = fileURLToPath(new URL('../../../reference/images/', import.meta.url))
const answers = (JSON.parse(readFileSync(join(folder, 'simpleitk.json'), 'utf8')) as { images: Record<string, Answer> }).images

const pixelTypes: Record<string, string> = {
  '8-bit signed integer': 'int8',
  '8-bit unsigned integer': 'uint8',
  '16-bit signed integer': 'int16',
  '16-bit unsigned integer': 'uint16',
  '32-bit signed integer': 'int32',
  '32-bit unsigned integer': 'uint32',
  '64-bit signed integer': 'float64',
  '32-bit float': 'float32',
  '64-bit float': 'float64',
}

const bytesOf = (name: string): Bytes => new Uint8Array(readFileSync(join(folder, name)))
const readDisk = async (name: string) => readImageFile(itkCodec, await fileFromDisk(join(folder, name)))
const readBytes = (name: string, bytes: Bytes) => readImageFile(itkCodec, fileFromBytes(name, bytes))

/** A copy of a file with some numbers overwritten, little-endian: [offset, kind, value]. */
function patch(name: string, ...changes: [number, 'float32' | 'int16', number][]): Bytes {
  const bytes = bytesOf(name)
  const view = new DataView(bytes.buffer)
  for (const [offset, kind, value] of changes) {
    if (kind === 'float32') view.setFloat32(offset, value, true)
    else view.setInt16(offset, value, true)
  }
  return bytes
}

function replaceText(name: string, from: RegExp, to: string): Bytes {
  const text = new TextDecoder('latin1').decode(bytesOf(name))
  expect(text).toMatch(from)
  return Uint8Array.from(text.replace(from, to), (character) => character.charCodeAt(0))
}

describe('a file that SimpleITK reads', () => {
  const grey = Object.entries(answers)
    .filter(([, { pixelType, size }]) => size.length === 3 && !pixelType.startsWith('vector'))
    .filter(([name]) => !name.startsWith('not_finite'))
  it.each(grey)('%s has the same pixel type, values and grid', async (name, answer) => {
    const { volumes } = await readDisk(name)
    expect(volumes).toHaveLength(1)
    const [volume] = volumes
    expect(pixelTypeOf(volume.voxels)).toBe(pixelTypes[answer.pixelType])
    expect(Array.from(volume.voxels, (value) => (Number.isFinite(value) ? value : null))).toEqual(answer.voxels)
    expect(volume.size).toEqual(answer.size)
    expect(volume.spacingMm).toEqual(answer.spacing)
    volume.originMm.forEach((mm, axis) => expect(mm).toBeCloseTo(answer.origin[axis], 12))
    volume.direction.forEach((cosine, i) => expect(cosine).toBeCloseTo(answer.direction[i], 7))
    indexToPhysical(volume, [1, 2, 3]).forEach((mm, axis) => expect(mm).toBeCloseTo(answer.pointOf123![axis], 5))
  })

  it.each(['four_d.nii.gz', 'four_d.nrrd', 'four_d.mha'])('%s offers its three volumes', async (name) => {
    const { volumes, warnings } = await readDisk(name)
    expect(volumes.map(({ source }) => source.phase)).toEqual(['phase 1 of 3', 'phase 2 of 3', 'phase 3 of 3'])
    expect(volumes.flatMap(({ voxels }) => Array.from(voxels as Int16Array))).toEqual(answers[name].voxels)
    expect(volumes[2].spacingMm).toEqual(answers[name].spacing.slice(0, 3))
    expect(warnings.map(say).join()).toContain('4D')
  })

  it.each(['flat.nii.gz', 'flat.mha'])('%s is 2D and becomes a volume of one slice, which is said', async (name) => {
    const { volumes, warnings } = await readDisk(name)
    expect(volumes[0].size).toEqual([6, 5, 1])
    expect(volumes[0].spacingMm).toEqual([...answers[name].spacing, 1])
    expect(Array.from(volumes[0].voxels)).toEqual(answers[name].voxels)
    expect(warnings.map(say).join()).toContain('2D')
  })
})

describe('names and places', () => {
  it('reads from memory, and by content whatever the name', async () => {
    for (const [name, bytes] of [
      ['scan', bytesOf('int16.nii')],
      ['scan.nii', bytesOf('int16.nii.gz')],
      ['scan.nii.gz', bytesOf('int16.nii')],
      ['folder/scan.dat', bytesOf('int16.nrrd')],
      ['scan.bin', bytesOf('int16.mha')],
    ] as const) {
      const { volumes } = await readBytes(name, bytes)
      expect(Array.from(volumes[0].voxels)).toEqual(answers['int16.nii'].voxels)
      expect(volumes[0].source.path).toBe(name)
    }
  })

  it('reads a path with spaces and letters outside ASCII', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'texel test ')), 'Schädel größe 頭.nii.gz')
    await writeFile(path, bytesOf('int16.nii.gz'))
    const { volumes } = await readImageFile(itkCodec, await fileFromDisk(path))
    expect(Array.from(volumes[0].voxels)).toEqual(answers['int16.nii.gz'].voxels)
  })

  it.each([
    ['int16.mhd', 'int16.raw'],
    ['int16.nhdr', 'int16.raw'],
    ['int16.hdr', 'int16.img'],
  ])('finds the voxels of %s among the files given with it', async (name, voxelFile) => {
    const companions = [fileFromBytes(`case/${voxelFile}`, bytesOf(voxelFile))]
    const { volumes } = await readImageFile(itkCodec, fileFromBytes(`case/${name}`, bytesOf(name)), { companions })
    expect(Array.from(volumes[0].voxels)).toEqual(answers[name].voxels)
    expect(volumes[0].spacingMm).toEqual(answers[name].spacing)
    await expect(readBytes(name, bytesOf(name))).rejects.toThrowSaying(`another file, ${voxelFile}, which is missing`)
  })

  it('reads a gzip file of several members', async () => {
    const bytes = bytesOf('int16.nii')
    const members = [gzipSync(bytes.subarray(0, 400)), gzipSync(bytes.subarray(400))]
    const { volumes } = await readBytes('scan.nii.gz', new Uint8Array(members.flatMap((member) => [...member])))
    expect(Array.from(volumes[0].voxels)).toEqual(answers['int16.nii'].voxels)
  })
})

describe('masks', () => {
  it('keeps label values that are no integers', async () => {
    const { volumes } = await readDisk('label_fraction.nii.gz')
    expect(new Set(volumes[0].voxels)).toEqual(new Set([0, Math.fround(0.0039)]))
  })

  it.each(['two_channels.nrrd', 'two_channels.nii.gz'])('gives the channels of %s where they are asked for', async (name) => {
    await expect(readDisk(name)).rejects.toThrowSaying('vectors, 2 numbers a voxel')
    const { volumes } = await readImageFile(itkCodec, await fileFromDisk(join(folder, name)), { channels: true })
    expect(volumes.map(({ source }) => source.phase)).toEqual(['channel 1 of 2', 'channel 2 of 2'])
    expect(Array.from(volumes[0].voxels)).toEqual(answers['int16.nii'].voxels)
    expect(Array.from(volumes[1].voxels)).toEqual(answers['int16.nii'].voxels.map((value) => value! + 1))
  })
})

describe('a segmentation of 3D Slicer', () => {
  const keys = (...segments: [layer: number, value: number, name: string][]) =>
    segments.map(([layer, value, name], i) => `Segment${i}_ID:=Segment_${i}\nSegment${i}_Layer:=${layer}\nSegment${i}_LabelValue:=${value}\nSegment${i}_Name:=${name}\n`).join('') // prettier-ignore
  const made = (sizes: string, kinds: string, directions: string, named: string, voxels: readonly number[]) =>
    new Uint8Array([
      ...new TextEncoder().encode(
        `NRRD0004\ntype: unsigned char\ndimension: ${sizes.split(' ').length}\nspace: left-posterior-superior\nsizes: ${sizes}\nspace directions: ${directions}(1,0,0) (0,1,0) (0,0,2)\nkinds: ${kinds}\nencoding: raw\nspace origin: (0,0,0)\n${named}\n`,
      ),
      ...voxels,
    ])

  it('has its layers as channels, each with its segments by name', async () => {
    const named = keys([0, 1, '病灶'], [0, 2, 'Rim'], [1, 1, 'Oedema'])
    // Two layers, the fastest axis.
    const bytes = made('2 2 2 1', 'list domain domain domain', 'none ', named, [1, 0, 2, 1, 2, 1, 0, 1])
    const { volumes } = await readBytes('a.seg.nrrd', bytes)
    expect(volumes.map(({ voxels }) => Array.from(voxels))).toEqual([[1, 2, 2, 0], [0, 1, 1, 1]])
    expect(volumes.map(({ source }) => source.segments)).toEqual([
      [{ value: 1, name: '病灶', voxelCount: 1 }, { value: 2, name: 'Rim', voxelCount: 2 }],
      [{ value: 1, name: 'Oedema', voxelCount: 3 }],
    ])
    expect(volumes.map(({ source }) => source.phase)).toEqual(['channel 1 of 2 (病灶, Rim)', 'channel 2 of 2 (Oedema)'])
  }) // prettier-ignore

  it('of one layer has its names', async () => {
    const bytes = made('2 2 1', 'domain domain domain', '', keys([0, 3, 'Tumour']), [0, 3, 3, 0])
    const { volumes } = await readBytes('a.seg.nrrd', bytes)
    expect(volumes).toHaveLength(1)
    expect(volumes[0].source.segments).toEqual([{ value: 3, name: 'Tumour', voxelCount: 2 }])
    expect(volumes[0].source.phase).toBeUndefined()
  })

  it('of before its layers has each segment in a layer of its own, with the label 1', async () => {
    const named = 'Segment0_ID:=S0\nSegment0_Name:=Tumour\nSegment1_ID:=S1\nSegment1_Name:=Oedema\n'
    const bytes = made('2 2 2 1', 'list domain domain domain', 'none ', named, [1, 0, 0, 1, 0, 1, 0, 1])
    const { volumes } = await readBytes('a.seg.nrrd', bytes)
    expect(volumes.map(({ source }) => source.segments)).toEqual([
      [{ value: 1, name: 'Tumour', voxelCount: 1 }],
      [{ value: 1, name: 'Oedema', voxelCount: 3 }],
    ])
  })

  it('has its segments by the numbers of their keys, whichever they are, and labels that no key names', async () => {
    const named = keys([0, 2, 'Rim'], [0, 3, 'Core']).replaceAll('Segment1_', 'Segment7_').replaceAll('Segment0_', 'Segment2_')
    const { volumes } = await readBytes('a.seg.nrrd', made('2 2 1', 'domain domain domain', '', named, [2, 3, 3, 9]))
    expect(volumes[0].source.segments).toEqual([
      { value: 2, name: 'Rim', voxelCount: 1 },
      { value: 3, name: 'Core', voxelCount: 2 },
      { value: 9, name: 'Segment 9', voxelCount: 1 },
    ])
  })
})

describe('bad input is told', () => {
  const hardToRead: [string, string, () => Bytes, RegExp][] = [
    ['empty', 'a.nii', () => new Uint8Array(0), /empty \(0 bytes\)/],
    ['an empty gzip name', 'a.nii.gz', () => new Uint8Array(0), /empty \(0 bytes\)/],
    ['text', 'a.nii.gz', () => new TextEncoder().encode('hello, I am not an image'), /not an image.*content is text/],
    ['a picture', 'a.png', () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 4]), /not an image.*PNG/],
    ['a NIfTI header cut off', 'a.nii', () => bytesOf('int16.nii').slice(0, 100), /348 bytes, this file has 100: it is cut off/],
    [
      'NIfTI voxels cut off',
      'a.nii',
      () => bytesOf('int16.nii').slice(0, 500),
      /cut off: it has 500 bytes \(unpacked\), its header announces 592/,
    ],
    ['a .nii.gz cut off', 'a.nii.gz', () => bytesOf('int16.nii.gz').slice(0, -20), /cut off or damaged/],
    [
      'a whole gzip of a cut NIfTI',
      'a.nii.gz',
      () => gzipSync(bytesOf('int16.nii').subarray(0, 590)),
      /cut off: it has 590 bytes \(unpacked\).*592/,
    ],
    [
      'a whole gzip of a NIfTI that announces more than any memory holds',
      'a.nii.gz',
      () => gzipSync(patch('int16.nii', [42, 'int16', 32767], [44, 'int16', 32767], [46, 'int16', 32767])),
      /cut off: it has 592 bytes \(unpacked\)/,
    ],
    [
      'a .nii.gz with a wrong byte',
      'a.nii.gz',
      () => bytesOf('int16.nii.gz').map((byte, i, { length }) => (i === length - 30 ? byte ^ 255 : byte)),
      /cut off or damaged/,
    ],
    ['NRRD cut off', 'a.nrrd', () => bytesOf('int16.nrrd').slice(0, -4), /cut off/],
    ['compressed NRRD cut off', 'a.nrrd', () => bytesOf('rgb.nrrd').slice(0, -40), /cut off|fails to decode/],
    ['MetaImage cut off', 'a.mha', () => bytesOf('int16.mha').slice(0, -4), /cut off/],
    ['colour NRRD', 'a.nrrd', () => bytesOf('rgb.nrrd'), /colour \(RGB\), 3 numbers a voxel/],
    ['colour MetaImage', 'a.mha', () => bytesOf('rgb.mha'), /colour \(RGB\), 3 numbers a voxel/],
    [
      'a negative NIfTI spacing',
      'a.nii',
      () => patch('int16.nii', [80, 'float32', -0.7]),
      /axis 1 is -0.69.* mm; it must be a positive/,
    ],
    ['a NIfTI spacing of 0', 'a.nii', () => patch('int16.nii', [84, 'float32', 0]), /axis 2 is 0 mm/],
    ['a NIfTI spacing that is no number', 'a.nii', () => patch('int16.nii', [88, 'float32', NaN]), /axis 3 is NaN mm/],
    ['an infinite NIfTI spacing', 'a.nii', () => patch('no_form.nii', [88, 'float32', Infinity]), /axis 3 is Infinity mm/],
    ['no voxels along an axis', 'a.nii', () => patch('int16.nii', [44, 'int16', 0]), /axis 2 has 0 voxels/],
    [
      'an sform that is no number',
      'a.nii',
      () => patch('sform_only.nii', [280, 'float32', NaN]),
      /sform holds entries that are no numbers/,
    ],
    ['a sheared sform', 'a.nii', () => patch('sform_only.nii', [288, 'float32', 0.3]), /sheared: two of its axes meet at 81.87°/],
    [
      'a negative MetaImage spacing',
      'a.mha',
      () => replaceText('int16.mha', /ElementSpacing = \S+/, 'ElementSpacing = -0.7'),
      /axis 1 is -0.7 mm/,
    ],
    [
      'a MetaImage spacing that is no number',
      'a.mha',
      () => replaceText('int16.mha', /ElementSpacing = \S+/, 'ElementSpacing = nan'),
      /axis 1 is NaN mm/,
    ],
    ['an NRRD spacing of 0', 'a.nrrd', () => replaceText('int16.nrrd', /\(0\.[67]\S+?,0,0\)/, '(0,0,0)'), /axis 1 is 0 mm/],
    [
      'an NRRD spacing that is no number',
      'a.nrrd',
      () => replaceText('int16.nrrd', /\(0\.[67]\S+?,0,0\)/, '(nan,nan,nan)'),
      /axis 1 is NaN mm/,
    ],
  ]
  it.each(hardToRead)('%s', async (_, name, make, message) => {
    await expect(readBytes(name, make())).rejects.toThrowSaying(message)
    await expect(readBytes(name, make())).rejects.toBeInstanceOf(DataError)
  })

  it.each(['not_finite.nii.gz', 'not_finite.nii', 'not_finite.nrrd', 'not_finite.mha', 'not_finite64.nii.gz'])(
    '%s: counts and locates voxels that are not finite',
    async (name) => {
      const { volumes, warnings } = await readDisk(name)
      expect([volumes[0].voxels[3 + 2 * 6 + 1 * 30], volumes[0].voxels[2 * 30]]).toEqual([NaN, Infinity])
      expect(volumes[0].voxels.filter((value) => !Number.isFinite(value))).toHaveLength(2)
      expect(warnings.map(say)).toEqual(['2 voxels are not finite numbers (NaN or infinite); the first is at (3, 2, 1).'])
    },
  )

  it('names a missing file', async () => {
    await expect(fileFromDisk('no/such/file.nii')).rejects.toThrowSaying('no such file')
  })
})
