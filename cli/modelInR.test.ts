import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAnswers, readStudy } from '../reference/studies.ts'
import { pickColumns } from '../src/core/table/featureTable.ts'
import { readTable } from '../src/io/tables/madeTable.ts'
import { formatTable } from '../src/io/tables/tableFile.ts'
import { runProgram } from './runProgram.ts'

/* The R code of docs/models.md, run as it stands there. */

const runsR = spawnSync('Rscript', ['-e', 'library(jsonlite); library(digest)']).status === 0
const study = readStudy('ispy1')
const { features } = readAnswers<{ features: string[] }>('ispy1', 'models')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'texel-r-'))
  const { ids, columns, values } = pickColumns(study.table, features)
  writeFileSync(join(folder, 'F.csv'), formatTable(['id', ...columns], ids.map((id, i) => [id, ...columns.map((_, j) => values[j * ids.length + i])]))) // prettier-ignore
  writeFileSync(join(folder, 'C.csv'), formatTable(['id', 'Réponse'], ids.map((id, i) => [id, study.outcome[i] ? 'yes' : 'no']))) // prettier-ignore
  writeFileSync(join(folder, 'train.txt'), study.cohorts.training.join('\n'))
  const [, code] = /```r\n([\s\S]*?)```/.exec(readFileSync('docs/models.md', 'utf8'))!
  const run =
    'x <- read.csv("F.csv", check.names = FALSE, row.names = 1)\nwriteLines(sprintf("%.17g", score(read_model("m.json"), x)))\n'
  writeFileSync(join(folder, 'score.R'), `${code}\n${run}`)
})
afterAll(() => rmSync(folder, { recursive: true }))

const asked = ['--features', 'F.csv', '--outcome', 'Réponse', '--outcomes', 'C.csv', '--train', 'train.txt']

test.runIf(runsR).each([
  ['logistic', ['--standardise']],
  ['lasso', []],
  ['svm', []],
  ['svm', ['--kernel', 'linear', '--balance']],
  ['forest', ['--trees', '60']],
])('%s %j: R gives the scores of predict (only where Rscript has jsonlite and digest)', async (model, more) => {
  const trained = await runProgram(['train', ...asked, '--model', model, ...more, '--output', 'm.json'], folder)
  expect(trained.exitCode, trained.stderr).toBe(0)
  await runProgram(['predict', '--model', 'm.json', '--features', 'F.csv', '--output', 'S.csv'], folder)
  const ours = readTable(readFileSync(join(folder, 'S.csv'), 'utf8'), 'S.csv').cells.map(([score]) => Number(score))
  const { stdout, stderr } = spawnSync('Rscript', ['score.R'], { cwd: folder, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }) // prettier-ignore
  const theirs = stdout.trim().split('\n').map(Number)
  expect(theirs.length, stderr).toBe(161)
  theirs.forEach((score, i) => expect(Math.abs(score - ours[i])).toBeLessThan(1e-12))
})
