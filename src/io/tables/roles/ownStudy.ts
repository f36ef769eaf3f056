import { daysVariable } from '../../../core/cohort/clinical/daysToSurgery.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { ClinicalStudy } from '../../../core/cohort/clinical/clinicalStudy.ts'
import type { VariableSpec } from '../../../core/cohort/clinical/variables.ts'
import type { CohortFreeze, Patient, TaskSpec } from '../../../core/study/study.ts'
import { formatTable } from '../tableFile.ts'
import { formatReadings, type Reading } from '../writeWideTable.ts'
import { describeTask } from './statusColumns.ts'
import { noStudyChoice, type OwnOrigin, type StudyChoice, type StudyRole } from './studyChoice.ts'
import type { StudyTask } from './studyTask.ts'

/*
 * The study's own features and clinical values as the tables that an analysis begins with: from there on they are analysed as tables are
 * that somebody opens, and the command line gives the same digits of the same files.
 */

export interface OwnRecords {
  readonly freeze: CohortFreeze
  readonly patients: readonly Pick<Patient, 'label' | 'centre' | 'batch'>[]
  readonly tasks: readonly TaskSpec[]
  readonly variables: readonly VariableSpec[]
  /** Null while there is no clinical table. */
  readonly valuesOf: ClinicalStudy['valuesOf'] | null
}

/** A task with its column, of which patients outside it have no value. */
interface OwnTask {
  readonly column: string
  readonly positive: string
  readonly textOf: ReadonlyMap<string, string>
}

/** @returns those with both classes among the patients who learn: the others cannot be learnt */
export function learnableTasks({ freeze, tasks, valuesOf }: Pick<OwnRecords, 'freeze' | 'tasks' | 'valuesOf'>): OwnTask[] {
  const learning = freeze.members.flatMap(([label, cohort]) => (cohort === 'training' ? [label] : []))
  return tasks.flatMap((task) => {
    const { variable, positive, negative } = task
    const { name, values } = describeTask(task)
    const [isNegative, isPositive] = values
    const textOf = new Map(
      freeze.members.flatMap(([label]) => {
        const value = valuesOf?.get(label)?.[variable]?.value
        if (typeof value !== 'string') return []
        return positive.includes(value) ? [[label, isPositive]] : negative.includes(value) ? [[label, isNegative]] : []
      }),
    )
    const classes = new Set(learning.flatMap((label) => textOf.get(label) ?? []))
    return classes.size === 2 ? [{ column: name, positive: isPositive, textOf }] : []
  })
}

export interface OwnClinical {
  /** CSV, a row a patient of the cohorts: `id`, `cohort`, `centre`, `batch`, a column a task, then variables. */
  readonly text: string
  /** One a column. */
  readonly roles: readonly StudyRole[]
  readonly tasks: readonly StudyTask[]
  /** SHA-256 of the text. */
  readonly hash: string
}

/** @returns without tasks where none can be learnt */
export function ownClinical(records: OwnRecords): OwnClinical {
  const { freeze, patients, variables, valuesOf } = records
  const tasks = learnableTasks(records)
  const about = new Map(patients.map((patient) => [patient.label, patient]))
  const batches = freeze.members.map(([label]) => about.get(label)?.batch ?? '')
  // Of one batch nothing is harmonised, nor where somebody's is not known.
  const hasBatches = new Set(batches).size > 1 && !batches.includes('')
  const own = ['id', 'cohort', 'centre', 'batch', ...tasks.map(({ column }) => column)]
  const unique = (name: string): string => (own.includes(name) ? unique(`${name} by table`) : name)
  // Dates, and the days between them, say who is left out, and are no column.
  const others = variables
    .filter(({ id, kind }) => kind !== 'date' && id !== daysVariable)
    .map(({ id }) => ({ id, column: unique(id) }))
  const asked = new Set(records.tasks.map(({ variable }) => variable))
  const roles: StudyRole[] = [
    ...(['id', 'cohort', 'ignored', hasBatches ? 'batch' : 'ignored'] as const),
    ...tasks.map((_, at): StudyRole => (at === 0 ? 'outcome' : 'ignored')),
    // What a task asks for is no predictor.
    ...others.map(({ id }): StudyRole => (asked.has(id) ? 'ignored' : 'clinical')),
  ]
  const text = formatTable(
    [...own, ...others.map(({ column }) => column)],
    freeze.members.map(([label, cohort], row) => [
      ...[label, cohort, about.get(label)?.centre ?? '', batches[row]],
      ...tasks.map(({ textOf }) => textOf.get(label) ?? ''),
      ...others.map(({ id }) => valuesOf?.get(label)?.[id]?.value ?? ''),
    ]),
  )
  return {
    text,
    roles,
    tasks: tasks.map(({ column, positive }, id) => ({ id, table: 'clinical', column, positive })),
    hash: bytesToHex(sha256(utf8ToBytes(text))),
  }
}

/** The tables as files, and what is said of their columns. */
export interface OwnStudy {
  readonly name: string
  readonly features: File
  readonly clinical: File
  readonly choice: StudyChoice
  readonly tasks: readonly StudyTask[]
}

/** @param readings of the first reader, and of the second of patients who were read again; rows called by labels */
export function ownStudy(readings: readonly Reading[], { text, roles, tasks }: OwnClinical, own: OwnOrigin): OwnStudy {
  const { columns } = readings[0].table
  const choice: StudyChoice = {
    ...noStudyChoice,
    roles: ['id', ...(readings.length > 1 ? ['reader' as const] : []), ...columns.map(() => 'feature' as const)],
    clinicalRoles: roles,
    positive: tasks[0].positive,
    training: 'training',
    own,
  }
  const name = 'study-features.csv'
  return { name, features: new File([formatReadings(readings)], name), clinical: new File([text], 'study-clinical.csv'), choice, tasks } // prettier-ignore
}
