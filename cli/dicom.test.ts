import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeNifti } from './madeNifti.ts'
import { runProgram } from './runProgram.ts'

const reference = (path: string) => readFileSync(new URL(`../reference/dicom/${path}`, import.meta.url))
const { cases } = JSON.parse(reference('answers.json').toString()) as {
  cases: Record<
    string,
    {
      volumes: { phase: string | null; voxels: number[] }[]
      simpleitk: { size: number[]; spacing: number[]; origin: [number, number, number] }
    }
  >
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-dicom-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A case as the folder that a user has. */
function unpack(name: string): string {
  const target = join(folder, name)
  for (const [path, bytes] of Object.entries(unzipSync(reference(`${name}.zip`)))) {
    if (path.endsWith('/')) continue
    mkdirSync(dirname(join(target, path)), { recursive: true })
    writeFileSync(join(target, path), bytes)
  }
  return target
}

interface Grid {
  size: number[]
  spacing: number[]
  origin: [number, number, number]
}

/** A mask on a grid; NIfTI keeps origins as float32, so the tolerance is raised as users do. */
function writeMask({ size, spacing, origin }: Grid): string {
  const [nx, ny] = size as [number, number]
  const inside = (i: number) => {
    const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))]
    return Number(x > 0 && x < 5 && y > 0 && y < 4 && z > 0 && z < 4)
  }
  writeFileSync(join(folder, 'mask.nii'), makeNifti({ size, spacing, origin, datatype: 2, value: inside }))
  return join(folder, 'mask.nii')
}

async function extract(image: string, { grid = cases.ct.simpleitk, choice = [] as string[] } = {}) {
  writeFileSync(join(folder, 'p.yaml'), 'setting:\n  geometryTolerance: 0.0001\n  binWidth: 100\nfeatureClass:\n  firstorder:\n')
  const output = join(folder, 'features.csv')
  rmSync(output, { force: true })
  const inputs = ['--image', image, '--mask', writeMask(grid), '--params', join(folder, 'p.yaml')]
  const outcome = await runProgram(['extract', ...inputs, ...choice, '--output', output])
  return { ...outcome, output }
}

/** The mean over the mask that was written last is that of the volume. */
function expectMean(output: string, voxels: readonly number[]): void {
  const mask = readFileSync(join(folder, 'mask.nii'))
  const region = voxels.filter((_, i) => mask[352 + i] === 1)
  const mean = /original_firstorder_Mean,(.*)/.exec(readFileSync(output, 'utf8'))![1]
  expect(Number(mean)).toBeCloseTo(region.reduce((sum, value) => sum + value, 0) / region.length, 9)
}

describe('masks in DICOM', () => {
  const masks = JSON.parse(reference('masks/answers.json').toString()) as {
    cases: Record<string, { name: string; number?: number; voxels: number[] }[]>
  }
  const maskFile = (name: string) => fileURLToPath(new URL(`../reference/dicom/masks/${name}.dcm`, import.meta.url))

  async function measure(image: string, mask: string, label: number) {
    writeFileSync(join(folder, 'm.yaml'), 'setting:\n  binWidth: 100\nfeatureClass:\n  firstorder:\n')
    const output = join(folder, 'mask-features.csv')
    rmSync(output, { force: true })
    const args = [
      'extract',
      '--image',
      image,
      '--mask',
      maskFile(mask),
      '--label',
      String(label),
      '--params',
      join(folder, 'm.yaml'),
    ]
    return { ...(await runProgram([...args, '--output', output])), output }
  }

  test.each([
    ['seg_overlapping', 2, 1],
    ['rtstruct', 6, 1],
  ])('%s, number %d, measures its own voxels', async (name, label, index) => {
    const { exitCode, stderr, output } = await measure(unpack('oblique'), name, label)
    expect(exitCode, stderr).toBe(0)
    const { voxels } = cases.oblique.volumes[0]
    const region = masks.cases[name][index].voxels.map((at) => voxels[at])
    const mean = /original_firstorder_Mean,(.*)/.exec(readFileSync(output, 'utf8'))![1]
    expect(Number(mean)).toBeCloseTo(region.reduce((sum, value) => sum + value, 0) / region.length, 9)
  })

  test.each([
    [
      'oblique',
      'seg_overlapping',
      9,
      /There is no segment 9. The file has 1 "Whole tumour" \(33 voxels\), 2 "Core" \(7 voxels\), 3 "Empty one"/,
    ],
    ['plain', 'rtstruct', 3, /series that this structure set \(RTSTRUCT\) is drawn on is not open/],
    ['plain', 'seg_overlapping', 2, /The size of the mask is/],
    ['oblique', 'rtstruct_one_off_plane', 99, /no segment 99.*"Between slices" is refused: a contour lies 1\.05 mm off/],
  ])('%s with %s, number %d, is refused in words', async (image, mask, label, message) => {
    const { exitCode, stderr } = await measure(unpack(image), mask, label)
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(message)])
  })

  test('inspect lists names and counts', async () => {
    const { exitCode, stdout } = await runProgram(['inspect', maskFile('seg_overlapping'), maskFile('rtstruct')])
    expect(exitCode).toBe(0)
    const [whole, core] = masks.cases.seg_overlapping.map(({ voxels }) => voxels.length)
    expect(stdout).toContain(`segment 1 "Whole tumour": ${whole} voxels, `)
    expect(stdout).toContain('segment 3 "Empty one": 0 voxels, 0 mL\n')
    expect(stdout).toContain(`segment 2 "Core": ${core} voxels, `)
    expect(stdout).toContain('structure set (RTSTRUCT)\n  structure 3 "GTV": 5 contours, 18 points\n')
  })
})

test.each(['folder', 'zip'])('a DICOM %s is an image', async (kind) => {
  const image = unpack('ct')
  if (kind === 'zip') writeFileSync(`${image}.zip`, reference('ct.zip'))
  const { exitCode, stderr, output } = await extract(kind === 'zip' ? `${image}.zip` : image)
  expect(exitCode, stderr).toBe(0)
  expectMean(output, cases.ct.volumes[0].voxels)
})

test.each([
  ['missing', /A slice is missing: between slices 3 and 4/],
  ['doubled', /Slices 3 and 4 of 6 lie at the same place/],
  ['two_series_and_others', /several volumes.*series_a; series_b/],
  ['dce_temporal', /several volumes.*phase 1 of 3.*phase 3 of 3/],
])('the folder %s is refused as an image, with the reason', async (name, message) => {
  const { exitCode, stderr } = await extract(unpack(name))
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(message)
})

test.each([
  ['two_series_and_others', ['--series', 'series_b'], 1],
  ['dce_temporal', ['--phase', '3'], 2],
])('of the folder %s the volume that is meant is measured: %s', async (name, choice, index) => {
  const image = unpack(name)
  const described = JSON.parse((await runProgram(['inspect', image, '--json'])).stdout) as Grid[]
  const { exitCode, stderr, output } = await extract(image, { choice, grid: described[index] })
  expect(exitCode, stderr).toBe(0)
  expectMean(output, cases[name].volumes[index].voxels)
})

test('a list of cases chooses by its columns, and rows of one image are cases of their own', async () => {
  const image = unpack('dce_temporal')
  const [first] = JSON.parse((await runProgram(['inspect', image, '--json'])).stdout) as Grid[]
  writeFileSync(join(folder, 'l.yaml'), 'setting:\n  geometryTolerance: 0.0001\nfeatureClass:\n  firstorder: [Mean]\n')
  writeFileSync(
    join(folder, 'list.csv'),
    `id,image,mask,phase\n${['1', '2', '9'].map((phase) => `A,${image},${writeMask(first)},${phase}\n`).join('')}`,
  )
  const output = join(folder, 'rows.csv')
  const args = ['extract', '--cases', join(folder, 'list.csv'), '--params', join(folder, 'l.yaml'), '--output', output]
  const { exitCode, stderr } = await runProgram(args)
  expect(exitCode).toBe(1)
  expect(stderr).toContain('A, 9: Image')
  const [header, ...rows] = readFileSync(output, 'utf8').trimEnd().split('\n')
  expect(header).toMatch(/^id,image,mask,phase,/)
  expect(new Set(rows.map((row) => row.slice(row.lastIndexOf(',') + 1))).size).toBe(2)
})

test('inspect lists series, phases and what is left out', async () => {
  const paths = ['two_series_and_others', 'dce_temporal', 'missing'].map(unpack)
  const { exitCode, stdout } = await runProgram(['inspect', ...paths, '--json'])
  const entries = JSON.parse(stdout) as { path: string; series?: string; phase?: string; error?: string; warnings: string[] }[]
  expect(exitCode).toBe(1)
  expect(
    entries.map(({ path, series, phase, error }) => [path.slice(folder.length + 1), series, phase, error?.slice(0, 20)]),
  ).toEqual([
    ['two_series_and_others/a', 'series_a', undefined, undefined],
    ['two_series_and_others/b', 'series_b', undefined, undefined],
    ['two_series_and_others/plan.dcm', undefined, undefined, 'The structure set (R'],
    ['dce_temporal', 'dce_temporal', 'phase 1 of 3', undefined],
    ['dce_temporal', 'dce_temporal', 'phase 2 of 3', undefined],
    ['dce_temporal', 'dce_temporal', 'phase 3 of 3', undefined],
    ['missing', 'missing', undefined, 'A slice is missing: '],
  ])
  expect(entries[0].warnings.join()).toContain('left out: ')
})
