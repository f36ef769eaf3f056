import { outcomeColumn, type StudyTask, type TaskTables } from '../../io/tables/roles/studyTask.ts'
import { statusColumns, type StatusColumn } from '../../io/tables/roles/statusColumns.ts'
import type { StudyChoice } from '../../io/tables/roles/studyChoice.ts'
import type { ReadyStudy, StudyCheck } from '../../../workers/studyApi.ts'
import { nothingInHand, type StudyDoor, type StudyState } from './studyState.ts'

const partsOfTask = [
  'study',
  'clinical',
  'places',
  'notes',
  'protocol',
  'earlier',
  'later',
  'analysis',
  'scores',
  'finishedAt',
  'plan',
  'current',
  'stale',
  'failed',
  'estimateMs',
  'firstLook',
  'finishedStages',
  'problem',
] as const

/** What of the state is of one task; the rest is of the study. */
export type TaskState = Pick<StudyState, (typeof partsOfTask)[number]>

/** A task that is not in hand, as it was left. */
export interface TaskAside {
  readonly state: TaskState
  readonly ready: ReadyStudy | undefined
  /** Of which its tables were read; null where they are not read yet. */
  readonly read: { readonly choice: StudyChoice; readonly check: StudyCheck | null } | null
}

export const taskStateOf = (state: TaskState): TaskState => Object.fromEntries(partsOfTask.map((part) => [part, state[part]])) as unknown as TaskState // prettier-ignore

/** Before anything is read of it. */
export const emptyTask = taskStateOf(nothingInHand)

/** The columns that rules make of the tables, under names that the tables do not have. */
export const ruledColumns = ({ features, clinical, choice }: Pick<StudyDoor, 'features' | 'clinical' | 'choice'>): StatusColumn[] =>
  statusColumns(choice.statuses?.variables ?? [], [...features.columns, ...(clinical?.columns ?? [])].map(({ name }) => name)) // prettier-ignore

export const tablesOf = (door: Pick<StudyDoor, 'features' | 'clinical' | 'choice'>): TaskTables => ({
  features: door.features.columns,
  clinical: door.clinical?.columns ?? [],
  statuses: ruledColumns(door).map(({ name, values }) => ({ name, values, distinct: values.length })),
})

/** The tasks once the one in hand was read of the tables: its outcome is the one that they give it now. */
export function tasksAfter({ tasks, task }: Pick<StudyState, 'tasks' | 'task'>, door: StudyDoor, { protocol }: ReadyStudy): readonly StudyTask[] {
  const { positive, column } = protocol.outcome
  const inHand = { id: task, ...(outcomeColumn(tablesOf(door), door.choice) ?? { table: 'features' as const, column }), positive: positive ?? '' }
  return tasks.some(({ id }) => id === task) ? tasks.map((one) => (one.id === task ? inHand : one)) : [inHand]
} // prettier-ignore
