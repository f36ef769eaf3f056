import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { BatchRow } from './batchRows.ts'
import { indexLesion } from './lesions.ts'
import type { RoleId } from './roles.ts'
import type { CohortFreeze, Patient, ReaderId } from './study.ts'
import { textOf, type RowInputs } from './tableAge.ts'

/** What of a reader's rows an analysis of fixed cohorts is made of. */
export interface AnalysedRows {
  /** Current ones, each called by its patient's label: one a patient and role. */
  readonly rows: readonly BatchRow[]
  /** Roles that a patient of the cohorts has an image of. */
  readonly roles: readonly RoleId[]
  /** Of a patient and role without current features: those that were never computed, and those that are out of date. */
  readonly missing: number
  readonly outOfDate: number
}

/** Fixed cohorts without whoever withdrew since and was erased: nothing is known of them any more, and nobody waits for their features. */
export function withoutErased(freeze: CohortFreeze, patients: readonly Pick<Patient, 'label'>[]): CohortFreeze {
  const there = new Set(patients.map(({ label }) => label))
  return { ...freeze, members: freeze.members.filter(([label]) => there.has(label)) }
}

/**
 * Rows of the patients of fixed cohorts. What is known of a patient as a whole is said of her index lesion: rows of her other lesions are
 * not part of it.
 * @param rows all of a reader, see `listBatchRows`
 * @param roles of the study, in the order of columns
 */
export function pickAnalysedRows(
  rows: readonly BatchRow[],
  patients: readonly Pick<Patient, 'id' | 'lesions'>[],
  { members }: Pick<CohortFreeze, 'members'>,
  roles: readonly RoleId[],
): AnalysedRows {
  const fixed = new Set(members.map(([label]) => label))
  const lesionOf = new Map(patients.map(({ id, lesions }) => [id, indexLesion(lesions)]))
  const ofMembers = rows.filter(({ label }) => fixed.has(label))
  const seen = new Set(ofMembers.flatMap(({ role, image }) => (image ? [role] : [])))
  const wanted = roles.filter((role) => seen.has(role))
  const own = ofMembers.filter(({ patient, lesion, role }) => lesion === lesionOf.get(patient) && seen.has(role))
  const current = own.filter(({ age }) => age?.length === 0)
  const outOfDate = own.filter(({ age }) => age !== null && age.length > 0).length
  return {
    rows: current.map((row) => ({ ...row, id: row.label })),
    roles: wanted,
    missing: members.length * wanted.length - current.length - outOfDate,
    outOfDate,
  }
}

/** SHA-256 of what the features of rows are made from, the same for equal features alone. */
export function hashRows(
  readings: readonly (readonly [ReaderId, readonly BatchRow[]])[],
  now: Omit<RowInputs, 'maskHash'>,
): string {
  const made = readings.map(([reader, rows]) => [reader, rows.map(({ id, role, region }) => [id, role, region?.image, region?.maskHash])]) // prettier-ignore
  return bytesToHex(sha256(utf8ToBytes(textOf({ made, now }))))
}
