import type { ScoreRecord } from '../../../core/evaluate/scoreRecord.ts'
import type { NamedTable } from '../../../io/results/namedTable.ts'
import type { PaperTable } from '../../../io/results/paperTable.ts'
import { table2, table3, type TableIntervals } from '../../../io/results/performanceTables.ts'
import { say } from '../../../messages/say.ts'

/** Table 2 in the paper's form: a row each cohort and model; what every row says alike stands below it once. */
export function paperOfTable2({ evaluation }: ScoreRecord, intervals: TableIntervals): PaperTable {
  const { columns, rows } = sayTable(table2(evaluation, intervals))
  const at = (name: string) => columns.indexOf(name)
  const first = at('intervals')
  const notes = ['intervals', 'cut-off chosen', 'note'].flatMap((name) => [...new Set(rows.map((row) => row[at(name)]))].filter((text) => text !== '')) // prettier-ignore
  return {
    title: 'Table 2',
    heads: ['Cohort, model', ...columns.slice(2, first)],
    rows: groupRows(rows, (row) => row.slice(1, first)),
    notes: notes.map((note) => `${note}.`),
  }
}

/** Table 3: differences between the models. */
export function paperOfTable3({ evaluation }: ScoreRecord): PaperTable {
  const { columns, rows } = sayTable(table3(evaluation))
  const [test, note] = [columns.indexOf('test'), columns.indexOf('note')]
  const shown = [1, 2, columns.indexOf('Z'), columns.indexOf('P')]
  return {
    title: 'Table 3',
    heads: shown.map((at) => columns[at]),
    rows: groupRows(rows, (row) => shown.map((at) => row[at])),
    notes: [test, note].flatMap((at) => [...new Set(rows.map((row) => row[at]))].filter((text) => text !== '').map((text) => `${text}.`)), // prettier-ignore
  }
}

/** A heading each cohort. */
function groupRows(rows: readonly (readonly string[])[], cellsOf: (row: readonly string[]) => readonly string[]): PaperTable['rows'] {
  return rows.flatMap((row, at) => {
    const own = { kind: 'below' as const, cells: cellsOf(row) }
    return at > 0 && rows[at - 1][0] === row[0] ? [own] : [{ kind: 'heading' as const, cells: [row[0]] }, own]
  })
} // prettier-ignore

const sayTable = ({ columns, rows }: NamedTable) => ({ columns, rows: rows.map((row) => row.map((cell) => (typeof cell === 'object' ? say(cell) : Number.isNaN(cell) ? '' : String(cell)))) }) // prettier-ignore
