import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readStudy } from '../../../reference/studies.ts'
import { describeLearnt } from '../../core/apply/describeModel.ts'
import { fitInterceptOnly } from '../../core/learn/interceptOnly.ts'
import { defaultLassoOptions, fitLasso } from '../../core/learn/lasso.ts'
import { defaultLogisticOptions, fitLogistic } from '../../core/learn/logistic.ts'
import { defaultMlForestOptions, fitMlForest } from '../../core/learn/mlRandomForest.ts'
import { applyModel, type Model } from '../../core/learn/model.ts'
import { fitSvm } from '../../core/learn/svm.ts'
import { DataError } from '../../core/messages/message.ts'
import { defaultProtocol } from '../../core/protocol/protocol.ts'
import { createRandom } from '../../core/numeric/random.ts'
import { makeFeatureTable, pickRows } from '../../core/table/featureTable.ts'
import { fitImputation } from '../../core/table/imputation.ts'
import { takeTraining } from '../../core/table/trainingTable.ts'
import { say } from '../../messages/say.ts'
import { formatModelFile } from './formatModelFile.ts'
import { parseModelFile, type WrittenModel } from './modelFile.ts'

const random = createRandom(8)
const ids = Array.from({ length: 40 }, (_, i) => `patient${i}`)
const values = Float64Array.from({ length: 120 }, () => random.uniform())
for (let i = 0; i < 40; i++) values[80 + i] = 2 * values[i]
const outcome = ids.map((_, i) => Number(values[i] + values[40 + i] + random.uniform() > 1.5))
const table = makeFeatureTable(ids, ['T1WI_original_glcm_Idm', 'age', 'twice'], values)
const training = takeTraining(table, outcome, { training: ids, validation: [] })

const models: Record<string, Model> = {
  logistic: fitLogistic(training, { ...defaultLogisticOptions, standardise: true }),
  lasso: fitLasso(training, { ...defaultLassoOptions, folds: 3 }),
  svm: fitSvm(training),
  'intercept only': fitInterceptOnly(training),
  'ml-random-forest': fitMlForest(training, { ...defaultMlForestOptions, trees: 5 }),
}
const wrap = (model: Model): WrittenModel => ({
  texel: '1.2.3',
  freeze: 'a'.repeat(64),
  name: 'M',
  outcome: { column: 'HER2', positive: 'yes' },
  warnings: [],
  source: { kind: 'images', parameters: 'featureClass:\n  glcm:\n' },
  clinical: [],
  model,
  harmonisation: null,
  imputation: fitImputation(training, { method: 'median' }),
  evaluation: [
    { cohort: 'validation', role: 'validation', scoresFrom: 'new', patients: 9, positives: 4, auc: 0.5, lower: NaN, upper: NaN, brier: null, slope: 0.9 },
  ],
  seeds: { study: 1 },
  ...describeLearnt(model, training, defaultProtocol.evaluate),
}) // prettier-ignore
const format = (model: Model, withIds = true) => formatModelFile(wrap(model), say, { withIds })

/** The file has sentences. */
const withNotesSaid = <File extends { readonly model: Model }>({ model, ...file }: File) => ({
  ...file,
  model: 'notes' in model ? { ...model, notes: model.notes.map(say) } : model,
})

test.each(Object.keys(models))('%s: what is written is read again and gives the same bits', (name) => {
  const { version, learntFrom, ...read } = parseModelFile(format(models[name]), 'm.json')
  expect(withNotesSaid(read)).toMatchObject(withNotesSaid(wrap(models[name])))
  expect([version, learntFrom]).toEqual([2, { patients: 40, ids }])
  expect(applyModel(read.model, table)).toEqual(applyModel(models[name], table))
})

test.each(Object.keys(models))(
  '%s: patients stand there by their number unless they are asked for, and the scores are the same',
  (name) => {
    const text = format(models[name], false)
    expect(text).not.toMatch(/patient\d/)
    const { model, learntFrom } = parseModelFile(text, 'm.json')
    expect(learntFrom).toEqual({ patients: 40, ids: null })
    expect(applyModel(model, table)).toEqual(applyModel(models[name], table))
  },
)

test('a byte that is another one is noticed', () => {
  const bytes = new TextEncoder().encode(format(models.lasso, false))
  const isOpened = (at: number) => {
    const changed = bytes.slice()
    changed[at] ^= 1 + (at % 3)
    try {
      parseModelFile(new TextDecoder().decode(changed), 'm.json')
      return true
    } catch (error) {
      if (error instanceof DataError) return false
      throw error
    }
  }
  // Every seventh of them, and all of the check sum.
  const places = [...bytes.keys()].filter((at) => at % 7 === 0 || at > bytes.length - 80)
  expect(places.filter(isOpened)).toEqual([])
  // 2 to 1: such a file had no check sum.
  const older = format(models.lasso).replace('"version":2', '"version":1')
  expect(() => parseModelFile(older, 'm.json')).toThrowSaying('m.json was changed or damaged after it was written')
  const cut = format(models.lasso).replace(/,"sha256":"\w+"/, '')
  expect(() => parseModelFile(cut, 'm.json')).toThrowSaying('m.json does not end with the check sum')
})

test('a file of version 1 opens, gives the scores that it gave, and has no training distribution', () => {
  const file = parseModelFile(readFileSync('reference/models/version1.json', 'utf8'), 'version1.json')
  expect(file).toMatchObject({ version: 1, texel: null, training: null, source: null, harmonisation: null, cutoffs: [] })
  expect(file.learntFrom.ids).toHaveLength(101)
  const scores = JSON.parse(readFileSync('reference/models/scores.json', 'utf8')) as { id: string; score: number }[]
  const patients = pickRows(readStudy('ispy1').table, scores.map(({ id }) => id)) // prettier-ignore
  expect(Array.from(applyModel(file.model, patients))).toEqual(scores.map(({ score }) => score))
})

test('columns stand there with their sequence and the name that PyRadiomics gives them', () => {
  expect((JSON.parse(format(models.lasso)) as { features: unknown }).features).toEqual([
    { column: 'T1WI_original_glcm_Idm', sequence: 'T1WI', feature: 'original_glcm_Idm' },
    { column: 'age', sequence: null, feature: 'age' },
    { column: 'twice', sequence: null, feature: 'twice' },
  ])
})

test('a coefficient that does not exist stays so', () => {
  const { model } = parseModelFile(format(models.logistic), 'm.json')
  expect(model.kind === 'logistic' && model.terms.map(({ coefficient }) => Number.isNaN(coefficient))).toEqual([false, false, true]) // prettier-ignore
})

test('errors name the file and the field', () => {
  const text = readFileSync('reference/models/version1.json', 'utf8')
  const change = (edit: (content: { version: number; model: Record<string, unknown> }) => void) => {
    const content = JSON.parse(text)
    edit(content)
    return () => parseModelFile(JSON.stringify(content), 'm.json')
  }
  expect(() => parseModelFile(text.slice(0, 100), 'm.json')).toThrow(DataError)
  expect(() => parseModelFile('[]', 'm.json')).toThrowSaying('m.json is no model')
  expect(change((content) => delete content.model.aic)).toThrowSaying('model.aic')
  expect(change((content) => (content.model.kind = 'oracle'))).toThrowSaying('model.kind')
  expect(change((content) => (content.version = 3))).toThrowSaying('later Texel (version 3')
  expect(change((content) => (content.model.terms = []))).toThrowSaying('model.terms has 0 values where')
  expect(change((content) => (content.model.columns = ['a']))).toThrowSaying('where 1 were expected')
})

test('without features everyone gets the prevalence', () => {
  const positives = outcome.reduce((sum, label) => sum + label, 0)
  expect([...new Set(applyModel(models['intercept only'], table))]).toEqual([positives / 40])
})
