import type { CombatRecord } from '../../core/harmonise/combatRecord.ts'
import type { HarmonisedTable } from '../../core/harmonise/applyCombat.ts'
import { checkCombatLengths, combatSchema } from './combatSchema.ts'
import { refuse } from './messages.ts'
import { formatTable, type TextTable } from '../tables/tableFile.ts'
import { sayingMessages, type Say } from '../../core/messages/message.ts'

/** A column that is no feature, by patient: it is written as it was read. */
export interface BesideFeatures {
  readonly column: string
  readonly textOf: ReadonlyMap<string, string>
}

/** Features as `formatFeatures`, after what stands beside them; where patients were left as measured, a column that is no feature says so. */
export function formatHarmonised(
  { ids, columns, values, notHarmonised }: HarmonisedTable,
  beside: readonly BesideFeatures[] = [],
): string {
  const mark = markHarmonised(notHarmonised)
  return formatTable(
    ['id', ...mark.columns, ...beside.map(({ column }) => column), ...columns],
    ids.map((id, i) => [
      id,
      ...mark.of(id),
      ...beside.map(({ textOf }) => textOf.get(id)!),
      ...columns.map((_, j) => values[j * ids.length + i]),
    ]),
  )
}

/** In tables of patients: whether their values are as measured although others were harmonised. */
export const harmonisedColumn = 'diagnostics_combat'
const asMeasured = 'not harmonised'

/** The column for tables of patients, none when everybody was harmonised. */
export function markHarmonised(notHarmonised: readonly string[]) {
  const left = new Set(notHarmonised)
  return {
    columns: left.size === 0 ? [] : [harmonisedColumn],
    of: (id: string) => (left.size === 0 ? [] : [left.has(id) ? asMeasured : 'harmonised']),
  }
}

/** The patients whom a table's column marks as not harmonised; a patient of several rows by any of them. */
export function readNotHarmonised({ ids, columns, cells }: TextTable): string[] {
  const at = columns.indexOf(harmonisedColumn)
  return at < 0 ? [] : [...new Set(ids.filter((_, row) => cells[row][at].trim() === asMeasured))]
}

/** JSON that keeps every bit of the record's numbers. */
export function formatCombat(record: CombatRecord, say: Say): string {
  return `${JSON.stringify(record, sayingMessages(say))}\n`
}

/** @throws DataError when the text is no ComBat that was written here, or its lists are not of one length */
export function parseCombat(text: string, path: string): CombatRecord {
  const parsed = combatSchema.safeParse(parseJson(text, path))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refuse('combat-invalid', { path, field: issue.path.join('.') || null, words: issue.message })
  }
  const record = parsed.data
  checkCombatLengths(record, path)
  return record
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw refuse('combat-no-json', { path, words: (cause as Error).message }, { cause })
  }
}
