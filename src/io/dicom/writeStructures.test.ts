import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Volume, VolumeSource } from '../../core/image/volume.ts'
import { compareGeometry } from '../../core/mask/compareGeometry.ts'
import { compareIdentity } from '../../core/mask/compareIdentity.ts'
import type { Mask } from '../../core/mask/mask.ts'
import { createRandom } from '../../core/numeric/random.ts'
import { itkCodec } from '../images/itkCodec.node.ts'
import { openZip } from '../openZip.ts'
import { planReading } from '../importing/planReading.ts'
import { readUnit } from '../importing/readUnit.ts'
import { fileFromBytes, type Bytes } from '../sourceFile.ts'
import { soleRegion } from './aboutSeries.ts'
import { itemsOf, numbersOf, parseDataSet, stringOf } from './dicomElements.ts'
import { readStructures } from './readStructures.ts'
import { defaultStructuresOptions, writeStructures, type StructuresOptions } from './writeStructures.ts'

const folder = fileURLToPath(new URL('../../../reference/dicom/', import.meta.url))
const options = { ...defaultStructuresOptions, version: '1.2.3', now: new Date(2026, 10, 3, 4, 5, 6) }

const writeOne = (mask: Mask, source: VolumeSource, of: StructuresOptions) => writeStructures([{ mask, ...soleRegion }], source, of) // prettier-ignore

async function openSeries(name: string): Promise<Volume> {
  const files = await openZip(fileFromBytes(`${name}.zip`, new Uint8Array(readFileSync(`${folder}${name}.zip`))))
  const planned = files.map((file) => ({ file, inFolder: true }))
  const [unit] = await planReading(planned)
  return (await readUnit(itkCodec, planned, unit)).volumes[0]
}

async function readBack(bytes: Bytes, image: Volume): Promise<Volume> {
  const reference = { grid: image, seriesUid: image.source.dicom!.SeriesInstanceUID }
  return (await readStructures(fileFromBytes('structures.dcm', bytes), [reference])).volumes[0]
}

function maskOf({ size, spacingMm, originMm, direction }: Volume, inside: (at: number) => boolean): Mask {
  const voxels = Uint8Array.from({ length: size[0] * size[1] * size[2] }, (_, at) => (inside(at) ? 1 : 0))
  return { size, spacingMm, originMm, direction, voxels }
}

/** The same mask is made by `reference/dicom/masks/check_structures.py`. */
const mixed = (at: number) => (7919 * at) % 13 < 8

describe('a structure set comes back voxel by voxel, on the grid of its image', () => {
  it.each(['plain', 'oblique', 'enhanced', 'dce_temporal', 'slightly_uneven'])('%s', async (name) => {
    const image = await openSeries(name)
    const random = createRandom(1)
    for (const density of [1, 3, 5, 7, 9]) {
      const mask = maskOf(image, () => random.integer(10) < density)
      const back = await readBack(writeOne(mask, image.source, options), image)
      expect(Uint8Array.from(back.voxels)).toEqual(mask.voxels)
      expect(compareGeometry(image, back)).toEqual([])
      expect(compareIdentity(image.source, back.source)).toEqual([])
      expect(back.source.segments).toMatchObject([{ value: 1, name: 'ROI' }])
    }
  })
})

/** `reference/dicom/masks/check_structures.py` opens this file with pydicom; its answer is beside it. */
it('is, byte by byte, the file that pydicom was given', async () => {
  const image = await openSeries('oblique')
  let uid = 100
  const bytes = writeOne(maskOf(image, mixed), image.source, { ...options, newUid: () => `2.25.${uid++}` })
  const checked = `${folder}masks/texel_rtstruct_oblique.dcm`
  if (process.env.TEXEL_WRITE_REFERENCE) writeFileSync(checked, bytes)
  expect(bytes).toEqual(new Uint8Array(readFileSync(checked)))
})

describe('what the file says', () => {
  it('refers to the slice of each contour, to the series and its frame of reference', async () => {
    const image = await openSeries('oblique')
    const perSlice = image.size[0] * image.size[1]
    const mask = maskOf(image, (at) => [1, 3].includes(Math.floor(at / perSlice)))
    const dataSet = parseDataSet(writeOne(mask, image.source, options))!
    const contours = itemsOf(itemsOf(dataSet, 'x30060039')[0], 'x30060040')
    const slices = contours.map((contour) => {
      const [item] = itemsOf(contour, 'x30060016')
      return stringOf(item, item.elements.x00081155)
    })
    expect(slices).toEqual([1, 3].map((slice) => image.source.reference!.slices[slice].sopInstanceUid))
    const [frame] = itemsOf(dataSet, 'x30060010')
    expect(stringOf(frame, frame.elements.x00200052)).toBe(image.source.dicom!.FrameOfReferenceUID)
    const [series] = itemsOf(itemsOf(frame, 'x30060012')[0], 'x30060014')
    expect(stringOf(series, series.elements.x0020000e)).toBe(image.source.dicom!.SeriesInstanceUID)
    expect(itemsOf(series, 'x30060016')).toHaveLength(5)
  })

  it('holds contours of more than 65535 bytes', async () => {
    const image = await openSeries('plain')
    const size = [201, 101, 5] as const
    const comb = { ...image, size, voxels: new Uint8Array(size[0] * size[1] * size[2]) }
    for (let y = 0; y < size[1]; y++)
      for (let x = 0; x < size[0]; x++) if (y === 0 || x % 2 === 0) comb.voxels[x + size[0] * (y + 2 * size[1])] = 1
    for (let x = 0; x < size[0]; x += 2)
      for (let y = 1; y < size[1]; y += 2) comb.voxels[Math.min(size[0] - 1, x + 1) + size[0] * (y + 2 * size[1])] = (x / 2) % 2
    const bytes = writeOne(comb, image.source, options)
    const [contour] = itemsOf(itemsOf(parseDataSet(bytes), 'x30060039')[0], 'x30060040')
    expect(contour.elements.x30060050.length).toBeGreaterThan(65535)
    expect(numbersOf(contour, contour.elements.x30060046)![0]).toBeGreaterThan(2000)
    expect(Uint8Array.from((await readBack(bytes, { ...image, ...comb })).voxels)).toEqual(comb.voxels)
  })
})

describe('is refused in words', () => {
  it('for an image that is no DICOM, and where nothing is drawn', async () => {
    const image = await openSeries('plain')
    const { path, format } = image.source
    expect(() => writeOne(maskOf(image, mixed), { path, format }, options)).toThrowSaying(
      'this image was not read from DICOM files. Save the mask as NIfTI or NRRD.',
    )
    expect(() =>
      writeOne(
        maskOf(image, () => false),
        image.source,
        options,
      ),
    ).toThrowSaying('The mask is empty')
  })
})

it('several regions are a structure each, under their names, and those that overlap come back whole', async () => {
  const image = await openSeries('oblique')
  const masks = [maskOf(image, mixed), maskOf(image, (at) => at % 7 < 3), maskOf(image, () => false)]
  const regions = masks.map((mask, i) => ({ mask, label: ['L1', 'upper', 'L3'][i], colour: soleRegion.colour }))
  const reference = { grid: image, seriesUid: image.source.dicom!.SeriesInstanceUID }
  const { volumes } = await readStructures(fileFromBytes('structures.dcm', writeStructures(regions, image.source, options)), [
    reference,
  ])
  const back = volumes.flatMap(({ source, voxels }) =>
    (source.segments ?? []).map(({ value, name }) => ({
      name,
      voxels: Uint8Array.from(voxels, (voxel) => (voxel === value ? 1 : 0)),
    })),
  )
  expect(back.sort((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: 'L1', voxels: masks[0].voxels },
    { name: 'upper', voxels: masks[1].voxels },
  ])
})
