import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { itkCodec } from '../images/itkCodec.node.ts'
import { makeSeries } from '../../../cli/madeSeries.ts'
import { planReading, startBytes, type PlannedFile, type ReadingUnit } from './planReading.ts'
import { readUnit } from './readUnit.ts'
import { fileFromBytes } from '../sourceFile.ts'
import { say } from '../../messages/say.ts'

const image = (name: string) =>
  new Uint8Array(readFileSync(fileURLToPath(new URL(`../../../reference/images/${name}`, import.meta.url))))
const text = new TextEncoder().encode('hello')
const inFolder = (path: string, bytes: Uint8Array<ArrayBuffer>): PlannedFile => ({
  file: fileFromBytes(path, bytes),
  inFolder: true,
})
const chosen = (path: string, bytes: Uint8Array<ArrayBuffer>): PlannedFile => ({
  file: fileFromBytes(path, bytes),
  inFolder: false,
})

/** What is said of a unit. */
const wordsOf = (unit: ReadingUnit) => {
  if (unit.kind === 'unusable') return say(unit.error)
  return (unit.kind === 'series' ? unit.plan.warnings : unit.warnings).map(say).join(' ')
}

const indexOf = (bytes: Uint8Array, wanted: readonly number[]) =>
  bytes.findIndex((_, at) => wanted.every((byte, i) => bytes[at + i] === byte))

it('takes the voxels of a header file as part of it, chosen or in a folder', async () => {
  for (const place of [chosen, inFolder]) {
    const files = [place('case/int16.raw', image('int16.raw')), place('case/int16.mhd', image('int16.mhd'))]
    const units = await planReading(files)
    expect(units).toEqual([{ kind: 'file', path: 'case/int16.mhd', file: 1, companions: [0], warnings: [] }])
    const { volumes } = await readUnit(itkCodec, files, units[0])
    expect(volumes[0].size).toEqual([6, 5, 4])
  }
})

it('leaves other files out of folders, each told in its own, and refuses them where chosen', async () => {
  const units = await planReading([
    inFolder('a/scan.nii', image('int16.nii')),
    inFolder('a/notes.txt', text),
    inFolder('b/scan.nrrd', image('int16.nrrd')),
    inFolder('c/notes.txt', text),
    chosen('letter.txt', text),
  ])
  expect(units.map(({ path }) => path)).toEqual(['a/scan.nii', 'b/scan.nrrd', 'letter.txt', 'c'])
  expect(units.map(wordsOf)).toEqual([
    '1 file is no image and left out: notes.txt (text).',
    '',
    expect.stringContaining('This is not an image that can be read'),
    'There is no image here. 1 file is no image and left out: notes.txt (text).',
  ])
  expect(units.map(({ kind }) => kind)).toEqual(['file', 'file', 'unusable', 'unusable'])
})

it('does not pass over a broken file with the name of an image', async () => {
  const files = [
    inFolder('a/scan.nii', image('int16.nii')),
    inFolder('a/cut.nii.gz', image('int16.nii.gz').slice(0, 60)),
    inFolder('a/empty.dcm', new Uint8Array(0)),
  ]
  const units = await planReading(files)
  expect(units.map(({ kind, path }) => [kind, path])).toEqual([
    ['file', 'a/scan.nii'],
    ['file', 'a/cut.nii.gz'],
    ['unusable', 'a/empty.dcm'],
  ])
  await expect(readUnit(itkCodec, files, units[1])).rejects.toThrowSaying('cut off or damaged')
})

it('tells a zip that does not open', async () => {
  const zip = new Uint8Array([0x50, 0x4b, 3, 4, ...text])
  const units = await planReading([chosen('case.zip', zip)])
  expect(units).toMatchObject([{ kind: 'unusable', path: 'case.zip' }])
  expect(units.map(wordsOf)).toEqual([expect.stringContaining('zip file is cut off')])
})

it.each([
  ['longer than what is read first', 40_000],
  ['longer than what is read then', 300_000],
  ['read to the end of an element, but not to its own', startBytes - 500],
])('takes all of a DICOM header that is %s', async (_, length) => {
  const padded = (bytes: number) =>
    makeSeries({
      size: [100, 100, 1],
      value: () => 1,
      // Before the size and the spacing of the image.
      elements: [['00190010', 'LO', 'MADE'], ['00191001', 'OB', new Uint8Array(bytes)]],
    })[0].bytes // prettier-ignore
  // The element may end where the first bytes do.
  const endOf = (bytes: Uint8Array) => indexOf(bytes, [0x20, 0, 0x0d, 0]) // prettier-ignore
  const bytes = length < startBytes ? padded(length + startBytes - endOf(padded(length))) : padded(length)
  if (length < startBytes) expect(endOf(bytes)).toBe(startBytes)
  const [unit] = await planReading([chosen('long.dcm', bytes)])
  expect(unit).toMatchObject({ kind: 'series', plan: { frames: [{ columns: 100, spacingMm: [0.5, 1] }] } })
})

it('tells how far it is, and at last that all is looked at', async () => {
  const told: number[][] = []
  const files = Array.from({ length: 70 }, (_, i) => inFolder(`a/${i}.txt`, text))
  await planReading(files, { onProgress: (done, total) => told.push([done, total]) })
  expect(told).toEqual([[32, 70], [64, 70], [70, 70]]) // prettier-ignore
})
