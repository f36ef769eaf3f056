import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeNifti, type MadeNifti } from './madeNifti.ts'
import { runProgram } from './runProgram.ts'
import { referenceFile, sampleFile } from './testProgram.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-bad-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const size = [10, 9, 8]
const image: MadeNifti = { size, datatype: 4, value: (i) => (i * 7919) % 200 }
const inBox = (lower: number, upper: number) => (i: number) =>
  [i % 10, Math.floor(i / 10) % 9, Math.floor(i / 90)].every((at) => at >= lower && at <= upper) ? 1 : 0
const mask: MadeNifti = { size, datatype: 2, value: inBox(2, 5) }

type Content = Uint8Array | string
const file = (name: string, content: Content) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const nifti = (name: string, changes: Partial<MadeNifti> = {}, base = image) =>
  file(name, gzipSync(makeNifti({ ...base, ...changes })))

async function extract(imagePath: string, maskPath: string, yaml = 'setting:\n  binWidth: 25\n') {
  const output = join(folder, 'out.csv')
  rmSync(output, { force: true })
  const outcome = await runProgram([
    'extract',
    '--image',
    imagePath,
    '--mask',
    maskPath,
    '--params',
    file('p.yaml', yaml),
    '--output',
    output,
  ])
  return { ...outcome, text: existsSync(output) ? readFileSync(output, 'utf8') : '' }
}

test('the made image and mask are good', async () => {
  const { exitCode, stderr, text } = await extract(nifti('i.nii.gz'), nifti('m.nii.gz', {}, mask))
  expect(exitCode, stderr).toBe(0)
  expect(text).toContain('original_shape_VoxelVolume,64\n')
})

const whole = () => makeNifti(image)
test.each<[string, string, () => Content, RegExp]>([
  ['an empty file', 'a.nii.gz', () => '', /empty/],
  ['a truncated .nii', 'a.nii', () => whole().slice(0, 700), /cut off/],
  [
    'a truncated .nii.gz',
    'a.nii.gz',
    () => readFileSync(sampleFile('brain1/image.nii.gz')).subarray(0, 100_000),
    /cut off|damaged/,
  ],
  ['half a header', 'a.nii', () => whole().slice(0, 100), /cut off|not an image/],
  ['text that is called an image', 'a.nii.gz', () => 'Dear colleague', /not an image/],
  ['another kind of file', 'a.nrrd', () => '%PDF-1.4 ...', /not an image.*PDF/s],
  ['a 4D file', 'a.nii', () => makeNifti({ ...image, size: [10, 9, 4, 2] }), /several volumes.*phase 1 of 2; phase 2 of 2/],
  ['an RGB file', 'a.nii', () => makeNifti({ ...image, datatype: 128 }), /colour|RGB/],
  ['a spacing of NaN', 'a.nii', () => makeNifti({ ...image, spacing: [1, NaN, 1] }), /spacing/i],
  ['a negative spacing', 'a.nii', () => makeNifti({ ...image, spacing: [1, -2, 1] }), /spacing/i],
])('%s is refused', async (_, name, content, message) => {
  const { exitCode, stderr, text } = await extract(file(name, content()), nifti('m.nii.gz', {}, mask))
  expect([exitCode, text]).toEqual([1, ''])
  expect(stderr).toMatch(message)
  expect(stderr).not.toMatch(/^\s+at /m)
})

test('a file that is not there is named', async () => {
  const { exitCode, stderr } = await extract(join(folder, 'nowhere.nii'), nifti('m.nii.gz', {}, mask))
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/nowhere\.nii.*|no such file/i)
})

test.each<[string, Partial<MadeNifti>, RegExp]>([
  ['an empty mask', { value: () => 0 }, /empty|no label|no region/i],
  ['another label only', { value: (i) => 3 * inBox(2, 5)(i) }, /\b3\b.*64|label/is],
  ['one voxel', { value: (i) => Number(i === 333) }, /single voxel/i],
  ['other sizes', { size: [10, 9, 7] }, /size/i],
  ['another place', { origin: [5, 0, 0] }, /origin/i],
  ['another spacing', { spacing: [1, 1, 2] }, /spacing/i],
])('a mask of %s is refused', async (_, changes, message) => {
  const { exitCode, stderr, text } = await extract(nifti('i.nii.gz'), nifti('m.nii.gz', changes, mask))
  expect([exitCode, text]).toEqual([1, ''])
  expect(stderr).toMatch(message)
})

test('a mask outside the image is refused also where masks are corrected', async () => {
  const { exitCode, stderr } = await extract(
    nifti('i.nii.gz'),
    nifti('m.nii.gz', { origin: [50, 0, 0] }, mask),
    'setting:\n  correctMask: true\n',
  )
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/outside/i)
})

test('a mask of one slice is measured, with a warning', async () => {
  const oneSlice = nifti('m.nii.gz', { value: (i) => (Math.floor(i / 90) === 4 ? inBox(1, 7)(i) : 0) }, mask)
  const { exitCode, stderr, text } = await extract(nifti('i.nii.gz'), oneSlice)
  expect(exitCode).toBe(0)
  expect(stderr).toMatch(/one slice|flat/i)
  expect(text).toContain('original_shape_VoxelVolume,49\n')
})

test('voxels that are no numbers are located, in the region or where a step would carry them into it', async () => {
  const broken = (bad: number) => nifti('i.nii.gz', { datatype: 16, value: (i) => (i === bad ? NaN : image.value(i)) })
  const good = nifti('m.nii.gz', {}, mask)
  const inside = 3 + 10 * (4 + 9 * 5)
  const there = await extract(broken(inside), good)
  expect(there.exitCode).toBe(1)
  expect(there.stderr).toMatch(/1 NaN or infinite voxel in the region, at \(3, 4, 5\)/)
  expect((await extract(broken(0), good)).exitCode).toBe(0)
  for (const yaml of [
    'setting:\n  normalize: true\n',
    'setting:\n  resampledPixelSpacing: [2, 2, 2]\n',
    'imageType:\n  Wavelet: {}\n',
  ]) {
    const { exitCode, stderr } = await extract(broken(0), good, yaml)
    expect([yaml, exitCode]).toEqual([yaml, 1])
    expect(stderr).toMatch(/NaN or infinite voxels?.*\b0, 0, 0/)
  }
})

test('a constant image: features as PyRadiomics, or a reason why it cannot be normalised', async () => {
  const constant = nifti('i.nii.gz', { value: () => 7 })
  const good = nifti('m.nii.gz', {}, mask)
  const { exitCode, text } = await extract(constant, good)
  expect(exitCode).toBe(0)
  expect(text).toContain('original_firstorder_Entropy,-3.203426503814917e-16')
  const normalised = await extract(constant, good, 'setting:\n  normalize: true\n')
  expect(normalised.exitCode).toBe(1)
  expect(normalised.stderr).toMatch(/constant|same (grey )?value|normalis/i)
})

test('an ROI that vanishes on resampling is told', async () => {
  const { exitCode, stderr } = await extract(
    nifti('i.nii.gz'),
    nifti('m.nii.gz', { value: inBox(3, 4) }, mask),
    'setting:\n  resampledPixelSpacing: [9, 9, 9]\n',
  )
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/resampl/i)
})

test('one grey level after binning gives the features of PyRadiomics', async () => {
  const name = 'int16__bin-large'
  const files = ['image', 'mask'].map((part) => referenceFile(`cases/int16/${part}.nii.gz`)) as [string, string]
  const { exitCode, text } = await extract(...files, readFileSync(referenceFile('parameters/bin-large.yaml'), 'utf8'))
  expect(exitCode).toBe(0)
  const wanted = readFileSync(referenceFile(`answers/${name}.csv`), 'utf8').split('\n').filter((line) => line.includes('_glcm_')) // prettier-ignore
  const got = new Map(text.split('\n').map((line) => line.split(',') as [string, string]))
  for (const [feature, value] of wanted.map((line) => line.split(',') as [string, string]))
    expect(Number(got.get(feature))).toBeCloseTo(Number(value), 9)
})

test('one bad case of a list leaves the others unharmed', async () => {
  const bad = file('bad.nii.gz', 'nothing')
  const list = file(
    'cases.csv',
    `id,image,mask\na,${nifti('i.nii.gz')},${nifti('m.nii.gz', {}, mask)}\nb,${bad},m.nii.gz\nc,i.nii.gz,m.nii.gz\n`,
  )
  const output = join(folder, 'batch.csv')
  const { exitCode } = await runProgram([
    'extract',
    '--cases',
    list,
    '--params',
    referenceFile('parameters/defaults.yaml'),
    '--output',
    output,
  ])
  expect(exitCode).toBe(1)
  expect(readFileSync(output, 'utf8').split('\n').map((line) => line.split(',')[0])).toEqual(['id', 'a', 'c', '']) // prettier-ignore
  expect(readFileSync(`${output}.errors.csv`, 'utf8')).toMatch(/^id,image,mask,reason\nb,.*not an image/)
})

test('what is read is never written over, whatever --overwrite allows', async () => {
  const imagePath = nifti('i.nii.gz')
  const maskPath = nifti('m.nii.gz', {}, mask)
  const params = file('q.yaml', 'setting: {}\n')
  const list = file('list.csv', 'id,image,mask\na,i.nii.gz,m.nii.gz\n')
  const one = ['--image', imagePath, '--mask', maskPath]
  const all = ['--cases', list, '--overwrite']
  for (const [source, output, what] of [
    [one, imagePath, 'image'], [one, maskPath, 'mask'], [one, params, 'params'],
    [all, list, 'cases'], [all, imagePath, 'image of a'], [all, maskPath, 'mask of a'],
  ] as const) {
    const before = readFileSync(output)
    const { exitCode, stderr } = await runProgram(['extract', ...source, '--params', params, '--output', output])
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`would take the place of what is read (${what}): choose another name.`)])
    expect(readFileSync(output).equals(before), what).toBe(true)
  }
}) // prettier-ignore

test('no command writes over a table that it reads', async () => {
  const table = file('t.csv', 'id,scanner,x\na,1,1\nb,2,2\n')
  const before = readFileSync(table)
  for (const args of [
    ['harmonise', '--features', table, '--batch', 'scanner'],
    ['agree', '--first', table, '--second', table],
    ['table1', '--clinical', table, '--by', 'scanner'],
    ['evaluate', '--scores', table, '--outcome', 'x', '--probabilities', 'x'],
  ]) {
    const { exitCode, stderr } = await runProgram([...args, '--output', table])
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('would take the place of what is read')])
    expect(readFileSync(table).equals(before), args[0]).toBe(true)
  }
  const book = file('t.xlsx', 'a workbook')
  const { stderr } = await runProgram(['table1', '--clinical', `${book}#Clinical`, '--by', 'g', '--output', book])
  expect(stderr).toContain('would take the place of what is read (clinical)')
})

test('a folder is no name for a table', async () => {
  const { stderr } = await runProgram(['extract', '--image', nifti('i.nii.gz'), '--mask', nifti('m.nii.gz', {}, mask), '--output', folder])
  expect(stderr).toContain('is a folder: give the name of a file.')
}) // prettier-ignore
