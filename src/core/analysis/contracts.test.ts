import { describe, expect, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { formatRecord, parseRecord } from '../../io/records/recordFile.ts'
import { applyModel } from '../learn/model.ts'
import { createRandom } from '../numeric/random.ts'
import { protocolSchema, type HarmoniseStep, type SelectionStep } from '../protocol/protocol.ts'
import { makeFeatureTable } from '../table/featureTable.ts'
import { harmoniseStudy } from './harmoniseStudy.ts'
import { selectFeatures } from './selectFeatures.ts'
import { runHere } from './statisticsJob.ts'
import type { StudyData } from './studyData.ts'
import { trainModel } from './trainModels.ts'

/*
 * What holds for every selector, model and harmoniser, whoever adds one: what is given stays as it is, the same again gives the same,
 * the record is plain data, and what cannot be learnt from is refused in words.
 */

const run = runHere(await loadKernels())
const patients = 48
const columns = ['a', 'b', 'c', 'd', 'e', 'f']
const ids = Array.from({ length: patients }, (_, i) => `P${i + 1}`)

interface Made {
  readonly rows?: number
  /** Of the outcome: alternating, or all of one class. */
  readonly oneClass?: boolean
  readonly hole?: boolean
}

/** 48 patients of two scanners and two readers; three of six columns tell the outcome in part. */
function makeStudy({ rows = patients, oneClass = false, hole = false }: Made = {}): StudyData {
  const random = createRandom(11)
  const values = Float64Array.from(
    { length: rows * columns.length },
    (_, at) => random.uniform() - 0.5 + (at < 3 * rows ? 1.2 * ((at % rows) % 2) : 0),
  )
  if (hole) values[4] = NaN
  const some = ids.slice(0, rows)
  return {
    features: makeFeatureTable(some, columns, values),
    secondReader: makeFeatureTable(
      some,
      columns,
      values.map((value) => value + 0.1 * (random.uniform() - 0.5)),
    ),
    outcomeOf: new Map(some.map((id, i) => [id, oneClass || i % 2 === 1 ? 1 : 0])),
    cohortOf: new Map(some.map((id) => [id, 'training'])),
    batchOf: new Map(some.map((id, i) => [id, i % 4 < 2 ? 'A' : 'B'])),
    covariates: [],
  }
}
const asIs = protocolSchema.parse({ harmonise: { method: 'none' } }).harmonise
const splitOf = (study: StudyData) => ({ training: study.features.ids, judged: [] })
const prepare = (study: StudyData, step: HarmoniseStep = asIs) => harmoniseStudy(study, splitOf(study), step)

/** By what a protocol may name: a new one does not compile without a line here. */
const selectors: Readonly<Record<SelectionStep['method'], object>> = {
  agreement: { threshold: 0.5 },
  rankSum: { alpha: 0.5 },
  redundancy: {},
  boruta: { trees: 60, maximumRuns: 12 },
  annealing: { iterations: 3, folds: 3, trees: 20 },
  lasso: { folds: 3 },
  mrmr: { keep: 3 },
  elimination: { folds: 3, trees: 20 },
}
const models: Readonly<Record<string, object>> = {
  logistic: { method: 'logistic', penalty: 'none' },
  'logistic, Firth': { method: 'logistic', penalty: 'firth' },
  ridge: { method: 'logistic', penalty: 'ridge' },
  lasso: { method: 'logistic', penalty: 'lasso' },
  forest: { method: 'forest', trees: 30 },
  'forest, ml-random-forest': { method: 'forest', engine: 'ml-random-forest', trees: 10 },
  svm: { method: 'svm' },
  'svm, linear': { method: 'svm', kernel: 'linear' },
}
const harmonisers: Readonly<Record<string, object>> = {
  'all patients, labels unseen': { mode: 'all patients, labels unseen' },
  'training only': { mode: 'training only' },
  reference: { mode: 'reference' },
  'not parametric': { parametric: false },
  'mean only': { meanOnly: true },
}

type Doing = (study: StudyData) => Promise<unknown>
const selecting =
  (method: string, options: object): Doing =>
  async (study) => {
    const { select } = protocolSchema.parse({ select: [{ method, ...options }] })
    return selectFeatures(prepare(study), study, select, 3, run, () => {})
  }
const training =
  (options: object): Doing =>
  async (study) => {
    const [step] = protocolSchema.parse({ models: [options] }).models
    return trainModel({ step: step, features: columns, clinical: [] }, { training: prepare(study).training, judged: [] }, 3, run)
  }
const harmonising =
  (options: object): Doing =>
  async (study) =>
    prepare(study, protocolSchema.parse({ harmonise: { method: 'combat', ...options } }).harmonise).record

const all: readonly (readonly [string, Doing])[] = [
  ...Object.entries(selectors).map(([name, options]) => [`selector ${name}`, selecting(name, options)] as const),
  ...Object.entries(models).map(([name, options]) => [`model ${name}`, training(options)] as const),
  ...Object.entries(harmonisers).map(([name, options]) => [`harmoniser ${name}`, harmonising(options)] as const),
]

describe.each(all)('%s', (name, act) => {
  test('leaves what it is given as it is', async () => {
    const study = makeStudy()
    await act(study)
    expect(study).toEqual(makeStudy())
  })

  test('gives the same again', async () => {
    expect(await act(makeStudy())).toEqual(await act(makeStudy()))
  })

  test('has a record that a worker and a file can carry', async () => {
    const record = await act(makeStudy())
    expect(structuredClone(record)).toStrictEqual(record)
    const written = formatRecord('0'.repeat(64), { stage: 'one', version: 1, value: record })
    expect(parseRecord(written, 'one.json').record.value).toStrictEqual(record)
  })

  test('refuses in words what it cannot learn from', async () => {
    // Agreement and harmonisation see no outcome.
    const seesNoOutcome = /agreement|harmoniser/.test(name)
    for (const made of [{ rows: 1 }, ...(seesNoOutcome ? [] : [{ oneClass: true }])])
      await expect(act(makeStudy(made)), JSON.stringify(made)).rejects.toThrowSaying(/^\w.{20,}\.$/s)
  })

  test('says which value is missing, or leaves it out', async () => {
    const outcome = await act(makeStudy({ hole: true })).then(
      (record) => JSON.stringify(record),
      (error: unknown) => String(error),
    )
    expect(outcome).toMatch(/P5|row 5|"a"|\ba\b/)
    expect(outcome).not.toMatch(/TypeError/)
  })
})

test('a model that went through a file gives the same scores to the last bit', async () => {
  for (const options of Object.values(models)) {
    const { trained } = (await training(options)(makeStudy())) as Awaited<ReturnType<typeof trainModel>>
    const { model } = trained
    const { features } = makeStudy()
    const read = JSON.parse(JSON.stringify(model)) as typeof model
    expect(applyModel(read, features)).toEqual(applyModel(model, features))
  }
})
