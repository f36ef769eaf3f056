import { groupBy } from '../../numeric/groupBy.ts'
import { foldCell } from './readCell.ts'

/** In what alone an ID of the table and one of the images differ, the likeliest first. */
export const idDifferences = ['case', 'leading zeros', 'prefix or suffix', 'other than digits'] as const

export type IdDifference = (typeof idDifferences)[number]

/** An ID of the table that is likely one of the images', written otherwise. Told, never taken without an answer. */
export interface LikelyMatch {
  readonly difference: IdDifference
  readonly rowId: string
  readonly patientId: string
}

export interface PatientMatch {
  /** Rows of each patient whose ID is equal but for width and blanks at the ends; rows that were accepted as likely among them. */
  readonly rowsOf: ReadonlyMap<string, readonly number[]>
  readonly likely: readonly LikelyMatch[]
  /** Neither equal nor likely. */
  readonly rowsWithoutPatient: readonly number[]
  /** Without a row; a likely one counts until it is accepted. */
  readonly patientsWithoutRow: readonly string[]
}

/**
 * Brings rows of a clinical table to patients. Equal is equal but for width and blanks at the ends; all else is a proposal: only one that
 * leads from one ID to one ID, both not matched before.
 * @param rowIds one a row, as written; a patient may have several rows
 * @param patientIds each once
 * @param accepted differences that a person took for the same
 */
export function matchPatients(
  rowIds: readonly string[],
  patientIds: readonly string[],
  accepted: ReadonlySet<IdDifference>,
): PatientMatch {
  const rowsById = groupBy(rowIds.map((id, row) => ({ id: trim(id), row })), ({ id }) => id) // prettier-ignore
  const rowsOf = new Map<string, readonly number[]>()
  for (const patient of patientIds) {
    const rows = rowsById.get(trim(patient))
    if (rows) rowsOf.set(patient, rows.map(({ row }) => row)) // prettier-ignore
  }
  const equal = new Set([...rowsOf.keys()].map(trim))
  let openIds = [...rowsById.keys()].filter((id) => id !== '' && !equal.has(id))
  let openPatients = patientIds.filter((id) => !rowsOf.has(id))
  const likely: LikelyMatch[] = []
  for (const [difference, key] of differences(openIds, openPatients)) {
    const pairs = pairUp(openIds, openPatients, key)
    for (const [rowId, patientId] of pairs) {
      if (accepted.has(difference))
        rowsOf.set(patientId, rowsById.get(rowId)!.map(({ row }) => row)) // prettier-ignore
      else likely.push({ difference, rowId, patientId })
    }
    openIds = openIds.filter((id) => !pairs.some(([rowId]) => rowId === id))
    openPatients = openPatients.filter((id) => !pairs.some(([, patientId]) => patientId === id))
  }
  return {
    rowsOf,
    likely,
    rowsWithoutPatient: [...openIds, ''].flatMap((id) => (rowsById.get(id) ?? []).map(({ row }) => row)).sort((a, b) => a - b),
    patientsWithoutRow: patientIds.filter((id) => !rowsOf.has(id)),
  }
}

type Key = (id: string, side: 'row' | 'patient') => string

function differences(rowIds: readonly string[], patientIds: readonly string[]): [IdDifference, Key][] {
  const noZeros = (id: string) => foldCell(id).replace(/(?<!\d)0+(?=\d)/g, '')
  const ends = { row: commonEnds(rowIds.map(foldCell)), patient: commonEnds(patientIds.map(foldCell)) }
  return [
    ['case', foldCell],
    ['leading zeros', noZeros],
    ['prefix or suffix', (id, side) => noZeros(foldCell(id).slice(ends[side][0], foldCell(id).length - ends[side][1]))],
    ['other than digits', (id) => noZeros(id.replace(/\D/g, ''))],
  ]
}

/** How many characters at the start and at the end are those of all, a digit before which digits differ not counted. */
function commonEnds(ids: readonly string[]): [start: number, end: number] {
  if (ids.length < 2) return [0, 0]
  const shortest = Math.min(...ids.map(({ length }) => length))
  const count = (at: (id: string, i: number) => string) => {
    let same = 0
    while (same < shortest && ids.every((id) => at(id, same) === at(ids[0], same))) same++
    while (same > 0 && /\d/.test(at(ids[0], same - 1))) same--
    return same
  }
  const start = count((id, i) => id[i])
  return [
    start,
    Math.min(
      shortest - start,
      count((id, i) => id[id.length - 1 - i]),
    ),
  ]
}

/** Pairs whose key is that of one row ID and one patient alone. */
function pairUp(rowIds: readonly string[], patientIds: readonly string[], key: Key): [rowId: string, patientId: string][] {
  const rows = groupBy(rowIds, (id) => key(id, 'row'))
  const patients = groupBy(patientIds, (id) => key(id, 'patient'))
  return [...rows].flatMap(([common, ids]): [string, string][] => {
    const others = patients.get(common) ?? []
    return common !== '' && ids.length === 1 && others.length === 1 ? [[ids[0], others[0]]] : []
  })
}

const trim = (id: string) => id.normalize('NFKC').trim()
