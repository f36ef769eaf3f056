import { compare } from '../numeric/compare.ts'
import { groupBy } from '../numeric/groupBy.ts'
import type { Patient, TaskSpec } from './study.ts'

/** The study's own: HER2-positive against all others, and HER2-low against HER2-zero. */
export const studyTasks: readonly TaskSpec[] = [
  { id: 'task1', variable: 'her2', positive: ['positive'], negative: ['low', 'zero', 'negative'] },
  { id: 'task2', variable: 'her2', positive: ['low'], negative: ['zero'] },
]

/** Those of a cohort who are in a task, and those who are not. IDs. */
export interface TaskCounts {
  readonly task: string
  readonly positive: readonly string[]
  readonly negative: readonly string[]
  /** Their value is another, or not known. */
  readonly outside: readonly string[]
}

/** A box of the flow chart: a number is the length of a list, so that it opens that list. */
export interface FlowNode {
  readonly id: string
  readonly kind: 'found' | 'centre' | 'cohort' | 'undecided'
  /** Of the centre or the cohort; '' of the first box. */
  readonly name: string
  /** IDs. */
  readonly patients: readonly string[]
  /** IDs of the boxes below. */
  readonly next: readonly string[]
  /** By the reason that counts, the most frequent first. */
  readonly excluded: readonly { readonly reason: string; readonly patients: readonly string[] }[]
  /** Of cohorts. */
  readonly tasks: readonly TaskCounts[]
}

export type FlowPatient = Pick<Patient, 'id' | 'centre' | 'cohort' | 'exclusion'>

/**
 * From the patients found, over centres and exclusions, to cohorts and the classes of their tasks. Patients who are neither excluded nor in a
 * cohort stand in a box of their own.
 * @param valueOf of a variable of the clinical table; null where it is not known
 */
export function traceFlow(
  patients: readonly FlowPatient[],
  tasks: readonly TaskSpec[],
  valueOf: (patient: string, variable: string) => string | null,
): readonly FlowNode[] {
  const ids = (all: readonly FlowPatient[]) => all.map(({ id }) => id)
  const centres = [...groupBy(patients, ({ centre }) => centre)].sort(([a], [b]) => compare(a, b))
  const included = patients.filter(({ exclusion }) => exclusion === null)
  const placeOf = ({ cohort }: FlowPatient) => (cohort === null ? 'undecided' : `cohort ${cohort}`)
  const cohorts = [...groupBy(included, placeOf)].sort(([a], [b]) => rankOf(a) - rankOf(b))
  const plain = { excluded: [], tasks: [] }
  return [
    {
      ...plain,
      id: 'found',
      kind: 'found',
      name: '',
      patients: ids(patients),
      next: centres.map(([centre]) => `centre ${centre}`),
    },
    ...centres.map(([centre, own]): FlowNode => {
      const left = own.filter(({ exclusion }) => exclusion === null)
      return {
        ...plain,
        id: `centre ${centre}`,
        kind: 'centre',
        name: centre,
        patients: ids(own),
        next: cohorts.map(([id]) => id).filter((id) => left.some((patient) => placeOf(patient) === id)),
        excluded: countReasons(own),
      }
    }),
    ...cohorts.map(([id, own]): FlowNode => {
      const cohort = own[0].cohort
      return {
        ...plain,
        id,
        kind: cohort === null ? 'undecided' : 'cohort',
        name: cohort ?? '',
        patients: ids(own),
        next: [],
        tasks: cohort === null ? [] : tasks.map((task) => countTask(task, ids(own), valueOf)),
      }
    }),
  ]
}

const rankOf = (id: string) => ['cohort training', 'cohort validation', 'undecided'].indexOf(id)

function countReasons(patients: readonly FlowPatient[]): FlowNode['excluded'] {
  const excluded = patients.flatMap(({ id, exclusion }) => (exclusion ? [{ id, reason: exclusion.reason }] : []))
  return [...groupBy(excluded, ({ reason }) => reason)]
    .map(([reason, own]) => ({ reason, patients: own.map(({ id }) => id) }))
    .sort((a, b) => b.patients.length - a.patients.length || compare(a.reason, b.reason))
}

function countTask(
  { id, variable, positive, negative }: TaskSpec,
  patients: readonly string[],
  valueOf: (patient: string, variable: string) => string | null,
): TaskCounts {
  const among = (values: readonly string[]) => patients.filter((patient) => values.includes(valueOf(patient, variable) ?? ''))
  const [isPositive, isNegative] = [among(positive), among(negative)]
  return {
    task: id,
    positive: isPositive,
    negative: isNegative,
    outside: patients.filter((patient) => !isPositive.includes(patient) && !isNegative.includes(patient)),
  }
}

/**
 * Whether the chart adds up: those of each box are its exclusions and those of the boxes below, each once; each box below holds only those
 * who come from above; a task's parts are its cohort.
 * @returns IDs of the boxes that do not, none where all is well
 */
export function findWrongSums(nodes: readonly FlowNode[]): string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const isPartition = (whole: readonly string[], parts: readonly (readonly string[])[]) => {
    const all = parts.flat()
    return all.length === new Set(all).size && new Set(whole).size === whole.length && all.length === whole.length && all.every((id) => whole.includes(id)) // prettier-ignore
  }
  const isWrong = ({ id, patients, next, excluded, tasks }: FlowNode) => {
    const below = next.map((name) => byId.get(name)?.patients.filter((patient) => patients.includes(patient)) ?? [])
    const isEnd = next.length === 0 && excluded.length === 0
    const above = nodes.filter((node) => node.next.includes(id))
    return (
      (!isEnd && !isPartition(patients, [...excluded.map((group) => group.patients), ...below])) ||
      (above.length > 0 && !patients.every((patient) => above.some((node) => node.patients.includes(patient)))) ||
      tasks.some(({ positive, negative, outside }) => !isPartition(patients, [positive, negative, outside]))
    )
  }
  return nodes.filter(isWrong).map(({ id }) => id)
}
