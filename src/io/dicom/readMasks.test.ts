import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Volume } from '../../core/image/volume.ts'
import { expandToGrid } from '../../core/mask/expandToGrid.ts'
import { selectAtLeast } from '../../core/mask/fractions.ts'
import { itkCodec } from '../images/itkCodec.node.ts'
import { openZip } from '../openZip.ts'
import { planReading, type PlannedFile } from '../importing/planReading.ts'
import { readUnit } from '../importing/readUnit.ts'
import { fileFromBytes, type Bytes } from '../sourceFile.ts'
import { describeStructures } from './readStructures.ts'
import { referenceOf, type ReferenceImage } from './referenceImage.ts'
import { DataError } from '../../core/messages/message.ts'
import { say } from '../../messages/say.ts'

type Region = { name: string; number?: number; voxels: number[] }
const folder = fileURLToPath(new URL('../../../reference/dicom/', import.meta.url))
const { cases } = JSON.parse(readFileSync(join(folder, 'masks/answers.json'), 'utf8')) as { cases: Record<string, Region[]> }
const bytesOf = (name: string): Bytes => new Uint8Array(readFileSync(join(folder, 'masks', `${name}.dcm`)))

async function readSeries(name: string): Promise<Volume> {
  const zip = fileFromBytes(`${name}.zip`, new Uint8Array(readFileSync(join(folder, `${name}.zip`))))
  const files = (await openZip(zip)).map((file) => ({ file, inFolder: true }))
  const [unit] = await planReading(files)
  return (await readUnit(itkCodec, files, unit)).volumes[0]
}

async function readMask(name: string, references: readonly ReferenceImage[] = [], bytes = bytesOf(name)) {
  const files: PlannedFile[] = [{ file: fileFromBytes(`${name}.dcm`, bytes), inFolder: false }]
  const [unit] = await planReading(files)
  const { volumes, warnings } = await readUnit(itkCodec, files, unit, { references })
  return { volumes, warnings: warnings.map(say) }
}

/** The voxels of every named region on the image's grid. */
function regionsOn(image: Volume, volumes: readonly Volume[]): Region[] {
  return volumes
    .flatMap((volume) => {
      const { voxels } = expandToGrid(volume, image)!
      return volume.source.segments!.map(({ name, value }) => ({
        name,
        number: value,
        voxels: Array.from(voxels.keys()).filter((at) => voxels[at] === value),
      }))
    })
    .sort((a, b) => a.number - b.number)
}

const image = await readSeries('oblique')
const references = [referenceOf(image)!]

describe('a segmentation that highdicom wrote has its voxels at their places in the image', () => {
  it.each(['seg_overlapping', 'seg_gap', 'seg_labelmap', 'seg_empty'])('%s', async (name) => {
    const { volumes } = await readMask(name)
    const found = regionsOn(image, volumes)
    expect(found.map(({ name: segment, voxels }) => ({ name: segment, voxels }))).toEqual(cases[name])
    const counted = volumes.flatMap(({ source }) => source.segments!).sort((a, b) => a.value - b.value)
    expect(counted.map(({ voxelCount }) => voxelCount)).toEqual(cases[name].map(({ voxels }) => voxels.length))
  })
})

describe('a structure set', () => {
  it.each(['rtstruct', 'rtstruct_implicit', 'rtstruct_one_off_plane'])('%s is filled as scikit-image fills it', async (name) => {
    const { volumes } = await readMask(name, references)
    const drawn = cases[name].filter(({ voxels }) => voxels.length > 0)
    expect(drawn.length).toBeGreaterThan(0)
    const found = regionsOn(image, volumes).filter(({ voxels }) => voxels.length > 0)
    expect(found).toEqual(drawn.map(({ name: roi, number, voxels }) => ({ name: roi, number, voxels })))
  })

  it('tells what encloses nothing, and where it lies', async () => {
    const { volumes, warnings } = await readMask('rtstruct', references)
    expect(volumes[0].source).toMatchObject({
      series: 'rtstruct',
      format: 'DICOM',
      dicom: { PatientID: 'PHANTOM', FrameOfReferenceUID: image.source.dicom!.FrameOfReferenceUID },
    })
    expect(warnings).toEqual([
      '"Marker": 1 contour encloses nothing and is left out (POINT).',
      'The structure "Not drawn" has no contours.',
    ])
  })

  it('is listed without its image', async () => {
    const { structures } = await describeStructures(fileFromBytes('plan.dcm', bytesOf('rtstruct')))
    expect(structures).toEqual([
      { number: 3, name: 'GTV', contours: 5, points: 4 * 3 + 3 * 2 },
      { number: 6, name: 'Knoten links', contours: 1, points: 3 },
      { number: 9, name: 'Marker', contours: 1, points: 1 },
      { number: 12, name: 'Not drawn', contours: 0, points: 0 },
    ])
  })

  it('a structure off the slices is refused, the others are read', async () => {
    const { warnings } = await readMask('rtstruct_one_off_plane', references)
    expect(warnings[0]).toMatch(/^The structure "Between slices" is refused: a contour lies 1.05 mm off the plane/)
  })

  it.each([
    ['rtstruct', [], /The series that this structure set \(RTSTRUCT\) is drawn on is not open. Its structures are GTV, Knoten/],
    ['rtstruct_off_plane', references, /a contour lies 1.05 mm off the plane of the nearest slice \(slice \d of 5\)/],
    ['rtstruct_no_contours', references, /has no closed contours; its structures are Not drawn/],
    ['rtstruct_bare', references, /holds no structure/],
  ])('%s is refused in words', async (name, open, message) => {
    await expect(readMask(name, open)).rejects.toThrowSaying(message)
    await expect(readMask(name, open)).rejects.toBeInstanceOf(DataError)
  })

  it('is not drawn on another series', async () => {
    const other = referenceOf(await readSeries('plain'))!
    await expect(readMask('rtstruct', [other])).rejects.toThrowSaying('is not open')
  })
})

describe('a segmentation', () => {
  it('that leaves slices out and does not say how far they are apart lies on those of the image, unless they are as thick as that', async () => {
    const bytes = bytesOf('seg_gap')
    const at = (tag: readonly number[]) => Buffer.from(bytes).indexOf(Buffer.from(tag))
    // SpacingBetweenSlices becomes another element.
    bytes[at([0x18, 0, 0x88, 0, 0x44, 0x53]) + 2] = 0x87
    const { volumes } = await readMask('seg_gap', [], bytes)
    expect(volumes[0].source.gaps).toBe(true)
    expect(volumes[0].spacingMm[2]).toBeGreaterThan(1.9 * image.spacingMm[2])
    expect(expandToGrid(volumes[0], image)).toBeUndefined()
    const { voxels } = expandToGrid(volumes[0], image, volumes[0].source)!
    expect(Array.from(voxels.keys()).filter((i) => voxels[i] === 1)).toEqual(cases.seg_gap[0].voxels)
    const thickness = at([0x18, 0, 0x50, 0, 0x44, 0x53]) + 8
    const text = volumes[0].spacingMm[2].toFixed(2).slice(0, bytes[thickness - 2])
    new TextEncoder().encodeInto(text.padEnd(bytes[thickness - 2]), bytes.subarray(thickness))
    expect((await readMask('seg_gap', [], bytes)).volumes[0].source.gaps).toBeUndefined()
  })

  it('that is fractional gives shares, and the voxels of at least a half where that is chosen', async () => {
    const { volumes, warnings } = await readMask('seg_fractional')
    expect(warnings.join()).toContain('The segmentation is fractional: its voxels are shares')
    const [{ source, voxels }] = volumes
    expect(source).toMatchObject({ fractions: true, segments: [{ value: 1, name: 'Likely' }] })
    expect(source.segments![0].voxelCount).toBe(voxels.filter((share) => share > 0).length)
    const inside = selectAtLeast(expandToGrid(volumes[0], image)!, 0.5).voxels
    expect(Array.from(inside.keys()).filter((at) => inside[at] === 1)).toEqual(cases.seg_fractional[0].voxels)
  })

  it('that is called fractional and holds 0 and its highest value alone is one of labels', async () => {
    const bytes = bytesOf('seg_fractional')
    const { volumes } = await readMask('seg_fractional')
    const pixels = bytes.length - volumes[0].voxels.length
    expect(pixels).toBeGreaterThan(0)
    for (let at = pixels; at < bytes.length; at++) bytes[at] = bytes[at] > 127 ? 255 : 0
    const read = await readMask('seg_fractional', [], bytes)
    expect(read.volumes[0].source).not.toHaveProperty('fractions')
    expect(regionsOn(image, read.volumes)[0].voxels).toEqual(cases.seg_fractional[0].voxels)
    expect(read.warnings).toEqual([])
  })

  it('that overlaps has a channel for each set of segments side by side', async () => {
    const { volumes, warnings } = await readMask('seg_overlapping')
    expect(volumes.map(({ source: { phase } }) => phase)).toEqual([
      'channel 1 of 2 (Whole tumour, Empty one)',
      'channel 2 of 2 (Core)',
    ])
    expect(warnings).toEqual(['The segment "Empty one" is empty.'])
  })

  it('of another series keeps its own grid', async () => {
    const [volume] = (await readMask('seg_overlapping')).volumes
    expect(volume.size).toEqual([6, 5, 3])
    expect(expandToGrid(volume, await readSeries('plain'))).toBeUndefined()
  })

  it('cut off is told', async () => {
    await expect(readMask('cut', [], bytesOf('seg_overlapping').slice(0, -10))).rejects.toThrowSaying(/cut off: \d+ of \d+ bytes/)
    await expect(readMask('cut', [], bytesOf('seg_overlapping').slice(0, 2500))).rejects.toThrowSaying(/cut off or damaged/)
  })
})
