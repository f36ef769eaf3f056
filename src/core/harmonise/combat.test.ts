import { expect, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { makeFeatureTable, pickColumns, pickRows, type FeatureTable } from '../table/featureTable.ts'
import { poolUnlabelled, takeTraining, type TrainingTable, type UnlabelledPool } from '../table/trainingTable.ts'
import { applyCombat } from './applyCombat.ts'
import { fitCombat, joinBatches } from './combat.ts'
import type { CombatRecord } from './combatRecord.ts'
import { say } from '../../messages/say.ts'

const sayReasons = ({ unadjusted }: Pick<CombatRecord, 'unadjusted'>) =>
  unadjusted.map(({ column, reason }) => ({ column, reason: say(reason) }))

const rows = 80
const columns = Array.from({ length: 12 }, (_, j) => `f${j}`)
const ids = Array.from({ length: rows }, (_, i) => `p${i}`)
const validation = ids.slice(50)
const training = ids.slice(0, 50)
/** Training: A and B; validation: 5 of A, 22 of the new scanner C, 3 of the new scanner D. */
const batchOf = new Map(ids.map((id, i) => [id, i < 50 ? 'AB'[i % 2] : i < 55 ? 'A' : i < 77 ? 'C' : 'D']))
const outcome = ids.map((_, i) => (i % 3 === 0 ? 1 : 0))

function draw(seed: number): FeatureTable {
  const random = createRandom(seed)
  const offset = { A: 0, B: 1.5, C: -2, D: 4 } as Record<string, number>
  return makeFeatureTable(ids, columns, Float64Array.from(columns.flatMap((_, j) => ids.map((id) => j + offset[batchOf.get(id)!] * (1 + j / 9) + random.uniform() * (id < 'p4' ? 2 : 1))))) // prettier-ignore
}

const table = draw(1)
const cohorts = { training, validation }
const trainingOf = (from: FeatureTable) => takeTraining(from, outcome, cohorts)
/** The same training values, other validation values. */
const otherValidation = makeFeatureTable(ids, columns, table.values.map((value, k) => (k % rows < 50 ? value : 100 - 3 * value))) // prettier-ignore

function throughJson(record: CombatRecord): CombatRecord {
  return JSON.parse(JSON.stringify(record)) as CombatRecord
}

test('training only: nothing of a validation patient reaches the record or a training value', () => {
  const fit = (from: FeatureTable) => fitCombat({ mode: 'training only', patients: trainingOf(from) }, { batchOf })
  const record = fit(table)
  expect(fit(otherValidation)).toEqual(record)
  expect(record.learntFrom).toEqual(training)
  const known = pickRows(table, ids.slice(0, 55))
  const otherKnown = pickRows(otherValidation, ids.slice(0, 55))
  const harmonised = pickRows(applyCombat(record, known, { batchOf }), training)
  expect(pickRows(applyCombat(record, otherKnown, { batchOf }), training)).toEqual(harmonised)
  expect(harmonised.values).not.toEqual(pickRows(table, training).values)
})

test('reference: nothing of a new patient reaches what the training patients learnt or their values', () => {
  const fit = (from: FeatureTable) => {
    const frozen = fitCombat({ mode: 'reference', patients: trainingOf(from) }, { batchOf })
    const record = joinBatches(frozen, poolUnlabelled(from), { batchOf }, { smallBatches: 'leave out' })
    return { frozen, record, harmonised: applyCombat(record, from, { batchOf }, { unseenBatches: 'leave unharmonised' }) }
  }
  const [one, other] = [fit(table), fit(otherValidation)]
  expect(other.frozen).toEqual(one.frozen)
  expect({ ...other.record, reference: null }).toEqual({ ...one.record, reference: null })
  expect(other.record.reference?.target).toEqual(one.record.reference?.target)
  expect(other.record.reference?.joined).not.toEqual(one.record.reference?.joined)
  expect(pickRows(other.harmonised, training)).toEqual(pickRows(one.harmonised, training))
  expect(one.record.reference?.joined.map(({ batch, patients }) => [batch, patients])).toEqual([['C', 22]])
  expect(one.harmonised.notHarmonised).toEqual(['p77', 'p78', 'p79'])
  expect(pickRows(one.harmonised, ['p77']).values).toEqual(pickRows(table, ['p77']).values)
  const trainedOnly = fitCombat({ mode: 'training only', patients: trainingOf(table) }, { batchOf })
  expect(pickRows(applyCombat(trainedOnly, pickRows(table, training), { batchOf }), training).values).toEqual(pickRows(one.harmonised, training).values) // prettier-ignore
})

test('a batch that joins does not depend on the others that join', () => {
  const frozen = fitCombat({ mode: 'reference', patients: trainingOf(table) }, { batchOf })
  const together = joinBatches(frozen, poolUnlabelled(table), { batchOf }, { minimumPatients: 3 })
  const alone = (batch: string) => joinBatches(frozen, poolUnlabelled(pickRows(table, ids.filter((id) => batchOf.get(id) === batch))), { batchOf }, { minimumPatients: 3 }) // prettier-ignore
  expect(together.reference?.joined).toEqual([...alone('C').reference!.joined, ...alone('D').reference!.joined])
})

test('all patients: labels cannot be given, and a training table is no pool', () => {
  // @ts-expect-error a table with labels is no unlabelled pool
  const labelled: UnlabelledPool = trainingOf(table)
  expect(labelled).toHaveProperty('outcome')
  // @ts-expect-error a pool has no outcome
  expect(poolUnlabelled(table).outcome).toBeUndefined()
  const forged = table as unknown as UnlabelledPool
  expect(() => fitCombat({ mode: 'all patients, labels unseen', patients: forged }, { batchOf })).toThrowSaying('poolUnlabelled')
  expect(() => fitCombat({ mode: 'training only', patients: table as unknown as TrainingTable }, { batchOf })).toThrowSaying('takeTraining') // prettier-ignore
})

test('labels of the training patients change nothing', () => {
  const flipped = takeTraining(table, outcome.map((label) => 1 - label), cohorts) // prettier-ignore
  for (const mode of ['training only', 'reference'] as const)
    expect(fitCombat({ mode, patients: flipped }, { batchOf })).toEqual(fitCombat({ mode, patients: trainingOf(table) }, { batchOf })) // prettier-ignore
})

test('a record that went through JSON gives new patients of known batches the same bits', () => {
  const record = fitCombat({ mode: 'training only', patients: trainingOf(table) }, { batchOf })
  const newcomers = pickRows(table, ids.slice(50, 55))
  const harmonised = applyCombat(record, newcomers, { batchOf })
  expect(applyCombat(throughJson(record), newcomers, { batchOf })).toEqual(harmonised)
  expect(harmonised.notHarmonised).toEqual([])
  const otherOrder = pickColumns(newcomers, [...columns].reverse())
  expect(pickColumns(applyCombat(record, otherOrder, { batchOf }), columns).values).toEqual(harmonised.values)
  expect(throughJson(record)).toEqual(record)
})

test('offsets between batches are gone afterwards, and what covariates explain stays', () => {
  const dose = new Map(ids.map((id, i) => [id, (i * 7) % 11]))
  const dosed = makeFeatureTable(ids, columns, table.values.map((value, k) => value + 2 * dose.get(ids[k % rows])!)) // prettier-ignore
  const facts = { batchOf, covariates: [{ name: 'dose', kind: 'numeric', valueOf: dose } as const] }
  const pool = poolUnlabelled(pickRows(dosed, ids.slice(0, 77)))
  const record = fitCombat({ mode: 'all patients, labels unseen', patients: pool }, facts)
  record.target.coefficients[0].forEach((coefficient) => expect(coefficient).toBeCloseTo(2, 1))
  const harmonised = applyCombat(record, pool, facts)
  const meanOf = (batch: string) => {
    const of = pool.ids.flatMap((id, i) => (batchOf.get(id) === batch ? [harmonised.values[i] - 2 * dose.get(id)!] : []))
    return of.reduce((sum, value) => sum + value, 0) / of.length
  }
  expect(meanOf('A')).toBeCloseTo(meanOf('C'), 1)
  expect(() => applyCombat(record, pool, { batchOf })).toThrowSaying('numeric covariate dose')
})

test('unseen batches are refused by name, or left and marked on request', () => {
  const record = fitCombat({ mode: 'training only', patients: trainingOf(table) }, { batchOf })
  expect(() => applyCombat(record, table, { batchOf })).toThrowSaying('was not fitted with batch C, D; it knows A, B. Either fit in the mode "reference"') // prettier-ignore
  expect(applyCombat(record, table, { batchOf }, { unseenBatches: 'leave unharmonised' }).notHarmonised).toHaveLength(25)
  expect(() => joinBatches(record, poolUnlabelled(table), { batchOf })).toThrowSaying('this one is "training only"')
  const frozen = fitCombat({ mode: 'reference', patients: trainingOf(table) }, { batchOf })
  expect(() => joinBatches(frozen, poolUnlabelled(table), { batchOf })).toThrowSaying('at least 20 patients to join; D has 3')
  expect(() => applyCombat(frozen, table, { batchOf })).toThrowSaying('let it join with patients of its own')
  const renamed = new Map([...batchOf, ['p0', 'C']])
  expect(() => joinBatches(frozen, poolUnlabelled(table), { batchOf: renamed }, { smallBatches: 'leave out' })).toThrowSaying('cannot join under a new batch: p0') // prettier-ignore
})

test('reference: a single training batch stays as it is and others can join it', () => {
  const single = new Map([...batchOf].map(([id, batch]) => [id, batch === 'B' ? 'A' : batch]))
  const record = joinBatches(fitCombat({ mode: 'reference', patients: trainingOf(table) }, { batchOf: single }), poolUnlabelled(table), { batchOf: single }, { minimumPatients: 3 }) // prettier-ignore
  const harmonised = applyCombat(record, table, { batchOf: single })
  expect(pickRows(harmonised, training)).toEqual(pickRows(table, training))
  expect(pickRows(harmonised, ['p60']).values).not.toEqual(pickRows(table, ['p60']).values)
  expect(() => fitCombat({ mode: 'training only', patients: trainingOf(table) }, { batchOf: single })).toThrowSaying('at least 2 batches; found only A') // prettier-ignore
})

test('a column that is constant in a new batch is left alone there and listed', () => {
  const flat = makeFeatureTable(ids, columns, table.values.map((value, k) => (k < rows && k >= 55 && k < 77 ? 5 : value))) // prettier-ignore
  const frozen = fitCombat({ mode: 'reference', patients: trainingOf(flat) }, { batchOf })
  const record = joinBatches(frozen, poolUnlabelled(flat), { batchOf }, { smallBatches: 'leave out' })
  expect(sayReasons(record.reference!.joined[0])).toEqual([{ column: 'f0', reason: 'is constant in batch C' }])
  const harmonised = applyCombat(record, flat, { batchOf }, { unseenBatches: 'leave unharmonised' })
  expect(pickColumns(pickRows(harmonised, ['p60']), ['f0']).values[0]).toBe(5)
})

test('a batch of one patient, a batch without values, and too few columns', () => {
  const lone = new Map([...batchOf, ['p0', 'E']])
  const pool = poolUnlabelled(table)
  const mode = 'all patients, labels unseen'
  expect(() => fitCombat({ mode, patients: pool }, { batchOf: lone })).toThrowSaying(
    'A batch of one patient has no scale of its own: E',
  )
  const record = fitCombat({ mode, patients: pool }, { batchOf: lone }, { asSva: true })
  expect(record.meanOnly).toBe(true)
  expect(record.warnings.map(say)).toEqual(['Batches with fewer than 5 patients: D (3), E (1).', 'A batch has one patient only: every batch is adjusted by its mean only, as sva does.']) // prettier-ignore
  const holes = makeFeatureTable(ids, columns, table.values.map((value, k) => (k < rows && k >= 78 ? NaN : value))) // prettier-ignore
  expect(sayReasons(fitCombat({ mode, patients: poolUnlabelled(holes) }, { batchOf }))).toEqual([{ column: 'f0', reason: 'has 1 of the 2 values it needs in batch D' }]) // prettier-ignore
  expect(() => fitCombat({ mode, patients: poolUnlabelled(pickColumns(holes, ['f0', 'f1'])) }, { batchOf })).toThrowSaying('1 of 2 can be adjusted. f0 has 1 of the 2 values') // prettier-ignore
})

test('a column that its covariate tells fully is left alone', () => {
  const valueOf = new Map(ids.map((id, i) => [id, (i * 7) % 11]))
  const told = makeFeatureTable(ids, columns, table.values.map((value, k) => (k < rows ? 3 * valueOf.get(ids[k])! + 1 : value))) // prettier-ignore
  const record = fitCombat({ mode: 'all patients, labels unseen', patients: poolUnlabelled(told) }, { batchOf, covariates: [{ name: 'dose', kind: 'numeric', valueOf }] }) // prettier-ignore
  expect(sayReasons(record)).toEqual([{ column: 'f0', reason: 'has no variance left after the covariates' }])
})

test('the outcome is refused as covariate, in either coding, and taken for comparison with sva', () => {
  const patients = trainingOf(table)
  const valueOf = new Map(ids.map((id, i) => [id, outcome[i] === 1 ? 'yes' : 'no']))
  const facts = { batchOf, covariates: [{ name: 'HER2', kind: 'factor', valueOf } as const] }
  expect(() => fitCombat({ mode: 'training only', patients }, facts)).toThrowSaying('The covariate HER2 is the outcome')
  expect(fitCombat({ mode: 'training only', patients }, facts, { asSva: true }).covariates).toEqual([{ name: 'HER2', kind: 'factor', levels: ['no', 'yes'] }]) // prettier-ignore
})

test('patients without batch or covariate, infinite values, unknown levels and reference batches are named', () => {
  const pool = poolUnlabelled(table)
  const mode = 'all patients, labels unseen'
  expect(() => fitCombat({ mode, patients: pool }, { batchOf: new Map([...batchOf].slice(2)) })).toThrowSaying(
    '2 have none: p0, p1',
  )
  const infinite = makeFeatureTable(ids, columns, table.values.map((value, k) => (k === rows + 3 ? Infinity : value))) // prettier-ignore
  expect(() => fitCombat({ mode, patients: poolUnlabelled(infinite) }, { batchOf })).toThrowSaying(
    'The value of f1 for p3 is infinite',
  )
  expect(() => fitCombat({ mode, patients: pool }, { batchOf }, { referenceBatch: 'X' })).toThrowSaying('reference batch X is none of the batches: A, B, C, D') // prettier-ignore
  const valueOf = new Map(ids.map((id, i) => [id, i % 5 < 2 ? 'left' : 'right']))
  const side = { name: 'side', kind: 'factor', valueOf } as const
  const record = fitCombat({ mode, patients: pool }, { batchOf, covariates: [side] })
  const wrong = { ...side, valueOf: new Map([...valueOf, ['p3', 'middle']]) }
  expect(() => applyCombat(record, table, { batchOf, covariates: [wrong] })).toThrowSaying('side of patient p3 is middle; ComBat was fitted with left, right') // prettier-ignore
  const gone = { ...side, valueOf: new Map([...valueOf].slice(1)) }
  expect(() => fitCombat({ mode, patients: pool }, { batchOf, covariates: [gone] })).toThrowSaying(
    'side of patient p0 is missing',
  )
  expect(() => applyCombat(record, pickColumns(table, ['f0', 'f2']), { batchOf, covariates: [side] })).toThrowSaying('the table lacks 10 of them: f1') // prettier-ignore
})
