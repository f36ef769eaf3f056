import type { Analysis } from '../../core/analysis/analysis.ts'
import { formatTable1 } from '../../core/cohort/formatTable1.ts'
import { makeTable1 } from '../../core/cohort/table1.ts'
import { DataError, type Message, type Say } from '../../core/messages/message.ts'
import { readClinicalVariables } from '../tables/clinicalVariables.ts'
import type { ReadStudy } from '../tables/readStudy.ts'
import { readColumn, type TextTable } from '../tables/tableFile.ts'
import type { NamedTable } from './namedTable.ts'
import { tell } from './messages.ts'

/**
 * Table 1: the clinical columns of the patients who learn or are judged, by cohort; where there is one cohort only, by outcome. A column
 * that tells every patient apart (a name, a number) is no variable. A clinical table that cannot be described does not end the study:
 * a note says why there is no Table 1.
 */
export function describeCohorts(
  { protocol, split }: Analysis,
  clinical: TextTable,
  { column }: ReadStudy['outcome'],
  say: Say,
): { readonly tables: readonly NamedTable[]; readonly notes: readonly Message[] } {
  const everybody = new Set([...split.training, ...split.judged.flatMap(({ ids }) => ids)])
  const table = keepRows(clinical, everybody)
  const by = split.judged.length > 0 ? protocol.cohort.column : column
  const groups = readColumn(table, by).map((text) => (by === column ? `${column} = ${text}` : text))
  try {
    const leaveOut = [...new Set([by, protocol.cohort.column, ...(protocol.patient === undefined ? [] : [protocol.patient])])]
    const { variables, leftOut } = readClinicalVariables(table, { leaveOut })
    const names = variables.flatMap((variable) => (variable.kind === 'categorical' && variable.levels.length === table.ids.length ? [variable.name] : [])) // prettier-ignore
    const described = variables.filter(({ name }) => !names.includes(name))
    const notDescribed = [...leftOut, ...names]
    return {
      tables: described.length === 0 ? [] : [{ name: 'table1', ...formatTable1(makeTable1(groups, described), say) }],
      notes: notDescribed.length > 0 ? [tell('table1-leaves-out', { columns: notDescribed })] : [],
    }
  } catch (error) {
    if (error instanceof DataError) return { tables: [], notes: [tell('table1-impossible', { reason: error.told })] }
    throw error
  }
}

function keepRows(table: TextTable, ids: ReadonlySet<string>): TextTable {
  const rows = table.ids.flatMap((id, row) => (ids.has(id) ? [row] : []))
  return {
    ...table,
    ids: rows.map((row) => table.ids[row]),
    cells: rows.map((row) => table.cells[row]),
    rowNumbers: rows.map((row) => table.rowNumbers[row]),
  }
}
