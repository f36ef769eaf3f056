import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { findBoundingBox } from '../../core/mask/boundingBox.ts'
import { joinLabels } from '../../core/mask/joinLabels.ts'
import { fileFromBytes } from '../sourceFile.ts'
import { fileFromDisk } from '../sourceFile.node.ts'
import { itkCodec } from './itkCodec.node.ts'
import { nameSegments } from './nameSegments.ts'
import { readImageFile } from './readImageFile.ts'
import { writeImage } from './writeImage.ts'

const folder = 'reference/images/lesions'
const answers = JSON.parse(readFileSync(`${folder}/answers.json`, 'utf8')) as {
  readonly size: readonly [number, number, number]
  readonly apart: Readonly<Record<string, readonly number[]>>
  readonly shared: Readonly<Record<string, readonly number[]>>
}
const read = async (name: string) => (await readImageFile(itkCodec, await fileFromDisk(`${folder}/${name}`))).volumes
const placesOf = (voxels: ArrayLike<number>, value: number) => Array.from(voxels).flatMap((one, at) => (one === value ? at : []))

/** Made by `make.py` of that folder, with SimpleITK and pynrrd. */
it('labels that other programs wrote are there by number, by name, and whole where they overlap', async () => {
  const [plain] = await read('labels.nii.gz')
  const found = [1, 2, 3].map((value) => placesOf(plain.voxels, value))
  expect(found).toEqual(Object.values(answers.apart))
  for (const [name, expected] of [
    ['named.seg.nrrd', answers.apart],
    ['overlapping.seg.nrrd', answers.shared],
  ] as const) {
    const segments = (await read(name)).flatMap(({ voxels, source }) =>
      source.segments!.map((segment) => [segment.name, placesOf(voxels, segment.value)] as const),
    )
    expect(Object.fromEntries(segments)).toEqual(expected)
  }
})

/** `check.py` of that folder opens these files with SimpleITK and pynrrd; its answer is beside it. */
it('a label map is, byte by byte, the file that other programs were given', async () => {
  const [image] = await read('image.nii.gz')
  const { size, spacingMm, originMm, direction } = image
  const lesions = Object.entries(answers.apart).map(([name, places], i) => {
    const voxels = new Uint8Array(120)
    for (const place of places) voxels[place] = 1
    const mask = { size, spacingMm, originMm, direction, voxels }
    return { value: i + 1, name: i === 2 ? 'Lymph\nnode 病灶' : name, mask, box: findBoundingBox(voxels, size)!, colour: [255, 138, 71] as const } // prettier-ignore
  })
  const [{ voxels }, ...more] = joinLabels(size, lesions)
  expect(more).toEqual([])
  const map = { size, spacingMm, originMm, direction, voxels }
  const nrrd = nameSegments(await writeImage(itkCodec, map, 'a.seg.nrrd'), lesions)
  const files = { 'texel_lesions.nii.gz': await writeImage(itkCodec, map, 'a.nii.gz'), 'texel_lesions.seg.nrrd': nrrd }
  for (const [name, bytes] of Object.entries(files)) {
    if (process.env.TEXEL_WRITE_REFERENCE) writeFileSync(`${folder}/${name}`, bytes)
    expect(bytes).toEqual(new Uint8Array(readFileSync(`${folder}/${name}`)))
  }
  const [back] = (await readImageFile(itkCodec, fileFromBytes('a.seg.nrrd', nrrd))).volumes
  expect(back.voxels).toEqual(voxels)
  expect(back.source.segments?.map((segment) => segment.name)).toEqual(['Tumour', 'Satellite', 'Lymph node 病灶'])
})

it('bytes without a header are not named', () => {
  expect(() => nameSegments(Uint8Array.of(1, 2, 3), [])).toThrow('no NRRD header')
})
