import { beforeAll, expect, test } from 'vitest'
import { defaultEvaluationOptions } from '../../core/evaluate/evaluateModel.ts'
import { evaluateScores, type Evaluation } from '../../core/evaluate/evaluateScores.ts'
import { createRandom } from '../../core/numeric/random.ts'
import { makeFeatureTable } from '../../core/table/featureTable.ts'
import { takeTraining } from '../../core/table/trainingTable.ts'
import { evaluationTables } from './evaluationTables.ts'
import { isMessage } from '../../core/messages/message.ts'
import { formatTables, type Cell, type NamedTable } from './namedTable.ts'
import { say } from '../../messages/say.ts'

const thresholds = [0.1, 0.3, 0.5]
const options = { ...defaultEvaluationOptions, aucResamples: 50, resamples: 50, thresholds, reclassification: { borders: [] } }

/** Two models of which b knows more. */
function cohortOf(prefix: string, patients: number) {
  const random = createRandom(patients)
  const ids = Array.from({ length: patients }, (_, i) => `${prefix}${i}`)
  const outcome = ids.map((_, i) => (i % 3 === 0 ? 1 : 0))
  const model = (signal: number) => outcome.map((y) => (random.uniform() + signal * y) / (1 + signal))
  return { outcome, table: makeFeatureTable(ids, ['a', 'b'], Float64Array.from([...model(0.2), ...model(0.5)])) }
}

function evaluate(patientOf?: ReadonlyMap<string, string>): Promise<Evaluation> {
  const [train, valid] = [cohortOf('t', 30), cohortOf('v', 24)]
  const models = ['a', 'b'].map((name) => ({ name, kind: 'probability', logistic: false }) as const)
  const training = [{ name: 'training', scoresFrom: {}, table: takeTraining(train.table, train.outcome, { training: train.table.ids, validation: [] }) }] // prettier-ignore
  const validation = [{ name: 'validation', scores: valid.table, outcome: valid.outcome }]
  return evaluateScores({ models, training, validation, ...(patientOf && { patientOf }) }, options)
}

let evaluation: Evaluation
let tables: ReadonlyMap<string, NamedTable>
beforeAll(async () => {
  evaluation = await evaluate()
  tables = byName(evaluationTables(evaluation, 'Clopper-Pearson'))
})

const byName = (all: readonly NamedTable[]) => new Map(all.map((table) => [table.name, table]))
const sayCell = (cell: Cell) => (isMessage(cell) ? say(cell) : cell)
const records = (name: string, from = tables) => {
  const { columns, rows } = from.get(name)!
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, sayCell(row[i])])))
}

test('every table is written, with a cell for each column', () => {
  for (const { name, columns, rows } of tables.values()) for (const row of rows) expect(row.length, name).toBe(columns.length)
  const written = formatTables([...tables.values()], say)
  expect(written.map(({ name }) => name)).toEqual(['auc', 'roc', 'thresholds', 'cutoffs', 'delong', 'calibration', 'calibration_curve', 'dca', 'dca_differences', 'dca_ranges', 'reclassification', 'table2', 'table3'].map((name) => `${name}.csv`)) // prettier-ignore
  const roc = written.find(({ name }) => name === 'roc.csv')!.text
  expect(roc.split('\n')[1]).toBe('training,a,as given,-Inf,1,0,10,20')
})

test('thresholds have counts and exact intervals; a carried cut-off has its place among them', () => {
  const carried = evaluation.cohorts[1].models[1].cutoffs[0]
  const rows = records('thresholds').filter(({ cohort, model }) => cohort === 'validation' && model === 'b')
  const row = rows.find(({ threshold }) => threshold === carried.cutoff.threshold)!
  const { counts, ppv, sensitivity } = carried.classification!
  expect(row).toMatchObject({ chosen: 'carried, Youden', true_positives: counts.truePositives, false_negatives: counts.falseNegatives, interval: 'Clopper-Pearson', note: '' }) // prettier-ignore
  expect([row.ppv, row.ppv_lower, row.ppv_upper]).toEqual([ppv.estimate, ppv.clopperPearson.lower, ppv.clopperPearson.upper])
  expect([row.sensitivity, row.sensitivity_upper]).toEqual([sensitivity.estimate, sensitivity.clopperPearson.upper])
  const order = rows.map(({ threshold }) => Number(threshold))
  expect(order).toEqual(order.toSorted((x, y) => x - y))
  expect(rows.filter(({ chosen }) => chosen !== '').map(({ chosen }) => chosen)).toContain('re-chosen, Youden')
})

test('cut-offs name the kind of each interval', () => {
  const sensitivity = records('cutoffs').filter((row) => row.cohort === 'validation' && row.model === 'b' && row.cutoff_source === 'carried' && row.measure === 'sensitivity') // prettier-ignore
  const found = evaluation.cohorts[1].models[1].cutoffs[0].classification!.sensitivity
  expect(sensitivity.map(({ interval, lower, upper }) => [interval, lower, upper])).toEqual([
    ['Clopper-Pearson', found.clopperPearson.lower, found.clopperPearson.upper],
    ['Wilson', found.wilson.lower, found.wilson.upper],
    ['stratified bootstrap, percentile', found.bootstrap.lower, found.bootstrap.upper],
  ])
})

test('table 2 has the form of the paper; its intervals on request the bootstrap’s, but of AUC and accuracy', () => {
  const model = evaluation.cohorts[1].models[1]
  const { accuracy, specificity } = model.cutoffs[0].classification!
  const text = (value: number, { lower, upper }: { lower: number; upper: number }) => `${value.toFixed(3)} (${lower.toFixed(3)}-${upper.toFixed(3)})` // prettier-ignore
  const exact = records('table2').find((row) => row.cohort === 'validation' && row.model === 'b')!
  expect(exact).toMatchObject({ 'AUC (95 % CI)': text(model.auc.auc, model.auc.interval), 'ACC (95 % CI)': text(accuracy.estimate, accuracy.clopperPearson), 'SPE (95 % CI)': text(specificity.estimate, specificity.clopperPearson), intervals: 'AUC: DeLong; the others: Clopper-Pearson', 'cut-off chosen': 'carried, Youden' }) // prettier-ignore
  const paper = records('table2', byName(evaluationTables(evaluation, 'bootstrap'))).find((row) => row.cohort === 'validation' && row.model === 'b')! // prettier-ignore
  expect(paper).toMatchObject({ 'ACC (95 % CI)': text(accuracy.estimate, accuracy.clopperPearson), 'SPE (95 % CI)': text(specificity.estimate, specificity.bootstrap), intervals: 'AUC: DeLong; ACC: Clopper-Pearson; the others: stratified bootstrap, percentile' }) // prettier-ignore
  const [comparison] = evaluation.cohorts[1].comparisons
  expect(records('table3').find(({ cohort }) => cohort === 'validation')).toMatchObject({ models: 'a - b', P: comparison.p.toFixed(3), test: 'paired DeLong' }) // prettier-ignore
})

test('a bootstrap without width does not stand in table 2: the exact interval does, and is named', () => {
  const [training, validation] = evaluation.cohorts
  const certain = validation.models.map((model) => {
    const [{ classification, ...cutoff }, ...others] = model.cutoffs
    const sensitivity = { ...classification!.sensitivity, estimate: 1, bootstrap: { lower: 1, upper: 1, undefinedResamples: 0 }, clopperPearson: { lower: 0.631, upper: 1 } } // prettier-ignore
    return { ...model, cutoffs: [{ ...cutoff, classification: { ...classification!, sensitivity } }, ...others] }
  })
  const all = { ...evaluation, cohorts: [training, { ...validation, models: certain }] }
  const row = records('table2', byName(evaluationTables(all, 'bootstrap'))).find(({ cohort }) => cohort === 'validation')!
  expect(row).toMatchObject({ 'SEN (95 % CI)': '1.000 (0.631-1.000)' })
  expect(row.intervals).toMatch(/stratified bootstrap, percentile, but SEN, which did not vary: Clopper-Pearson$/)
})

test('decision curves, their differences and ranges are at the thresholds that were asked for', () => {
  expect(records('dca').slice(0, 3).map(({ threshold }) => threshold)).toEqual(thresholds) // prettier-ignore
  expect(records('dca_differences').slice(0, 3).map(({ threshold }) => threshold)).toEqual(thresholds) // prettier-ignore
  const b = evaluation.cohorts[1].benefitRanges[1]
  const rows = records('dca_ranges').filter((row) => row.cohort === 'validation' && row.model === 'b' && row.above === 'every other model') // prettier-ignore
  expect(rows.map(({ from, to }) => ({ from, to }))).toEqual(b.aboveOthers)
})

test('calibration and DeLong stand with their statistics', () => {
  const { calibration } = evaluation.cohorts[1].models[0]
  const slope = records('calibration').find((row) => row.cohort === 'validation' && row.model === 'a' && row.measure === 'slope')!
  expect([slope.estimate, slope.lower, slope.interval]).toEqual([calibration!.slope.estimate, calibration!.slope.interval.lower, 'Wald']) // prettier-ignore
  const [across] = evaluation.acrossCohorts
  expect(records('delong').at(-2)).toMatchObject({ test: 'unpaired DeLong', cohort_1: 'training', cohort_2: 'validation', statistic_name: 'D', df: across.df, p: across.p }) // prettier-ignore
})

test('where patients have several rows no exact interval stands', async () => {
  const patientOf = new Map(Array.from({ length: 30 }, (_, i) => [[`t${i}`, `T${i >> 1}`], [`v${i}`, `V${i >> 1}`]] as const).flat()) // prettier-ignore
  const clustered = byName(evaluationTables(await evaluate(patientOf), 'Clopper-Pearson'))
  expect(new Set(records('auc', clustered).map(({ interval }) => interval))).toEqual(new Set(['DeLong, clustered (Obuchowski)', 'bootstrap of patients, percentile'])) // prettier-ignore
  expect(new Set(records('cutoffs', clustered).map(({ interval }) => interval))).toEqual(new Set(['bootstrap of patients, percentile'])) // prettier-ignore
  expect(records('thresholds', clustered)[0]).toMatchObject({ interval: '', ppv_lower: NaN })
  expect(records('table2', clustered)[0].intervals).toBe('AUC: DeLong, clustered (Obuchowski); the others: bootstrap of patients, percentile') // prettier-ignore
})
