import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { defaultProtocol } from '../../core/protocol/protocol.ts'
import { formatProtocolFile, parseProtocolFile, protocolJsonSchema } from './protocolFile.ts'
import { protocolHelp } from '../../messages/en/protocolHelp.ts'

const parse = (text: string) => parseProtocolFile(text, 'P.yaml')

test('an empty protocol is the study’s', () => {
  expect(parse('')).toEqual(defaultProtocol)
  expect(defaultProtocol.select.map(({ method }) => method)).toEqual(['agreement', 'rankSum', 'boruta', 'annealing'])
  expect(defaultProtocol.models.map(({ method }) => method)).toEqual(['logistic', 'forest', 'svm'])
  expect(defaultProtocol.harmonise.mode).toBe('all patients, labels unseen')
})

test('what is written is read again', () => {
  expect(parse(formatProtocolFile())).toEqual(defaultProtocol)
})

test('settings are taken over, the rest stays', () => {
  const protocol = parse('seed: 7\nselect:\n  - method: rankSum\n    alpha: 0.01\nharmonise:\n  mode: training only\n')
  expect(protocol.seed).toBe(7)
  expect(protocol.select).toEqual([{ method: 'rankSum', alpha: 0.01, adjust: 'none' }])
  expect(protocol.harmonise.mode).toBe('training only')
  expect(protocol.harmonise.parametric).toBe(true)
})

test.each([
  ['seed: 1\nharmonize:\n  method: combat\n', 'P.yaml, line 2, harmonize: unknown name; did you mean harmonise?'],
  ['select:\n  - method: rankSum\n    alhpa: 0.05\n', 'line 3, select.0.alhpa: unknown name; did you mean alpha?'],
  ['select:\n  - method: rankSum\n    alpha: 5\n', 'line 3, select.0.alpha'],
  ['select:\n  - method: borutta\n', 'line 2, select.0.method'],
  ['models: []\n', 'line 1, models'],
  ['models:\n  - method: svm\n  - method: forest\n    name: SVM\n', 'line 4, models.1.name: another model has the name SVM'],
  ['models:\n  - method: svm\n    name: ../SVM\n', 'line 3, models.0.name'],
  [
    'models:\n  - method: forest\n    engine: ml-random-forest\n    tune: true\n',
    'line 4, models.0.tune: only the engine wasm is tuned',
  ],
  [
    'models:\n  - { method: forest, engine: ml-random-forest, classWeights: balanced }\n',
    'models.0.classWeights: only the engine wasm has class weights',
  ],
  ['select:\n  - { method: boruta, maximumRuns: 10 }\n', 'line 2, select.0.maximumRuns'],
  ['evaluate:\n  reclassification: { borders: [10] }\n', 'line 2, evaluate.reclassification.borders.0'],
  ['seed: 1\nseed: 2\n', 'line 2: Map keys must be unique'],
  ['seed: [1\n', 'line'],
  ['seed: high\n', 'found "high"'],
])('%j is refused with its line', (text, message) => {
  expect(() => parse(text)).toThrowSaying(message)
})

test('what a setting may be is told in our words', () => {
  expect(() => parse('select:\n  - method: rankSum\n    alpha: 5\n')).toThrowSaying('select.0.alpha: expected a number above 0 and below 1; found 5') // prettier-ignore
  expect(() => parse('select:\n  - method: borutta\n')).toThrowSaying(/select\.0\.method: expected one of agreement, rankSum, .*; found "borutta"/) // prettier-ignore
  expect(() => parse('resample: { folds: 1 }')).toThrowSaying('resample.folds: expected a whole number of at least 2; found 1')
  expect(() => parse('harmonise: { batch: [] }')).toThrowSaying('harmonise.batch: expected a list of at least one; found []')
})

test('a file that is no YAML, or has no settings, is told of in one sentence', () => {
  expect(() => parse(': : {{{ \n\t- x')).toThrowSaying(/^P\.yaml, line \d+: [^\n]+$/)
  expect(() => parse('seed: *nowhere')).toThrowSaying(/^P\.yaml, line 1: .*nowhere/)
  const bomb = Array.from({ length: 9 }, (_, i) => `a${i}: &a${i} [${Array.from({ length: 9 }, () => (i === 0 ? '1' : `*a${i - 1}`)).join(', ')}]`).join('\n') // prettier-ignore
  expect(() => parse(bomb)).toThrowSaying(/^P\.yaml, line 1: .*alias/)
  expect(() => parse('Dear colleague')).toThrowSaying(/^P\.yaml holds no settings\. [^\n]+$/)
})

test('what a model looks at is told where it is wrong', () => {
  const read = (model: string) => () => parseProtocolFile(`models:\n  - ${model}\n`, 'P.yaml')
  expect(read('{ method: svm, features: all }')).toThrowSaying('models.0.features: expected selected, none, or a list of features; found "all"') // prettier-ignore
  expect(read('{ method: svm, clinical: [{ column: TIC }] }')).toThrowSaying(/models\.0\.clinical\.0: expected the name of a column of numbers, or \{ column, reference \}/) // prettier-ignore
  expect(read('{ method: svm, clinical: [{ column: grade, reference: 1 }] }')().models[0].clinical).toEqual([{ column: 'grade', reference: '1' }]) // prettier-ignore
  expect(read('{ method: svm, features: none }')).toThrowSaying(
    'models.0.features: a model without features needs clinical columns',
  )
  expect(read('{ method: svm, clinical: [age, age] }')).toThrowSaying('models.0.clinical: age is named more than once')
})

test('the JSON schema in docs/ is the one that is checked', () => {
  expect(readFileSync('docs/protocol.schema.json', 'utf8')).toBe(`${protocolJsonSchema(protocolHelp)}\n`)
})
