import { messageOf } from '../../core/messages/message.ts'
import { hashRows, pickAnalysedRows, withoutErased } from '../../core/study/analysedRows.ts'
import type { Reader } from '../../core/study/study.ts'
import { ownClinical, ownStudy, type OwnClinical } from '../../io/tables/roles/ownStudy.ts'
import type { OwnOrigin } from '../../io/tables/roles/studyChoice.ts'
import type { Reading } from '../../io/tables/writeWideTable.ts'
import type { StudyPlanStore as KeptPlan } from '../../storage/studyPlanStore.ts'
import type { Batch } from '../batch/createBatch.ts'
import type { ExtractionState } from '../extraction.ts'
import type { Readable } from '../readable.ts'
import { viewStudy, type StudyView } from '../viewStudy.ts'
import type { WorkListState } from '../workList.ts'
import type { OwnLook, OwnStudyStore } from './ownStudy.ts'
import type { StudyState } from './studyState.ts'

export interface OwnStudyServices {
  readonly store: OwnStudyStore
  readonly study: Readable<Pick<StudyState, 'openOwn'>>
  readonly kept: Pick<KeptPlan, 'load'>
  readonly workList: Readable<Pick<WorkListState, 'records'>>
  readonly extraction: Readable<Pick<ExtractionState, 'parameters'>>
  readonly openBatch: () => Promise<Pick<Batch, 'look' | 'readRows'>>
  /** Of this program. */
  readonly version: string
}

/** A reader's rows of the fixed cohorts. */
type ReaderRows = Pick<Reader, 'id'> & ReturnType<typeof pickAnalysedRows>

interface Found {
  readonly look: OwnLook
  /** Null while cohorts are open. */
  readonly parts: { readonly clinical: OwnClinical; readonly readings: readonly ReaderRows[]; readonly ids: readonly string[]; readonly origin: OwnOrigin } | null
} // prettier-ignore

export type OwnStudyActions = ReturnType<typeof createOwnStudyActions>

/** The first way in: the study's own features and clinical values become the tables of the analysis. */
export function createOwnStudyActions(services: OwnStudyServices) {
  const { store, study, kept, workList, extraction, openBatch, version } = services
  let last = 0

  /** Of the first reader, and of the one who read patients again. */
  async function listReadings(view: StudyView): Promise<readonly ReaderRows[]> {
    const { freeze, readers, roles } = view.study
    const { look } = await openBatch()
    const of = async ({ id }: Reader) => ({ id, ...pickAnalysedRows(await look(id), view.patients, freeze!, roles.map((role) => role.id)) }) // prettier-ignore
    const [first, ...others] = readers
    const own = await of(first)
    for (const reader of others) {
      const second = await of(reader)
      if (second.rows.length > 0) return [own, second]
    }
    return [own]
  }

  async function find(): Promise<Found | null> {
    const { records } = workList.getState()
    if (!records) return null
    const planned = await kept.load()
    const whole = viewStudy(records, planned)
    const found = whole.patients.length
    const { study: frozen } = whole
    const freeze = frozen.freeze && withoutErased(frozen.freeze, whole.patients)
    const view = { ...whole, study: { ...frozen, freeze } }
    const { tasks } = frozen
    if (found === 0) return null
    const open: OwnLook = { found, members: 0, patients: 0, features: 0, missing: 0, outOfDate: 0, tasks: 0, ofTasks: tasks.length, origin: null } // prettier-ignore
    if (!freeze) return { look: open, parts: null }
    const clinical = ownClinical({
      freeze,
      patients: view.patients,
      tasks,
      variables: planned.clinical?.variables ?? [],
      valuesOf: view.clinical?.valuesOf ?? null,
    })
    const readings = await listReadings(view)
    const [{ rows, missing, outOfDate }] = readings
    const there = new Set(rows.map(({ id }) => id))
    const ids = freeze.members.flatMap(([label]) => (there.has(label) ? [label] : []))
    const { parameters } = extraction.getState()
    const origin: OwnOrigin = {
      freeze: freeze.hash,
      rows: hashRows(readings.map((reading) => [reading.id, reading.rows]), { parameters, program: version }), // prettier-ignore
      clinical: clinical.hash,
      plan: freeze.plan.kind,
      thaws: freeze.thawedBefore,
      leftOut: listLeftOut(view, ids.length),
    }
    const { readRows } = await openBatch()
    // A table without rows has its columns.
    const { columns } = await readRows([], [], readings[0].roles)
    const look = { ...open, members: freeze.members.length, patients: ids.length, features: columns.length, missing, outOfDate, tasks: clinical.tasks.length, origin } // prettier-ignore
    return { look, parts: { clinical, readings, ids, origin } }
  }

  /** Looks at the study as it is now. */
  async function look(): Promise<Found | null> {
    const turn = ++last
    store.setState({ isLooking: true })
    try {
      const found = await find()
      if (turn === last) store.setState({ look: found?.look ?? null, problem: null })
      return found
    } catch (error) {
      if (turn === last) store.setState({ problem: messageOf(error) })
      return null
    } finally {
      if (turn === last) store.setState({ isLooking: false })
    }
  }

  return {
    look: async (): Promise<void> => void (await look()),
    /** The study's table as it is now is what is analysed; nothing while cohorts are open, or no task or feature is there. */
    async open(): Promise<void> {
      const parts = (await look())?.parts
      if (!parts || parts.clinical.tasks.length === 0 || parts.ids.length === 0) return
      const { clinical, readings, ids, origin } = parts
      try {
        const { readRows } = await openBatch()
        const [{ roles }] = readings
        const tables: Reading[] = []
        for (const { id, rows } of readings) tables.push({ reader: id, table: await readRows(rows, ids, roles) })
        await study.getState().openOwn(ownStudy(tables, clinical, origin))
      } catch (error) {
        store.setState({ problem: messageOf(error) })
      }
    },
    dismiss: () => store.setState({ problem: null }),
  }
}

/** Whoever was found and is not in the table, by the reason that counts. */
function listLeftOut({ traced, study, patients }: StudyView, inTable: number): OwnOrigin['leftOut'] {
  const count = new Map<string, number>()
  for (const { reasons } of traced.excluded) count.set(reasons[0], (count.get(reasons[0]) ?? 0) + 1)
  const members = study.freeze!.members.length
  const undecided = patients.length - traced.excluded.length - members
  return [
    ...[...count].map(([reason, own]) => ({ reason, patients: own })),
    ...(undecided > 0 ? [{ reason: 'undecided', patients: undecided }] : []),
    ...(members > inTable ? [{ reason: 'not-computed', patients: members - inTable }] : []),
  ]
}
