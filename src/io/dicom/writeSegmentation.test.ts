import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Volume, VolumeSource } from '../../core/image/volume.ts'
import { voxelCount } from '../../core/image/volume.ts'
import { compareGeometry } from '../../core/mask/compareGeometry.ts'
import { compareIdentity } from '../../core/mask/compareIdentity.ts'
import { expandToGrid } from '../../core/mask/expandToGrid.ts'
import type { Mask } from '../../core/mask/mask.ts'
import { createRandom } from '../../core/numeric/random.ts'
import { itkCodec } from '../images/itkCodec.node.ts'
import { openZip } from '../openZip.ts'
import { planReading } from '../importing/planReading.ts'
import { readUnit } from '../importing/readUnit.ts'
import { fileFromBytes, type Bytes, type SourceFile } from '../sourceFile.ts'
import { soleRegion } from './aboutSeries.ts'
import { itemsOf, numbersOf, parseDataSet, stringOf } from './dicomElements.ts'
import { defaultSegmentationOptions, writeSegmentation, type SegmentationOptions } from './writeSegmentation.ts'

const folder = fileURLToPath(new URL('../../../reference/dicom/', import.meta.url))
const options = { ...defaultSegmentationOptions, version: '1.2.3', now: new Date(2026, 10, 3, 4, 5, 6) }

const writeOne = (mask: Mask, source: VolumeSource, of: SegmentationOptions) => writeSegmentation([{ mask, ...soleRegion }], source, of) // prettier-ignore

async function readFirst(files: readonly SourceFile[]): Promise<Volume> {
  const planned = files.map((file) => ({ file, inFolder: true }))
  const [unit] = await planReading(planned)
  return (await readUnit(itkCodec, planned, unit)).volumes[0]
}
async function openSeries(name: string): Promise<Volume> {
  return readFirst(await openZip(fileFromBytes(`${name}.zip`, new Uint8Array(readFileSync(`${folder}${name}.zip`)))))
}
const readBack = (bytes: Bytes) => readFirst([fileFromBytes('seg.dcm', bytes)])

function randomMask({ size, spacingMm, originMm, direction }: Volume, slices: readonly number[], seed: number): Mask {
  const random = createRandom(seed)
  const mask = { size, spacingMm, originMm, direction, voxels: new Uint8Array(size[0] * size[1] * size[2]) }
  const perSlice = size[0] * size[1]
  for (const slice of slices) for (let i = 0; i < perSlice; i++) mask.voxels[slice * perSlice + i] = random.integer(2)
  return mask
}

describe('a segmentation comes back voxel by voxel, on the grid of its image', () => {
  it.each([
    ['plain', [0, 1, 2, 3, 4]],
    ['oblique', [0, 1, 2, 3, 4]],
    ['oblique', [1, 3]],
    ['oblique', [2]],
    ['enhanced', [1, 2, 3]],
    ['dce_temporal', [0, 3]],
    ['slightly_uneven', [0, 2, 4]],
  ])('%s, slices %j', async (name, slices) => {
    const image = await openSeries(name)
    for (const seed of [1, 2, 3]) {
      const mask = randomMask(image, slices, seed)
      const back = await readBack(writeOne(mask, image.source, options))
      expect(back.size).toEqual([image.size[0], image.size[1], slices[slices.length - 1] - slices[0] + 1])
      const whole = expandToGrid(back, image)!
      expect(whole.voxels).toEqual(mask.voxels)
      expect(compareGeometry(image, whole)).toEqual([])
      expect(compareIdentity(image.source, back.source)).toEqual([])
      expect(back.source.segments).toEqual([
        { value: 1, name: 'ROI', voxelCount: mask.voxels.reduce((sum, value) => sum + value, 0) },
      ])
    }
  })
})

/** `reference/dicom/masks/check.py` opens this file with highdicom; its answer is beside it. */
it('is, byte by byte, the file that highdicom was given', async () => {
  const image = await openSeries('oblique')
  const { cases } = JSON.parse(readFileSync(`${folder}masks/answers.json`, 'utf8')) as {
    cases: Record<string, { voxels: number[] }[]>
  }
  const mask = randomMask(image, [], 1)
  cases.seg_overlapping[0].voxels.forEach((at) => (mask.voxels[at] = 1))
  let uid = 100
  const bytes = writeOne(mask, image.source, { ...options, newUid: () => `2.25.${uid++}` })
  const checked = `${folder}masks/texel_oblique.dcm`
  if (process.env.TEXEL_WRITE_REFERENCE) writeFileSync(checked, bytes)
  expect(bytes).toEqual(new Uint8Array(readFileSync(checked)))
})

describe('what the file says', () => {
  it('refers to each slice that it draws on, and to the series', async () => {
    const image = await openSeries('oblique')
    const mask = randomMask(image, [1, 3], 1)
    const dataSet = parseDataSet(writeOne(mask, image.source, options))!
    const frames = itemsOf(dataSet, 'x52009230')
    const sources = frames.map((frame) => {
      const [item] = itemsOf(itemsOf(frame, 'x00089124')[0], 'x00082112')
      return stringOf(item, item.elements.x00081155)
    })
    expect(sources).toEqual([1, 3].map((slice) => image.source.reference!.slices[slice].sopInstanceUid))
    const [series] = itemsOf(dataSet, 'x00081115')
    expect(stringOf(series, series.elements.x0020000e)).toBe(image.source.dicom!.SeriesInstanceUID)
    expect(itemsOf(series, 'x0008114a')).toHaveLength(5)
    const [segment] = itemsOf(dataSet, 'x00620002')
    const [type] = itemsOf(segment, 'x0062000f')
    expect([type.string('x00080100'), type.string('x00080102'), type.string('x00080104')]).toEqual([
      '108369006',
      'SCT',
      'Neoplasm',
    ])
    expect(dataSet.string('x0008103e')).toBe('Texel ROI')
    expect(dataSet.string('x00080023')).toBe('20261103')
  })

  it('frames of a multi-frame file are referred to by number', async () => {
    const image = await openSeries('enhanced')
    const dataSet = parseDataSet(writeOne(randomMask(image, [0, 3], 1), image.source, options))!
    const numbers = itemsOf(dataSet, 'x52009230').map((frame) => {
      const [item] = itemsOf(itemsOf(frame, 'x00089124')[0], 'x00082112')
      return numbersOf(item, item.elements.x00081160)![0]
    })
    expect(numbers).toEqual([0, 3].map((slice) => image.source.reference!.slices[slice].frame))
    expect(itemsOf(itemsOf(dataSet, 'x00081115')[0], 'x0008114a')).toHaveLength(1)
  })

  it('holds of the patient what the series holds, byte by byte, and what must be there is there', async () => {
    const image = await openSeries('plain')
    const name = Uint8Array.from([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72]) // Latin 1
    const reference = { ...image.source.reference!, identity: { ...image.source.reference!.identity, '00100010': name } }
    const mask = randomMask(image, [2], 1)
    const { elements, byteArray } = parseDataSet(writeOne(mask, { ...image.source, reference }, options))!
    const bytesOf = (tag: string) => byteArray.slice(elements[tag].dataOffset, elements[tag].dataOffset + elements[tag].length)
    expect(bytesOf('x00100010')).toEqual(name)
    expect(new TextDecoder().decode(bytesOf('x00100020')).trim()).toBe('PHANTOM')
    expect(elements.x00100030.length).toBe(0)
    const patient = Object.keys(elements).filter((tag) => tag.startsWith('x0010'))
    expect(patient.sort()).toEqual(['x00100010', 'x00100020', 'x00100030', 'x00100040'])
  })

  it('every file and series has its own identifiers', async () => {
    const image = await openSeries('plain')
    const mask = randomMask(image, [2], 1)
    const uids = [1, 2].map(() => {
      const dataSet = parseDataSet(writeOne(mask, image.source, options))!
      return [dataSet.string('x00080018'), dataSet.string('x0020000e')]
    })
    expect(new Set(uids.flat()).size).toBe(4)
    uids.flat().forEach((uid) => expect(uid).toMatch(/^2\.25\.[1-9]\d{20,38}$/))
  })
})

describe('is refused in words', () => {
  it('for an image that is no DICOM', async () => {
    const image = await openSeries('plain')
    const { path, format } = image.source
    expect(() => writeOne(randomMask(image, [1], 1), { path, format }, options)).toThrowSaying(
      'this image was not read from DICOM files. Save the mask as NIfTI or NRRD.',
    )
  })

  it('where nothing is drawn', async () => {
    const image = await openSeries('plain')
    expect(voxelCount(image)).toBe(150)
    expect(() => writeOne(randomMask(image, [], 1), image.source, options)).toThrowSaying('The mask is empty')
  })
})

it('several regions are a segment each, under their names, and those that overlap come back whole', async () => {
  const image = await openSeries('oblique')
  const masks = [randomMask(image, [1, 2, 3], 1), randomMask(image, [2, 3], 2), randomMask(image, [], 3)]
  const regions = masks.map((mask, i) => ({ mask, label: ['L1', 'upper', 'L3'][i] }))
  const planned = [{ file: fileFromBytes('seg.dcm', writeSegmentation(regions, image.source, options)), inFolder: true }]
  const [unit] = await planReading(planned)
  const { volumes } = await readUnit(itkCodec, planned, unit)
  const back = volumes.flatMap((volume) =>
    (volume.source.segments ?? []).map(({ value, name }) => {
      const whole = expandToGrid(volume, image)!
      return { value, name, voxels: Uint8Array.from(whole.voxels, (voxel) => (voxel === value ? 1 : 0)) }
    }),
  )
  expect(back.sort((a, b) => a.value - b.value)).toEqual([
    { value: 1, name: 'L1', voxels: masks[0].voxels },
    { value: 2, name: 'upper', voxels: masks[1].voxels },
  ])
})
