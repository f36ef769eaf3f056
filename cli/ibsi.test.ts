import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runProgram } from './runProgram.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-ibsi-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('all values of the digital phantom are the consensus, and what is not there is said', async () => {
  const { exitCode, stdout, stderr } = await runProgram(['ibsi'])
  expect([exitCode, stderr]).toEqual([0, ''])
  const lines = stdout.trim().split('\n')
  expect(lines[0]).toBe('set\ttag\tgot\twanted\ttolerance\tverdict')
  const values = lines.filter((line) => line.startsWith('digital phantom\t')).map((line) => line.split('\t'))
  expect(values).toHaveLength(482)
  expect(values.find(([, tag]) => tag === 'cm_joint_entr_3D_comb')).toEqual(['digital phantom', 'cm_joint_entr_3D_comb', expect.stringMatching(/^2\.5\d+/), '2.57', '0', 'same']) // prettier-ignore
  expect(lines.filter((line) => line.includes('not looked at'))).toHaveLength(5)
  expect(lines.at(-1)).toBe('IBSI 1: 482 of 482')
})

test('a value that is not the consensus is told, and ends the command badly', async () => {
  cpSync('reference/ibsi', join(folder, 'ibsi'), { recursive: true })
  const path = join(folder, 'ibsi', 'ibsi_1_dig_phantom.csv')
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^2\.15;0;stat_mean/m, '2.16;0;stat_mean').replace(/^556;4;morph_volume/m, '556;4;morph_unheard')) // prettier-ignore
  const { exitCode, stdout } = await runProgram(['ibsi', '--reference', folder])
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/stat_mean\t2\.148\d*\t2\.16\t0\tDIFFERENT/)
  expect(stdout).toContain('morph_unheard\t\t556\t4\tmissing')
  expect(stdout).toContain('IBSI 1: 480 of 482')
})

test('a folder without values of the IBSI is wrong use', async () => {
  const { exitCode, stderr } = await runProgram(['ibsi', '--reference', tmpdir()])
  expect(exitCode).toBe(2)
  expect(stderr).toContain('ibsi_1_dig_phantom.csv was looked for')
})
