import { levelsOf, type VariableSpec } from '../../../core/cohort/clinical/variables.ts'
import { studyTasks } from '../../../core/study/flow.ts'
import type { TaskSpec } from '../../../core/study/study.ts'

/** A column that the rules make. */
export interface StatusColumn {
  readonly name: string
  /** Of `VariableSpec`. */
  readonly variable: string
  /** The task whose classes it has; null where it has the variable's own values. */
  readonly task: TaskSpec | null
  /** The positive one last; none of numbers. */
  readonly values: readonly string[]
}

/**
 * A variable's values, and of one that the study's tasks ask for the classes of each. A date says who is left out, and is no column.
 * @param taken names that the tables have
 */
export function statusColumns(variables: readonly VariableSpec[], taken: readonly string[]): StatusColumn[] {
  const seen = new Set(taken)
  const unique = (name: string): string => (seen.has(name) ? unique(`${name} by rule`) : name)
  const all = variables.flatMap(({ id, kind }): StatusColumn[] => {
    if (kind === 'date') return []
    const tasks = studyTasks.filter(({ variable }) => variable === id)
    return [
      { name: `${id} status`, variable: id, task: null, values: levelsOf[kind] ?? [] },
      ...tasks.map((task) => ({ ...describeTask(task), variable: id, task })),
    ]
  })
  return all.map((column) => {
    const name = unique(column.name)
    seen.add(name)
    return { ...column, name }
  })
}

/** The column of a task, and its classes, the positive one last. Several negative levels are all the others. */
export function describeTask({ variable, positive, negative }: TaskSpec): Pick<StatusColumn, 'name' | 'values'> {
  const is = positive.join(' or ')
  return negative.length === 1
    ? { name: `${variable} ${is} or ${negative[0]}`, values: [negative[0], is] }
    : { name: `${variable} ${is}`, values: ['other', is] }
}
