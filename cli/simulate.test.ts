import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { runProgram } from './runProgram.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'texel-simulate-'))
  const { exitCode, stderr } = await runProgram(
    ['simulate', '--output', 'one', '--patients', '2,1', '--dicom', '--workers', '1'],
    folder,
  )
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '3 simulated patients in one: see README.txt there.\n' })
})

const pathsIn = async (name: string) =>
  (await readdir(join(folder, name), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, name).length + 1))
    .sort()
const textOf = (path: string) => readFile(join(folder, path), 'utf8')

it('makes the same files whatever the number of workers', async () => {
  await runProgram(['simulate', '--output', 'two', '--patients', '2,1', '--dicom', '--workers', '2'], folder)
  const paths = await pathsIn('one')
  expect(await pathsIn('two')).toEqual(paths)
  for (const path of paths)
    expect((await readFile(join(folder, 'two', path))).equals(await readFile(join(folder, 'one', path))), path).toBe(true)
})

it('writes a list of cases that extract takes as it is', async () => {
  await writeFile(join(folder, 'few.yaml'), 'imageType:\n  Original: {}\nfeatureClass:\n  shape: [MeshVolume]\n')
  const { exitCode } = await runProgram(
    ['extract', '--cases', 'one/cases.csv', '--params', 'few.yaml', '--output', 'features.csv', '--workers', '1'],
    folder,
  )
  expect(exitCode).toBe(0)
  const rows = (await textOf('features.csv')).trimEnd().split('\n')
  // Three patients, and the two of the centre that trains once more by the second reader.
  expect(rows.length).toBe(1 + 3 * 3 + 2 * 3)
  expect(rows[0]).toContain('original_shape_MeshVolume')
})

it('gives the clinical table with what is awkward, and the truth with what must be asked', async () => {
  const truth = JSON.parse(await textOf('one/truth.json')) as {
    simulated: boolean
    patients: { id: string; awkward: string[]; expected: { decisions: { code: string; given?: string }[] } }[]
  }
  expect(truth.simulated).toBe(true)
  const clinical = (await textOf('one/clinical.csv')).trimEnd().split('\n')
  const rowsOf = (id: string) => clinical.filter((row) => row.startsWith(`${id},`))
  const asking = (code: string) =>
    truth.patients.flatMap(({ id, expected }) =>
      expected.decisions.filter((one) => one.code === code).map((one) => ({ ...one, id })),
    )
  const [twice] = asking('duplicatedId')
  expect(rowsOf(twice.id).length).toBe(2)
  expect(new Set(rowsOf(twice.id)).size).toBe(2)
  const [inMm] = asking('sizeInMm')
  expect(rowsOf(inMm.id)[0].split(',')[5]).toBe(inMm.given)
  const table = (await textOf('one/truth.csv')).trimEnd().split('\n')
  expect(table.length).toBe(4)
})

it('refuses a folder that is not empty, and layouts of files that are not asked for', async () => {
  const again = await runProgram(['simulate', '--output', 'one'], folder)
  expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('one is not empty') })
  const without = await runProgram(['simulate', '--output', 'three', '--phases', 'one'], folder)
  expect(without).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--dicom') })
})
