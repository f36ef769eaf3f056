import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom, shuffle } from '../src/core/numeric/random.ts'
import { defaultNoiseStudy, simulateNoiseStudy } from '../src/core/simulate/simulateNoiseStudy.ts'
import { formatFeatures, formatTable } from '../src/io/tables/tableFile.ts'
import { runProgram } from './runProgram.ts'

let folder: string
const texel = async (cwd: string, ...args: string[]) => {
  const outcome = await runProgram(args, join(folder, cwd))
  expect(outcome.exitCode, outcome.stderr).toBe(0)
}

/** The same table twice: as it is, and with rows and columns (the IDs apart) in another order. */
async function writeBoth(name: string, lines: readonly string[][]): Promise<void> {
  const [head, ...rows] = lines
  const random = createRandom(7)
  const columns = [0, ...shuffle(head.map((_, j) => j).slice(1), random)]
  const other = [head, ...shuffle([...rows], random)].map((line) => columns.map((j) => line[j]))
  for (const [where, table] of [['given', lines], ['shuffled', other]] as const) await writeFile(join(folder, where, name), table.map((line) => `${line.join()}\n`).join('')) // prettier-ignore
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'texel-order-'))
  for (const where of ['given', 'shuffled']) await mkdir(join(folder, where))
  const study = simulateNoiseStudy({ ...defaultNoiseStudy, features: 12, batches: 2, training: { patients: 60, positives: 25 }, validation: { patients: 40, positives: 15 } }) // prettier-ignore
  const { ids } = study.features
  const split = (text: string) => text.trim().split('\n').map((line) => line.split(',')) // prettier-ignore
  await writeBoth('F.csv', split(formatFeatures(study.features)))
  await writeBoth('C.csv', split(formatTable(['id', 'cohort', 'scanner', 'outcome'], ids.map((id) => [id, study.cohortOf.get(id)!, study.batchOf.get(id)!, study.outcomeOf.get(id)!])))) // prettier-ignore
  await writeBoth('train.csv', [['id'], ...ids.filter((id) => study.cohortOf.get(id) === 'training').map((id) => [id])])
  const protocol = `
order: canonical
select: [{ method: elimination, trees: 20 }]
models: [{ method: logistic }, { method: forest, trees: 20 }]
evaluate: { bootstraps: 100 }
resample: { folds: 2 }
`
  for (const where of ['given', 'shuffled']) await writeFile(join(folder, where, 'P.yaml'), protocol)
})
afterAll(() => rm(folder, { recursive: true }))

test('in canonical order a shuffled table gives the same files', async () => {
  const train = ['train', '--features', 'F.csv', '--outcomes', 'C.csv', '--outcome', 'outcome', '--train', 'train.csv', '--model', 'forest', '--trees', '5'] // prettier-ignore
  await Promise.all(
    ['given', 'shuffled'].map(async (where) => {
      await texel(where, 'analyse', '--protocol', 'P.yaml', '--features', 'F.csv', '--clinical', 'C.csv', '--output', 'out', '--workers', '1') // prettier-ignore
      await texel(where, ...train, '--canonical-order', '--output', 'out/ordered.json')
      await texel(where, ...train, '--output', 'out/plain.json')
    }),
  )
  const read = (where: string, name: string) => readFile(join(folder, where, 'out', name), 'utf8')
  const names = (await readdir(join(folder, 'given/out'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name).slice(join(folder, 'given/out').length + 1)) // prettier-ignore
  // What was read and when stands in run.json, and in the report.
  const compared = names.filter((name) => name !== 'run.json' && name !== 'plain.json')
  expect(compared).toEqual(expect.arrayContaining(['scores.csv', 'evaluation.json', 'selection.json', 'models/RF.json', 'ordered.json'])) // prettier-ignore
  const ofAnyRun = (text: string) => text.replace(/[0-9a-f]{64}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '')
  const readPlain = async (where: string, name: string) =>
    name === 'report.html' ? ofAnyRun(await read(where, name)) : read(where, name)
  for (const name of compared) expect(await readPlain('shuffled', name), name).toBe(await readPlain('given', name))
  expect(await read('shuffled', 'plain.json')).not.toBe(await read('given', 'plain.json'))
})
