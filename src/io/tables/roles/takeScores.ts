import type { Message } from '../../../core/messages/message.ts'
import type { ScoreTable } from '../../../core/evaluate/scoreTable.ts'
import { findPair } from '../columnWords.ts'
import { isDecimalComma, isMissing, parseNumber } from '../tableFile.ts'
import { tell } from './messages.ts'
import { nameRows, placeOf, shownPlaces } from './nameRows.ts'
import type { RawTable } from './rawTable.ts'
import type { Role, ScoreChoice } from './scoreChoice.ts'

/** The table, or all that keeps it from being one: what is to be said or mended, with the first three places. */
export type TakenScores =
  | { readonly table: ScoreTable; readonly positive: string; readonly negative: string; readonly leftOut: number }
  | { readonly problems: readonly Message[] }

/** The table that the choices make of the file. */
export function takeScores(raw: RawTable, choice: ScoreChoice): TakenScores {
  const { header } = raw
  const columnsOf = (role: Role) => header.flatMap((_, at) => (choice.roles[at] === role ? [at] : []))
  const problems: Message[] = []
  const only = (role: 'id' | 'outcome' | 'cohort' | 'patient') => {
    const columns = columnsOf(role)
    if (columns.length > 1) problems.push(tell('two-of', { role, columns: columns.map((at) => header[at]) }))
    return columns[0]
  }
  const [idAt, outcomeAt, cohortAt, patientAt] = [only('id'), only('outcome'), only('cohort'), only('patient')]
  const kept = nameRows(raw, idAt, choice.withoutId, problems)
  const cells = (at: number) => kept.rows.map((row) => raw.rows[row][at])
  const placesIn = (at: number, isWrong: (text: string) => boolean) => {
    const wrong = kept.rows.filter((row) => isWrong(raw.rows[row][at]))
    const places = wrong.slice(0, shownPlaces).map((row) => placeOf(raw, row, raw.rows[row][at]))
    return { column: header[at], places, count: wrong.length }
  }
  const told = (code: 'outcome-missing' | 'no-cohort' | 'no-patient' | 'no-number' | 'decimal-comma' | 'score-missing' | 'no-probability', at: number, isWrong: (text: string) => boolean) => {
    const found = placesIn(at, isWrong)
    if (found.count > 0) problems.push(tell(code, found))
    return found.count > 0
  } // prettier-ignore

  let positive: string | undefined
  let negative = ''
  if (outcomeAt === undefined) problems.push(tell('no-outcome', {}))
  else {
    const column = header[outcomeAt]
    const values = [...new Set(cells(outcomeAt).filter((text) => !isMissing(text)))].sort()
    if (values.length !== 2) problems.push(tell('outcome-values', { column, values: values.slice(0, 5) }))
    else {
      const said =
        choice.positive !== null && values.includes(choice.positive) ? choice.positive : (findPair(values)?.[1] ?? null)
      if (said === null) problems.push(tell('which-positive', { column, values }))
      else [positive, negative] = [said, values.find((value) => value !== said)!]
    }
    told('outcome-missing', outcomeAt, isMissing)
  }

  const scoreColumns = columnsOf('score')
  if (scoreColumns.length === 0) problems.push(tell('no-scores', {}))
  for (const at of scoreColumns) {
    const hasComma = told('decimal-comma', at, isDecimalComma)
    told('no-number', at, (text) => !(hasComma && isDecimalComma(text)) && typeof parseNumber(text) !== 'number')
    told('score-missing', at, (text) => isMissing(text) || Math.abs(Number(parseNumber(text))) === Infinity)
    if (choice.probabilities.includes(header[at])) told('no-probability', at, (text) => Number(text) < 0 || Number(text) > 1)
  }

  const cohortOf = cohortAt === undefined ? kept.rows.map(() => 'all') : cells(cohortAt)
  if (cohortAt !== undefined) told('no-cohort', cohortAt, (text) => text === '')
  const cohorts = [...new Set(cohortOf)].filter((name) => name !== '')
  const isSaid = choice.trainCohort !== null && (choice.trainCohort === '' || cohorts.includes(choice.trainCohort))
  if (cohorts.length > 1 && !isSaid) problems.push(tell('which-learnt', { cohorts }))
  const patientOf = patientAt === undefined ? null : cells(patientAt)
  if (patientAt !== undefined) told('no-patient', patientAt, (text) => text === '')
  problems.push(...sharedPatients(patientOf, cohortOf))
  if (problems.length > 0 || outcomeAt === undefined) return { problems }

  return {
    positive: positive!,
    negative,
    leftOut: raw.rows.length - kept.rows.length,
    table: {
      ids: kept.ids,
      rowNumbers: kept.rows.map((row) => raw.rowNumbers[row]),
      outcome: Float64Array.from(cells(outcomeAt), (text) => (text === positive ? 1 : 0)),
      cohortOf,
      patientOf,
      trainCohort: cohorts.length > 1 && choice.trainCohort ? choice.trainCohort : null,
      models: scoreColumns.map((at) => ({
        name: header[at],
        kind: choice.probabilities.includes(header[at]) ? 'probability' : 'undeclared',
        recalibrate: choice.recalibrate.includes(header[at]),
        scores: Float64Array.from(cells(at), (text) => parseNumber(text) as number),
      })),
    },
  }
}

function sharedPatients(patientOf: readonly string[] | null, cohortOf: readonly string[]): Message[] {
  if (!patientOf) return []
  const cohorts = new Map<string, Set<string>>()
  patientOf.forEach((patient, row) => cohorts.set(patient, (cohorts.get(patient) ?? new Set()).add(cohortOf[row])))
  const shared = [...cohorts].flatMap(([patient, names]) => (names.size > 1 ? [patient] : []))
  return shared.length > 0 ? [tell('shared-patient', { patients: shared.slice(0, shownPlaces), count: shared.length })] : []
}
