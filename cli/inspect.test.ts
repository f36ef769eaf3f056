import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeSeries } from './madeSeries.ts'
import { makeNifti } from './madeNifti.ts'
import { runProgram } from './runProgram.ts'
import { referenceFile, sampleFile } from './testProgram.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-inspect-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Entry {
  path: string
  phase?: string
  size: number[]
  spacing: number[]
  origin: number[]
  direction: number[]
  minimum: number
  maximum: number
  mean: number
  nanVoxels: number
  labels?: Record<string, number>
  warnings: string[]
  error?: string
}
async function inspect(...args: string[]) {
  const outcome = await runProgram(['inspect', ...args, '--json'], folder)
  return { ...outcome, entries: JSON.parse(outcome.stdout) as Entry[] }
}

test('the program ends where ITK prints a warning, which nobody sees', async () => {
  const bytes = makeNifti({ size: [4, 3, 2], datatype: 4, value: (i) => i })
  const view = new DataView(bytes.buffer)
  // A quaternion of no rotation, and an sform that is no number.
  view.setInt16(252, 1, true)
  for (let at = 280; at < 328; at += 4) view.setFloat32(at, NaN, true)
  writeFileSync(join(folder, 'nan.nii'), bytes)
  const { exitCode, stderr, entries } = await inspect('nan.nii')
  expect([exitCode, stderr]).toEqual([0, ''])
  expect(entries[0].warnings).toEqual([expect.stringContaining('The sform is left out')])
})

test('brain1 as SimpleITK sees it', async () => {
  const { exitCode, entries } = await inspect(sampleFile('brain1/image.nii.gz'), sampleFile('brain1/mask.nii.gz'), '--labels')
  expect(exitCode).toBe(0)
  expect(entries[0]).toMatchObject({
    path: sampleFile('brain1/image.nii.gz'),
    size: [256, 256, 25],
    spacing: [0.78125, 0.78125, 6.5],
    origin: [-99.609375, 99.609375, -78],
    direction: [1, 0, 0, 0, -1, 0, 0, 0, 1],
    minimum: 0,
    maximum: 3057,
    nanVoxels: 0,
  })
  expect(entries[0].mean).toBeCloseTo(385.6564080810547, 9)
  expect(entries[1].labels).toEqual({ 1: 4137 })
})

test('an oblique volume keeps its direction, row by row with the axes as columns', async () => {
  const { entries } = await inspect(referenceFile('cases/oblique/image.nii.gz'))
  const [a, b, c] = [17, -24, 33].map((degrees) => (degrees * Math.PI) / 180) as [number, number, number]
  // Rz Ry Rx; its first column is the direction of x.
  const first = [Math.cos(c) * Math.cos(b), Math.sin(c) * Math.cos(b), -Math.sin(b)]
  expect(Math.sin(a)).toBeGreaterThan(0)
  ;[0, 3, 6].forEach((at, row) => expect(entries[0].direction[at]).toBeCloseTo(first[row], 5))
})

test('a 4D file is told volume by volume', async () => {
  const path = join(folder, '4d.nii')
  writeFileSync(path, makeNifti({ size: [3, 3, 3, 2], datatype: 4, value: (i) => i }))
  const { exitCode, entries } = await inspect(path)
  expect([exitCode, entries.map(({ phase, minimum }) => [phase, minimum])]).toEqual([0, [['phase 1 of 2', 0], ['phase 2 of 2', 27]]]) // prettier-ignore
})

test('voxels that are no numbers are counted, and left out of the figures', async () => {
  const path = join(folder, 'nan.nii')
  writeFileSync(path, makeNifti({ size: [2, 2, 2], datatype: 16, value: (i) => (i === 3 ? NaN : i) }))
  expect((await inspect(path)).entries[0]).toMatchObject({ nanVoxels: 1, minimum: 0, maximum: 7, mean: 25 / 7 })
})

test('a file that cannot be used has its error, and the rest goes on', async () => {
  const path = join(folder, 'no.nii')
  writeFileSync(path, 'nothing')
  const { exitCode, entries } = await inspect(path, join(folder, 'missing.nii'), sampleFile('breast1/mask.nii.gz'))
  expect(exitCode).toBe(1)
  expect(entries.map(({ error }) => error !== undefined)).toEqual([true, true, false])
})

test('phases of a dynamic series have their times, where they are from and whether that is proved', async () => {
  const clocks = ['102048', '102000', '102136']
  const paths = clocks.flatMap((time, i) =>
    makeSeries({
      size: [2, 2, 8],
      value: (column) => column,
      number: i + 1,
      elements: [
        ['00080022', 'DA', '20240301'],
        ['00080032', 'TM', time],
      ],
    }).map(({ bytes }, slice) => {
      const path = join(folder, `dce-${i}-${slice}.dcm`)
      writeFileSync(path, bytes)
      return path
    }),
  )
  const dce = join(folder, 'dce')
  mkdirSync(dce)
  paths.forEach((path, i) => renameSync(path, join(dce, `${i}.dcm`)))
  const { exitCode, stdout } = await runProgram(['inspect', dce])
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(
    /phases by time \(3\), times from the acquisition time\n {2}0 s: .*made\n {2}48 s: .*\n {2}96 s: .*\n {2}injection at 48 s, assumed just before the second phase\n {2}warning: 3 phases; the study's protocol has 6\.\n/,
  )
  const records = JSON.parse((await runProgram(['inspect', dce, '--json'])).stdout) as { time: object }[]
  expect(records.map(({ time }) => time)).toMatchObject(
    [48, 0, 96].map((timeS) => ({ phases: 3, timeS, from: 'acquisition', proved: true, injectionS: 48, injectionProved: false })),
  )
  expect(JSON.stringify(records)).not.toContain('MADE')
  expect(stdout).toContain('series without a number, UID 2.25.7002.1\n')
})

test('a 4D file tells the times of its phases by its step and the unit of that', async () => {
  for (const [unit, step] of [
    [8, 48],
    [16, 48000],
  ] as const) {
    const path = join(folder, `steps${unit}.nii`)
    const file = makeNifti({ size: [3, 3, 3, 4], datatype: 4, value: (i) => i })
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
    view.setFloat32(92, step, true)
    view.setUint8(123, 2 + unit)
    writeFileSync(path, file)
    const { stdout } = await runProgram(['inspect', path, '--json'])
    expect((JSON.parse(stdout) as { time: object }[]).map(({ time }) => time)).toMatchObject(
      [0, 48, 96, 144].map((timeS) => ({ timeS, from: 'fileSteps', proved: true })),
    )
  }
})

test('labels are told of what can be a mask, a line each by value; of grey levels only how many there are', async () => {
  const mask = join(folder, 'labels.nii')
  const image = join(folder, 'grey.nii')
  const size = [10, 10, 10]
  writeFileSync(mask, makeNifti({ size, datatype: 16, value: (i) => (i < 10 ? 10 : i < 40 ? 2 : i < 42 ? 0.5 : 0) }))
  writeFileSync(image, makeNifti({ size, datatype: 4, value: (i) => i - 500 }))
  const { stdout } = await runProgram(['inspect', '--labels', mask, image])
  expect(stdout).toContain('\n  label 0.5: 2 voxels, 0.002 mL\n  label 2: 30 voxels, 0.03 mL\n  label 10: 10 voxels, 0.01 mL\n')
  expect(stdout).toContain('\n  no mask: 1000 different values\n')
  expect(stdout).not.toContain('label -')
})

test('text for people', async () => {
  const { exitCode, stdout } = await runProgram(['inspect', '--labels', sampleFile('breast1/mask.nii.gz')])
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(
    /mask\.nii\.gz\n {2}size 45 x 120 x 21, spacing .*\n {2}origin .*\n {2}values 0 to 1.*\n {2}label 1: \d+ voxels, [\d.]+ mL\n/,
  )
})
