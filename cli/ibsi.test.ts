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

test('all values of the digital phantom and the response maps are the consensus, and what is not there is said', async () => {
  const { exitCode, stdout, stderr } = await runProgram(['ibsi'])
  expect([exitCode, stderr]).toEqual([0, ''])
  const lines = stdout.trim().split('\n')
  expect(lines[0]).toBe('set\ttag\tgot\twanted\ttolerance\tverdict')
  const values = lines.filter((line) => line.startsWith('digital phantom\t')).map((line) => line.split('\t'))
  expect(values).toHaveLength(482)
  expect(values.find(([, tag]) => tag === 'cm_joint_entr_3D_comb')).toEqual(['digital phantom', 'cm_joint_entr_3D_comb', expect.stringMatching(/^2\.5\d+/), '2.57', '0', 'same']) // prettier-ignore
  expect(lines.filter((line) => line.startsWith('not looked at: configuration'))).toHaveLength(5)
  expect(lines.filter((line) => /^map .*\tsame$/.test(line))).toHaveLength(8)
  expect(lines.slice(-2)).toEqual(['IBSI 1: 482 of 482', 'IBSI 2 maps: 8 of 8'])
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
  // The sphere's map is no map of the checkerboard.
  cpSync(join(folder, 'ibsi/ibsi_2/sphere.nii.gz'), join(folder, 'ibsi/ibsi_2/checkerboard.nii.gz'))
  expect((await runProgram(['ibsi', '--reference', folder])).stdout).toMatch(/map 2\.b\tworst_part_of_range\t\d\S+\t0\t0\.01\tDIFFERENT[\s\S]*IBSI 2 maps: 5 of 8/) // prettier-ignore
})

test('a folder without values of the IBSI is wrong use', async () => {
  const { exitCode, stderr } = await runProgram(['ibsi', '--reference', tmpdir()])
  expect(exitCode).toBe(2)
  expect(stderr).toContain('ibsi_1_dig_phantom.csv was looked for')
})

test('extract takes a parameter file of the IBSI’s profile; names carry profile, aggregation and identifier, and workers change no bit', async () => {
  const params = join(folder, 'ibsi.yaml')
  writeFileSync(params, 'profile: IBSI\nsetting: { spacing: [1.5, 1.5, 1.5], interpolation: cubic, range: [0.5, 6], binCount: 6, aggregations: [2D_avg, 3D_comb] }\n') // prettier-ignore
  const phantom = 'reference/ibsi/ibsi_1_digital_phantom'
  const measure = async (workers: number) => {
    const output = join(folder, `by${workers}.csv`)
    const run = await runProgram(['extract', '--image', `${phantom}/image.nii.gz`, '--mask', `${phantom}/mask.nii.gz`, '--params', params, '--workers', String(workers), '--output', output]) // prettier-ignore
    expect(run.exitCode, run.stderr).toBe(0)
    return readFileSync(output, 'utf8')
  }
  const text = await measure(1)
  expect(await measure(3)).toBe(text)
  const rows = text.trim().split('\n').map((line) => line.split(',')) // prettier-ignore
  const names = rows.map(([name]) => name).filter((name) => !name.startsWith('diagnostics_') && name !== 'feature')
  expect(names).toHaveLength(74 + 2 * (25 + 16) + 2 * (16 + 16 + 5 + 17))
  expect(names).toContain('ibsi_cm_joint_entr_3D_comb_TU9B')
  expect(names).toContain('ibsi_dzm_sde_2D_0GBI')
  expect(names.every((name) => /^ibsi_[a-z]+_\w+_[A-Z0-9]{4}$/.test(name))).toBe(true)
  expect(rows.find(([name]) => name === 'diagnostics_Configuration_Profile')).toEqual(['diagnostics_Configuration_Profile', 'IBSI']) // prettier-ignore
  expect(rows.some(([name]) => name.includes('PyRadiomics'))).toBe(false)
})

test('extract measures the responses of filters that a file asks for, in any number of workers', async () => {
  const params = join(folder, 'filters.yaml')
  writeFileSync(params, `profile: IBSI
setting: { range: [1, 6], binCount: 6 }
filter:
  - { kind: none }
  - { kind: mean, width: 3 }
  - { kind: laplacianOfGaussian, sigmaMm: 2 }
  - { kind: laws, kernel: L3E3E3, energyDistance: 1, pooling: maximum }
  - { kind: gabor, sigmaMm: 2, wavelengthMm: 4, aspectRatio: 1, stepDegrees: 45 }
  - { kind: wavelet, wavelet: db2, subBand: LLH, pooling: mean }
  - { kind: simoncelli }
family: [morph, stat, cm]
`) // prettier-ignore
  const phantom = 'reference/ibsi/ibsi_1_digital_phantom'
  const measure = async (workers: number) => {
    const output = join(folder, `filtered by ${workers}.csv`)
    const run = await runProgram(['extract', '--image', `${phantom}/image.nii.gz`, '--mask', `${phantom}/mask.nii.gz`, '--params', params, '--workers', String(workers), '--output', output]) // prettier-ignore
    expect(run.exitCode, run.stderr).toBe(0)
    return readFileSync(output, 'utf8')
  }
  const text = await measure(1)
  expect(await measure(3)).toBe(text)
  const values = text.trim().split('\n').map((line) => line.split(',')).filter(([name]) => name.startsWith('ibsi')) // prettier-ignore
  expect(values).toHaveLength(25 + 7 * (18 + 25))
  expect(values.every(([, value]) => Number.isFinite(Number(value)))).toBe(true)
  expect(values.map(([name]) => name)).toContain('ibsi-laws-L3E3E3-energy1-maximum-mirror_cm_joint_entr_3D_comb_TU9B')
  expect(text).toContain('diagnostics_Configuration_Filters')
})
