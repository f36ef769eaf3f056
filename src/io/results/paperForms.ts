import type { Evaluation } from '../../core/evaluate/evaluateScores.ts'
import { isMessage, type Say } from '../../core/messages/message.ts'
import type { NamedTable } from './namedTable.ts'
import type { PaperTable } from './paperTable.ts'
import { table2, table3, table4, type TableIntervals } from './performanceTables.ts'

/** What stands behind the columns of groups in `table1.csv`, as it is printed. */
const lastHeads: Readonly<Record<string, string>> = { p: 'P', fisher_p: 'Fisher’s P', test: 'Test', note: 'Note' }

/** Table 1: levels below their variable; columns of which no row has anything are left out. */
export function formTable1({ columns, rows }: NamedTable, say: Say): PaperTable {
  const said = sayTable({ name: '', columns, rows }, say).rows
  const shown = columns.flatMap((_, at) => (at > 1 && said.some((row) => row[at] !== '') ? [at] : []))
  return {
    title: 'Table 1',
    heads: ['Variable', ...shown.map((at) => lastHeads[columns[at]] ?? columns[at])],
    rows: said.map((row) => {
      const [variable, level] = row
      const cells = shown.map((at) => row[at])
      return level === '' ? { cells: [variable, ...cells] } : { kind: 'below' as const, cells: [level, ...cells] }
    }),
    notes: [],
  }
}

/** Table 2 in the paper's form: a row each cohort and model; what every row says alike stands below it once. */
export function formTable2(evaluation: Evaluation, intervals: TableIntervals, say: Say): PaperTable {
  const { columns, rows } = sayTable(table2(evaluation, intervals), say)
  const at = (name: string) => columns.indexOf(name)
  const first = at('intervals')
  const notes = ['intervals', 'cut-off chosen', 'note'].flatMap((name) => [...new Set(rows.map((row) => row[at(name)]))].filter((text) => text !== '')) // prettier-ignore
  return {
    title: 'Table 2',
    heads: ['Cohort, model', ...columns.slice(2, first)],
    rows: groupRows(rows, (row) => row.slice(1, first)),
    notes: notes.map(endSentence),
  }
}

/** Table 3: differences between the models. */
export function formTable3(evaluation: Evaluation, say: Say): PaperTable {
  const { columns, rows } = sayTable(table3(evaluation), say)
  const [test, note] = [columns.indexOf('test'), columns.indexOf('note')]
  const shown = [1, 2, columns.indexOf('Z'), columns.indexOf('P')]
  return {
    title: 'Table 3',
    heads: shown.map((at) => columns[at]),
    rows: groupRows(rows, (row) => shown.map((at) => row[at])),
    notes: [test, note].flatMap((at) => [...new Set(rows.map((row) => row[at]))].filter((text) => text !== '').map(endSentence)), // prettier-ignore
  }
}

/** Table 4: differences between training and the other cohorts. */
export function formTable4(evaluation: Evaluation, say: Say): PaperTable {
  const { columns, rows } = sayTable(table4(evaluation), say)
  const test = columns.indexOf('test')
  return {
    title: 'Table 4',
    heads: columns.slice(1, test),
    rows: groupRows(rows, (row) => row.slice(1, test)),
    notes: [...new Set(rows.map((row) => endSentence(row[test])))],
  }
}

/** Some notes are sentences, others only their beginning. */
const endSentence = (text: string) => (text.endsWith('.') ? text : `${text}.`)

/** A heading each cohort. */
function groupRows(rows: readonly (readonly string[])[], cellsOf: (row: readonly string[]) => readonly string[]): PaperTable['rows'] {
  return rows.flatMap((row, at) => {
    const own = { kind: 'below' as const, cells: cellsOf(row) }
    return at > 0 && rows[at - 1][0] === row[0] ? [own] : [{ kind: 'heading' as const, cells: [row[0]] }, own]
  })
} // prettier-ignore

const sayTable = ({ columns, rows }: NamedTable, say: Say) => ({ columns, rows: rows.map((row) => row.map((cell) => (isMessage(cell) ? say(cell) : Number.isNaN(cell) ? '' : String(cell)))) }) // prettier-ignore
