import type { Message } from '../../../core/messages/message.ts'
import { isMissing } from '../tableFile.ts'
import { tell, type Place } from './messages.ts'
import type { RawTable } from './rawTable.ts'

/** Of many places so many are told. */
export const shownPlaces = 3

export interface NamedRows {
  /** Places of the rows that are used, in the order of the file. */
  readonly rows: readonly number[]
  /** What each of them is called. */
  readonly ids: readonly string[]
}

/**
 * Which rows are used, and what each is called.
 * @param keyColumns columns that tell the rows of one ID apart, such as the sequence
 * @param problems gets what is to be said or mended
 */
export function nameRows(
  raw: RawTable,
  idAt: number | undefined,
  withoutId: 'number' | 'leave out' | null,
  problems: Message[],
  keyColumns: readonly number[] = [],
): NamedRows {
  const all = raw.rows.map((_, row) => row)
  const numbered = all.map((row) => `${raw.files ? `${raw.files[row]} ` : ''}row ${raw.rowNumbers[row]}`)
  if (idAt === undefined) {
    if (withoutId !== 'number') problems.push(tell('no-id', {}))
    return { rows: all, ids: numbered }
  }
  const ids = raw.rows.map((row) => row[idAt])
  const empty = all.filter((row) => isMissing(ids[row]))
  if (empty.length > 0 && withoutId === null)
    problems.push(tell('empty-id', { places: empty.slice(0, shownPlaces).map((row) => placeOf(raw, row, '')), count: empty.length })) // prettier-ignore
  const rows = withoutId === 'number' ? all : all.filter((row) => !isMissing(ids[row]))
  const seen = new Set<string>()
  const keyOf = (row: number) => JSON.stringify([ids[row], ...keyColumns.map((at) => raw.rows[row][at])])
  const known = rows.filter((row) => !isMissing(ids[row]))
  const repeated = [...new Set(known.filter((row) => seen.size === seen.add(keyOf(row)).size).map((row) => ids[row]))]
  if (repeated.length > 0) problems.push(tell('repeated-id', { ids: repeated.slice(0, shownPlaces), count: repeated.length }))
  return { rows, ids: rows.map((row) => (isMissing(ids[row]) ? numbered[row] : ids[row])) }
}

export function placeOf(raw: RawTable, row: number, text: string): Place {
  return { row: raw.rowNumbers[row], text, ...(raw.files && { file: raw.files[row] }) }
}
