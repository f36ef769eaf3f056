import { joinPatients } from './joinPatients.ts'
import { idDifferences, matchPatients, type IdDifference, type PatientMatch } from './matchPatients.ts'
import {
  readClinical,
  type ClinicalAnswers,
  type ClinicalReading,
  type ClinicalTable,
  type ClinicalValue,
} from './readClinical.ts'
import type { VariableSpec } from './variables.ts'

/** A patient of the study, with the ID that the hospital's table has. */
export interface KnownPatient {
  readonly label: string
  readonly id: string
}

/** Something of the table that waits for a person, about patients by their labels. */
export interface OpenDoubt {
  /** An answer names it. */
  readonly id: string
  readonly code: ClinicalReading['doubts'][number]['code'] | 'rows-differ' | 'same-patient'
  /** Of the study; '' of IDs. */
  readonly variable: string
  readonly labels: readonly string[]
  readonly options: readonly string[]
  readonly proposed: string | null
  /** Of IDs that are likely the same: in what they differ. */
  readonly difference?: IdDifference
}

export interface ClinicalStudy {
  /** By label, then by variable. */
  readonly valuesOf: ReadonlyMap<string, Readonly<Record<string, ClinicalValue>>>
  readonly open: readonly OpenDoubt[]
  readonly match: PatientMatch
  /** Labels of patients whose HER2 of 3+ has a negative hybridisation beside it. */
  readonly against: readonly string[]
  /** ER and PR of exactly 1 %, which count as negative: how many patients, by variable. */
  readonly atOnePercent: Readonly<Record<string, number>>
}

/** The doubt whether IDs that differ so are the same patient's. */
export const sameId = (difference: IdDifference): string => ['same-patient', difference].join(' ')

/**
 * A hospital's table brought to the patients of a study: IDs, values, and what a person is to decide.
 * @param rowIds one a row of the table
 * @param patients of whom each ID is one's alone
 * @param answers by the IDs of doubts; `yes` to those of likely equal IDs
 */
export function readClinicalStudy(
  table: ClinicalTable,
  rowIds: readonly string[],
  specs: readonly VariableSpec[],
  patients: readonly KnownPatient[],
  answers: ClinicalAnswers,
): ClinicalStudy {
  const labelOf = new Map(patients.map(({ id, label }) => [id, label]))
  const accepted = new Set(idDifferences.filter((difference) => answers[sameId(difference)] === 'yes'))
  const match = matchPatients(
    rowIds,
    patients.map(({ id }) => id),
    accepted,
  )
  const reading = readClinical(table, specs, answers)
  // By label from here on: what an answer names goes into files.
  const rowsOf = new Map([...match.rowsOf].map(([id, rows]) => [labelOf.get(id)!, rows]))
  const { valuesOf, differ } = joinPatients(reading, rowsOf, answers)
  const labelsOfRows = (rows: readonly number[]) => [...rowsOf].flatMap(([label, own]) => (own.some((row) => rows.includes(row)) ? [label] : [])) // prettier-ignore
  const alike = idDifferences.flatMap((difference): OpenDoubt[] => {
    const ids = match.likely.filter((pair) => pair.difference === difference).map(({ patientId }) => labelOf.get(patientId)!)
    return ids.length === 0 ? [] : [{ id: sameId(difference), code: 'same-patient', variable: '', labels: ids, options: ['yes', 'no'], proposed: null, difference }] // prettier-ignore
  })
  return {
    valuesOf,
    open: [
      ...alike.filter(({ id }) => answers[id] === undefined),
      ...reading.doubts.flatMap(({ id, code, variable, rows, options, proposed }) => {
        const labels = labelsOfRows(rows)
        // Rows of nobody ask nothing.
        return labels.length === 0 ? [] : [{ id, code, variable, labels, options, proposed }]
      }),
      ...differ.map(({ id, variable, patient, texts }) => ({
        id,
        code: 'rows-differ' as const,
        variable,
        labels: [patient],
        options: texts.map((_, i) => String(i + 1)),
        proposed: null,
      })),
    ],
    match,
    against: labelsOfRows(reading.against),
    atOnePercent: Object.fromEntries(Object.entries(reading.atOnePercent).map(([variable, rows]) => [variable, labelsOfRows(rows).length])), // prettier-ignore
  }
}
