import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { madeStudy, writeMade } from '../src/io/studyFile/madeStudyFile.ts'
import { runProgram } from './runProgram.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'texel-study-file-'))
})
afterEach(() => rm(folder, { recursive: true }))

const run = (...args: string[]) => runProgram(['study', ...args], folder)

test('a study file is listed and checked; a flipped byte names the ROI that is lost, and ends with 1', async () => {
  const bytes = await writeMade(await madeStudy())
  await writeFile(join(folder, 's.texel.zip'), bytes)
  const listed = await run('s.texel.zip', '--list')
  expect([listed.exitCode, listed.stderr]).toEqual([0, ''])
  expect(listed.stdout.split('\n')).toEqual([
    '3 patients, 9 images, 3 ROIs, 3 rows of features; written by texel 1.2.3',
    'readers: 1 (Reader 1), 2 (Reader 2); 2 acts in the journal',
    'cohorts not fixed',
    '',
    'A-0001; FST2WI T1WI T1WI+C; reader 1: 2 ROIs, 2 complete',
    'A-0002; FST2WI T1WI T1WI+C; reader 2: 1 ROI, 1 complete',
    'A-0003; FST2WI T1WI T1WI+C; nothing drawn',
    '',
  ])
  expect(await run('s.texel.zip', '--check')).toMatchObject({
    exitCode: 0,
    stdout: 's.texel.zip is whole: 3 ROIs, 3 rows of features.\n',
  })
  const name = 'masks/A-0002/T1WI+C.2.nii.gz'
  const damaged = Buffer.from(bytes)
  damaged[damaged.indexOf(name) + name.length + 30] ^= 255
  await writeFile(join(folder, 'd.texel.zip'), damaged)
  const checked = await run('d.texel.zip', '--check')
  expect(checked.exitCode).toBe(1)
  expect(checked.stdout).toContain(`An ROI of A-0002 is lost: its mask is damaged (${name}).`)
  expect(checked.stdout).toContain('1 thing lost, the rest is whole.')
})

test('what is no study file, and what is asked wrongly, is said', async () => {
  await writeFile(join(folder, 'x.zip'), 'nothing')
  expect(await run('x.zip', '--check')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('This is no study file') as string }) // prettier-ignore
  expect(await run('x.zip')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('--list, --check, --count or --extract') as string,
  })
  expect(await run('--check')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('name it') as string })
  expect(await run()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--import') as string })
  expect(await run('x.zip', '--import', '.')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('one of both') as string }) // prettier-ignore
})
