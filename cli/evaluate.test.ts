import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectEqual, readEndToEnd } from '../reference/evaluation.ts'
import { runProgram } from './runProgram.ts'
import { interruptProgram } from './testProgram.ts'

let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'texel-evaluate-'))))
afterAll(() => rmSync(folder, { recursive: true }))

const reference = readEndToEnd('ispy1')

function scoresCsv(): string {
  const { train_label, valid_label, models } = reference.scores
  const rows = ([[train_label, 'one', 0], [valid_label, 'two', 1]] as const).flatMap(([labels, cohort, at]) =>
    labels.map((label, i) => [`${cohort}${i}`, label ? 'yes' : 'no', cohort, models.lr[at][i], models.svm[at][i]].join(',')),
  ) // prettier-ignore
  return ['id,response,cohort,lr,svm', ...rows].join('\n')
}

async function run(csv: string, ...args: string[]) {
  writeFileSync(join(folder, 's.csv'), csv)
  return runProgram(['evaluate', '--scores', 's.csv', '--outcome', 'response', '--output', 'e.json', ...args], folder)
}

const written = () => JSON.parse(readFileSync(join(folder, 'e.json'), 'utf8'))

test('two cohorts, one model of probabilities: the answers of pROC, the cut-off carried', async () => {
  const { exitCode, stdout } = await run(
    scoresCsv(),
    '--train-cohort',
    'one',
    '--probabilities',
    'lr',
    '--seed',
    '7',
    '--prevalence',
    '0.3',
  )
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^one \(training\): 101 patients, 58 positive\n {2}lr: AUC 0\.698 \(0\.597 to 0\.800, DeLong\)/)
  const evaluation = written()
  expect(evaluation.options).toMatchObject({ seed: 7, prevalence: 0.3 })
  const [one, two] = evaluation.cohorts
  expectEqual(two.models[0].auc.auc, reference.evaluation.lr.valid.auc)
  expectEqual(two.models[0].cutoffs[0].cutoff.threshold, reference.evaluation.lr.train.youden.threshold)
  expectEqual(two.models[0].cutoffs[1].cutoff.threshold, reference.evaluation.lr.valid.youden.threshold)
  expect([one.models[0].roc.thresholds[0], one.models[0].roc.thresholds.at(-1)]).toEqual(['-Infinity', 'Infinity'])
  expect(one.models[0].calibration).toMatchObject({ patients: 101 })
  expect(two.models[1]).toMatchObject({
    calibration: null,
    noProbability: expect.stringMatching(/not declared to be probabilities/),
  })
})

test('decision values are recalibrated on the train cohort on request', async () => {
  const { exitCode } = await run(scoresCsv(), '--train-cohort', 'one', '--recalibrate', 'svm')
  expect(exitCode).toBe(0)
  const [, svm] = written().cohorts[1].models
  expect(svm.recalibration.learntFrom.length).toBe(101)
  expect(svm.decisionCurve.prevalence).toBeCloseTo(34 / 60, 12)
})

test('cut-offs by several rules, and NRI and IDI, on request', async () => {
  const more = ['--cutoffs', 'youden', 'sensitivity=0.9', 'cost=4', '--reclassification', '0.3,0.6', '--confidence', '0.9', '--bootstraps', '200'] // prettier-ignore
  const { exitCode } = await run(scoresCsv(), '--train-cohort', 'one', '--probabilities', 'lr', '--recalibrate', 'svm', ...more)
  expect(exitCode).toBe(0)
  const { options, cohorts } = written()
  expect(options).toMatchObject({ level: 0.9, resamples: 200, reclassification: { borders: [0.3, 0.6] } })
  expect(options.rules).toEqual([{ kind: 'youden' }, { kind: 'sensitivity', atLeast: 0.9 }, { kind: 'cost', costOfMiss: 4, prevalence: 58 / 101 }]) // prettier-ignore
  expect(cohorts[1].models[0].cutoffs.map(({ source }: { source: string }) => source)).toEqual(['carried', 'carried', 'carried', 're-chosen', 're-chosen', 're-chosen']) // prettier-ignore
  expect(cohorts[1].reclassification[0].models).toEqual(['lr', 'svm'])
  expect(cohorts[1].reclassification[0]).not.toHaveProperty('p')
})

test('interrupted, it ends with 130 and leaves no file', async () => {
  writeFileSync(join(folder, 's.csv'), scoresCsv())
  const args = ['evaluate', '--scores', 's.csv', '--outcome', 'response', '--output', 'never.json', '--probabilities', 'lr', '--bootstraps', '100000'] // prettier-ignore
  const ended = await interruptProgram(args, folder)
  expect(ended).toEqual({ exitCode: 130, signal: null })
  expect(readdirSync(folder).filter((name) => name.startsWith('never'))).toEqual([])
})

test('the same file gives the same bytes', async () => {
  await run(scoresCsv())
  const first = readFileSync(join(folder, 'e.json'), 'utf8')
  await run(scoresCsv())
  expect(readFileSync(join(folder, 'e.json'), 'utf8')).toBe(first)
})

test('a cohort of one class is told and the others are evaluated: exit code 1', async () => {
  const { exitCode, stdout } = await run('id,response,cohort,m\na,0,x,1\nb,1,x,2\nc,1,x,1.5\nd,1,y,2\ne,1,y,3\n')
  expect(exitCode).toBe(1)
  expect(stdout).toContain('x (validation): 3 patients, 2 positive\n  warning: Only 2 positive patients')
  expect(stdout).toContain('m: AUC 1.000 (')
  expect(stdout).toContain('not evaluated: The cohort y has 2 positive and 0 negative patients')
  expect(written().cohorts[1].models).toEqual([])
})

test('category-free may be written as the help words it, or left out', async () => {
  const asked = ['--probabilities', 'lr', '--recalibrate', 'svm', '--train-cohort', 'one', '--reclassification']
  const named = await run(scoresCsv(), ...asked, 'category-free')
  expect(named.exitCode, named.stderr).toBe(0)
  const withTheWord = written()
  await run(scoresCsv(), ...asked)
  expect(written()).toEqual(withTheWord)
})

test.each<[string, string, string[], number, RegExp]>([
  ['an unknown cohort', scoresCsv(), ['--train-cohort', 'three'], 2, /has no cohort three; its column cohort has one, two/],
  [
    'an unknown model',
    scoresCsv(),
    ['--probabilities', 'lr,svn'],
    2,
    /names svn, which is no column of scores; did you mean svm\?/,
  ],
  ['recalibration without training', scoresCsv(), ['--recalibrate', 'svm'], 2, /name it with --train-cohort/],
  ['a rule that is none', scoresCsv(), ['--cutoffs', 'sensitivity=90'], 2, /"sensitivity=90" was given/],
  ['a cost without prevalence', scoresCsv(), ['--cutoffs', 'cost=4'], 2, /needs the share of positives/],
  ['borders that are none', scoresCsv(), ['--reclassification', '10,20'], 2, /borders between 0 and 1/],
  ['a prevalence that is none', scoresCsv(), ['--prevalence', '30'], 2, /A number between 0 and 1 was expected/],
  [
    'a folder that is not there',
    scoresCsv(),
    ['--output', 'none/e.json'],
    2,
    /\nnone\/e\.json cannot be written: ENOENT[^\n]*\n$/,
  ],
  ['a seed that is none', scoresCsv(), ['--seed', 'x'], 2, /A number was expected/],
  [
    'decision values as probabilities',
    scoresCsv(),
    ['--probabilities', 'svm'],
    1,
    /lie between 0 and 1; that of patient 2 is -0\.8/,
  ],
  ['a missing score', 'id,response,m\na,0,1\nb,1,\nc,1,2\n', [], 1, /1 of 3 scores of the model m are missing or infinite \(b\)/],
  ['a decimal comma', 'id;response;m\na;0;0,5\nb;1;0,7\n', [], 1, /decimal comma/],
  ['a missing outcome', 'id,response,m\na,0,1\nb,,2\nc,1,2\n', [], 1, /1 patients have no outcome \(b\)/],
  ['words for classes', 'id,response,m\na,pCR,1\nb,RD,2\n', [], 1, /which of RD and pCR is the positive class/],
  ['one class only', 'id,response,m\na,1,1\nb,1,2\n', [], 1, /there is only 1/],
])('%s is refused', async (_, csv, args, code, message) => {
  const { exitCode, stderr } = await run(csv, ...args)
  expect(stderr).toMatch(message)
  expect(exitCode).toBe(code)
})

test('tables for figures and papers on request, with thresholds of one’s own', async () => {
  const args = ['--train-cohort', 'one', '--probabilities', 'lr', '--bootstraps', '50', '--tables', 'tables']
  const { exitCode, stderr } = await run(scoresCsv(), ...args, '--thresholds', '0.1:0.3:0.1', '--intervals', 'bootstrap')
  expect(exitCode, stderr).toBe(0)
  const names = readdirSync(join(folder, 'tables'))
  expect(names).toEqual(expect.arrayContaining(['roc.csv', 'thresholds.csv', 'cutoffs.csv', 'delong.csv', 'calibration.csv', 'table2.csv'])) // prettier-ignore
  const lines = (name: string) => readFileSync(join(folder, 'tables', name), 'utf8').trim().split('\n') // prettier-ignore
  expect(lines('dca.csv').map((line) => line.split(',').slice(0, 4).join())).toEqual(['cohort,model,scores,threshold', ...['one,lr,as given', 'two,lr,new patients'].flatMap((start) => [0.1, 0.2, 0.3].map((threshold) => `${start},${threshold}`))]) // prettier-ignore
  expect(lines('table2.csv')[1]).toContain('ACC: Clopper-Pearson; the others: stratified bootstrap')
  const wrong = await run(scoresCsv(), '--thresholds', '0.3:0.1:0.1')
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('from the lower to the higher')])
})

test('rows of a patient are taken together where the column of the patient is named; IDs that look like lesions are told', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => [
    `P${i >> 1}_${'ab'[i % 2]}`,
    `P${i >> 1}`,
    (i >> 1) % 2,
    ((i * 13) % 37) / 40 + 0.2 * ((i >> 1) % 2),
  ])
  const csv = (columns: readonly number[]) =>
    [['id', 'patient', 'y', 'm'], ...rows].map((row) => columns.map((at) => row[at]).join(',')).join('\n')
  const args = ['evaluate', '--scores', 's.csv', '--outcome', 'y', '--output', 'e.json', '--bootstraps', '50']
  writeFileSync(join(folder, 's.csv'), csv([0, 2, 3]))
  const alone = await runProgram(args, folder)
  expect(alone.stderr).toContain('WARNING: IDs look like several rows of one patient: P0_a, P0_b; P1_a, P1_b;')
  const rowwise = written().cohorts[0]
  writeFileSync(join(folder, 's.csv'), csv([0, 1, 2, 3]))
  const together = await runProgram([...args, '--patient', 'patient'], folder)
  expect([together.exitCode, together.stderr]).toEqual([0, expect.not.stringContaining('WARNING')])
  const [cohort] = written().cohorts
  expect([cohort.patients, cohort.rows, rowwise.patients]).toEqual([20, 40, 40])
  expect(cohort.models[0].auc.auc).toBe(rowwise.models[0].auc.auc)
  expect(cohort.models[0].auc.variance).not.toBe(rowwise.models[0].auc.variance)
})
