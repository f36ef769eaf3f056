import fc from 'fast-check'
import { expect, test } from 'vitest'
import { protocolSchema, type Protocol } from '../../protocol/protocol.ts'
import { defaultNoiseStudy, simulateNoiseStudy } from '../../simulate/simulateNoiseStudy.ts'
import { makeFeatureTable } from '../../table/featureTable.ts'
import type { StudyData } from '../studyData.ts'
import { hashStudy } from './hashStudy.ts'
import { listPath, listStages, planAnalysis, stepOfRecord } from './planStages.ts'
import { studySteps } from './stageStore.ts'
import { stageKey } from './stageKey.ts'

const protocol = protocolSchema.parse({
  models: [{ method: 'logistic' }, { method: 'forest' }, { method: 'logistic', name: 'Clinical', features: 'none', clinical: ['age', { column: 'TIC', reference: 'I' }] }], // prettier-ignore
  resample: { folds: 2, repeats: 2, bootstraps: 2 },
})

const small = { patients: 20, positives: 8 }
const noise = simulateNoiseStudy({ ...defaultNoiseStudy, features: 4, training: small, validation: small, batches: 2 })
const { ids } = noise.features
const ages = (first: number) => Float64Array.from([first, ...ids.slice(1).map(() => 50), ...ids.map((_, i) => i % 2)])
const study: StudyData = {
  ...noise,
  clinical: {
    table: makeFeatureTable(ids, ['age', 'TIC=I'], ages(40)),
    predictors: [
      { column: 'age', levels: null },
      { column: 'TIC', levels: ['I'] },
    ],
  },
}

const keysOf = (data: StudyData, protocol: Protocol) =>
  new Map(listStages(planAnalysis(hashStudy(data), protocol)).map(({ stage, key }) => [stage, key]))
const all = [...keysOf(study, protocol).keys()]

/** Stages of today's plan that have another key after the change, or are gone. */
function outOfDate(change: (protocol: Protocol) => unknown, data = study): string[] {
  const before = keysOf(study, protocol)
  const after = keysOf(data, protocolSchema.parse(change(structuredClone(protocol))))
  return all.filter((stage) => before.get(stage) !== after.get(stage))
}

const folds = all.filter((stage) => stage.startsWith('fold.'))
const nested = all.filter((stage) => /^(fold|bootstrap)\./.test(stage))
const ofModel = (name: string) => [name, ...nested.filter((stage) => stage.endsWith(`.${name}`))]
const evaluated = ['discrimination', 'decisions', 'report']
const only = (...stages: string[]) => all.filter((stage) => stages.includes(stage))
const fromHarmonise = all.filter((stage) => !['cohorts', 'checks'].includes(stage))
const fromScreen = fromHarmonise.filter((stage) => !['harmonise', 'harmonise.check'].includes(stage))
/** Of step i (from 1) and on: what looks at selected features follows, the clinical model does not. */
const fromStep = (i: number) => fromScreen.filter((stage) => stage !== 'screen' && !ofModel('Clinical').includes(stage) && !(stage.startsWith('select.') && Number(stage.slice(7)) < i)) // prettier-ignore

/** A changed setting by its place in the protocol, and what is out of date by it. */
const rules: readonly (readonly [string, (protocol: Protocol) => unknown, readonly string[]])[] = [
  ['title', (p) => ({ ...p, title: 'Another' }), ['report']],
  ['plan', (p) => ({ ...p, plan: { develop: { parameters: 4, prevalence: 0.3, auc: 0.8 } } }), ['report']],
  ['evaluate.intervals', (p) => ({ ...p, evaluate: { ...p.evaluate, intervals: 'bootstrap' } }), ['report']],
  ...Object.entries({ prevalence: 0.2, costOfMiss: 3, cutoff: 'cost', cutoffTarget: 0.8, reclassification: { borders: [0.2] }, thresholds: { from: 0.1 } })
    .map(([name, value]) => [`evaluate.${name}`, (p: Protocol) => ({ ...p, evaluate: { ...p.evaluate, [name]: value } }), ['decisions', 'report']] as const),
  ...Object.entries({ confidence: 0.9, bootstraps: 500 })
    .map(([name, value]) => [`evaluate.${name}`, (p: Protocol) => ({ ...p, evaluate: { ...p.evaluate, [name]: value } }), evaluated] as const),
  ['models.0.penalty', (p) => ({ ...p, models: p.models.with(0, { ...p.models[0], penalty: 'firth' } as Protocol['models'][number]) }), only(...ofModel('LR'), ...evaluated)],
  ['models.1.trees', (p) => ({ ...p, models: p.models.with(1, { ...p.models[1], trees: 9 } as Protocol['models'][number]) }), only(...ofModel('RF'), ...evaluated)],
  ['models.2.classWeights', (p) => ({ ...p, models: p.models.with(2, { ...p.models[2], classWeights: 'balanced' }) }), only(...ofModel('Clinical'), ...evaluated)],
  ...([['form', 'ICC3'], ['threshold', 0.9], ['on', 'lower bound'], ['patients', 'all re-read patients, labels unseen'], ['beforeHarmonisation', true]] as const)
    .map(([name, value]) => [`select.0.${name}`, (p: Protocol) => ({ ...p, select: p.select.with(0, { ...p.select[0], [name]: value }) }), fromStep(1)] as const),
  ...([[1, 'alpha', 0.1], [1, 'adjust', 'BH'], [2, 'trees', 9], [3, 'iterations', 9]] as const)
    .map(([i, name, value]) => [`select.${i}.${name}`, (p: Protocol) => ({ ...p, select: p.select.with(i, { ...p.select[i], [name]: value }) }), fromStep(i + 1)] as const),
  ...Object.entries({ method: 'none', mode: 'reference', parametric: false, meanOnly: true, referenceBatch: 't1', minimumNewBatch: 5, allowUnharmonised: true })
    .map(([name, value]) => [`harmonise.${name}`, (p: Protocol) => ({ ...p, harmonise: { ...p.harmonise, [name]: value } }), fromHarmonise] as const),
  ['select.0.readings', (p) => ({ ...p, select: p.select.with(0, { ...p.select[0], readings: 'one reader twice' } as Protocol['select'][number]) }), []],
  ['missing', (p) => ({ ...p, missing: 'median of training' }), fromScreen],
  ['missing: complete cases', (p) => ({ ...p, missing: 'complete cases' }), all],
  ['cohort.freeze', (p) => ({ ...p, cohort: { ...p.cohort, freeze: '0'.repeat(64) } }), all],
  ['cohort.training', (p) => ({ ...p, cohort: { ...p.cohort, training: 'validation' } }), all],
  ['resample.folds', (p) => ({ ...p, resample: { ...p.resample, folds: 3 } }), only(...folds, ...evaluated)],
  ['resample.repeats', (p) => ({ ...p, resample: { ...p.resample, repeats: 1 } }), only(...folds.filter((stage) => stage.startsWith('fold.2.')), ...evaluated)],
  ['resample.bootstraps', (p) => ({ ...p, resample: { ...p.resample, bootstraps: 3 } }), ['report']],
  ['seed', (p) => ({ ...p, seed: 2 }), [...only(...fromStep(1), ...ofModel('Clinical'))]],
] // prettier-ignore

test.each(rules)('%s makes out of date what its change can change, and nothing else', (_, change, expected) => {
  expect(outOfDate(change)).toEqual(all.filter((stage) => expected.includes(stage)))
})

/** Read by io/tables/readStudy.ts: what they change is in the data. */
const readFromTables = [
  'order',
  'outcome.column',
  'cohort.column',
  'harmonise.batch',
  'harmonise.covariates',
  'harmonise.factors',
]

test('every setting of a protocol has a rule', () => {
  const places = (value: unknown, path: readonly string[]): string[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && path.length < 2
      ? Object.entries(value).flatMap(([name, entry]) => places(entry, [...path, name]))
      : [path.join('.')]
  const known = new Set([...rules.map(([name]) => name.replace(/:.*/, '')), ...readFromTables])
  expect(places({ ...protocol, select: [], models: [] }, []).filter((name) => !known.has(name))).toEqual(['select', 'models'])
})

test('several changes make out of date what each of them does, and none brings another back', () => {
  const apart = rules.filter(([name]) => !['harmonise.method', 'resample.repeats', 'resample.folds', 'missing: complete cases'].includes(name)) // prettier-ignore
  fc.assert(
    fc.property(fc.subarray([...apart], { minLength: 2, maxLength: 4 }), (chosen) => {
      const change = (before: Protocol) => chosen.reduce((protocol: Protocol, [, change]) => protocolSchema.parse(change(protocol)), before) // prettier-ignore
      expect(outOfDate(change)).toEqual(all.filter((stage) => chosen.some(([, , stages]) => stages.includes(stage))))
    }),
    { numRuns: 60 },
  )
})

test('data make out of date what looks at them', () => {
  const { values, columns } = study.features
  const other = { ...study, features: makeFeatureTable(ids, columns, values.with(3, values[3] + 1e-9)) }
  expect(outOfDate((p) => p, other)).toEqual(all)
  const [first] = ids
  expect(outOfDate((p) => p, { ...study, batchOf: new Map(study.batchOf).set(first, 't2') })).toEqual(fromHarmonise)
  expect(outOfDate((p) => p, { ...study, seenBatchOf: new Map([[first, 't2']]) })).toEqual(['harmonise.check'])
  const older = { ...study, clinical: { ...study.clinical!, table: makeFeatureTable(ids, ['age', 'TIC=I'], ages(41)) } }
  expect(outOfDate((p) => p, older)).toEqual(only('checks', ...ofModel('Clinical'), ...evaluated))
})

test('a key is the same whatever the order of the settings, and tells kind, version, inputs, part and seed apart', () => {
  const base = { kind: 'a', version: 1, inputs: ['x'], part: { a: 1, b: [2, { c: 3 }] }, seed: 1 }
  expect(stageKey({ ...base, part: { b: [2, { c: 3 }], a: 1, gone: undefined } })).toBe(stageKey(base))
  const others = [{ kind: 'b' }, { version: 2 }, { inputs: ['y'] }, { part: { a: 1, b: [2, ['c', 3]] } }, { seed: null }]
  const keys = others.map((other) => stageKey({ ...base, ...other }))
  expect(new Set([...keys, stageKey(base)]).size).toBe(others.length + 1)
})

test('no two stages have the same key, but the harmonisation that the other way to deal with missing values shares', () => {
  const plan = planAnalysis(hashStudy(study), protocol)
  const stages = [...listStages(plan), ...listPath(plan.otherwise).slice(1)]
  expect(new Set(stages.map(({ key }) => key)).size).toBe(stages.length)
  expect(plan.otherwise.harmonise.key).toBe(plan.path.harmonise.key)
})

test('stages come in the order of the study’s steps', () => {
  const steps = listStages(planAnalysis(hashStudy(study), protocol)).map(({ step }) => studySteps.indexOf(step))
  expect(new Set(steps).size).toBe(studySteps.length)
  expect(steps.at(0)).toBe(0)
  expect(steps.at(-1)).toBe(studySteps.length - 1)
})

test('a record alone tells the step that shows it', () => {
  const plan = planAnalysis(
    hashStudy(study),
    protocolSchema.parse({ ...protocol, select: [{ method: 'agreement' }, { method: 'boruta' }] }),
  )
  for (const { stage, step } of [...listStages(plan), ...listPath(plan.otherwise)])
    expect(stepOfRecord({ stage, value: step === 'agree' ? { method: 'agreement' } : { method: 'boruta' } }), stage).toBe(step)
  expect(new Set(listStages(plan).map(({ step }) => step))).toEqual(new Set(studySteps))
})
