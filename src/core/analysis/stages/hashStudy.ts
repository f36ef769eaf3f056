import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { ClinicalData } from '../clinicalData.ts'
import { levelColumn } from '../clinicalPredictors.ts'
import type { StudyData } from '../studyData.ts'
import { pickColumns, type FeatureTable } from '../../table/featureTable.ts'
import { stageKey, type StageKey } from './stageKey.ts'

/** Keys of a study's data, by what looks at them. */
export interface DataKeys {
  /** Features of both readers, outcomes, cohorts, and whose each row is. */
  readonly measured: StageKey
  /** Batches and covariates: what harmonisation knows of patients beside their features. */
  readonly batches: StageKey
  /** Batches that nothing is harmonised by; null without any. */
  readonly seenBatches: StageKey | null
  /** By column of the clinical table: every model looks at its own. */
  readonly clinical: ReadonlyMap<string, StageKey>
}

/** The order of rows and columns counts: what is drawn is drawn from it. */
export function hashStudy(study: StudyData): DataKeys {
  const { features, secondReader, outcomeOf, cohortOf, batchOf, seenBatchOf, covariates, clinical, patientOf } = study
  return {
    measured: keyOf('measured', [hashTable(features), secondReader && hashTable(secondReader), [...outcomeOf], [...cohortOf], patientOf ? [...patientOf] : null]), // prettier-ignore
    batches: keyOf('batches', [[...batchOf], covariates.map(({ name, kind, valueOf }) => [name, kind, [...valueOf].map(([id, value]) => [id, String(value)])])]), // prettier-ignore
    seenBatches: seenBatchOf ? keyOf('seen batches', [[...seenBatchOf]]) : null,
    clinical: new Map(clinical ? hashClinical(clinical) : []),
  }
}

/** A column may be there as numbers and as categories; these are the columns of their levels. */
function hashClinical({ table, predictors }: ClinicalData): (readonly [string, StageKey])[] {
  const names = [...new Set(predictors.map(({ column }) => column))]
  return names.map((name) => {
    const forms = predictors.filter(({ column }) => column === name)
    const own = forms.flatMap(({ levels }) => levels?.map((level) => levelColumn(name, level)) ?? [name])
    return [name, keyOf('clinical', [forms, hashTable(pickColumns(table, own))])]
  })
}

function hashTable({ ids, columns, values }: FeatureTable): unknown {
  return [ids, columns, hashNumbers(values)]
}

/** The upper half of a NaN; the lower one is 0. */
const quietNaN = 0x7ff80000

function keyOf(kind: string, part: unknown): StageKey {
  return stageKey({ kind, version: 1, inputs: [], part, seed: null })
}

/** Of their bits, little-endian; every NaN is the same NaN, whose bits differ between engines. */
function hashNumbers(values: Float64Array): string {
  const bytes = new DataView(new ArrayBuffer(8 * values.length))
  values.forEach((value, i) => {
    if (Number.isNaN(value)) bytes.setUint32(8 * i + 4, quietNaN, true)
    else bytes.setFloat64(8 * i, value, true)
  })
  return bytesToHex(sha256(new Uint8Array(bytes.buffer)))
}
