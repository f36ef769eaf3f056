import type { StudyData } from '../../core/analysis/studyData.ts'
import { crossBatches } from '../../core/harmonise/batches.ts'
import type { Covariate } from '../../core/harmonise/covariates.ts'
import type { Protocol } from '../../core/protocol/protocol.ts'
import { readMeasurements } from './readMeasurements.ts'
import { clinicalColumns, refuseRoleColumns, type RoleColumn } from './refuseRoleColumns.ts'
import { listSome } from '../../core/table/listSome.ts'
import { readClinicalPredictors } from './readClinicalPredictors.ts'
import { likelySameIds } from './likelySameIds.ts'
import { likelySamePatients } from './likelySamePatients.ts'
import { parseNumber, readColumn, readOutcome, TableFileError, type TextTable } from './tableFile.ts'

export interface ReadStudy {
  readonly study: StudyData
  /** The column of the outcome, and the text that stands for the positive class. */
  readonly outcome: { readonly column: string; readonly positive: string }
  /** What a reader should know: patients that are in one file only, patients without outcome. */
  readonly notes: readonly string[]
}

/**
 * Brings a table of features and a clinical table together, as the protocol says which columns mean what.
 * @throws TableFileError when a column of the features is no feature, when the tables share no patient, or a column that the protocol names is missing or cannot be used
 */
export function readStudy(featureFile: TextTable, clinical: TextTable, protocol: Protocol): ReadStudy {
  refuseRoleColumns(featureFile, [...protocolColumns(protocol), ...clinicalColumns(clinical)])
  const { first, second, incomplete } = readMeasurements(featureFile, protocol.readers)
  const measured = new Set(first.ids)
  const described = new Set(clinical.ids)
  const unmeasured = clinical.ids.filter((id) => !measured.has(id))
  const undescribed = first.ids.filter((id) => !described.has(id))
  if (undescribed.length === first.ids.length)
    throw new TableFileError(`${featureFile.path} and ${clinical.path} share no patient: the first IDs are ${first.ids[0]} and ${clinical.ids[0]}.${describeLikely(undescribed, unmeasured)}`) // prettier-ignore
  if (undescribed.length > 0)
    throw new TableFileError(`${clinical.path} has no row for ${undescribed.length} patients of ${featureFile.path}: ${listSome(undescribed)}. Add them, or take them out of the features.${describeLikely(undescribed, unmeasured)}`) // prettier-ignore

  const byPatient = (column: string) => {
    const texts = readColumn(clinical, column)
    return new Map(clinical.ids.flatMap((id, row) => (measured.has(id) ? [[id, texts[row]] as const] : [])))
  }
  const outcome = readOutcome(clinical, protocol.outcome.column, protocol.outcome.positive, 'in the protocol: outcome, positive')
  const outcomeOf = new Map(
    clinical.ids.flatMap((id, row) => {
      const value = outcome.values[row]
      return measured.has(id) && !Number.isNaN(value) ? [[id, value as 0 | 1] as const] : []
    }),
  )
  const clinicalPredictors = readClinicalPredictors(clinical, protocol, first.ids)
  const harmonised = protocol.harmonise.method !== 'none'
  const unlabelled = first.ids.filter((id) => !outcomeOf.has(id))
  const patientOf =
    protocol.patient === undefined ? null : requireTexts(byPatient(protocol.patient), clinical.path, protocol.patient)
  const notes = [
    ...incomplete.map(({ sequence, ids }) => `${ids.length === 1 ? 'A patient has' : `${ids.length} patients have`} no row of the sequence ${sequence}, so that its features are missing: ${listSome(ids)}.`),
    ...(patientOf ? describePatients(patientOf) : warnOfSuffixes(first.ids)),
    ...(unmeasured.length > 0 ? [`${unmeasured.length} patients of ${clinical.path} have no features and are left out: ${listSome(unmeasured)}.${describeLikely(unmeasured, first.ids)}`] : []),
    ...(unlabelled.length > 0 ? [`${unlabelled.length} patients have no ${outcome.column}; they ${harmonised ? 'take part in harmonisation alone' : 'are left out'}: ${listSome(unlabelled)}.`] : []),
    `Positive is ${outcome.column} = ${outcome.positive}; negative is ${outcome.negative}.`,
  ] // prettier-ignore
  return {
    study: {
      features: first,
      secondReader: second ?? null,
      outcomeOf,
      cohortOf: requireTexts(byPatient(protocol.cohort.column), clinical.path, protocol.cohort.column),
      batchOf: harmonised ? crossBatches(protocol.harmonise.batch.map((column) => requireTexts(byPatient(column), clinical.path, column))) : new Map(),
      ...(patientOf && { patientOf }),
      ...(clinicalPredictors && { clinical: clinicalPredictors }),
      covariates: harmonised ? [...new Set([...protocol.harmonise.covariates, ...protocol.harmonise.factors])].map((column) => asCovariate(column, byPatient(column), protocol.harmonise.factors.includes(column))) : [],
    },
    outcome: { column: outcome.column, positive: outcome.positive },
    notes,
  } // prettier-ignore
}

function describePatients(patientOf: ReadonlyMap<string, string>): string[] {
  const patients = new Set(patientOf.values()).size
  return patients === patientOf.size
    ? []
    : [`${patientOf.size} rows of ${patients} patients: rows of a patient stay together in every split, fold, bootstrap and bag, and intervals count patients. Wilcoxon's test, ICC and Table 1 take rows for independent.`]
} // prettier-ignore

/** Lesions of a patient that are taken for patients are learnt from and judged by at once: AUCs near 1 on noise. */
function warnOfSuffixes(ids: readonly string[]): string[] {
  const alike = likelySamePatients(ids)
  if (alike.length === 0) return []
  const some = alike.slice(0, 3).map((group) => group.slice(0, 3).join(', '))
  return [`WARNING: IDs look like several rows of one patient: ${some.join('; ')}${alike.length > 3 ? ` and ${alike.length - 3} more` : ''}. If they are, name the clinical column of the patient in the protocol (patient: COLUMN), else their rows are learnt from and judged by at once.`]
} // prettier-ignore

/** The columns that the protocol names: they are looked for in the clinical table alone. */
function protocolColumns({ outcome, cohort, patient, harmonise }: Protocol): RoleColumn[] {
  return [
    ...(patient === undefined ? [] : [{ column: patient, role: 'the patient' }]),
    { column: outcome.column, role: 'the outcome' },
    { column: cohort.column, role: 'the cohort' },
    ...harmonise.batch.map((column) => ({ column, role: 'the batch' })),
    ...[...harmonise.covariates, ...harmonise.factors].map((column) => ({ column, role: 'a covariate' })),
  ]
}

/** A column of numbers is numeric unless it is declared a factor; any other is one. */
function asCovariate(name: string, texts: ReadonlyMap<string, string>, isFactor: boolean): Covariate {
  if (isFactor) return { name, kind: 'factor', valueOf: texts }
  const numbers = new Map([...texts].map(([id, text]) => [id, parseNumber(text)]))
  if ([...numbers.values()].every((value) => typeof value === 'number'))
    return { name, kind: 'numeric', valueOf: numbers as Map<string, number> }
  return { name, kind: 'factor', valueOf: texts }
}

function requireTexts(texts: Map<string, string>, path: string, column: string): Map<string, string> {
  const without = [...texts].filter(([, text]) => text === '').map(([id]) => id)
  if (without.length > 0) throw new TableFileError(`${path}, column ${column}: empty for ${listSome(without)}.`)
  return texts
}

function describeLikely(ids: readonly string[], others: readonly string[]): string {
  const pairs = likelySameIds(ids, others)
  if (pairs.length === 0) return ''
  return ` Likely the same, and not joined: ${listSome(pairs.map(([a, b]) => `${a} and ${b}`))}. Write them alike.`
}
