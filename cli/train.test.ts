import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as ort from 'onnxruntime-web'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAnswers, readStudy } from '../reference/studies.ts'
import { pickColumns } from '../src/core/table/featureTable.ts'
import { formatTable, readFeatureTable } from '../src/io/tables/tableFile.ts'
import { runProgram } from './runProgram.ts'
import { interruptProgram } from './testProgram.ts'
import { readTable } from '../src/io/tables/madeTable.ts'

interface Answers {
  features: string[]
  glm: { valid: number[] }
  svm_linear_C1: { valid: number[] }
}
ort.env.wasm.numThreads = 1
const study = readStudy('ispy1')
const answers = readAnswers<Answers>('ispy1', 'models')

let folder: string
const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const texel = (...args: string[]) => runProgram(args, folder)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-train-'))
  const { ids, columns, values } = pickColumns(study.table, answers.features)
  const row = (i: number) => columns.map((_, j) => values[j * ids.length + i])
  write('F.csv', formatTable(['id', ...columns], ids.map((id, i) => [id, ...row(i)]))) // prettier-ignore
  write('C.csv', formatTable(['id', 'response'], ids.map((id, i) => [id, study.outcome[i] ? 'yes' : 'no']))) // prettier-ignore
  write('train.txt', study.cohorts.training.join('\n'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const asked = ['--features', 'F.csv', '--outcome', 'response', '--outcomes', 'C.csv', '--train', 'train.txt']

/** Scores of the validation patients. */
function validScores(file: string, column: string): number[] {
  const scores = readFeatureTable(readTable(read(file), file))
  expect(scores.columns).toEqual([column])
  return study.cohorts.validation.map((id) => scores.values[scores.ids.indexOf(id)])
}

test('a logistic regression is trained, written, read and predicts as glm', async () => {
  const trained = await texel('train', ...asked, '--model', 'logistic', '--selected', '--output', 'lr.json')
  expect(trained.stderr).toContain('learnt from 101 patients and 6 features; its scores are probabilities')
  expect(trained.stderr).toContain('not corrected for selection')
  expect(trained.exitCode).toBe(0)
  const predicted = await texel('predict', '--model', 'lr.json', '--features', 'F.csv', '--output', 'S.csv')
  expect(predicted.stderr).toContain('161 patients scored by LR: probabilities of response = yes')
  validScores('S.csv', 'LR').forEach((p, i) => expect(Math.abs(p - answers.glm.valid[i])).toBeLessThan(1e-6))
})

test.each([
  ['svm', ['--kernel', 'linear', '--name', 'machine'], 'machine'],
  ['lasso', ['--lambda', 'one-se'], 'LASSO'],
  ['logistic', ['--penalty', 'firth'], 'LR'],
  ['forest', ['--trees', '50', '--tune'], 'RF'],
  ['forest', ['--trees', '5', '--engine', 'ml-random-forest'], 'RF'],
])('%s is trained twice to the same bytes, and predicts', async (model, more, name) => {
  const outcome = await texel('train', ...asked, '--model', model, ...more, '--output', 'm.json')
  expect(outcome.exitCode, outcome.stderr).toBe(0)
  const first = read('m.json')
  await texel('train', ...asked, '--model', model, ...more, '--output', 'm.json')
  expect(read('m.json')).toBe(first)
  expect((await texel('predict', '--model', 'm.json', '--features', 'F.csv', '--output', 'S.csv')).exitCode).toBe(0)
  expect(validScores('S.csv', name).every((p) => p >= 0 && p <= 1)).toBe(true)
})

test('who was not harmonised stays marked in the scores, and every prediction says what it is for', async () => {
  const [patient, other] = study.cohorts.validation
  const mark = (id: string) => (id === patient ? 'not harmonised' : id === 'id' ? 'diagnostics_combat' : 'harmonised')
  const lines = read('F.csv').trim().split('\n').map((line) => [...line.split(','), mark(line.split(',')[0])].join()) // prettier-ignore
  write('H.csv', `${lines.join('\n')}\n`)
  await texel('train', ...asked, '--model', 'logistic', '--keep-ids', '--output', 'lr.json')
  const predicted = await texel('predict', '--model', 'lr.json', '--features', 'H.csv', '--output', 'H-scores.csv')
  expect(predicted.stderr).toContain(`NOT HARMONISED (column diagnostics_combat): ${patient}.`)
  const { columns, ids, cells } = readTable(read('H-scores.csv'), 'H-scores.csv')
  expect(columns).toEqual(['diagnostics_combat', 'diagnostics_learnt_from', 'LR'])
  expect([patient, other].map((id) => cells[ids.indexOf(id)][0])).toEqual(['not harmonised', 'harmonised'])
  const plain = await texel('predict', '--model', 'lr.json', '--features', 'F.csv', '--output', 'S.csv')
  expect(plain.stderr).not.toContain('NOT HARMONISED')
  for (const { stderr } of [predicted, plain]) expect(stderr).toMatch(/\nResearch use\. Not a medical device\.\n$/)
})

test('--onnx writes the model for other programs, with the hash of the file it belongs to', async () => {
  const trained = await texel('train', ...asked, '--model', 'forest', '--trees', '20', '--output', 'rf.json', '--onnx', 'rf.onnx')
  expect([trained.exitCode, trained.stderr]).toEqual([0, expect.stringContaining('forest, learnt from')])
  const bytes = readFileSync(join(folder, 'rf.onnx'))
  expect(bytes.includes(createHash('sha256').update(read('rf.json')).digest('hex'))).toBe(true)
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] })
  const row = study.table.ids.indexOf(study.cohorts.validation[0])
  const { columns, values, ids } = pickColumns(study.table, answers.features)
  const patient = Float64Array.from(columns, (_, j) => values[j * ids.length + row])
  const { probability } = await session.run({ features: new ort.Tensor('float64', patient, [1, columns.length]) })
  await texel('predict', '--model', 'rf.json', '--features', 'F.csv', '--output', 'S.csv')
  expect(Math.abs(Number(probability.data[1]) - validScores('S.csv', 'RF')[0])).toBeLessThan(1e-6)
})

test('missing values are refused, or dealt with as asked: as if the patient were not there, or had the median', async () => {
  const lines = read('F.csv').trim().split('\n')
  const [patient] = study.cohorts.training
  const second = (value: string | null) =>
    lines.flatMap((line) => {
      if (!line.startsWith(`${patient},`)) return [line]
      const cells = line.split(',')
      return value === null ? [] : [[cells[0], value, ...cells.slice(2)].join()]
    })
  const columnOf = (ids: readonly string[]) => ids.map((id) => Number(lines.find((line) => line.startsWith(`${id},`))!.split(',')[1])).sort((x, y) => x - y) // prettier-ignore
  const others = study.cohorts.training.slice(1)
  const train = async (table: string[], list: readonly string[], ...more: string[]) => {
    write('G.csv', `${table.join('\n')}\n`)
    write('list.txt', list.join('\n'))
    const asked = ['--features', 'G.csv', '--outcome', 'response', '--outcomes', 'C.csv', '--train', 'list.txt', '--model', 'logistic'] // prettier-ignore
    const { exitCode, stderr } = await texel('train', ...asked, '--output', 'g.json', ...more)
    return { exitCode, stderr, model: exitCode === 0 ? read('g.json') : '' }
  }
  const name = lines[0].split(',')[1]
  const gaps = [second(''), study.cohorts.training] as const
  const refused = await train(...gaps)
  expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining(`${name} of ${patient} is missing`)])
  const without = await train(...gaps, '--missing', 'complete-cases')
  expect(without.stderr).toContain(`Missing: ${name} (1 of 101); 1 of the training patients is left out: ${patient}.`)
  expect(without.model).toBe((await train(second(''), others)).model)
  const filled = await train(...gaps, '--missing', 'median')
  expect(filled.stderr).toContain(`Missing: ${name} (1 of 101); the median of the training patients stands in.`)
  const values = columnOf(others)
  const byHand = await train(second(String((values[49] + values[50]) / 2)), study.cohorts.training)
  const learnt = ({ model }: { model: string }) => (JSON.parse(model) as { model: unknown }).model
  expect(learnt(filled)).toEqual(learnt(byHand))
  // A new patient is completed in the same way.
  await train(...gaps, '--missing', 'median')
  write('G.csv', `${second('').join('\n')}\n`)
  const completed = await texel('predict', '--model', 'g.json', '--features', 'G.csv', '--output', 'S.csv')
  expect(completed.stderr).toContain(`Missing: ${name} (1 of 161); the median of the training patients stands in.`)
  await texel('predict', '--model', 'g.json', '--features', 'F.csv', '--output', 'T.csv')
  const others161 = (file: string) => read(file).split('\n').filter((line) => !line.startsWith(`${patient},`)) // prettier-ignore
  expect(others161('S.csv')).toEqual(others161('T.csv'))
  expect(
    readTable(read('S.csv'), 'S.csv')
      .cells.flat()
      .every((cell) => cell !== ''),
  ).toBe(true)
})

test('Ctrl+C stops training at once, and leaves no file', async () => {
  const args = ['train', ...asked, '--model', 'forest', '--trees', '1000000', '--output', 'never.json']
  expect(await interruptProgram(args, folder, 1500)).toEqual({ exitCode: null, signal: 'SIGINT' })
  expect(readdirSync(folder).filter((name) => name.startsWith('never'))).toEqual([])
})

test('wrong use and wrong data', async () => {
  const tuned = await texel('train', ...asked, '--model', 'logistic', '--tune', '--output', 'm.json')
  expect([tuned.exitCode, tuned.stderr]).toEqual([2, expect.stringContaining('--tune is for forest and svm')])
  const engine = await texel('train', ...asked, '--model', 'forest', '--engine', 'ml-random-forest', '--balance', '--output', 'm.json') // prettier-ignore
  expect([engine.exitCode, engine.stderr]).toEqual([2, expect.stringContaining('knows neither --tune nor --balance')])
  const column = await texel('train', ...asked, '--model', 'logistic', '--columns', 'nothing', '--output', 'm.json')
  expect([column.exitCode, column.stderr]).toEqual([1, expect.stringContaining('no column nothing')])
  write('stranger.txt', 'P-0\n')
  const stranger = await texel('train', ...asked.slice(0, -1), 'stranger.txt', '--model', 'svm', '--output', 'm.json')
  expect([stranger.exitCode, stranger.stderr]).toEqual([1, expect.stringContaining('1 training patients have no response: P-0')])
  write('broken.json', '{"format": "texel model", "version": 1, "name": "x"}')
  const broken = await texel('predict', '--model', 'broken.json', '--features', 'F.csv', '--output', 'S.csv')
  expect([broken.exitCode, broken.stderr]).toEqual([1, expect.stringContaining('outcome')])
})
