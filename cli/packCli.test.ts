import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referenceFile, root, sampleFile, spawnProgram } from './testProgram.ts'

/*
 * The packed program, copied to where there is nothing else: no node_modules above it, no checkout, an environment without anything that
 * leads to one.
 */

const run = promisify(execFile)
let folder: string
const path = (...names: string[]) => join(folder, ...names)
const environment = { PATH: process.env.PATH, HOME: process.env.HOME }
const packed = (cwd: string, ...args: string[]) =>
  run(process.execPath, [path('moved here/texel.js'), ...args], { cwd, env: environment })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'texel-packed-'))
  // In a process of its own: Vitest is no production environment.
  await run(process.execPath, ['scripts/packCli.mjs', path('packed')], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  cpSync(path('packed'), path('moved here'), { recursive: true })
  rmSync(path('packed'), { recursive: true })
  mkdirSync(path('data'))
  for (const part of ['image', 'mask']) cpSync(sampleFile(`breast1/${part}.nii.gz`), path('data', `${part}.nii.gz`))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Imported by another way than by a path beside itself. */
function importedFromElsewhere(): string[] {
  const files = readdirSync(path('moved here')).filter((name) => name.endsWith('.js'))
  const statements = files.flatMap((name) =>
    [...readFileSync(path('moved here', name), 'utf8').matchAll(/^(?:import|export)\b[^'"\n]*['"]([^'"\n]+)['"];?$/gm)].map(
      ([, from]) => from,
    ),
  )
  expect(statements.length).toBeGreaterThan(50)
  return statements.filter((from) => !from.startsWith('./') && !from.startsWith('node:'))
}

test('it imports itself and Node alone', () => {
  const ofNode = new Set(['fs', 'module', 'path', 'url', 'crypto', 'os', 'stream', 'zlib', 'tty', 'util', 'events', 'readline'])
  expect(importedFromElsewhere().filter((from) => !ofNode.has(from))).toEqual([])
})

test('its table is that of the program as it is built here, byte by byte', async () => {
  writeFileSync(path('data/cases.csv'), 'id,image,mask\na,image.nii.gz,mask.nii.gz\nb,image.nii.gz,mask.nii.gz\n')
  const args = ['extract', '--cases', 'cases.csv', '--workers', '2', '--output']
  await packed(path('data'), ...args, 'packed.csv')
  const { exitCode, stderr } = await spawnProgram([...args, 'built.csv'], path('data'))
  expect(exitCode, stderr).toBe(0)
  expect(readFileSync(path('data/packed.csv')).equals(readFileSync(path('data/built.csv')))).toBe(true)
})

test.each([
  ['NRRD', referenceFile('../faults/extraction/01-weighted-glcm-imc1-mcc/image.nrrd')],
  ['compressed DICOM', referenceFile('../dicom/syntax_jpeg_2000.zip')],
])('ITK is with it: %s is read to its voxels', async (_, file) => {
  const { stdout } = await packed(folder, 'inspect', file, '--labels')
  expect(stdout).toMatch(/values \d+ to \d+/)
  expect(stdout).toBe((await spawnProgram(['inspect', file, '--labels'])).stdout)
})

test('it is an npm package with the program as its bin', async () => {
  const npm = (...args: string[]) =>
    run('npm', [...args, '--offline', '--no-audit', '--no-fund'], { cwd: path('data'), env: environment })
  const { stdout } = await npm('pack', path('moved here'), '--silent')
  const archive = stdout.trim()
  await npm('install', '--prefix', path('installed'), join(path('data'), archive))
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const told = await run(path('installed/node_modules/.bin/texel'), ['--version'], { env: environment })
  expect([archive, told.stdout.trim()]).toEqual([`texel-${version}.tgz`, version])
  expect(existsSync(path('installed/node_modules/texel/pipelines/nifti-read-image.wasm.zst'))).toBe(true)
  expect(existsSync(path('installed/node_modules/texel/workflows/slurm/array.sbatch'))).toBe(true)
  expect(readdirSync(path('installed/node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['texel'])
})
