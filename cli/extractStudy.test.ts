import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import Papa from 'papaparse'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseParameterFile } from '../src/io/records/parameterFile.ts'
import { readTextOf, writeMadeStudy, type MadeDrawing } from './madeStudyFolder.ts'
import { runProgram } from './runProgram.ts'
import { builtProgram } from './testProgram.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'texel-extract-study-'))
})
afterEach(() => rm(folder, { recursive: true }))

const drawings: readonly MadeDrawing[] = [
  { patient: 1, role: 'T1WI', about: { lesion: 'L2' }, first: 2 },
  { patient: 1, role: 'T1WI' },
  { patient: 1, role: 'FST2WI', first: 4 },
  { patient: 1, role: 'FST2WI', about: { reader: '2' }, first: 2 },
  { patient: 2, role: 'T1WI', about: { progress: 'locked' } },
  { patient: 2, role: 'FST2WI', about: { progress: 'inProgress' } },
]
const extract = (...more: string[]) =>
  runProgram(['study', 'study.texel.zip', '--extract', '--output', 'features.csv', '--workers', '2', ...more], folder)
const parse = (text: string) => Papa.parse<Record<string, string>>(text.trimEnd(), { header: true }).data

test('the features of a study file and a folder are those of its masks and images one by one, in the wide table of a reader', async () => {
  const paths = await writeMadeStudy(folder, drawings)
  const ended = await extract('--images', 'images')
  expect([ended.exitCode, ended.stderr.trim().split('\n').at(-1)]).toEqual([
    0,
    '4 ROIs of Reader 1: 4 in features.csv, 0 failed.',
  ])
  expect(ended.stderr).toContain('1 without features: The ROI is in progress')

  const files = unzipSync(new Uint8Array(await readFile(join(folder, 'study.texel.zip'))))
  await mkdir(join(folder, 'out'))
  const cases = [['A-0001', 'FST2WI.1', 'FST2WI', '1-FST2WI'], ['A-0001', 'T1WI.1', 'T1WI', '1-T1WI'], ['A-0001_L2', 'T1WI.1.L2', 'T1WI', '1-T1WI'], ['A-0002', 'T1WI.1', 'T1WI', '2-T1WI']] as const // prettier-ignore
  for (const [i, [id, mask]] of cases.entries()) await writeFile(join(folder, `out/${i}.nii.gz`), files[`masks/${id.slice(0, 6)}/${mask}.nii.gz`]) // prettier-ignore
  const list = cases.map(([id, , role, image], i) => `${id},${paths.get(image)!},out/${i}.nii.gz,${role}\n`)
  await writeFile(join(folder, 'cases.csv'), `id,image,mask,sequence\n${list.join('')}`)
  await runProgram(['extract', '--cases', 'cases.csv', '--params', 'small.yaml', '--output', 'long.csv'], folder)
  const long = parse(await readTextOf(folder, 'long.csv'))
  const names = Object.keys(long[0]).filter((name) => /^(original|log)/.test(name))
  expect(names).toHaveLength(6)
  const roles = ['FST2WI', 'T1WI', 'T1WI+C']
  const header = ['id', ...roles.flatMap((role) => names.map((name) => `${role}_${name}`))]
  const cell = (id: string, role: string, name: string) =>
    long.find((row) => row.id === id && row.sequence === role)?.[name] ?? ''
  const rows = ['A-0001', 'A-0001_L2', 'A-0002'].map((id) => [id, ...roles.flatMap((role) => names.map((name) => cell(id, role, name)))]) // prettier-ignore
  const wide = [header, ...rows].map((row) => `${row.join(',')}\n`).join('')
  expect(await readTextOf(folder, 'features.csv')).toBe(wide)
  expect(wide.split('\n')[1]).toMatch(/^A-0001,[\d.]+,-0\.\d{10,},/)

  const second = await extract('--images', 'images', '--reader', '2', '--overwrite')
  expect(second.stderr).toContain('1 ROI of Reader 2: 1 in features.csv')
  expect(parse(await readTextOf(folder, 'features.csv')).map(({ id }) => id)).toEqual(['A-0001'])
})

test('an image that is away and a mask that is damaged fail by name; the rest goes on, and --resume takes up what failed', async () => {
  const paths = await writeMadeStudy(folder, drawings)
  const away = paths.get('2-T1WI')!
  await rename(away, join(folder, 'away.nii'))
  const bytes = await readFile(join(folder, 'study.texel.zip'))
  const damaged = Buffer.from(bytes)
  const name = 'masks/A-0001/T1WI.1.L2.nii.gz'
  damaged[damaged.indexOf(name) + name.length + 30] ^= 255
  await writeFile(join(folder, 'study.texel.zip'), damaged)
  const failed = await extract('--images', 'images')
  expect(failed.exitCode).toBe(1)
  expect(failed.stderr).toContain('4 ROIs of Reader 1: 2 in features.csv, 2 failed (features.csv.rows.csv.errors.csv).')
  const errors = parse(await readTextOf(folder, 'features.csv.rows.csv.errors.csv'))
  expect(errors.map(({ id, sequence }) => [id, sequence])).toEqual([['A-0001_L2', 'T1WI'], ['A-0002', 'T1WI']]) // prettier-ignore
  expect(errors[0].reason).toContain('its mask is damaged')
  expect(errors[1].reason).toContain('not at hand')
  expect(parse(await readTextOf(folder, 'features.csv')).map(({ id }) => id)).toEqual(['A-0001'])

  const again = await extract('--images', 'images')
  expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('Add --resume')])
  // What is done is not computed again: a row that somebody marks stays as it is.
  const rows = await readTextOf(folder, 'features.csv.rows.csv')
  await writeFile(join(folder, 'features.csv.rows.csv'), rows.replace(/,[\d.-]+\n/, ',4711\n'))
  await rename(join(folder, 'away.nii'), away)
  await writeFile(join(folder, 'study.texel.zip'), bytes)
  const resumed = await extract('--images', 'images', '--resume')
  expect(resumed).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('4 in features.csv, 0 failed') as string })
  expect(await readTextOf(folder, 'features.csv')).toContain('4711')
  expect(parse(await readTextOf(folder, 'features.csv')).map(({ id }) => id)).toEqual(['A-0001', 'A-0001_L2', 'A-0002'])
  const whole = await readTextOf(folder, 'features.csv')
  await extract('--images', 'images', '--overwrite')
  expect(await readTextOf(folder, 'features.csv')).not.toBe(whole)
})

test('images in the study file give the same table as their folder, byte by byte; one that is damaged fails by name', async () => {
  await writeMadeStudy(folder, drawings, { withImages: true })
  await extract('--images', 'images')
  const fromFolder = await readTextOf(folder, 'features.csv')
  await rm(join(folder, 'images'), { recursive: true })
  expect(await extract('--overwrite')).toMatchObject({ exitCode: 0 })
  expect(await readTextOf(folder, 'features.csv')).toBe(fromFolder)

  const bytes = await readFile(join(folder, 'study.texel.zip'))
  const name = 'images/A-0001/T1WI.nii.gz'
  bytes[bytes.indexOf(name) + name.length + 99] ^= 1
  await writeFile(join(folder, 'study.texel.zip'), bytes)
  const damaged = await extract('--overwrite')
  expect(damaged.exitCode).toBe(1)
  expect(damaged.stderr).toContain(`A-0001, T1WI: An image is lost: ${name} is missing or damaged.`)
  expect(parse(await readTextOf(folder, 'features.csv')).map(({ id }) => id)).toEqual(['A-0001', 'A-0002'])
  const checked = await runProgram(['study', 'study.texel.zip', '--check'], folder)
  expect(checked).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(name) as string })
})

test('parts of a study file are merged to the files of one run, byte by byte; parts of other ROIs are refused', async () => {
  await writeMadeStudy(folder, drawings)
  const bytes = await readFile(join(folder, 'study.texel.zip'))
  const damaged = Buffer.from(bytes)
  const name = 'masks/A-0001/T1WI.1.L2.nii.gz'
  damaged[damaged.indexOf(name) + name.length + 30] ^= 255
  await writeFile(join(folder, 'study.texel.zip'), damaged)
  await extract('--images', 'images')
  const counted = await runProgram(['study', 'study.texel.zip', '--count'], folder)
  expect(counted).toMatchObject({ exitCode: 0, stdout: '4\n' })
  const shard = (k: number) => runProgram(['study', 'study.texel.zip', '--extract', '--images', 'images', '--output', `part${k}.csv`, '--shard', `${k}/3`, '--failures-ok'], folder) // prettier-ignore
  const merge = (...parts: number[]) => runProgram(['merge', '--study', 'study.texel.zip', '--output', 'all.csv', ...parts.map((k) => `part${k}.csv`)], folder) // prettier-ignore
  for (const k of [1, 2]) expect(await shard(k)).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(`Shard ${k}/3: 1 of 4 ROIs; `) as string }) // prettier-ignore
  expect(await merge(1, 2)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('2 of 4 ROIs are in none of these tables') as string }) // prettier-ignore
  expect((await shard(3)).stderr).toContain('Shard 3/3: 2 of 4 ROIs; ')
  expect(await merge(3, 1, 2)).toMatchObject({
    exitCode: 1,
    stderr: '3 shards, 4 ROIs: 3 in all.csv, 1 failed (all.csv.rows.csv.errors.csv).\n',
  })
  for (const end of ['', '.rows.csv', '.rows.csv.errors.csv'])
    expect(await readTextOf(folder, `all.csv${end}`), end).toBe(await readTextOf(folder, `features.csv${end}`))

  expect(await shard(9)).toMatchObject({ exitCode: 2 })
  await writeMadeStudy(folder, drawings.map((drawing, i) => (i === 2 ? { ...drawing, first: 3 } : drawing))) // prettier-ignore
  await rm(join(folder, 'all.csv'))
  const other = await merge(1, 2, 3)
  expect([other.exitCode, other.stderr]).toEqual([2, expect.stringMatching(/^A-0001, FST2WI of part1.csv is not the ROI of the study file: diagnostics_Texel_MaskFileHash is /)]) // prettier-ignore
})

test('where memory fails, the exit code says that another try may not', async () => {
  // The kernels' memory cannot grow, and so fine a grid does not fit into what they have.
  const fine =
    'featureClass:\n  firstorder: [Mean]\nimageType:\n  Original: {}\nsetting:\n  resampledPixelSpacing: [0.05, 0.05, 0.05]\n'
  await writeMadeStudy(folder, drawings.slice(1, 2), { parameters: { name: 'fine', values: parseParameterFile(fine) } })
  await writeFile(
    join(folder, 'noMemory.cjs'),
    'WebAssembly.Memory.prototype.grow = () => { throw new RangeError("Unable to grow") }',
  )
  const asked = ['study', 'study.texel.zip', '--extract', '--output', 'features.csv', '--workers', '1', '--images', 'images']
  const env = { ...process.env, NODE_OPTIONS: '--require ./noMemory.cjs' }
  const child = spawn(process.execPath, [builtProgram, ...asked], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] })
  let told = ''
  child.stderr.on('data', (text) => (told += String(text)))
  expect([await once(child, 'exit'), told]).toEqual([[75, null], expect.stringContaining('Memory or a disk failed for A-0001, T1WI: see to it')]) // prettier-ignore
})

test('what is asked wrongly is said, and a list of readers is given', async () => {
  await writeMadeStudy(folder, drawings.slice(0, 1))
  expect(await extract('--images', 'nowhere')).toMatchObject({ exitCode: 2, stderr: '--images nowhere is no folder.\n' })
  expect(await extract('--reader', '7')).toMatchObject({ exitCode: 2, stderr: 'There is no reader 7; there is 1 (Reader 1), 2 (Reader 2).\n' }) // prettier-ignore
  expect(await extract('--reader', '2')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Reader 2 has no complete ROI') as string }) // prettier-ignore
  const nameless = await runProgram(['study', 'study.texel.zip', '--extract'], folder)
  expect(nameless).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--output features.csv') as string })
  const onItself = await runProgram(['study', 'study.texel.zip', '--extract', '--output', 'study.texel.zip'], folder)
  expect(onItself).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('the study file') as string })
})
