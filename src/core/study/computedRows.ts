import type { ExtractionResult } from '../extraction/collectResult.ts'
import type { BatchRow } from './batchRows.ts'
import type { RoleId } from './roles.ts'
import type { ReaderId } from './study.ts'

/*
 * Rows of features that were computed on another machine, by a study file of this study: a row is taken where it was made of just what it
 * would be made of here, which its hashes tell, and is left where it was not.
 */

/** A row with what it says of how it was made. */
export interface ComputedRow {
  /** `A-0120`, `A-0120_L2`. */
  readonly id: string
  readonly role: RoleId
  readonly reader: ReaderId
  /** As `image` of a region: its ID and its content. */
  readonly image: string
  readonly maskHash: string
  readonly parametersHash: string
  /** Version. */
  readonly program: string
  readonly result: Pick<ExtractionResult, 'diagnostics' | 'features'>
}

/** What rows are made of here. */
export interface MadeHere {
  readonly reader: ReaderId
  readonly parametersHash: string
  /** Version. */
  readonly program: string
  /** Names of all features that the parameters ask for. */
  readonly features: readonly string[]
}

/** Why a row is left: of whom it is, what it was made of, or that it is not all there; 'there' is no fault. */
export type WhyLeft = 'reader' | 'unknown' | 'image' | 'mask' | 'parameters' | 'program' | 'part' | 'there'

export interface MatchedRows {
  readonly taken: readonly { readonly row: BatchRow; readonly computed: ComputedRow }[]
  /** In the order in which they came. */
  readonly left: readonly { readonly why: WhyLeft; readonly computed: ComputedRow }[]
}

/** @param rows of the study, of one reader */
export function matchComputed(rows: readonly BatchRow[], computed: readonly ComputedRow[], now: MadeHere): MatchedRows {
  const known = new Map(rows.map((row) => [keyOf(row), row]))
  const taken: MatchedRows['taken'][number][] = []
  const left: MatchedRows['left'][number][] = []
  for (const one of computed) {
    const row = known.get(keyOf(one))
    const why = whyLeft(row, one, now)
    if (why) left.push({ why, computed: one })
    else taken.push({ row: row!, computed: one })
  }
  return { taken, left }
}

const keyOf = ({ id, role }: Pick<ComputedRow, 'id' | 'role'>) => JSON.stringify([id, role])

function whyLeft(row: BatchRow | undefined, { reader, image, maskHash, parametersHash, program, result }: ComputedRow, now: MadeHere): WhyLeft | null {
  if (reader !== now.reader) return 'reader'
  if (!row?.region) return 'unknown'
  if (image !== row.region.image) return 'image'
  if (maskHash !== row.region.maskHash) return 'mask'
  if (parametersHash !== now.parametersHash) return 'parameters'
  if (program !== now.program) return 'program'
  const names = new Set(result.features.map(([name]) => name))
  if (now.features.some((name) => !names.has(name))) return 'part'
  return row.age?.length === 0 ? 'there' : null
} // prettier-ignore
