import { expect, test } from 'vitest'
import { studyInclusion } from '../../study/exclusions.ts'
import { studyTasks } from '../../study/flow.ts'
import { madePatient } from '../../study/madeStudy.ts'
import type { ClinicalValue } from './readClinical.ts'
import { clinicIdIn, clinicKey, knownPatients } from './knownPatients.ts'
import { factsOf, plannedPatients, traceStudy } from './overview.ts'

const value = (told: string | number | null): ClinicalValue => ({ raw: String(told), value: told, status: told === null ? 'undecided' : 'ok' }) // prettier-ignore
const values = (her2: string | null, mri: number | null = 18000, surgery: number | null = 18010) => ({ her2: value(her2), mri_date: value(mri), surgery_date: value(surgery) }) // prettier-ignore
const clinical = {
  valuesOf: new Map([
    ['A-0001', values('positive')],
    ['A-0002', values('low')],
    ['A-0003', values(null)],
    ['A-0004', values('zero', 18000, 18031)],
  ]),
}
const study = { tasks: studyTasks, inclusion: studyInclusion }
const patients = [1, 2, 3, 4, 5].map((number) => madePatient(number, { centre: 'A' }))
const excluded = (reason: string) => ({ exclusion: { reason, by: '1', at: 0 } })

test('what is known of a patient comes from the table and her series; without a row nothing is', () => {
  expect(patients.map((patient) => factsOf(patient, clinical)).map(({ daysToSurgery, her2Known }) => [daysToSurgery, her2Known])).toEqual([[10, true], [10, true], [10, false], [31, true], [null, null]]) // prettier-ignore
  expect(factsOf(patients[0], null)).toEqual({ id: 'p1', daysToSurgery: null, treatedBefore: null, her2Known: null, phases: null }) // prettier-ignore
})

test('a plan looks at the day of the examination and at the class of the first task', () => {
  expect(plannedPatients(patients, clinical, studyTasks).map(({ day, outcome }) => [day, outcome])).toEqual([[18000, 'positive'], [18000, 'negative'], [18000, null], [18000, 'negative'], [null, null]]) // prettier-ignore
  expect(plannedPatients(patients, null, []).every(({ day, outcome }) => day === null && outcome === null)).toBe(true)
})

test('an excluded patient counts at the first reason that holds, and all that hold are told; a reason of one’s own comes last', () => {
  const some = [
    patients[0],
    { ...patients[2], ...excluded('poor-quality') },
    { ...patients[3], ...excluded('moved away') },
    { ...patients[4], ...excluded('moved away') },
  ]
  const { nodes, wrong, excluded: reasons } = traceStudy(some, clinical, study)
  expect(reasons).toEqual([
    { id: 'p3', reasons: ['her2-unknown', 'poor-quality'] },
    { id: 'p4', reasons: ['mri-late', 'moved away'] },
    { id: 'p5', reasons: ['moved away'] },
  ])
  expect(nodes.find(({ kind }) => kind === 'centre')?.excluded.map(({ reason, patients: ids }) => [reason, ids])).toEqual([['her2-unknown', ['p3']], ['moved away', ['p5']], ['mri-late', ['p4']]]) // prettier-ignore
  expect(wrong).toEqual([])
})

test('without a clinical table nobody is said to be outside of a task', () => {
  const cohort = patients.map((patient) => ({ ...patient, cohort: 'training' as const }))
  const tasksWith = (table: typeof clinical | null) => traceStudy(cohort, table, study).nodes.flatMap(({ tasks }) => tasks.map(({ outside }) => outside.length)) // prettier-ignore
  expect(tasksWith(clinical)).toEqual([2, 3])
  expect(tasksWith(null)).toEqual([])
})

test('an ID of the clinic is found in what a patient is known by; two of one patient, and one of two, are nobody’s', () => {
  expect(clinicIdIn(clinicKey(' 007', 'A-0001'))).toBe('007')
  expect(clinicIdIn(JSON.stringify(['id', '0815', 'issuer', 'place', '', '']))).toBe('0815')
  expect([clinicIdIn('["study","1.2"]'), clinicIdIn('["centre","north"]'), clinicIdIn('hospital')]).toEqual([null, null, null])
  const told = [
    { label: 'A-0001', ids: ['1', '1', ''] },
    { label: 'A-0002', ids: ['2', '3'] },
    { label: 'A-0003', ids: ['4'] },
    { label: 'B-0001', ids: ['4'] },
    { label: 'B-0002', ids: [] },
  ]
  expect(knownPatients(told)).toEqual([{ label: 'A-0001', id: '1' }])
})
