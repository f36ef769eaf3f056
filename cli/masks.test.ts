import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFeatureTable } from '../src/io/tables/tableFile.ts'
import { makeNifti } from './madeNifti.ts'
import { runProgram } from './runProgram.ts'
import { readTable } from '../src/io/tables/madeTable.ts'

/* Masks that are no plain labels, on an image of 6 x 6 x 7 voxels whose value is their place in the file. */
const size = [6, 6, 7] as const
const count = 252
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-masks-'))
  writeFileSync(join(folder, 'image.nii'), makeNifti({ size, datatype: 16, value: (i) => i }))
  writeFileSync(join(folder, 'p.yaml'), 'setting:\n  binWidth: 25\nfeatureClass:\n  firstorder: [Mean, TotalEnergy]\n')
  writeFileSync(
    join(folder, 'layer1.yaml'),
    'setting:\n  binWidth: 25\n  label_channel: 1\nfeatureClass:\n  firstorder: [Mean]\n',
  )
  writeFileSync(join(folder, 'shares.nii'), makeNifti({ size, datatype: 16, value: (i) => (isInside(i) ? 0.25 * (i % 5) : 0) }))
  writeFileSync(join(folder, 'layers.seg.nrrd'), layered())
  const phases = (n: number) =>
    makeNifti({ size: [...size, n], datatype: 2, value: (i) => Number(isInPhase(Math.floor(i / count), i % count)) })
  writeFileSync(join(folder, 'phases.nii'), phases(3))
  writeFileSync(join(folder, 'one.nii'), phases(1))
})
afterAll(() => rmSync(folder, { recursive: true }))

const sliceOf = (i: number) => Math.floor(i / 36)
const isInside = (i: number) => i % 6 > 0 && i % 6 < 5 && Math.floor(i / 6) % 6 > 0 && Math.floor(i / 6) % 6 < 5

/** As 3D Slicer writes segments that overlap: label 1 in both layers, label 2 in the second alone. */
function layered(): Uint8Array {
  const segments = [
    [0, 1, 'Tumour'],
    [1, 1, 'Oedema'],
    [1, 2, 'Necrosis'],
  ]
  const keys = segments.map(
    ([layer, value, name], i) =>
      `Segment${i}_ID:=Segment_${i}\nSegment${i}_Layer:=${layer}\nSegment${i}_LabelValue:=${value}\nSegment${i}_Name:=${name}\n`,
  )
  const header = `NRRD0004\ntype: unsigned char\ndimension: 4\nspace: left-posterior-superior\nsizes: 2 ${size.join(' ')}\nspace directions: none (1,0,0) (0,1,0) (0,0,1)\nkinds: list domain domain domain\nencoding: raw\nspace origin: (0,0,0)\n${keys.join('')}\n`
  const voxels = Array.from({ length: 2 * count }, (_, at) => layerValue(at % 2, Math.floor(at / 2)))
  return new Uint8Array([...new TextEncoder().encode(header), ...voxels])
}

/** Volumes of a 4D mask: ever fewer slices. */
const isInPhase = (phase: number, i: number) => isInside(i) && sliceOf(i) > 2 * phase

function layerValue(layer: number, i: number): number {
  if (!isInside(i)) return 0
  if (layer === 0) return Number(sliceOf(i) < 4)
  return sliceOf(i) === 3 ? 2 : Number(sliceOf(i) > 1)
}

async function extract(mask: string, options: readonly string[] = [], parameters = 'p.yaml') {
  const output = join(folder, 'features.csv')
  rmSync(output, { force: true })
  const files = ['--image', join(folder, 'image.nii'), '--mask', join(folder, mask), '--params', join(folder, parameters)]
  return { ...(await runProgram(['extract', ...files, ...options, '--output', output])), output }
}

function meanOf(isMeant: (i: number) => boolean): number {
  const region = Array.from({ length: count }, (_, i) => i).filter(isMeant)
  return region.reduce((sum, i) => sum + i, 0) / region.length
}

function expectMean(output: string, isMeant: (i: number) => boolean): void {
  const mean = /original_firstorder_Mean,(.*)/.exec(readFileSync(output, 'utf8'))![1]
  expect(Number(mean)).toBeCloseTo(meanOf(isMeant), 9)
}

test('a mask of shares is refused, and thresholded where that is chosen', async () => {
  const refused = await extract('shares.nii')
  expect(refused.exitCode).toBe(1)
  expect(refused.stderr).toMatch(
    /The mask holds shares \(probabilities or partial volume\), not labels: \d+ voxels have values between 0 and 1\. Say from which value on a voxel is inside: --mask-threshold 0\.5/,
  )
  const chosen = await extract('shares.nii', ['--mask-threshold', '0.75'])
  expect(chosen.exitCode, chosen.stderr).toBe(0)
  expect(chosen.stderr).toContain('It holds shares (probabilities or partial volume): voxels of at least 0.75 are inside.')
  expectMean(chosen.output, (i) => isInside(i) && i % 5 >= 3)
})

test('a threshold holds for a mask of a single share too', async () => {
  writeFileSync(join(folder, 'half.nii'), makeNifti({ size, datatype: 16, value: (i) => (isInside(i) ? 0.5 : 0) }))
  const chosen = await extract('half.nii', ['--mask-threshold', '0.4'])
  expect(chosen.exitCode, chosen.stderr).toBe(0)
  expectMean(chosen.output, isInside)
})

test('segments in layers are chosen by label, and by label_channel where two have the same', async () => {
  const only = await extract('layers.seg.nrrd', ['--label', '2'])
  expect(only.exitCode, only.stderr).toBe(0)
  expectMean(only.output, (i) => layerValue(1, i) === 2)
  const first = await extract('layers.seg.nrrd', ['--label', '1'])
  expect(first.stderr).toContain('Label 1 is "Oedema" in another channel too: "Tumour" of channel 0 is used (label_channel).')
  expectMean(first.output, (i) => layerValue(0, i) === 1)
  const second = await extract('layers.seg.nrrd', ['--label', '1'], 'layer1.yaml')
  expect(second.stderr).toContain('"Oedema" of channel 1 is used')
  expectMean(second.output, (i) => layerValue(1, i) === 1)
})

test('rows of a list choose the channel of their masks, as in those of the pyradiomics command', async () => {
  const rows = ['layers.seg.nrrd,1,1', 'layers.seg.nrrd,1,0', 'layers.seg.nrrd,1,']
  writeFileSync(
    join(folder, 'channels.csv'),
    `Image,Mask,Label,Label_channel\n${rows.map((row) => `image.nii,${row}\n`).join('')}`,
  )
  const files = ['--cases', join(folder, 'channels.csv'), '--params', join(folder, 'layer1.yaml')]
  const output = join(folder, 'channels-features.csv')
  const run = await runProgram(['extract', ...files, '--output', output])
  expect(run.exitCode, run.stderr).toBe(0)
  const { columns, values } = readFeatureTable(readTable(readFileSync(output, 'utf8'), output))
  expect(columns).toEqual(['original_firstorder_Mean'])
  ;[1, 0, 1].forEach((layer, i) => expect(values[i]).toBeCloseTo(meanOf((at) => layerValue(layer, at) === 1), 9)) // prettier-ignore
})

test('a volume of a 4D mask is chosen by its number; one of a single volume is that volume', async () => {
  const refused = await extract('phases.nii')
  expect(refused.exitCode).toBe(1)
  expect(refused.stderr).toMatch(
    /several volumes here.*phase 1 of 3; phase 2 of 3; phase 3 of 3\. Choose one of a 4D file with --mask-phase/,
  )
  const chosen = await extract('phases.nii', ['--mask-phase', '2'])
  expect(chosen.exitCode, chosen.stderr).toBe(0)
  expect(chosen.stderr).not.toContain('order')
  expectMean(chosen.output, (i) => isInPhase(1, i))
  const absent = await extract('phases.nii', ['--mask-phase', '4'])
  expect(absent.stderr).toMatch(/Mask .*There is no phase "4" here: phase 1 of 3; phase 2 of 3/)
  const only = await extract('one.nii')
  expect(only.exitCode, only.stderr).toBe(0)
  expectMean(only.output, (i) => isInPhase(0, i))
})

test('rows of a list choose volume and threshold of their masks; their columns are no features of the table', async () => {
  const rows = ['phases.nii,1,', 'phases.nii,3,', 'shares.nii,,0.75', 'shares.nii,,0.25']
  writeFileSync(
    join(folder, 'list.csv'),
    `id,image,mask,mask-phase,mask-threshold\n${rows.map((row, i) => `p${i},image.nii,${row}\n`).join('')}`,
  )
  const output = join(folder, 'list-features.csv')
  const run = await runProgram([
    'extract',
    '--cases',
    join(folder, 'list.csv'),
    '--params',
    join(folder, 'p.yaml'),
    '--output',
    output,
  ])
  expect(run.exitCode, run.stderr).toBe(0)
  const table = readTable(readFileSync(output, 'utf8'), output)
  const features = readFeatureTable(table)
  expect(features.columns).toEqual(['original_firstorder_Mean', 'original_firstorder_TotalEnergy'])
  const regions = [
    (i: number) => isInPhase(0, i),
    (i: number) => isInPhase(2, i),
    (i: number) => isInside(i) && i % 5 >= 3,
    (i: number) => isInside(i) && i % 5 >= 1,
  ]
  regions.forEach((isMeant, i) => expect(features.values[i]).toBeCloseTo(meanOf(isMeant), 9))
})
