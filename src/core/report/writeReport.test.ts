import { beforeAll, expect, test } from 'vitest'
import { loadKernels } from '../../../workers/loadKernels.node.ts'
import { say } from '../../messages/say.ts'
import { analyse } from '../analyse.ts'
import type { Analysis } from '../analysis/analysis.ts'
import { runStatisticsJob } from '../analysis/statisticsJob.ts'
import type { StudyData } from '../analysis/studyData.ts'
import type { CombatMode } from '../harmonise/combatRecord.ts'
import { equalToPyradiomics } from '../features/equality.ts'
import { isMessage } from '../messages/message.ts'
import { protocolSchema } from '../protocol/protocol.ts'
import { defaultNoiseStudy, simulateNoiseStudy } from '../simulate/simulateNoiseStudy.ts'
import { recordsOf, writeClauses, type Clause, type ReportRecords, type RunFacts } from './clauses.ts'
import { answerQuestion, noAnswers } from './answers.ts'
import { listNotDone, listReviewerAsks, writeReport, writeScoresReport } from './writeReport.ts'

const hash = (letter: string) => letter.repeat(64)

const run: RunFacts = {
  texel: '0.2.0',
  engine: hash('e'),
  extracted: equalToPyradiomics,
  thaws: 2,
  cohortsBy: 'centre',
  endedAt: '2026-01-02T03:04:05.006Z',
  inputs: [{ role: 'features', file: 'F.csv', bytes: 1234, sha256: hash('a') }],
  protocolSha256: hash('b'),
  seeds: { study: 7, train: 991 },
  again: { features: 'F.csv', clinical: 'C.csv' },
  looks: [{ cohort: 'validation', first: { at: '2026-01-01T00:00:00.000Z', protocolSha256: hash('c') }, looks: 3, protocolChanges: 2 }],
} // prettier-ignore

let study: StudyData
let analysis: Analysis
let records: ReportRecords
beforeAll(async () => {
  const kernels = await loadKernels()
  study = simulateNoiseStudy({ ...defaultNoiseStudy, features: 12, batches: 2, training: { patients: 60, positives: 25 }, validation: { patients: 60, positives: 20 } }) // prettier-ignore
  const { ids, values } = study.features
  for (let i = 0; i < 3 * ids.length; i++) values[i] += 1.2 * study.outcomeOf.get(ids[i % ids.length])!
  values[5 * ids.length + 3] = NaN
  const protocol = protocolSchema.parse({
    seed: 7,
    cohort: { freeze: hash('d') },
    missing: 'median of training',
    harmonise: { mode: 'reference' },
    select: [{ method: 'rankSum', alpha: 0.2 }, { method: 'redundancy' }, { method: 'lasso', folds: 4 }],
    models: [{ method: 'logistic' }, { method: 'logistic', name: 'ridge', penalty: 'ridge', classWeights: 'balanced' }, { method: 'forest', trees: 31 }, { method: 'svm', cost: 3 }], // prettier-ignore
    evaluate: { bootstraps: 120, prevalence: 0.23, confidence: 0.9 },
    resample: { folds: 3, bootstraps: 2 },
  })
  analysis = await analyse(study, protocol, async (jobs) => {
    const results = []
    for (const job of jobs) results.push(await runStatisticsJob(kernels, job))
    return results
  })
  records = recordsOf(analysis, run)
})

/** What lies at a clause's place: the place is a path through the records. */
function follow({ record }: Clause): unknown {
  return record.split('/').reduce((at: unknown, key) => (at as Record<string, unknown>)[key], records)
}

/** Numbers as a sentence may print them, near the top of a record: values, and how many there are of something. */
function printable(record: unknown, depth = 0): string[] {
  if (typeof record === 'number')
    return [record, 100 * record].flatMap((value) => [String(value), value.toFixed(1), value.toFixed(3), value.toFixed(3).replace('-0.000', '0.000'), String(Number(value.toPrecision(4)))]) // prettier-ignore
  if (typeof record === 'string') return record.match(/\d+(\.\d+)?/g) ?? []
  if (typeof record !== 'object' || record === null || depth > 3) return []
  const own = Array.isArray(record) ? [String(record.length)] : []
  return [...own, ...Object.values(record).flatMap((value) => printable(value, depth + 1))]
}

const numbersIn = (text: string) => text.replaceAll(/SHA-256|[0-9a-f]{64}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '').match(/-?\d+(\.\d+)?/g) ?? [] // prettier-ignore

test('every number of the text is a value of the record that its sentence names', () => {
  const clauses = writeClauses(records)
  expect(clauses.length).toBeGreaterThan(40)
  for (const clause of clauses) {
    const found = follow(clause)
    expect(found, clause.record).toBeDefined()
    // Counts that are no value by themselves: negatives of a cohort, values imputed, what training rows lacked.
    const { values } = clause.message
    const derived = clause.message.code === 'cohort-counted' ? [String((values.rows as number) - (values.positives as number))] : [] // prettier-ignore
    // What was chosen otherwise, and what a model does at its cut-off, lies deeper.
    const isDeep = clause.record === 'missing' || clause.message.code === 'abstract-result'
    const known = new Set([...printable(found, isDeep ? -2 : 0), ...derived])
    for (const number of numbersIn(say(clause.message))) expect(known, `${number} of: ${say(clause.message)}`).toContain(number)
  }
})

test('a clause is printed if and only if its record is there', () => {
  const all = writeClauses(records)
  const names = Object.keys(records) as (keyof ReportRecords)[]
  expect(names.toSorted()).toEqual(['combat', 'evaluation', 'missing', 'models', 'optimism', 'protocol', 'resampling', 'run', 'selection', 'split']) // prettier-ignore
  for (const name of names) {
    const others = { ...records, [name]: undefined }
    const own = all.filter(({ record }) => record.split('/')[0] === name)
    expect(own.length, name).toBeGreaterThan(0)
    expect(writeClauses(others), name).toEqual(all.filter((clause) => !own.includes(clause)))
  }
  expect(writeClauses({})).toEqual([])
})

test('a step, a model or a cohort that is not in its record is not told of, and the others stay', () => {
  const textOf = (of: ReportRecords) => writeClauses(of).map(({ message }) => say(message))
  const [first, ...steps] = records.selection!.steps
  expect(first.method).toBe('rankSum')
  const without = textOf({ selection: { ...records.selection!, steps } }).join('\n')
  expect(textOf(records).join('\n')).toMatch(/Wilcoxon rank-sum test: \d+ kept of 12 at P < 0\.2/)
  expect(without).not.toContain('Wilcoxon')
  expect(without).toMatch(/LASSO, lambda minimum/)
  const { SVM, ...models } = records.models!
  expect(SVM.name).toBe('SVM')
  expect(textOf({ models }).some((text) => text.startsWith('SVM'))).toBe(false)
  expect(textOf({ models }).filter((text) => /^(LR|ridge|RF): /.test(text)).length).toBeGreaterThanOrEqual(3)
})

test('nothing is printed twice with different numbers', () => {
  const clauses = writeClauses(records)
  const subject = ({ message: { code, values } }: Clause) => JSON.stringify([code, Object.values(values).filter((value) => typeof value === 'string' || isMessage(value))]) // prettier-ignore
  const told = clauses.filter(({ message: { code } }) => !/^(model-note|not-corrected)/.test(code)).map(subject)
  expect(told.filter((one, i) => told.indexOf(one) !== i)).toEqual([])
  const values = (code: string, name: string) => clauses.filter(({ message }) => message.code === code).map(({ message }) => message.values[name]) // prettier-ignore
  const learning = ['model-logistic', 'model-penalised', 'model-forest', 'model-svm'].flatMap((code) =>
    values(code, 'learntFrom'),
  )
  expect(learning).toHaveLength(4)
  expect(new Set([...learning, ...values('rows-split', 'learning'), values('cohort-counted', 'rows')[0]])).toEqual(new Set([60]))
  expect(new Set([...values('candidates', 'candidates'), ...values('features-left', 'candidates'), ...values('step-rank-sum', 'columns')])).toEqual(new Set([12])) // prettier-ignore
})

test('what has no record is listed as not done, and nothing else is', () => {
  expect(listNotDone(records)).toEqual(['agreement'])
  const { protocol, combat, resampling, optimism, evaluation, ...few } = records
  expect([protocol, combat, resampling, optimism].every((record) => record !== undefined)).toBe(true)
  const training = evaluation!.cohorts.filter(({ role }) => role === 'training')
  expect(listNotDone({ ...few, evaluation: { ...evaluation!, cohorts: training } })).toEqual(['fixed cohorts', 'harmonisation', 'agreement', 'resampling', 'optimism', 'validation']) // prettier-ignore
  expect(listNotDone({})).toEqual(['fixed cohorts', 'harmonisation', 'agreement', 'resampling', 'optimism', 'validation', 'calibration', 'decision curves', 'run record']) // prettier-ignore
})

test('a reviewer asks the worst first: copies of the outcome above all', () => {
  const copies = { ...analysis.copies, outcome: { ...analysis.copies.outcome, columns: ['leak'] } }
  const asked = listReviewerAsks({ ...analysis, copies }, study)
  expect(asked[0]).toMatchObject({ grave: true, message: { code: 'outcome-copied' } })
  const grave = asked.map((one) => one.grave)
  expect(grave).toEqual(grave.toSorted((a, b) => Number(b) - Number(a)))
  expect(asked.length).toBeGreaterThan(grave.filter(Boolean).length)
})

test('every code of a report has a sentence', () => {
  const { clauses, title } = writeReport(analysis, study, run)
  expect(title).toBe(analysis.protocol.title)
  for (const { message } of clauses) expect(say(message)).not.toMatch(/^\w+\/[\w-]+ \{|undefined|NaN|\[object/)
})

test('features that Texel measured are said to be so, and what they equal; of a table that was read neither is said, nor how often cohorts were opened', () => {
  const textOf = (of: RunFacts) => writeClauses({ run: of }).map(({ message }) => say(message)).join('\n') // prettier-ignore
  const own = textOf(run)
  expect(own).toContain('Features were measured by Texel')
  expect(own).toContain('equal those of PyRadiomics 3.0.1 on the reference cases: within a relative difference of 0.00001,')
  expect(own).toContain('Who is judged comes from another centre than who learnt.')
  expect(own).toContain('The cohorts were fixed and opened again 2 times before')
  expect(own).toContain(`Engine (kernels.wasm): SHA-256 ${hash('e')}.`)
  expect(textOf({ ...run, thaws: 0 })).toContain('The cohorts were fixed once and never opened again.')
  const read = textOf({ ...run, extracted: null, thaws: null, cohortsBy: null })
  expect(read).toContain('this run did not extract them')
  expect(read).not.toMatch(/PyRadiomics|measured by Texel|opened again|another centre/)
})

test('an abstract has the numbers of who was judged, or of who learnt where nobody was, and of every model there once', () => {
  const abstractOf = (of: ReportRecords) => writeClauses(of).filter(({ topic }) => topic === 'abstract').map(({ message }) => say(message)) // prettier-ignore
  const told = abstractOf(records)
  const [training] = records.evaluation!.cohorts
  const validation = records.evaluation!.cohorts.find(({ role }) => role === 'validation')!
  expect(told.slice(0, 2)).toEqual([`training: 60 patients, ${training.positives} positive.`, `validation: 60 patients, ${validation.positives} positive.`]) // prettier-ignore
  const results = told.filter((text) => text.includes('AUC'))
  expect(results.map((text) => text.split(': ')[0])).toEqual(validation.models.map(({ model }) => `validation, ${model}`))
  const [first] = validation.models
  const { sensitivity, specificity } = first.cutoffs[0].classification!
  expect(results[0]).toContain(`AUC ${first.auc.auc.toFixed(3)} (`)
  expect(results[0]).toContain(`sensitivity ${sensitivity.estimate.toFixed(3)}, specificity ${specificity.estimate.toFixed(3)}.`)
  const alone = abstractOf({ evaluation: { ...records.evaluation!, cohorts: [training] } })
  expect(alone.filter((text) => text.includes('AUC')).every((text) => text.startsWith('training'))).toBe(true)
})

test('ComBat is told by its mode: that of the paper always says that it saw validation values', () => {
  const told = (mode: CombatMode) => {
    const { message } = writeClauses({ combat: { ...records.combat!, mode } }).find(({ message: { code } }) => code === 'combat-fitted')! // prettier-ignore
    return say(message)
  }
  const start = '12 features were harmonised between 2 batches by ComBat (parametric prior), which learnt from 60 rows of '
  expect(told('all patients, labels unseen')).toBe(`${start}all cohorts: the validation cohorts were harmonised with validation values, labels unseen.`) // prettier-ignore
  expect(told('training only')).toBe(`${start}training alone.`)
  expect(told('reference')).toBe(`${start}training alone, then kept as a reference, which 2 batches joined without changing it.`)
})

test('scores that came from elsewhere have a report of what is known of them: cut-offs are not said to be carried, nothing is said to have been learnt', () => {
  const [, , validation] = records.evaluation!.cohorts
  const evaluation = { ...records.evaluation!, learntFrom: [], cohorts: [validation] }
  const report = writeScoresReport(evaluation, 'Scores of s.csv', { ...run, endedAt: null, protocolSha256: null, seeds: {}, again: null }, answerQuestion(noAnswers, 'ethics', 'Board 7')) // prettier-ignore
  const text = report.clauses.map(({ message }) => say(message)).join('\n')
  expect(text).toContain('Cut-offs: Youden, chosen on the patients who are judged by them.')
  expect(text).toContain('Written by Texel 0.2.0.')
  expect(text).not.toMatch(/texel analyse|Seeds|Protocol|carried|null|undefined/)
  expect(report.questions.filter(({ answer }) => answer !== null)).toEqual([{ of: 'ethics', answer: 'Board 7' }])
  expect(report.notDone).toContain('resampling')
})
