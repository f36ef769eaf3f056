import { isMissing, parseNumber } from '../tableFile.ts'
import type { RawTable } from './rawTable.ts'
import type { Role } from './scoreChoice.ts'

export interface ColumnFacts {
  readonly name: string
  readonly guess: Role
  /** Distinct texts that are not missing, at most seven. */
  readonly values: readonly string[]
  readonly missing: number
}

const idNames = /^id$|^(patient|case|subject|study|sample|record|participant)[ _-]?(id|name|no|number|code)?$|^(mrn|pid)$/i
const outcomeNames = /^(outcome|target|label|class|y|truth|event|status|diagnosis|response|group)$/i
const cohortNames = /^(cohort|split|set|centre|center|site|hospital|institution|dataset)$/i
const mostValues = 7
/** Roles by names and values, to be shown as guesses. A column of one or two values is none of scores. */
export function guessRoles(table: RawTable): ColumnFacts[] {
  const facts = table.header.map((name, at) => {
    const cells = table.rows.map((row) => row[at]).filter((cell) => !isMissing(cell))
    const distinct = [...new Set(cells)]
    return {
      name,
      distinct: distinct.length,
      values: distinct.slice(0, mostValues).sort(),
      missing: table.rows.length - cells.length,
      isNumeric: cells.length > 0 && cells.every((cell) => typeof parseNumber(cell) === 'number'),
    }
  })
  const first = (fits: (fact: (typeof facts)[number]) => boolean) => facts.findIndex(fits)
  const id = Math.max(
    first(({ name }) => /^id$/i.test(name)),
    first(({ name }) => idNames.test(name)),
  )
  const outcome = first(({ name, distinct }) => outcomeNames.test(name) && distinct === 2)
  const cohort = first(({ name, distinct }, at = facts.findIndex((fact) => fact.name === name)) => cohortNames.test(name) && distinct > 1 && at !== outcome) // prettier-ignore
  return facts.map(({ name, distinct, values, missing, isNumeric }, at) => ({
    ...{ name, values, missing },
    guess:
      at === id ? 'id' : at === outcome ? 'outcome' : at === cohort ? 'cohort' : isNumeric && distinct > 2 ? 'score' : 'left out',
  }))
}
