import type { ClinicalAnswers, ClinicalReading, ClinicalValue } from './readClinical.ts'

/** Rows of one patient that say different things of a variable. */
export interface RowsDiffer {
  readonly id: string
  readonly patient: string
  readonly variable: string
  readonly rows: readonly number[]
  /** What the rows say, as written; each once. An answer is its number, from 1: what was written may name somebody. */
  readonly texts: readonly string[]
}

export interface ClinicalPatients {
  /** By patient, then by variable. */
  readonly valuesOf: ReadonlyMap<string, Readonly<Record<string, ClinicalValue>>>
  readonly differ: readonly RowsDiffer[]
}

/**
 * One set of values a patient. Rows that agree are one, and one that says nothing of a variable does not contradict; where they differ the
 * variable is undecided until an answer says which counts.
 * @param answers by the `id` of a difference
 */
export function joinPatients(
  { values }: Pick<ClinicalReading, 'values'>,
  rowsOf: ReadonlyMap<string, readonly number[]>,
  answers: ClinicalAnswers,
): ClinicalPatients {
  const differ: RowsDiffer[] = []
  const valuesOf = new Map(
    [...rowsOf].map(([patient, rows]) => {
      const joined = Object.entries(values).map(([variable, column]) => {
        const told = rows.filter((row) => column[row].status !== 'missing')
        const [first, ...others] = told.map((row) => column[row])
        if (!first) return [variable, column[rows[0]]] as const
        if (others.every((other) => isSame(first, other))) return [variable, first] as const
        const texts = [...new Set(told.map((row) => column[row].raw))]
        const id = ['rows-differ', variable, patient].join(' ')
        const chosen = told.find((row) => column[row].raw === texts[Number(answers[id]) - 1])
        if (chosen !== undefined) return [variable, { ...column[chosen], status: 'corrected' as const }] as const
        differ.push({ id, patient, variable, rows: told, texts })
        return [variable, { raw: texts.join(' | '), value: null, status: 'undecided' as const }] as const
      })
      return [patient, Object.fromEntries(joined)]
    }),
  )
  return { valuesOf, differ }
}

/** What is not decided is the same only as written. */
const isSame = (a: ClinicalValue, b: ClinicalValue) =>
  a.status === 'undecided' || b.status === 'undecided' ? a.raw === b.raw : a.value === b.value
