import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import { beforeAll, expect, it } from 'vitest'
import { runProgram } from './runProgram.ts'

let folder: string
const run = (...args: string[]) => runProgram(args, folder)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'texel-perturb-'))
  await run('simulate', '--output', 'study', '--patients', '11,1')
  const cases = (await readFile(join(folder, 'study/cases.csv'), 'utf8')).trimEnd().split('\n')
  // The first reader's regions on one sequence, and two of them.
  const [header, ...rows] = cases.map((line) => line.split(','))
  const [sequence, reader] = ['sequence', 'reader'].map((name) => header.indexOf(name))
  const kept = rows.filter((row) => row[sequence] === 'FST2WI' && row[reader] === '1')
  await writeFile(join(folder, 'study/first.csv'), [header, ...kept].map((row) => row.join(',')).join('\n'))
  await writeFile(join(folder, 'study/two.csv'), [header, ...kept.slice(0, 2)].map((row) => row.join(',')).join('\n'))
  await writeFile(join(folder, 'few.yaml'), 'imageType:\n  Original: {}\nfeatureClass:\n  shape: [MeshVolume]\n  glcm: [Imc1]\n')
})
const filesOf = async (name: string) => (await readdir(join(folder, name), { recursive: true })).sort()
const bytesOf = (path: string) => readFile(join(folder, path))

it('changes each region as often as is said, in lists that extract takes, and agree compares them', async () => {
  const { exitCode, stdout } = await run('perturb', '--cases', 'study/first.csv', '--output', 'changed', '--count', '2')
  expect(exitCode).toBe(0)
  expect(stdout).toContain('12 of 12 regions changed 2 times each, seed 1')
  expect((await filesOf('changed/masks')).length).toBe(24)
  for (const list of ['study/first.csv', 'changed/cases-1.csv', 'changed/cases-2.csv']) {
    const output = `${list.replace(/.*\//, '').replace('.csv', '')}-features.csv`
    expect(await run('extract', '--cases', list, '--params', 'few.yaml', '--output', output)).toMatchObject({ exitCode: 0 })
  }
  const volumes = async (name: string) => {
    const { data } = Papa.parse<Record<string, string>>(await readFile(join(folder, name), 'utf8'), { header: true, skipEmptyLines: true }) // prettier-ignore
    return data.map((row) => Number(row.original_shape_MeshVolume))
  }
  const [drawn, changed] = [await volumes('first-features.csv'), await volumes('cases-1-features.csv')]
  drawn.forEach((volume, i) => {
    expect(changed[i]).not.toBe(volume)
    expect(Math.abs(changed[i] / volume - 1)).toBeLessThan(0.6)
  })
  const agreed = await run('agree', '--first', 'first-features.csv', '--second', 'cases-1-features.csv', 'cases-2-features.csv', '--output', 'icc.csv') // prettier-ignore
  expect(agreed).toMatchObject({ exitCode: 0 })
  expect(agreed.stdout).toMatch(/of 2 features kept/)
}, 120_000)

it('makes the same masks with the same seed, others with another', async () => {
  for (const [output, seed] of [['again', '1'], ['other', '2']]) await run('perturb', '--cases', 'study/two.csv', '--output', output, '--seed', seed) // prettier-ignore
  const name = 'masks/0002-2.nii.gz'
  expect((await bytesOf(`again/${name}`)).equals(await bytesOf(`changed/${name}`))).toBe(true)
  expect((await bytesOf(`other/${name}`)).equals(await bytesOf(`changed/${name}`))).toBe(false)
}, 120_000)

it('goes on where a region is lost or a file is missing, and says which', async () => {
  await writeFile(join(folder, 'study/bad.csv'), `${(await readFile(join(folder, 'study/first.csv'), 'utf8')).split('\n').slice(0, 2).join('\n')}\n`.replace(/([^,]+\.nii\.gz)/, 'gone.nii.gz')) // prettier-ignore
  const { exitCode, stdout, stderr } = await run('perturb', '--cases', 'study/bad.csv', '--output', 'bad')
  expect(exitCode).toBe(1)
  expect(stderr).toContain('gone.nii.gz')
  expect(stdout).toContain('0 of 1 regions changed')
  expect(await run('perturb', '--cases', 'study/first.csv', '--output', 'changed')).toMatchObject({ exitCode: 2 })
  expect(await run('perturb', '--cases', 'study/first.csv', '--output', 'x', '--shift', '-1')).toMatchObject({ exitCode: 2 })
})
