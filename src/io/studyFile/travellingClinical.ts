import { sameId, type ClinicalStudy } from '../../core/cohort/clinical/clinicalStudy.ts'
import { daysToSurgery, daysVariable } from '../../core/cohort/clinical/daysToSurgery.ts'
import { idDifferences } from '../../core/cohort/clinical/matchPatients.ts'
import type { ClinicalAnswers, DoubtCode, Scalar } from '../../core/cohort/clinical/readClinical.ts'
import type { VariableSpec } from '../../core/cohort/clinical/variables.ts'
import { knownVariables } from '../tables/roles/guessVariables.ts'

/** Older patients are few and could be known by their age. */
export const oldestTold = 90

/** A clinical table as it is read, of the patients of a study. */
export interface ReadTable {
  readonly clinical: ClinicalStudy
  readonly variables: readonly VariableSpec[]
}

/** Values of patients as they were read, by label: what travels of a clinical table. */
export interface TravellingClinical {
  readonly variables: readonly VariableSpec[]
  readonly rows: readonly { readonly label: string; readonly cells: readonly string[] }[]
}

/** Of words that somebody wrote, a name may be one. */
export const staysBehind = ({ kind }: VariableSpec) => kind === 'category'

/** Free text may name somebody, and so may a date. */
export const mayLeave = (variable: VariableSpec) =>
  variable.kind !== 'date' && variable.id !== daysVariable && !staysBehind(variable)

/** @returns of each patient what is in `clinical.csv`; '' where nothing is known */
export function travellingClinical({ clinical, variables }: ReadTable, labels: readonly string[]): TravellingClinical {
  const told = variables.filter(mayLeave)
  const leaving = (label: string, { id, kind }: VariableSpec): Scalar => {
    const value = clinical.valuesOf.get(label)?.[id]?.value ?? null
    return kind === 'age' && typeof value === 'number' ? Math.min(value, oldestTold) : value
  }
  return {
    variables: [...told.map(({ id }) => variableOfFile(id)), variableOfFile(daysVariable)],
    rows: labels.map((label) => {
      const cells = [...told.map((spec) => leaving(label, spec)), daysToSurgery(clinical.valuesOf.get(label) ?? {})]
      return { label, cells: cells.map((value) => String(value ?? '')) }
    }),
  }
}

/** How a column of `clinical.csv` is read again: all but the study's own variables are numbers. */
export function variableOfFile(id: string): VariableSpec {
  const kind = knownVariables.find((one) => one.id === id)?.kind ?? 'number'
  // A level is none of the words for stainings.
  return {
    id,
    kind,
    column: id,
    ...(kind === 'her2' && { words: { zero: '0', low: '1+', negative: 'negative', positive: '3+' } }),
  }
}

/** Nothing is doubtful once more: what is in the file is in the unit of its variable, and was taken for true. */
export function answersOfFile({ variables }: Pick<TravellingClinical, 'variables'>): ClinicalAnswers {
  const answered: Partial<Record<DoubtCode, string>> = { 'out-of-range': 'as written', 'likely-mm': 'cm', 'column-in-mm': 'cm' }
  return Object.fromEntries([
    ...idDifferences.map((difference) => [sameId(difference), 'no'] as const),
    ...variables.flatMap(({ id }) => Object.entries(answered).map(([code, answer]) => [`${code} ${id}`, answer] as const)),
  ])
}
