// @vitest-environment node
import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { clinicKey } from '../core/cohort/clinical/knownPatients.ts'
import { findBroken, findBrokenCohorts, findBrokenRecords } from '../core/study/invariants.ts'
import { madeImages, madePatient } from '../core/study/madeStudy.ts'
import { openDatabase } from './database.ts'
import { createImportStore } from './importStore.ts'
import { createPatientRecordStore } from './patientRecordStore.ts'
import type { Database } from './schema.ts'
import { createStudyPlanStore, readKeptClinical, type ClinicalTableRecord } from './studyPlanStore.ts'

let database: Database
afterEach(() => database.delete())

const numbers = [1, 2, 3, 4, 5]
const patientOf = (number: number) => madePatient(number, { centre: number % 2 === 1 ? 'A' : 'B' })

/** @param count of the patients that are there at first */
async function begin(count = numbers.length) {
  database = openDatabase({ present: 'plan test', before: 'before plan test' })
  const [plan, people, imports] = [
    createStudyPlanStore(database),
    createPatientRecordStore(database),
    createImportStore(database),
  ]
  const take = (some: readonly number[], at: number) =>
    imports.take(
      {
        patients: some.map((number) => {
          const patient = patientOf(number)
          return { patient, images: madeImages(patient), keys: [clinicKey(`H${number}`, patient.label)] }
        }),
        decisions: [],
        rules: [],
        centres: [],
        places: [],
        links: [],
      },
      { at },
    )
  await take(numbers.slice(0, count), 1)
  return { plan, people, imports, take }
}

const who = { by: '1', at: 5 }
const table: ClinicalTableRecord = {
  header: ['id', 'her2_ihc', 'her2_fish', 'mri_date'],
  rows: [
    ['H1', '3+', '', '2020-01-01'],
    ['H2', '1+', '', '2020-02-01'],
    ['H3', '2+', '', '2020-03-01'],
    ['H4', '0', '', ''],
  ],
  id: 'id',
  variables: [
    { id: 'her2', kind: 'her2', column: 'her2_ihc', ishColumn: 'her2_fish' },
    { id: 'mri_date', kind: 'date', column: 'mri_date' },
  ],
  answers: {},
}

async function expectWhole() {
  const records = await createPatientRecordStore(database).load()
  const journal = await database.journal.toArray()
  const { study, patients, images } = records
  expect([...findBrokenRecords(study, patients, images, []), ...findBroken(study, [], journal), ...findBrokenCohorts(study, patients, journal)]).toEqual([]) // prettier-ignore
  return { ...records, acts: journal.map(({ act, subject }) => [act, subject]), journal }
}

test('a hospital’s table is found again with its answers, and its rows are the patients’ by the IDs of the clinic', async () => {
  const { plan } = await begin()
  await plan.takeClinical(table)
  const before = readKeptClinical(await plan.load())!
  expect(before.open.map(({ id, labels }) => [id, labels])).toEqual([['her2-equivocal her2', ['A-0003']]])
  expect(before.match.patientsWithoutRow).toEqual(['H5'])
  await plan.answer({ 'her2-equivocal her2': 'low' })
  expect(readKeptClinical(await plan.load())!.valuesOf.get('A-0003')?.her2).toEqual({ raw: '2+ / ', value: 'low', status: 'corrected' }) // prettier-ignore
  await plan.answer({ 'her2-equivocal her2': null })
  expect(readKeptClinical(await plan.load())!.open).toHaveLength(1)
  await plan.takeClinical(null)
  expect(readKeptClinical(await plan.load())).toBeNull()
  expect((await expectWhole()).acts.slice(-4)).toEqual([['take-clinical', 'taken'], ['answer-clinical', 'her2-equivocal her2'], ['answer-clinical', 'her2-equivocal her2'], ['take-clinical', 'removed']]) // prettier-ignore
})

test('a group is excluded at once, cohorts are fixed, and then nobody goes before a thaw, whose reason is kept', async () => {
  const { plan, people } = await begin()
  await plan.exclude(new Map([['p2', 'her2-unknown'], ['p3', 'her2-unknown']]), who) // prettier-ignore
  await expect(plan.freeze(who)).rejects.toThrowSaying('who learns and who is judged: choose a plan')
  await plan.plan({ cohorts: { kind: 'centre', training: ['A'] } })
  const { hash, members } = await plan.freeze(who)
  expect(members).toEqual([['A-0001', 'training'], ['A-0004', 'validation'], ['A-0005', 'training']]) // prettier-ignore
  const fixed = await expectWhole()
  expect(fixed.patients.map(({ cohort }) => cohort)).toEqual(['training', null, null, 'validation', 'training'])
  expect(fixed.acts.at(-1)).toEqual(['freeze-cohorts', hash])

  await expect(people.change('p1', { exclusion: { reason: 'treated', ...who } })).rejects.toThrowSaying('A-0001 is in them')
  await expect(plan.exclude(new Map([['p4', 'treated']]), who)).rejects.toThrowSaying('A-0004 is in them')
  await expect(plan.freeze(who)).rejects.toThrowSaying('fixed already')
  await expect(plan.thaw(' ')).rejects.toThrowSaying('say why')
  expect((await expectWhole()).journal).toHaveLength(fixed.journal.length)

  await plan.thaw('a wrong centre')
  const thawed = await expectWhole()
  expect(thawed.study).toMatchObject({ freeze: null, thaws: 1 })
  expect(thawed.journal.at(-1)).toMatchObject({ act: 'thaw-cohorts', subject: hash, reason: 'a wrong centre' })
  await people.change('p1', { exclusion: { reason: 'treated', ...who } })
  expect((await plan.freeze(who)).thawedBefore).toBe(1)
  expect((await plan.freeze(who).catch(() => null)) ?? 'refused').toBe('refused')
})

test('what the hospital’s table says of who somebody is stands with it and with who is who, and nowhere else', async () => {
  const { plan } = await begin()
  await database.identities.put({ key: clinicKey('PLANTEDID4711', 'A-0001'), patient: 'p1' })
  await database.identities.delete(clinicKey('H1', 'A-0001'))
  await plan.takeClinical({ ...table, rows: [['PLANTEDID4711', '2+', '', '2020-01-01'], ['plantedid2', '2+ PLANTEDNAME', '', ''], ...table.rows] }) // prettier-ignore
  for (const { id } of readKeptClinical(await plan.load())!.open) await plan.answer({ [id]: 'missing' })
  await plan.exclude(new Map([['p2', 'her2-unknown']]), who)
  await plan.plan({ cohorts: { kind: 'centre', training: ['A'] } })
  await plan.freeze(who)
  await plan.thaw('again')
  const holding = await Promise.all(
    database.tables.map(async ({ name }) =>
      /planted/i.test(JSON.stringify(await database.table(name).toArray())) ? [name] : [],
    ),
  )
  expect(holding.flat().sort()).toEqual(['clinicalTables', 'identities'])
})

test('by date the day is that of the table; who has none keeps cohorts open', async () => {
  const { plan } = await begin(4)
  await plan.takeClinical(table)
  await plan.plan({ cohorts: { kind: 'date', before: 18300 } })
  await expect(plan.freeze(who)).rejects.toThrowSaying('A-0004')
  await plan.exclude(new Map([['p4', 'treated']]), who)
  const { members } = await plan.freeze(who)
  expect(members).toEqual([['A-0001', 'training'], ['A-0002', 'training'], ['A-0003', 'validation']]) // prettier-ignore
})

test('an import whose patients are in a cohort is not taken back', async () => {
  const { plan, imports } = await begin(4)
  await plan.plan({ cohorts: { kind: 'centre', training: ['A'] } })
  await plan.freeze(who)
  await expect(imports.undo()).rejects.toThrowSaying('are in them')
  expect((await expectWhole()).patients).toHaveLength(4)
  await plan.thaw('one folder too many')
  expect(await imports.undo()).toEqual([])
  await expectWhole()
})

test('what a person decides is written out before it is said to be kept; what is drawn is not waited for', async () => {
  const asked = vi.spyOn(IDBDatabase.prototype, 'transaction')
  const { plan } = await begin()
  asked.mockClear()
  await plan.exclude(new Map([['p1', 'treated']]), who)
  expect(asked.mock.calls.map(([, , options]) => options)).toEqual([{ durability: 'strict' }])
  asked.mockClear()
  await database.masks.put({ key: 'k', voxels: new Uint8Array(3) })
  expect(asked.mock.calls.map(([, , options]) => options?.durability)).toEqual([undefined])
  asked.mockRestore()
})

test('whatever is done in whatever order, nothing is broken in what is kept', async () => {
  const patient = fc.constantFrom(...numbers)
  const act = fc.oneof(
    fc.record({ kind: fc.constant('exclude' as const), patient }),
    fc.record({ kind: fc.constant('include' as const), patient }),
    fc.record({ kind: fc.constant('excludeGroup' as const), some: fc.subarray(numbers, { minLength: 1 }) }),
    fc.record({ kind: fc.constant('plan' as const), training: fc.constantFrom(['A'], ['B'], ['A', 'B']) }),
    fc.record({ kind: fc.constant('split' as const), seed: fc.nat(9) }),
    fc.record({ kind: fc.constantFrom('freeze', 'freeze', 'freeze', 'thaw', 'import', 'undo', 'table') }),
  )
  let refusals = 0
  let freezes = 0
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async (acts) => {
      const { plan, people, imports, take } = await begin(3)
      await plan.plan({ cohorts: { kind: 'centre', training: ['A'] } })
      for (const [i, one] of acts.entries()) {
        const doIt = async () => {
          switch (one.kind) {
            case 'exclude': return people.change(`p${one.patient}`, { exclusion: { reason: 'treated', ...who } })
            case 'include': return people.change(`p${one.patient}`, { exclusion: null })
            case 'excludeGroup': return plan.exclude(new Map(one.some.map((number) => [`p${number}`, 'poor-quality'])), who)
            case 'plan': return plan.plan({ cohorts: { kind: 'centre', training: one.training } })
            case 'split': return plan.plan({ cohorts: { kind: 'split', seed: one.seed, share: 0.4 } })
            case 'freeze': return plan.freeze(who).then(() => void freezes++)
            case 'thaw': return plan.thaw('again')
            case 'import': return take(numbers, i + 2)
            case 'undo': return imports.undo()
            case 'table': return plan.takeClinical(table)
          }
        } // prettier-ignore
        await doIt().catch((error: unknown) => {
          if ((error as Error).name !== 'DataError') throw error
          refusals++
        })
        await expectWhole()
      }
      await database.delete()
    }),
    { numRuns: 80, seed: 7 },
  )
  expect(Math.min(refusals, freezes)).toBeGreaterThan(5)
})
