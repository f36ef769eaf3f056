import { beforeAll, describe, expect, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { analyse } from '../../core/analyse.ts'
import type { Kernels } from '../../core/kernels/kernels.ts'
import { applyModel } from '../../core/learn/model.ts'
import { protocolSchema } from '../../core/protocol/protocol.ts'
import { hashStudy } from '../../core/analysis/stages/hashStudy.ts'
import { planAnalysis } from '../../core/analysis/stages/planStages.ts'
import { followPath } from '../../core/analysis/followPath.ts'
import { runHere, runStatisticsJob } from '../../core/analysis/statisticsJob.ts'
import { median } from '../../core/numeric/quantile.ts'
import { joinTables } from '../../core/table/joinTables.ts'
import { say } from '../../messages/say.ts'
import { analysisFiles } from '../records/analysisFiles.ts'
import { parseModelFile } from '../records/modelFile.ts'
import { codePredictors } from './readClinicalPredictors.ts'
import { readStudy } from './readStudy.ts'
import { formatTable, readFeatureTable, type TextTable } from './tableFile.ts'
import type { Analysis } from '../../core/analysis/analysis.ts'
import { readTable } from './madeTable.ts'

/* Clinical, radiomics and combined models of one run; the values are R's glm and anova(test = "LRT"). */

const age = [41, 52, 38, 63, 57, 45, 70, 49, 61, 36, 55, 68, 44, 59, 47, 66, 53, 39, 62, 50, 58, 43, 65, 48]
const tic = ['I', 'II', 'III', 'III', 'II', 'I', 'III', 'II', 'III', 'I', 'II', 'III', 'II', 'III', 'I', 'III', 'II', 'II', 'III', 'I', 'III', 'II', 'II', 'III'] // prettier-ignore
const x = [0.2, 1.1, -0.4, 0.9, 1.5, -0.3, 0.7, 0.1, 1.8, -1.2, 0.4, 0.6, -0.8, 1.3, 0.5, 0.9, -0.6, 0.3, 1.0, -0.1, 0.2, -0.7, 1.4, 0.8] // prettier-ignore
const y = [0, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1]
const everybody = age.map((_, i) => i)

interface Change {
  readonly age?: (value: number, id: string) => number | string
  readonly tic?: (value: string, id: string) => string
  readonly x?: (value: number, id: string) => number | string
}

/** 24 patients who learn, and the same 24 a year older and in reverse who are judged. */
function tables({ age: ageOf = String, tic: ticOf = String, x: xOf = String }: Change = {}): [TextTable, TextTable] {
  const rows = [...everybody.map((i) => ({ id: `T${i}`, i, j: i, cohort: 'training', older: 0 })), ...everybody.map((i) => ({ id: `V${i}`, i, j: 23 - i, cohort: 'validation', older: 1 }))] // prettier-ignore
  const features = formatTable(['id', 'x', 'z'], rows.map(({ id, i, j }) => [id, xOf(x[j], id), (i * 7) % 11])) // prettier-ignore
  const clinical = formatTable(['id', 'outcome', 'cohort', 'age', 'TIC'], rows.map(({ id, i, j, cohort, older }) => [id, y[i], cohort, ageOf(age[j] + older, id), ticOf(tic[j], id)])) // prettier-ignore
  return [readTable(features, 'F.csv'), readTable(clinical, 'C.csv')]
}

const terms = ['age', { column: 'TIC', reference: 'II' }]
const models = [
  { method: 'logistic', name: 'Clinical', features: 'none', clinical: terms },
  { method: 'logistic', name: 'Radiomics', features: ['x'] },
  { method: 'logistic', name: 'Combined', features: ['x'], clinical: terms },
]
const protocolOf = (more: object = {}) =>
  protocolSchema.parse({ harmonise: { method: 'none' }, select: [], models, evaluate: { bootstraps: 100 }, resample: { repeats: 0 }, ...more }) // prettier-ignore

let kernels: Kernels
beforeAll(async () => {
  kernels = await loadKernels()
})

async function run(change: Change = {}, more: object = {}) {
  const [features, clinical] = tables(change)
  const protocol = protocolOf(more)
  const read = readStudy(features, clinical, protocol)
  const analysis = await analyse(read.study, protocol, (jobs) => Promise.all(jobs.map((job) => runStatisticsJob(kernels, job))))
  const files = new Map(
    analysisFiles(analysis, read, clinical, say, { texel: '1', source: { kind: 'table' }, withIds: false }).map(
      ({ name, text }) => [name, text],
    ),
  )
  const lines = (name: string) => (files.get(name) ?? '').trim().split('\n').map((line) => line.split(',')) // prettier-ignore
  return { analysis, files, lines, features, clinical }
}

describe('clinical, radiomics and combined', () => {
  let found: Awaited<ReturnType<typeof run>>
  beforeAll(async () => {
    found = await run()
  })

  test('coefficients are glm’s, categories as dummy variables against the named level', () => {
    const combined = found.analysis.path.models[2].model
    if (combined.kind !== 'logistic') throw new TypeError('a logistic model was expected')
    expect(combined.columns).toEqual(['x', 'age', 'TIC=I', 'TIC=III'])
    const perUnit = combined.terms.map(({ coefficient }, j) => coefficient / combined.standardisation!.sd[j])
    const expected = [0.0309930342832933, 0.0569478171797618, -0.2743074863263051, 1.6920799653863423]
    perUnit.forEach((value, j) => expect(value).toBeCloseTo(expected[j], 7))
    const row = found.lines('coefficients.csv').find(([model, term]) => model === 'Clinical' && term === 'TIC=III')!
    const header = found.lines('coefficients.csv')[0]
    expect(Number(row[header.indexOf('unit_odds_ratio')])).toBeCloseTo(Math.exp(1.6937968083241872), 6)
    expect([row[header.indexOf('reference')], row.at(-1)]).toEqual(['II', ''])
  })

  test('nested models are compared by the likelihood ratio, every two by DeLong and net benefit', () => {
    const [clinical, radiomics] = found.analysis.likelihoodRatios
    expect(found.analysis.likelihoodRatios.map(({ models, added, df }) => [...models, added.join(), df])).toEqual([
      ['Clinical', 'Combined', 'x', 1],
      ['Radiomics', 'Combined', 'age,TIC=I,TIC=III', 3],
    ])
    expect(clinical.chiSquare).toBeCloseTo(0.00127016192150364, 8)
    expect(clinical.p).toBeCloseTo(0.971569946544442, 6)
    expect(radiomics.chiSquare).toBeCloseTo(4.9857140491353, 8)
    expect(radiomics.p).toBeCloseTo(0.172846225659744, 8)
    expect(found.lines('likelihood_ratio.csv')).toHaveLength(3)
    const pairs = (name: string, at: readonly number[]) => new Set(found.lines(name).filter((row) => row.includes('validation')).map((row) => at.map((i) => row[i]).join(' - '))) // prettier-ignore
    const three = ['Clinical - Radiomics', 'Clinical - Combined', 'Radiomics - Combined']
    expect(pairs('dca_differences.csv', [1, 2])).toEqual(new Set(three))
    expect([...pairs('delong.csv', [2, 5])]).toEqual(expect.arrayContaining(three))
    expect(found.files.get('notes.txt')).toContain('Likelihood-ratio test, Combined against Radiomics (adds age, TIC=I, TIC=III): chi-square 4.986, df 3, P 0.173.') // prettier-ignore
  })

  test('every file of what was learnt from fixed cohorts names their hash; without one none does', async () => {
    const freeze = 'f1'.repeat(32)
    const { files } = await run({}, { cohort: { freeze } })
    const naming = (from: ReadonlyMap<string, string>) => [...from].flatMap(([name, text]) => (text.includes(freeze) ? [name] : [])) // prettier-ignore
    const learnt = [...files.keys()].filter((name) => /\.(json|yaml|txt|html)$/.test(name))
    expect(naming(files)).toEqual(learnt)
    expect(learnt).toEqual(expect.arrayContaining(['protocol.yaml', 'split.json', 'selection.json', 'models/Combined.json', 'evaluation.json', 'notes.txt'])) // prettier-ignore
    expect(parseModelFile(files.get('models/Combined.json')!, 'Combined.json').freeze).toBe(freeze)
    expect(naming(found.files)).toEqual([])
  })

  test('a model file knows which clinical columns it takes, and gives the same scores', () => {
    const { model, clinical } = parseModelFile(found.files.get('models/Combined.json')!, 'Combined.json')
    expect(clinical).toEqual([{ column: 'age', levels: null, reference: null }, { column: 'TIC', levels: ['I', 'II', 'III'], reference: 'II' }]) // prettier-ignore
    const features = readFeatureTable(found.features)
    const coded = codePredictors(found.clinical, clinical, features.ids)
    const scores = applyModel(model, joinTables([{ name: 'features', table: features }, { name: 'clinical', table: coded }]).table) // prettier-ignore
    expect([...scores.slice(24)]).toEqual(found.analysis.path.scores[1].scores.Combined)
    const strange = readTable('id,age,TIC\nP,50,IV\n', 'N.csv')
    expect(() => codePredictors(strange, clinical, ['P'])).toThrowSaying(
      /column TIC: P \(IV\) has a level that the model does not know/,
    )
  })

  test('the same in nested folds and bootstrap samples; with selected features P is not corrected for selection', async () => {
    const selected = models.map(({ features, ...model }) => ({ ...model, ...(features === 'none' && { features }) }))
    const { analysis } = await run({}, { models: selected, resample: { folds: 3, bootstraps: 2 }, select: [{ method: 'rankSum', alpha: 0.9 }] }) // prettier-ignore
    expect(analysis.resampling!.failures).toEqual([])
    expect(Object.keys(analysis.resampling!.scores)).toEqual(['Clinical', 'Radiomics', 'Combined'])
    expect(Object.keys(analysis.optimism!.models)).toEqual(['Clinical', 'Radiomics', 'Combined'])
    expect(say(analysis.likelihoodRatios[0].notes[0])).toMatch(/^Not corrected for selection/)
  })
})

test.each<[string, Change, object, RegExp]>([
  ['the outcome', {}, { models: [{ ...models[0], clinical: ['outcome'] }] }, /names outcome as a predictor .* but it is the outcome/],
  ['categories without a reference', {}, { models: [{ ...models[0], clinical: ['TIC'] }] }, /T0 has "I" is no number\. If these are categories \(I, II, III\), name the one .* reference: I \}/],
  ['a reference that nobody has', {}, { models: [{ ...models[0], clinical: [{ column: 'TIC', reference: 'IV' }] }] }, /nobody has the level IV/],
  ['a column that is not there', {}, { models: [{ ...models[0], clinical: ['ages'] }] }, /C\.csv has no column ages; did you mean age\?/],
  ['a feature that is not there', {}, { models: [{ ...models[1], features: ['w'] }] }, /The model Radiomics names features that are not there.*: w\./],
  ['a level of judged patients alone', { tic: (level, id) => (id === 'V3' ? 'IV' : level) }, {}, /TIC: no training patient has the level IV, but 1 who is judged: V3/],
  ['a missing predictor', { age: (value, id) => (id === 'V3' ? '' : value) }, {}, /age, which a model uses, is missing in the cohort validation for V3\. .*complete cases, or median of training/],
])('%s as a predictor is refused', async (_, change, more, message) => {
  await expect(run(change, more)).rejects.toThrowSaying(message)
}) // prettier-ignore

describe('missing values', () => {
  // Of a feature, a number and a category, in both cohorts.
  const gaps: Change = {
    x: (value, id) => (['T1', 'T2', 'V5'].includes(id) ? '' : value),
    age: (value, id) => (id === 'T2' ? '' : value),
    tic: (value, id) => (['T4', 'V5', 'V6'].includes(id) ? 'NA' : value),
  }
  const aucOf = ({ evaluation }: Analysis, model: number) => evaluation.cohorts[1].models[model].auc.auc

  test('are refused unless the protocol says what to do', async () => {
    await expect(run(gaps)).rejects.toThrowSaying(/A feature has missing values .*: x \(2\)\. Complete them, or say in the protocol what to do \(missing: complete cases, median of training, or drop feature\)/) // prettier-ignore
  })

  test('complete cases: who lacks one is left out and named; the median stands beside as a sensitivity run', async () => {
    const { analysis, lines, files } = await run(gaps, { missing: 'complete cases' })
    expect(analysis.missing.leftOut).toEqual([{ cohort: 'training', ids: ['T1', 'T2', 'T4'] }, { cohort: 'validation', ids: ['V5', 'V6'] }]) // prettier-ignore
    expect(analysis.split.training).toHaveLength(21)
    expect(lines('missing.csv').slice(1)).toEqual([
      ['x', 'features', 'training', '24', '2', 'complete cases'],
      ['x', 'features', 'validation', '24', '1', 'complete cases'],
      ['age', 'clinical', 'training', '24', '1', 'complete cases'],
      ['TIC', 'clinical', 'training', '24', '1', 'complete cases'],
      ['TIC', 'clinical', 'validation', '24', '2', 'complete cases'],
    ])
    const filled = await run(gaps, { missing: 'median of training' })
    const others = analysis.missing.sensitivity!
    expect(others).toMatchObject({ choice: 'median of training', failure: null })
    expect(others.aucs.filter(({ cohort }) => cohort === 'validation').map(({ auc }) => auc.auc)).toEqual([0, 1, 2].map((model) => aucOf(filled.analysis, model))) // prettier-ignore
    expect(filled.analysis.missing.sensitivity!.aucs.at(-1)!.auc.auc).toBe(aucOf(analysis, 2))
    expect(lines('missing_sensitivity.csv')).toHaveLength(1 + 2 * 2 * 3)
    expect(files.get('notes.txt')).toContain("Missing: 7 values of x, age, TIC (missing.csv counts them by cohort); the protocol's choice: complete cases.") // prettier-ignore
    expect(files.get('notes.txt')).toContain('Left out of the cohort training, as they lack values: 3 rows (T1, T2, T4).')
  })

  test('the median is that of the training patients, of a category their most frequent level, whatever validation has', async () => {
    const sorted = (values: number[]) => values.toSorted((a, b) => a - b)
    const ofX = sorted(x.filter((_, i) => i !== 1 && i !== 2))
    const ofAge = sorted(age.filter((_, i) => i !== 2))
    // Of the 23 who have a level 10 have III.
    const byHand: Change = {
      x: (value, id) => (['T1', 'T2', 'V5'].includes(id) ? (ofX[10] + ofX[11]) / 2 : value),
      age: (value, id) => (id === 'T2' ? ofAge[11] : value),
      tic: (value, id) => (['T4', 'V5', 'V6'].includes(id) ? 'III' : value),
    }
    const filled = await run(gaps, { missing: 'median of training' })
    const complete = await run(byHand)
    expect(filled.analysis.path.models.map(({ model }) => model)).toEqual(complete.analysis.path.models.map(({ model }) => model))
    expect(filled.analysis.path.scores).toEqual(complete.analysis.path.scores)
  })

  test('in each fold the median is that of the patients who learn there', async () => {
    const { analysis } = await run(gaps, { missing: 'median of training', resample: { folds: 3 } })
    const { folds, ids, scores } = analysis.resampling!
    for (const { learntFrom, heldOut } of folds) {
      const inside = (values: readonly number[], without: readonly string[]) => median(learntFrom.filter((id) => !without.includes(id)).map((id) => values[Number(id.slice(1))])) // prettier-ignore
      const levels = learntFrom.filter((id) => id !== 'T4').map((id) => tic[Number(id.slice(1))])
      const most = ['I', 'II', 'III'].map((level) => [level, levels.filter((found) => found === level).length] as const).reduce((a, b) => (b[1] > a[1] ? b : a))[0] // prettier-ignore
      const [features, clinical] = tables({
        x: (value, id) => (['T1', 'T2'].includes(id) ? inside(x, ['T1', 'T2']) : value),
        age: (value, id) => (id === 'T2' ? inside(age, ['T2']) : value),
        tic: (value, id) => (id === 'T4' ? most : value),
      })
      const protocol = protocolOf()
      const split = { training: learntFrom, judged: [{ cohort: 'held out', ids: heldOut }] }
      const { study } = readStudy(features, clinical, protocol)
      const { path: plan } = planAnalysis(hashStudy(study), protocol)
      const byHand = await followPath({ study, split, protocol, seed: 1, plan }, runHere(kernels))
      for (const name of ['Clinical', 'Radiomics', 'Combined'])
        expect(heldOut.map((id) => scores[name][ids.indexOf(id)])).toEqual(byHand.scores[1].scores[name])
    }
  })

  test('where nobody is complete the columns that most lack are named', async () => {
    await expect(run({ x: (value, id) => (id.startsWith('T') ? '' : value) }, { missing: 'complete cases' })).rejects.toThrowSaying(/No training patient has a value of everything\. Most is missing of x \(24 of 24\)/) // prettier-ignore
  })
})
