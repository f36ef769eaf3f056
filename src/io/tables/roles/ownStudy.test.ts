import { expect, test } from 'vitest'
import type { ClinicalValue } from '../../../core/cohort/clinical/readClinical.ts'
import { hashCohorts } from '../../../core/study/cohorts.ts'
import { studyTasks } from '../../../core/study/flow.ts'
import type { CohortFreeze } from '../../../core/study/study.ts'
import { wideTable } from '../../../core/table/wideTable.ts'
import { readStudy } from '../readStudy.ts'
import { formatWideTable } from '../writeWideTable.ts'
import { learnableTasks, ownClinical, ownStudy, type OwnRecords } from './ownStudy.ts'
import { readRawTable } from './rawTable.ts'
import { chooseTask } from './studyTask.ts'
import { describeColumns } from './columnFacts.ts'
import { requireStudy, settleProtocol, takeStudy } from './takeStudy.ts'
import { defaultProtocol } from '../../../core/protocol/protocol.ts'

const her2 = ['positive', 'low', 'zero', 'low', 'positive', 'zero', 'low', null]
const labels = her2.map((_, i) => `A-000${i + 1}`)
const plan = { kind: 'centre', training: ['A'] } as const
const members = labels.map((label, i) => [label, i < 5 ? 'training' : 'validation'] as const)
const freeze: CohortFreeze = { plan, members, hash: hashCohorts(plan, members), by: '1', at: 0, thawedBefore: 0 }
const valueOf = (value: ClinicalValue['value']): ClinicalValue => ({ raw: '', value, status: value === null ? 'missing' : 'ok' })
const records: OwnRecords = {
  freeze,
  patients: labels.map((label, i) => ({ label, centre: i < 5 ? 'A' : 'B', batch: `scanner ${i % 2}` })),
  tasks: studyTasks,
  variables: [
    { id: 'her2', kind: 'her2', column: 'HER2' },
    { id: 'age', kind: 'age', column: 'Age' },
    { id: 'batch', kind: 'category', column: 'Batch' },
    { id: 'mri_date', kind: 'date', column: 'Date' },
  ],
  valuesOf: new Map(labels.map((label, i) => [label, { her2: valueOf(her2[i]), age: valueOf(40.5 + i), batch: valueOf(i === 0 ? null : 'one, "two"'), mri_date: valueOf(19000) }])), // prettier-ignore
}
const names = ['original_firstorder_Mean', 'original_firstorder_Energy']
const tableOf = (ids: readonly string[], by = 0) =>
  wideTable(
    ids.map((id, i) => ({ id, role: 'T1WI', names, values: [1 / (i + 3) + by, i === 1 ? NaN : 1e9 * Math.sqrt(i + 2)] })),
    { ids, roles: ['T1WI'], features: names },
  )
const measured = labels.slice(0, 7)
const origin = { freeze: freeze.hash, rows: 'r', clinical: 'c', plan: 'centre' as const, leftOut: [] }
const rawOf = async (file: File) => readRawTable(new Uint8Array(await file.arrayBuffer()), file.name)

async function take(own: ReturnType<typeof ownStudy>, task = 0) {
  const [features, clinical] = await Promise.all([rawOf(own.features), rawOf(own.clinical)])
  const tables = { features: describeColumns(features), clinical: describeColumns(clinical), statuses: [] }
  return requireStudy(takeStudy({ features, clinical, second: null }, chooseTask(own.choice, tables, own.tasks[task])))
}

test('the tables are read as those of anybody: the same digits, cohorts as they were fixed, whoever is outside a task without outcome', async () => {
  const table = tableOf(measured)
  const own = ownStudy([{ reader: '1', table }], ownClinical(records), origin)
  // The bytes are those of the table that the Features screen saves.
  expect(await own.features.text()).toBe(formatWideTable(table))
  const made = await take(own)
  expect(made.columns).toEqual({
    outcome: { column: 'her2 positive', positive: 'positive', negative: 'other' },
    cohort: { column: 'cohort', training: 'training', freeze: freeze.hash },
    batch: ['batch'],
    patient: null,
    clinical: ['age', 'batch by table'],
    hasSecondReader: false,
  })
  const protocol = settleProtocol(defaultProtocol, made.columns)
  const { study } = readStudy(made.features, made.clinical, protocol)
  expect(protocol.cohort.freeze).toBe(freeze.hash)
  expect(study.features.ids).toEqual(measured)
  expect(study.features.values).toEqual(table.values)
  expect([...study.cohortOf]).toEqual(members.slice(0, 7))
  expect([...study.outcomeOf.values()]).toEqual([1, 0, 0, 0, 1, 0, 0])
  expect(study.batchOf.get('A-0002')).toBe('scanner 1')

  const other = await take(own, 1)
  expect(other.columns.outcome).toEqual({ column: 'her2 low or zero', positive: 'low', negative: 'zero' })
  const second = readStudy(other.features, other.clinical, settleProtocol(defaultProtocol, other.columns)).study
  expect([...second.outcomeOf]).toEqual([['A-0002', 1], ['A-0003', 0], ['A-0004', 1], ['A-0006', 0], ['A-0007', 1]]) // prettier-ignore
})

test('a second reader’s rows stand beside the first’s, of patients that both read', async () => {
  const [one, two] = [tableOf(measured), tableOf(['A-0002', 'A-0005'], 0.25)]
  const own = ownStudy([{ reader: '1', table: one }, { reader: '2', table: two }], ownClinical(records), origin) // prettier-ignore
  const made = await take(own)
  expect(made.columns.hasSecondReader).toBe(true)
  const { study } = readStudy(made.features, made.clinical, settleProtocol(defaultProtocol, made.columns))
  expect(study.features.values).toEqual(one.values)
  expect(study.secondReader).toMatchObject({ ids: ['A-0002', 'A-0005'], values: two.values })
})

test('a task that has one class among those who learn is none of the analysis', () => {
  expect(learnableTasks(records).map(({ column }) => column)).toEqual(['her2 positive', 'her2 low or zero'])
  const withoutZero = new Map([...records.valuesOf!].map(([label, values]) => [label, label === 'A-0003' ? { ...values, her2: valueOf('low') } : values])) // prettier-ignore
  expect(learnableTasks({ ...records, valuesOf: withoutZero }).map(({ column }) => column)).toEqual(['her2 positive'])
  expect(ownClinical({ ...records, valuesOf: null }).tasks).toEqual([])
})

test('one scanner, or one that is not known, is no batch', () => {
  const rolesWith = (batch: (i: number) => string) => ownClinical({ ...records, patients: records.patients.map((patient, i) => ({ ...patient, batch: batch(i) })) }).roles // prettier-ignore
  expect(rolesWith((i) => `${i % 2}`)).toContain('batch')
  expect(rolesWith(() => 'one')).not.toContain('batch')
  expect(rolesWith((i) => (i === 3 ? '' : `${i % 2}`))).not.toContain('batch')
})
