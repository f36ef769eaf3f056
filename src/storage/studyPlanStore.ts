import { plannedPatients } from '../core/cohort/clinical/overview.ts'
import { clinicIdIn, knownPatients } from '../core/cohort/clinical/knownPatients.ts'
import { readClinicalStudy, type ClinicalStudy, type KnownPatient } from '../core/cohort/clinical/clinicalStudy.ts'
import type { ClinicalAnswers } from '../core/cohort/clinical/readClinical.ts'
import { groupBy } from '../core/numeric/groupBy.ts'
import { fixCohorts, thawCohorts } from '../core/study/cohorts.ts'
import { refuseWhileFixed } from '../core/study/refuseWhileFixed.ts'
import type { CohortFreeze, Exclusion, Patient, Study } from '../core/study/study.ts'
import { studyPatients } from '../core/study/unnamedStudy.ts'
import { commit } from './commit.ts'
import type { Database, KeptClinical } from './schema.ts'
import { createStudyRecordStore } from './studyRecordStore.ts'

/** A hospital's table without the name of its place. */
export type ClinicalTableRecord = Omit<KeptClinical, 'key'>

/** Of whom the study is made, with the IDs of the clinic: for this machine alone. */
export interface PlannedRecords {
  readonly clinical: ClinicalTableRecord | null
  readonly known: readonly KnownPatient[]
}

/** Patients, each with the reason why she is left out. */
export type ExclusionGroup = ReadonlyMap<string, string>

/** What a person plans: the hospital's table, who is left out, who learns and who is judged. Each act has its line in the journal. */
export interface StudyPlanStore {
  load(): Promise<PlannedRecords>
  /** In place of the one before; null takes it away. */
  takeClinical(table: ClinicalTableRecord | null): Promise<void>
  /** @param answers by doubt, null to open it again; nothing is done without a table */
  answer(answers: Readonly<Record<string, string | null>>): Promise<void>
  plan(change: Partial<Pick<Study, 'tasks' | 'inclusion' | 'cohorts'>>): Promise<void>
  /** All or nobody; who is excluded already stays as she is. @throws DataError for patients whose cohort is fixed */
  exclude(group: ExclusionGroup, who: Pick<Exclusion, 'by' | 'at'>): Promise<void>
  /** Fixes the cohorts as they are planned. @throws DataError as `fixCohorts` */
  freeze(who: Pick<CohortFreeze, 'by' | 'at'>): Promise<CohortFreeze>
  /** @throws DataError without a reason */
  thaw(reason: string): Promise<void>
}

/** What a table says of the patients of a study, as it was answered; null where there is no table. */
export function readKeptClinical({ clinical, known }: PlannedRecords): ClinicalStudy | null {
  if (!clinical) return null
  const { header, rows, id, variables, answers } = clinical
  const at = header.indexOf(id)
  return readClinicalStudy({ columns: header, rows }, rows.map((row) => row[at] ?? ''), variables, known, answers) // prettier-ignore
}

export function createStudyPlanStore(database: Database): StudyPlanStore {
  const { patients, images, identities, clinicalTables, meta } = database
  const study = createStudyRecordStore(database)

  async function load(): Promise<PlannedRecords> {
    const clinical = await clinicalTables.get('clinical')
    const own = (await patients.toArray()).map(({ id, label }) => ({ id, label }))
    if (clinical?.isOfFile) return { clinical, known: own }
    const labels = new Map(own.map(({ id, label }) => [id, label]))
    const told = (await identities.toArray()).flatMap(({ key, patient }) => {
      const [id, label] = [clinicIdIn(key), labels.get(patient)]
      return id === null || label === undefined ? [] : [{ id, label }]
    })
    const ids = [...groupBy(told, ({ label }) => label)].map(([label, all]) => ({ label, ids: all.map(({ id }) => id) }))
    return { clinical: clinical ?? null, known: knownPatients(ids) }
  }

  /** Those who are of the study. */
  async function listPatients(): Promise<Patient[]> {
    const listed = new Set(await images.orderBy('patient').uniqueKeys())
    return studyPatients(await patients.orderBy('label').toArray(), (id) => listed.has(id))
  }

  return {
    load: () => database.transaction('r', [patients, identities, clinicalTables], load),

    takeClinical: (table) =>
      commit(database, { stores: [clinicalTables] }, async (note) => {
        if (table) await clinicalTables.put({ key: 'clinical', ...table })
        else await clinicalTables.delete('clinical')
        await note({ act: 'take-clinical', subject: table ? 'taken' : 'removed' })
      }),

    answer: (answers) =>
      commit(database, { stores: [clinicalTables] }, async (note) => {
        const table = await clinicalTables.get('clinical')
        if (!table) return
        const all: Readonly<Record<string, string | null>> = { ...table.answers, ...answers }
        const given: ClinicalAnswers = Object.fromEntries(
          Object.entries(all).flatMap(([id, answer]) => (answer === null ? [] : [[id, answer] as const])),
        )
        await clinicalTables.put({ ...table, answers: given })
        for (const id of Object.keys(answers)) await note({ act: 'answer-clinical', subject: id })
      }),

    plan: (change) =>
      commit(database, { stores: [meta] }, async (note) => {
        await meta.put({ key: 'study', value: { ...(await study.get()), ...change } })
        await note({ act: 'plan-study', subject: Object.keys(change).sort().join() })
      }),

    exclude: (group, { by, at }) =>
      commit(database, { stores: [patients] }, async (note) => {
        const found = (await patients.bulkGet([...group.keys()])).flatMap((one) => one ?? [])
        const news = found.filter(({ exclusion }) => exclusion === null)
        refuseWhileFixed(news)
        await patients.bulkPut(news.map((patient) => ({ ...patient, exclusion: { reason: group.get(patient.id)!, by, at } })))
        for (const { id } of news) await note({ act: 'exclude-patient', subject: id })
      }),

    freeze: (who) =>
      commit(database, { stores: [patients, images, identities, clinicalTables, meta] }, async (note) => {
        const before = await study.get()
        const own = await listPatients()
        const fixed = fixCohorts(before, plannedPatients(own, readKeptClinical(await load()), before.tasks), own, who)
        await patients.bulkPut([...fixed.patients])
        await meta.put({ key: 'study', value: fixed.study })
        await note({ act: 'freeze-cohorts', subject: fixed.freeze.hash })
        return fixed.freeze
      }),

    thaw: (reason) =>
      commit(database, { stores: [patients, meta] }, async (note) => {
        const before = await study.get()
        const thawed = thawCohorts(before, await patients.toArray(), reason)
        if (!before.freeze) return
        await patients.bulkPut([...thawed.patients])
        await meta.put({ key: 'study', value: thawed.study })
        await note({ act: 'thaw-cohorts', subject: before.freeze.hash, reason: reason.trim() })
      }),
  }
}
