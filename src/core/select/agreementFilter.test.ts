import { expect, test } from 'vitest'
import { normalQuantile } from '../numeric/distributions.ts'
import { createRandom } from '../numeric/random.ts'
import { makeFeatureTable, pickRows, type FeatureTable } from '../table/featureTable.ts'
import { poolUnlabelled, takeTraining, type TrainingTable, type UnlabelledPool } from '../table/trainingTable.ts'
import { filterByAgreement, filterByAgreementOfAll } from './agreementFilter.ts'
import { computeIcc } from './icc.ts'
import { say } from '../../messages/say.ts'

const ids = Array.from({ length: 60 }, (_, i) => `p${i + 1}`)
const columns = ['good', 'poor', 'flat', 'gaps', 'infinite']
const training = ids.slice(0, 40)

/** The second reader repeats the good column almost, the poor one hardly. */
function makeReadings(): { first: FeatureTable; second: FeatureTable } {
  const { uniform } = createRandom(7)
  const noise = () => normalQuantile(uniform())
  const truth = ids.map(noise)
  const gap = (i: number) => (i % 5 === 0 ? truth[i] : NaN)
  const first = [truth, truth, ids.map(() => 2), ids.map((_, i) => gap(i)), ids.map((_, i) => (i === 12 ? Infinity : i))]
  const second = [truth.map((x) => x + 0.1 * noise()), truth.map((x) => x + 2 * noise()), ids.map(() => 2), truth, ids.map((_, i) => i)] // prettier-ignore
  const table = (values: number[][]) => makeFeatureTable(ids, columns, Float64Array.from(values.flat()))
  return { first: table(first), second: table(second) }
}

const { first, second } = makeReadings()
const cohorts = { training, validation: ids.slice(40) }
const outcome = ids.map((_, i) => i % 2)
const learning = takeTraining(first, outcome, cohorts)

test('keeps what both readers measure alike; undefined columns are counted apart', () => {
  const result = filterByAgreement(learning, [pickRows(second, ids.slice(10, 50))])
  expect(result).toMatchObject({ kept: ['good'], form: 'ICC2', threshold: 0.75, undefinedColumns: 3, patients: 'training', warnings: [] }) // prettier-ignore
  expect(result.learntFrom).toEqual(ids.slice(10, 40))
  expect(result.columns.map(({ reason }) => reason && say(reason))).toEqual([undefined, undefined, 'the readings do not vary', 'fewer than 10 patients have all readings', 'a reading is infinite']) // prettier-ignore
  const values = (table: FeatureTable) => table.values.subarray(10, 40)
  expect(result.columns[0]).toEqual({ column: 'good', patients: 30, kept: true, ...computeIcc([values(first), values(second)]).ICC2 }) // prettier-ignore
})

test('validation patients change nothing, whatever their values', () => {
  const changed = { ...second, values: second.values.map((value, i) => (i % 60 >= 40 ? -value * 100 : value)) }
  expect(filterByAgreement(learning, [changed])).toEqual(filterByAgreement(learning, [second]))
})

test('the threshold is passed above it only, on the estimate or on the lower bound', () => {
  const { icc, lower } = filterByAgreement(learning, [second]).columns[0]
  const keeps = (options: Parameters<typeof filterByAgreement>[2]) => filterByAgreement(learning, [second], options).kept.includes('good') // prettier-ignore
  expect([keeps({ threshold: icc }), keeps({ threshold: icc - 1e-12 })]).toEqual([false, true])
  expect([keeps({ threshold: lower, on: 'lower bound' }), keeps({ threshold: lower - 1e-12, on: 'lower bound' })]).toEqual([false, true]) // prettier-ignore
})

test('few re-read patients are told, too few refused, further readers count', () => {
  expect(say(filterByAgreement(learning, [pickRows(second, ids.slice(0, 19))]).warnings[0])).toContain('Only 19 re-read patients')
  expect(() => filterByAgreement(learning, [pickRows(second, ids.slice(31))])).toThrowSaying('there are 9')
  expect(() => filterByAgreement(learning, [pickRows(second, ids.slice(0, 20)), pickRows(second, ids.slice(15))])).toThrowSaying('there are 5') // prettier-ignore
  expect(() => filterByAgreement(learning, [])).toThrowSaying('at least one further reader')
  const three = filterByAgreement(learning, [second, first])
  expect(three.columns[0].df2).toBe(39 * 2)
})

test('all re-read patients take part only by a name of its own, without labels', () => {
  const result = filterByAgreementOfAll(poolUnlabelled(first), [second])
  expect(result.learntFrom).toHaveLength(60)
  expect(result.patients).toBe('all re-read patients, labels unseen')
})

test('a plain table is refused, and so is one without the columns', () => {
  expect(() => filterByAgreement(first as TrainingTable, [second])).toThrowSaying('Only a training table')
  expect(() => filterByAgreementOfAll(first as UnlabelledPool, [second])).toThrowSaying('poolUnlabelled')
  const narrow = makeFeatureTable(ids, ['good'], second.values.slice(0, 60))
  expect(() => filterByAgreement(learning, [narrow])).toThrowSaying('no column poor')
})
