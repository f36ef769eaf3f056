import { expect, test } from 'vitest'
import { answerQuestion, markItem, noAnswers } from '../answers.ts'
import { clearItems } from './clear.ts'
import type { ChecklistFacts, LearningFacts } from './facts.ts'
import { countItems } from './items.ts'
import { metricsItems, scoreMetrics } from './metrics.ts'
import { readChecklists } from './readChecklists.ts'
import { readRqs } from './rqs.ts'
import { tripodItems } from './tripod.ts'

const learning: LearningFacts = { guard: 'closed', steps: new Set(['agreement', 'rankSum']), isHarmonised: true, isResampled: true, lacksValues: false, hasFewEvents: false, hasClinicalModel: false, hasSimpleModel: true, isScaled: true, hasSecondReader: true } // prettier-ignore
const facts: ChecklistFacts = { learning, validations: 1, isCalibrated: true, isCalibratedOutOfFold: false, hasDecisionCurves: true, comparesModels: true, warnings: 2, cohortsBy: null } // prettier-ignore
const scoresAlone: ChecklistFacts = { ...facts, learning: null }
const read = (of: ChecklistFacts = facts, answers = noAnswers) => readChecklists(of, answers)
const item = (list: 'clear' | 'metrics' | 'tripod', id: string, ...of: Parameters<typeof read>) => read(...of)[list].find((one) => one.id === id)! // prettier-ignore
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

test('the lists are whole: 58 items of CLEAR, 28 of METRICS with 0.9575 of the weight, 52 parts of TRIPOD+AI, 36 points of RQS', () => {
  expect(clearItems.map(({ id }) => Number(id))).toEqual(Array.from({ length: 58 }, (_, i) => i + 1))
  const ids = metricsItems.map(({ id }) => Number(id))
  expect(ids).toEqual(Array.from({ length: 30 }, (_, i) => i + 1).filter((id) => id !== 9 && id !== 17))
  expect(sum(metricsItems.map(({ weight }) => weight))).toBeCloseTo(0.9575, 10)
  expect(new Set(tripodItems.map(({ id }) => id)).size).toBe(52)
  expect(new Set(tripodItems.map(({ id }) => parseInt(id, 10)))).toEqual(new Set(Array.from({ length: 27 }, (_, i) => i + 1)))
  const rqs = readRqs(facts)
  expect([rqs.length, sum(rqs.map(({ least }) => least)), sum(rqs.map(({ most }) => most))]).toEqual([16, -8, 36])
  for (const { points, least, most } of rqs) if (points !== null) expect(points >= least && points <= most).toBe(true)
})

test('of METRICS the program’s own items and those that it drafts for lack of a record weigh 0.563; the paper’s P items', () => {
  const weightOf = (ids: readonly number[]) => sum(metricsItems.filter(({ id }) => ids.includes(Number(id))).map(({ weight }) => weight)) // prettier-ignore
  expect(weightOf([1, 4, 10, 11, 12, 13, 14, 15, 16, 18, 20, 21, 22, 25, 26, 27])).toBeCloseTo(0.5627, 10)
  expect(sum(metricsItems.filter(({ who }) => who === 'program').map(({ weight }) => weight))).toBeCloseTo(0.3397, 10)
})

test('the score says what is sure and what would be if drafts held, over what applies', () => {
  const { metrics, score } = read()
  const yes = (states: readonly string[]) => sum(metrics.filter(({ value, state }) => value === 'yes' && states.includes(state)).map(({ weight }) => weight!)) // prettier-ignore
  // 10, 14, 18, 20, 21, 22, 25; with 1, 4, 16, 19, 27.
  expect(yes(['filled'])).toBeCloseTo(0.0112 + 0.02 + 0.0599 + 0.0352 + 0.0234 + 0.0176 + 0.0176, 10)
  expect(score.sure).toBeCloseTo(yes(['filled']) / 0.9575, 10)
  expect(score.ifDraftsHold).toBeCloseTo((yes(['filled']) + 0.0368 + 0.0438 + 0.03 + 0.03 + 0.0749) / 0.9575, 10)
  const without = scoreMetrics(read(facts, markItem(noAnswers, 'metrics/5', 'not applicable')).metrics)
  expect(without.sure).toBeCloseTo(yes(['filled']) / (0.9575 - 0.0292), 10)
})

test('redundant features count as removed only where they were; ComBat with validation values is no proper partition', () => {
  expect(item('metrics', '15').value).toBe('no')
  expect(item('metrics', '15', { ...facts, learning: { ...learning, steps: new Set(['redundancy']) } }).value).toBe('yes')
  expect(item('metrics', '18', { ...facts, learning: { ...learning, guard: 'values seen' } }).value).toBe('no')
  expect(item('metrics', '16', { ...facts, learning: { ...learning, hasFewEvents: true } })).toMatchObject({ state: 'drafted', value: 'no' }) // prettier-ignore
  expect(item('metrics', '1')).toMatchObject({ state: 'drafted', value: 'yes' })
})

test('where the study knows how its cohorts were told apart, other centres are no draft; nor are patients who were held out', () => {
  const of = (cohortsBy: ChecklistFacts['cohortsBy']) => ['4', '26', '27'].map((id) => { const { value, state } = item('metrics', id, { ...facts, cohortsBy }); return `${value} ${state}` }) // prettier-ignore
  expect(of(null)).toEqual(['yes drafted', 'no drafted', 'yes drafted'])
  expect(of('centre')).toEqual(['yes filled', 'no filled', 'yes filled'])
  expect(of('split')).toEqual(['no drafted', 'yes filled', 'no filled'])
  expect(of('date')).toEqual(['no drafted', 'yes filled', 'no filled'])
  const points = (cohortsBy: ChecklistFacts['cohortsBy']) =>
    readRqs({ ...facts, cohortsBy }).find(({ id }) => id === '12')!.points
  expect([null, 'split', 'centre'].map((by) => points(by as ChecklistFacts['cohortsBy']))).toEqual([2, 2, 3])
  expect(item('metrics', '27', { ...facts, validations: 0, cohortsBy: 'centre' }).value).toBe('no')
})

test('an item stands where its record is told, and is open where there is none', () => {
  expect(item('clear', '31')).toMatchObject({ state: 'filled', at: 'selection' })
  const without = { ...facts, learning: { ...learning, steps: new Set(['rankSum'] as const) } }
  expect(item('clear', '31', without)).toMatchObject({ state: 'open', at: null })
  expect(item('clear', '29').state).toBe('not applicable')
  expect(item('clear', '29', { ...facts, learning: { ...learning, lacksValues: true } })).toMatchObject({
    state: 'filled',
    at: 'data',
  })
  expect(item('tripod', '12f').state).toBe('not applicable')
})

test('an answer fills the items that ask for it, a mark of a person overrules, and both can be taken back', () => {
  expect(item('clear', '8').state).toBe('open')
  const answered = answerQuestion(noAnswers, 'ethics', 'Board 7')
  expect(item('clear', '8', facts, answered)).toMatchObject({ state: 'filled', at: 'questions' })
  expect(item('tripod', '17', facts, answered).state).toBe('filled')
  expect(item('clear', '1').state).toBe('drafted')
  const marked = markItem(noAnswers, 'clear/1', 'yes')
  expect(item('clear', '1', facts, marked).state).toBe('filled')
  expect(item('clear', '1', facts, markItem(marked, 'clear/1', null)).state).toBe('drafted')
  expect(item('metrics', '27', facts, markItem(noAnswers, 'metrics/27', 'no'))).toMatchObject({ state: 'filled', value: 'no' })
})

test('of scores that came from elsewhere nothing is said of how the models came about', () => {
  const { clear, metrics, rqs } = read(scoresAlone)
  expect(clear.filter(({ at }) => at === 'models' || at === 'selection' || at === 'model cards')).toEqual([])
  expect(['14', '15', '16', '18', '24', '25'].map((id) => metrics.find((one) => one.id === id)!.value)).toEqual([null, null, null, null, null, null]) // prettier-ignore
  expect(rqs.filter(({ points }) => points !== null).map(({ id }) => id)).toEqual(['8', '9', '10', '12', '14'])
  const { filled, drafted, open, notApplicable } = countItems(clear)
  expect(filled + drafted + open + notApplicable).toBe(58)
  expect(open).toBeGreaterThan(countItems(read().clear).open)
})
