import { expect, test } from 'vitest'
import { fitInterceptOnly } from '../../core/learn/interceptOnly.ts'
import { defaultLassoOptions, fitLasso } from '../../core/learn/lasso.ts'
import { defaultLogisticOptions, fitLogistic } from '../../core/learn/logistic.ts'
import { defaultMlForestOptions, fitMlForest } from '../../core/learn/mlRandomForest.ts'
import { applyModel, type Model } from '../../core/learn/model.ts'
import { fitSvm } from '../../core/learn/svm.ts'
import { createRandom } from '../../core/numeric/random.ts'
import { makeFeatureTable } from '../../core/table/featureTable.ts'
import { takeTraining } from '../../core/table/trainingTable.ts'
import { formatModelFile, parseModelFile, type ModelFile } from './modelFile.ts'
import { say } from '../../messages/say.ts'
import { DataError } from '../../core/messages/message.ts'

const random = createRandom(8)
const ids = Array.from({ length: 40 }, (_, i) => `p${i}`)
const values = Float64Array.from({ length: 120 }, () => random.uniform())
for (let i = 0; i < 40; i++) values[80 + i] = 2 * values[i]
const outcome = ids.map((_, i) => Number(values[i] + values[40 + i] + random.uniform() > 1.5))
const table = makeFeatureTable(ids, ['a', 'b', 'twice a'], values)
const training = takeTraining(table, outcome, { training: ids, validation: [] })

const models: Record<string, Model> = {
  logistic: fitLogistic(training, { ...defaultLogisticOptions, standardise: true }),
  lasso: fitLasso(training, { ...defaultLassoOptions, folds: 3 }),
  svm: fitSvm(training),
  'intercept only': fitInterceptOnly(training),
  'ml-random-forest': fitMlForest(training, { ...defaultMlForestOptions, trees: 5 }),
}
const wrap = (model: Model): ModelFile => ({
  format: 'texel model',
  version: 1,
  freeze: 'a'.repeat(64),
  name: 'M',
  outcome: { column: 'HER2', positive: 'yes' },
  model,
})

/** The file has sentences. */
const withNotesSaid = ({ model, ...file }: ModelFile) => ({
  ...file,
  model: 'notes' in model ? { ...model, notes: model.notes.map(say) } : model,
})

test.each(Object.keys(models))('%s: what is written is read again and gives the same bits', (name) => {
  const read = parseModelFile(formatModelFile(wrap(models[name]), say), 'm.json')
  expect(withNotesSaid(read)).toEqual(withNotesSaid(wrap(models[name])))
  expect(applyModel(read.model, table)).toEqual(applyModel(models[name], table))
})

test('a coefficient that does not exist stays so', () => {
  const { model } = parseModelFile(formatModelFile(wrap(models.logistic), say), 'm.json')
  expect(model.kind === 'logistic' && model.terms.map(({ coefficient }) => Number.isNaN(coefficient))).toEqual([false, false, true]) // prettier-ignore
})

test('errors name the file and the field', () => {
  const text = formatModelFile(wrap(models.svm), say)
  const change = (edit: (content: { version: number; model: Record<string, unknown> }) => void) => {
    const content = JSON.parse(text)
    edit(content)
    return () => parseModelFile(JSON.stringify(content), 'm.json')
  }
  expect(() => parseModelFile(text.slice(0, 100), 'm.json')).toThrow(DataError)
  expect(() => parseModelFile('[]', 'm.json')).toThrowSaying('m.json is no model')
  expect(change((content) => delete content.model.rho)).toThrowSaying('model.rho')
  expect(change((content) => (content.model.kind = 'oracle'))).toThrowSaying('model.kind')
  expect(change((content) => (content.version = 2))).toThrowSaying('later Texel (version 2')
  expect(change((content) => (content.model.coefficients = [1]))).toThrowSaying('model.coefficients has 1 values where')
  expect(change((content) => (content.model.columns = ['a']))).toThrowSaying('where 1 were expected')
})

test('without features everyone gets the prevalence', () => {
  const positives = outcome.reduce((sum, label) => sum + label, 0)
  expect([...new Set(applyModel(models['intercept only'], table))]).toEqual([positives / 40])
})
