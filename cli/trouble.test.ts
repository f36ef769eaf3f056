import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeNifti } from './madeNifti.ts'
import { lockOutput } from './lockOutput.ts'
import { runProgram } from './runProgram.ts'
import { builtProgram, sampleFile } from './testProgram.ts'

/*
 * What another try may not meet, made to happen: a full disk, too little memory, an end by a scheduler. What was measured stays, and
 * the next try makes the table that an undisturbed run makes, byte by byte.
 */

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-trouble-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const tryAgain = 75
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
/** What is written there meets a disk without room. */
const fill = (name: string) => symlinkSync('/dev/full', join(folder, name))
const run = (output: string, ...more: string[]) =>
  runProgram(['extract', '--cases', 'cases.csv', '--params', 'p.yaml', '--output', output, '--workers', '1', ...more], folder)

const programArguments = (output: string) => [builtProgram, 'extract', '--cases', 'cases.csv', '--params', 'p.yaml', '--output', output, '--workers', '1', '--progress', 'plain'] // prettier-ignore

/** @param count of cases, and which of them have no mask yet */
function writeCases(count: number, without: readonly number[] = []) {
  const [image, mask] = ['image', 'mask'].map((part) => sampleFile(`breast1/${part}.nii.gz`))
  const rows = Array.from({ length: count }, (_, i) => `p${i + 1},${image},${without.includes(i + 1) ? 'later.nii.gz' : mask}`)
  write('cases.csv', `id,image,mask\n${rows.join('\n')}\n`)
  write('p.yaml', 'featureClass: { firstorder: }\n')
}

test.runIf(existsSync('/dev/full'))('a full disk when the run begins', async () => {
  writeCases(1)
  fill('f.csv.run.json.new')
  const { exitCode, stderr } = await run('f.csv')
  expect([exitCode, stderr]).toEqual([tryAgain, expect.stringContaining('ENOSPC: no space left on device')])
  expect(existsSync(join(folder, 'f.csv.lock'))).toBe(false)
  expect((await run('f.csv', '--resume')).exitCode).toBe(0)
})

test.runIf(existsSync('/dev/full'))(
  'a full disk when rows are written: those that are there stay, and no case is blamed',
  async () => {
    writeCases(3, [1])
    expect((await run('f.csv')).exitCode).toBe(1)
    const before = read('f.csv')
    writeCases(3)
    // What failed before is measured last and brought into order, which writes the table again.
    const image = sampleFile('breast1/image.nii.gz')
    write('cases.csv', `id,image,mask\np1,${image},${sampleFile('breast1/mask.nii.gz')}\n${read('cases.csv').split('\n').slice(2).join('\n')}`) // prettier-ignore
    fill('f.csv.new')
    const { exitCode, stderr } = await run('f.csv', '--resume')
    expect([exitCode, stderr]).toEqual([tryAgain, expect.stringContaining('ENOSPC')])
    expect(read('f.csv').startsWith(before)).toBe(true)
    expect(existsSync(join(folder, 'f.csv.errors.csv'))).toBe(false)
    rmSync(join(folder, 'f.csv.new'))
    expect((await run('f.csv', '--resume')).exitCode).toBe(0)
    await run('whole.csv')
    expect(read('f.csv')).toBe(read('whole.csv'))
  },
)

test.runIf(process.platform === 'linux')(
  'too little memory: the case is told, the others are measured, and it is tried again',
  async () => {
    writeCases(2)
    writeLargeFile('large.nii')
    write('cases.csv', `${read('cases.csv')}p3,large.nii,${sampleFile('breast1/mask.nii.gz')}\n`)
    const shell = ['-c', 'ulimit -d 800000; exec "$@"', 'bash']
    const child = spawn('bash', [...shell, process.execPath, ...programArguments('f.csv')], { cwd: folder, stdio: 'ignore' })
    expect(await once(child, 'exit')).toEqual([tryAgain, null])
    expect(read('f.csv').split('\n').map((row) => row.split(',')[0])).toEqual(['id', 'p1', 'p2', '']) // prettier-ignore
    expect(read('f.csv.errors.csv')).toContain('There is not enough memory to read the file.')
    cpSync(sampleFile('breast1/image.nii.gz'), join(folder, 'small.nii.gz'))
    write('cases.csv', read('cases.csv').replace('large.nii', 'small.nii.gz'))
    expect((await run('f.csv', '--resume')).exitCode).toBe(0)
    expect(existsSync(join(folder, 'f.csv.errors.csv'))).toBe(false)
  },
)

/** An image of a gigabyte, of which none stands on the disk. */
function writeLargeFile(name: string) {
  const size = [1000, 1000, 500]
  const header = makeNifti({ size: [1, 1, 1], datatype: 4, value: () => 0 }).slice(0, 352)
  size.forEach((count, axis) => new DataView(header.buffer).setInt16(42 + 2 * axis, count, true))
  writeFileSync(join(folder, name), header)
  truncateSync(join(folder, name), 352 + 2 * 1000 * 1000 * 500)
}

/** Waits until the first row is there. */
function untilFirst({ stderr }: ChildProcess): Promise<void> {
  let told = ''
  return new Promise((resolve) => {
    stderr!.on('data', (text) => {
      told += String(text)
      if (/Z 1\/\d+ p1$/m.test(told)) resolve()
    })
  })
}

test.each([
  ['SIGTERM', [tryAgain, null], false],
  ['SIGKILL', [null, 'SIGKILL'], true],
] as const)('ended by %s in the middle, it is taken up', async (signal, ended, leavesLock) => {
  writeCases(12)
  const child = spawn(process.execPath, programArguments('f.csv'), { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  await untilFirst(child)
  child.kill(signal)
  expect(await once(child, 'exit')).toEqual(ended)
  const done = read('f.csv').split('\n').length - 2
  expect(done).toBeGreaterThan(0)
  expect(done).toBeLessThan(12)
  expect(existsSync(join(folder, 'f.csv.lock'))).toBe(leavesLock)
  expect((await run('f.csv', '--resume')).exitCode).toBe(0)
  await run('whole.csv')
  expect(read('f.csv')).toBe(read('whole.csv'))
  const { runs } = JSON.parse(read('f.csv.run.json')) as { runs: { endedAt: string | null; cases: { name: string }[] }[] }
  expect(runs).toHaveLength(2)
  expect(runs[0].endedAt === null).toBe(leavesLock)
  expect(runs[1].cases.map(({ name }) => name)).toContain('p12')
})

test('an output that another run is writing is left alone', async () => {
  writeCases(1)
  const lock = await lockOutput(join(folder, 'f.csv'), { beatMs: 50, watchMs: 1000 })
  const { exitCode, stderr } = await run('f.csv')
  await lock.release()
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`Another run is writing f.csv (process ${process.pid} of `)])
  expect(existsSync(join(folder, 'f.csv'))).toBe(false)
})
