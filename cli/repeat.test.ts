import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultNoiseStudy, simulateNoiseStudy } from '../src/core/simulate/simulateNoiseStudy.ts'
import { formatFeatures, formatTable } from '../src/io/tables/tableFile.ts'
import { runProgram } from './runProgram.ts'

let folder: string
const read = (name: string) => readFile(join(folder, 'out', name), 'utf8')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'texel-repeat-'))
  const study = simulateNoiseStudy({ ...defaultNoiseStudy, features: 4, batches: 1, training: { patients: 60, positives: 25 }, validation: { patients: 40, positives: 15 } }) // prettier-ignore
  const { ids } = study.features
  await writeFile(join(folder, 'F.csv'), formatFeatures(study.features))
  await writeFile(join(folder, 'C.csv'), formatTable(['id', 'cohort', 'outcome'], ids.map((id) => [id, study.cohortOf.get(id)!, study.outcomeOf.get(id)!]))) // prettier-ignore
  // Few trees leave some training patients without an out-of-bag score.
  await writeFile(join(folder, 'P.yaml'), 'harmonise: { method: none }\nselect: []\nmodels: [{ method: logistic, name: 模型 }, { method: forest, trees: 6 }]\nevaluate: { bootstraps: 100, reclassification: { borders: [0.3, 0.5] }, thresholds: { from: 0.1, to: 0.9, step: 0.1 } }\nresample: { folds: 2 }\n') // prettier-ignore
  const run = await runProgram(['analyse', '--protocol', 'P.yaml', '--features', 'F.csv', '--clinical', 'C.csv', '--output', 'out', '--workers', '1'], folder) // prettier-ignore
  expect(run.exitCode, run.stderr).toBe(0)
  const lesions = await analyseLesions()
  expect(lesions.exitCode, lesions.stderr).toBe(0)
})
afterAll(() => rm(folder, { recursive: true }))

/** The columns of each table that the script opens. */
async function tablesRead(script: string): Promise<Map<string, string[]>> {
  const names = [...new Set([...script.matchAll(/"(\w+\.csv)"/g)].map(([, name]) => name))]
  return new Map(await Promise.all(names.map(async (name) => [name, (await read(name)).split('\n')[0].split(',')] as const)))
}

test('repeat.R opens tables that analyse writes, and asks them for columns that they have', async () => {
  const script = await read('repeat.R')
  const tables = await tablesRead(script)
  expect([...tables.keys()].sort()).toEqual(['auc.csv', 'calibration.csv', 'calibration_curve.csv', 'cutoffs.csv', 'dca.csv', 'dca_differences.csv', 'delong.csv', 'reclassification.csv', 'roc.csv', 'scores.csv', 'scores_apparent.csv', 'scores_out_of_fold.csv', 'thresholds.csv']) // prettier-ignore
  // The patient is asked for where some have several rows, see below.
  const columns = new Set([...[...tables.values()].flat(), 'patient'])
  const asked = [...script.matchAll(/\b(?:row|rows|at|delong|table)\$(\w+)/g)].map(([, name]) => name)
  expect(asked.length).toBeGreaterThan(60)
  expect(asked.filter((name) => !columns.has(name))).toEqual([])
})

test('scores name the patient of each row where some have several', async () => {
  const [header, first] = (await readFile(join(folder, 'lesions/scores.csv'), 'utf8')).split('\n')
  expect(header.split(',').slice(0, 4)).toEqual(['id', 'patient', 'cohort', 'outcome'])
  expect(first).toMatch(/^(\w+),patient of \1,/)
})

/** Every second patient has a second row that is much like the first; the prevalence is set by hand. */
async function analyseLesions() {
  const study = simulateNoiseStudy({ ...defaultNoiseStudy, features: 4, batches: 1, training: { patients: 60, positives: 25 }, validation: { patients: 40, positives: 15 } }) // prettier-ignore
  const { ids, columns, values } = study.features
  const rows = ids.flatMap((id, i) => (i % 2 === 0 ? [{ id, i, more: 0 }, { id: `${id}_b`, i, more: 0.1 }] : [{ id, i, more: 0 }])) // prettier-ignore
  await writeFile(join(folder, 'FL.csv'), formatTable(['id', ...columns], rows.map(({ id, i, more }) => [id, ...columns.map((_, j) => values[j * ids.length + i] + more * Math.sin(i + j))]))) // prettier-ignore
  await writeFile(join(folder, 'CL.csv'), formatTable(['id', 'who', 'cohort', 'outcome'], rows.map(({ id, i }) => [id, `patient of ${ids[i]}`, study.cohortOf.get(ids[i])!, study.outcomeOf.get(ids[i])!]))) // prettier-ignore
  await writeFile(join(folder, 'PL.yaml'), 'harmonise: { method: none }\npatient: who\nselect: []\nmodels: [{ method: logistic }, { method: forest, trees: 20 }]\nevaluate: { bootstraps: 300, prevalence: 0.2, reclassification: {}, thresholds: { from: 0.1, to: 0.9, step: 0.1 } }\nresample: { repeats: 0 }\n') // prettier-ignore
  return runProgram(['analyse', '--protocol', 'PL.yaml', '--features', 'FL.csv', '--clinical', 'CL.csv', '--output', 'lesions', '--workers', '1'], folder) // prettier-ignore
}

const runsR = spawnSync('Rscript', ['-e', 'library(pROC)']).status === 0

const repeatInR = (run: string, ...more: string[]) => spawnSync('Rscript', [join(folder, run, 'repeat.R'), ...more], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }) // prettier-ignore

/** Rewrites the cell of a column in the first row that is like it. */
async function spoil(name: string, start: RegExp, column: string, change: (value: number) => number) {
  const [head, ...rows] = (await read(`../${name}`)).trim().split('\n')
  const at = head.split(',').indexOf(column)
  const spoilt = rows.findIndex((row) => start.test(row))
  const lines = rows.map((row, i) => (i === spoilt ? row.split(',').map((cell, k) => (k === at ? String(change(Number(cell))) : cell)).join() : row)) // prettier-ignore
  await writeFile(join(folder, name), `${[head, ...lines].join('\n')}\n`)
}

const drawn = ['bootstrap of the AUC', 'bootstrap at cut-offs', 'bootstrap at a prevalence set by hand', 'bootstrap of net benefit', 'bootstrap of differences of net benefit', 'bootstrap of NRI and IDI'] // prettier-ignore
const inErrors = (what: string) => `${what}, in Monte-Carlo errors`

test.runIf(runsR)(
  'R repeats intervals that count patients, what is set by hand, and bootstrap intervals by its own draws, which it writes beside',
  async () => {
    const good = repeatInR('lesions', join(folder, 'beside.csv'))
    expect(good.status, good.stdout + good.stderr).toBe(0)
    expect(good.stdout).not.toMatch(/Not repeated:.*(net benefit|reclassification|prevalence)/)
    const repeated = ['interval of the AUC (Obuchowski)', "Obuchowski's paired test: AUCs, statistic, P", "Obuchowski's unpaired test: degrees of freedom", 'decision curves: net benefit', 'NRI and IDI'] // prettier-ignore
    for (const what of [...repeated, ...drawn.map(inErrors)]) expect(good.stdout).toContain(what)
    const beside = await read('../beside.csv')
    expect(beside.split('\n')[0]).toBe('"what","cohort","model","model_1","model_2","cutoff_source","rule","measure","threshold","lower","upper","lower_in_r","upper_in_r"') // prettier-ignore
    for (const what of drawn) expect(beside).toContain(`\n"${what}","validation",`)
  },
)

test.runIf(runsR)('R finds each kind of interval and each point that was changed', async () => {
  for (const [name, start, column, away] of [
    ['auc.csv', /^validation,LR,.*Obuchowski/, 'lower', 0.2],
    ['auc.csv', /^validation,RF,.*bootstrap/, 'lower', -0.2],
    ['cutoffs.csv', /^validation,RF,.*,f1,/, 'estimate', 1e-6],
    ['cutoffs.csv', /^validation,RF,.*,ppv_at_prevalence,/, 'upper', 0.2],
    ['dca.csv', /^validation,LR,new patients,0.2,/, 'lower', 0.3],
    ['dca.csv', /^validation,LR,new patients,0.3,/, 'net_benefit', 1e-6],
    ['dca_differences.csv', /^validation,LR,RF,0.2,/, 'upper', 0.3],
    ['reclassification.csv', /^validation,LR,RF,category-free,idi,/, 'upper', 0.3],
    ['reclassification.csv', /^validation,LR,RF,category-free,nri,/, 'estimate', 1e-6],
  ] as const)
    await spoil(`lesions/${name}`, start, column, (value) => value + away)
  const wrong = repeatInR('lesions')
  expect(wrong.status).toBe(1)
  const differs = wrong.stdout.split('\n').filter((line) => line.endsWith('DIFFERS'))
  for (const what of [
    'interval of the AUC (Obuchowski)',
    'measures at cut-offs',
    'decision curves: net benefit',
    'NRI and IDI',
    ...drawn.filter((name) => name !== 'bootstrap at cut-offs').map(inErrors),
  ])
    // prettier-ignore
    expect(differs.some((line) => line.startsWith(`${what} `)), what + wrong.stdout).toBe(true)
})

test.runIf(runsR)('R repeats every table (only where Rscript has pROC)', async () => {
  const repeat = () => repeatInR('out')
  const good = repeat()
  expect(good.status, good.stdout + good.stderr).toBe(0)
  expect(good.stdout).not.toContain('DIFFERS')
  for (const what of [
    'AUC',
    "DeLong's paired test: P",
    'measures at cut-offs',
    'calibration by glm',
    'decision curves: net benefit',
    'NRI and IDI',
  ])
    expect(good.stdout).toContain(what)
})
