import type { StudyData } from '../../core/analysis/studyData.ts'
import { profileOfFeature } from '../../core/features/profileOfFeature.ts'
import { crossBatches } from '../../core/harmonise/batches.ts'
import type { Covariate } from '../../core/harmonise/covariates.ts'
import type { Protocol } from '../../core/protocol/protocol.ts'
import { readMeasurements } from './readMeasurements.ts'
import { clinicalColumns, refuseRoleColumns, type RoleColumn } from './refuseRoleColumns.ts'
import type { Message } from '../../core/messages/message.ts'
import { refuse, tell } from './messages.ts'
import { readClinicalPredictors } from './readClinicalPredictors.ts'
import { likelySameIds, likelyTwice } from './likelySameIds.ts'
import { likelySamePatients } from './likelySamePatients.ts'
import { parseNumber, readColumn, readOutcome, type TextTable } from './tableFile.ts'

export interface ReadStudy {
  readonly study: StudyData
  /** The column of the outcome, and the text that stands for the positive class. */
  readonly outcome: { readonly column: string; readonly positive: string }
  /** What a reader should know: patients that are in one file only, patients without outcome. */
  readonly notes: readonly Message[]
}

/**
 * Brings a table of features and a clinical table together, as the protocol says which columns mean what.
 * @throws DataError when a column of the features is no feature, when the tables share no patient, or a column that the protocol names is missing or cannot be used
 */
export function readStudy(featureFile: TextTable, clinical: TextTable, protocol: Protocol): ReadStudy {
  refuseRoleColumns(featureFile, [...protocolColumns(protocol), ...clinicalColumns(clinical)])
  const { first, second, incomplete } = readMeasurements(featureFile, protocol.readers)
  const measured = new Set(first.ids)
  const described = new Set(clinical.ids)
  const unmeasured = clinical.ids.filter((id) => !measured.has(id))
  const undescribed = first.ids.filter((id) => !described.has(id))
  const paths = { features: featureFile.path, clinical: clinical.path }
  if (undescribed.length === first.ids.length)
    throw refuse('no-patient-shared', {
      ...paths,
      first: [first.ids[0], clinical.ids[0]],
      likely: likelySameIds(undescribed, unmeasured),
    })
  if (undescribed.length > 0)
    throw refuse('patients-undescribed', { ...paths, ids: undescribed, likely: likelySameIds(undescribed, unmeasured) })

  const byPatient = (column: string) => {
    const texts = readColumn(clinical, column)
    return new Map(clinical.ids.flatMap((id, row) => (measured.has(id) ? [[id, texts[row]] as const] : [])))
  }
  const outcome = readOutcome(clinical, protocol.outcome.column, protocol.outcome.positive, 'protocol')
  const outcomeOf = new Map(
    clinical.ids.flatMap((id, row) => {
      const value = outcome.values[row]
      return measured.has(id) && !Number.isNaN(value) ? [[id, value as 0 | 1] as const] : []
    }),
  )
  const clinicalPredictors = readClinicalPredictors(clinical, protocol, first.ids)
  const harmonised = protocol.harmonise.method !== 'none'
  const textsOfBatches = () => protocol.harmonise.batch.map(byPatient)
  const hasBatches = protocol.harmonise.batch.every((column) => clinical.columns.includes(column))
  const isSeen = !harmonised && hasBatches && textsOfBatches().every((texts) => [...texts.values()].every((text) => text !== ''))
  const unlabelled = first.ids.filter((id) => !outcomeOf.has(id))
  const patientOf =
    protocol.patient === undefined ? null : requireTexts(byPatient(protocol.patient), clinical.path, protocol.patient)
  const notes = [
    ...warnOfProfiles(first.columns, featureFile.path),
    ...incomplete.map((sequence) => tell('sequence-missing', { ...sequence })),
    ...warnOfTwice(first.ids, featureFile.path),
    ...(patientOf ? [...describePatients(patientOf), ...warnOfTwice([...new Set(patientOf.values())], `${clinical.path}, column ${protocol.patient}`)] : warnOfSuffixes(first.ids)),
    ...(unmeasured.length > 0 ? [tell('patients-unmeasured', { clinical: clinical.path, ids: unmeasured, likely: likelySameIds(unmeasured, first.ids) })] : []),
    ...(unlabelled.length > 0 ? [tell('patients-unlabelled', { column: outcome.column, ids: unlabelled, harmonised })] : []),
    tell('outcome-classes', { column: outcome.column, positive: outcome.positive, negative: outcome.negative }),
  ] // prettier-ignore
  return {
    study: {
      features: first,
      secondReader: second ?? null,
      outcomeOf,
      cohortOf: requireTexts(byPatient(protocol.cohort.column), clinical.path, protocol.cohort.column),
      batchOf: harmonised ? crossBatches(protocol.harmonise.batch.map((column) => requireTexts(byPatient(column), clinical.path, column))) : new Map(),
      ...(isSeen && { seenBatchOf: crossBatches(textsOfBatches()) }),
      ...(patientOf && { patientOf }),
      ...(clinicalPredictors && { clinical: clinicalPredictors }),
      covariates: harmonised ? [...new Set([...protocol.harmonise.covariates, ...protocol.harmonise.factors])].map((column) => asCovariate(column, byPatient(column), protocol.harmonise.factors.includes(column))) : [],
    },
    outcome: { column: outcome.column, positive: outcome.positive },
    notes,
  } // prettier-ignore
}

/** Who merges tables of two extractions may not see that they were made by different definitions. */
function warnOfProfiles(columns: readonly string[], path: string): Message[] {
  const [pyradiomics, ibsi] = (['PyRadiomics', 'IBSI'] as const).map((profile) =>
    columns.filter((column) => profileOfFeature(column) === profile),
  )
  if (pyradiomics.length === 0 || ibsi.length === 0) return []
  const inShort = (names: readonly string[]) => ({ count: names.length, example: names[0] })
  return [tell('profiles-mixed', { path, pyradiomics: inShort(pyradiomics), ibsi: inShort(ibsi) })]
}

function describePatients(patientOf: ReadonlyMap<string, string>): Message[] {
  const patients = new Set(patientOf.values()).size
  return patients === patientOf.size ? [] : [tell('rows-of-patients', { rows: patientOf.size, patients })]
}

function warnOfTwice(ids: readonly string[], path: string): Message[] {
  const likely = likelyTwice(ids)
  return likely.length === 0 ? [] : [tell('ids-likely-twice', { path, likely })]
}

/** Lesions of a patient that are taken for patients are learnt from and judged by at once: AUCs near 1 on noise. */
function warnOfSuffixes(ids: readonly string[]): Message[] {
  const groups = likelySamePatients(ids)
  return groups.length === 0 ? [] : [tell('ids-of-one-patient', { groups })]
}

/** The columns that the protocol names: they are looked for in the clinical table alone. */
export function protocolColumns({ outcome, cohort, patient, harmonise }: Protocol): RoleColumn[] {
  return [
    ...(patient === undefined ? [] : [{ column: patient, role: 'patient' as const }]),
    { column: outcome.column, role: 'outcome' },
    { column: cohort.column, role: 'cohort' },
    ...harmonise.batch.map((column) => ({ column, role: 'batch' as const })),
    ...[...harmonise.covariates, ...harmonise.factors].map((column) => ({ column, role: 'covariate' as const })),
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
  if (without.length > 0) throw refuse('cells-empty', { path, column, ids: without })
  return texts
}
