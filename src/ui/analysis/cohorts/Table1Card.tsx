import { Button, SegmentedControl, Switch } from '@mantine/core'
import { useMemo, useState } from 'react'
import { makeTable1 } from '../../../core/cohort/table1.ts'
import type { Protocol } from '../../../core/protocol/protocol.ts'
import { readClinicalVariables } from '../../../io/tables/clinicalVariables.ts'
import { isMissing, readColumn, type TextTable } from '../../../io/tables/tableFile.ts'
import { programServer } from '../../../io/programServer.ts'
import { downloadFile } from '../../../state/actions/downloadFile.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { CopyPaper } from '../charts/CopyPaper.tsx'
import { makeWordFile, makeWorkbook, wordType, workbookType } from '../charts/savedTables.ts'
import { SaveFile } from '../charts/SaveFile.tsx'
import { formatTables, type NamedTable } from '../../../io/results/namedTable.ts'
import { sayInFiles } from '../../../messages/say.ts'
import { formOfTable1, noteOf, paperOfTable1, type Centre } from './table1Form.ts'

type Grouping = 'cohort' | 'outcome' | 'batch'

/** Who the patients are, by group, in the form of a paper. */
export function Table1Card({ clinical: given, protocol }: { clinical: TextTable; protocol: Protocol }) {
  const [by, setBy] = useState<Grouping>('cohort')
  const [withP, setWithP] = useState(true)
  const [centre, setCentre] = useState<Centre>('median')
  const columns: Record<Grouping, string | undefined> = {
    cohort: protocol.cohort.column,
    outcome: protocol.outcome.column,
    batch: protocol.harmonise.batch.find((column) => given.columns.includes(column)),
  }
  const column = columns[by] ?? columns.cohort!
  const { training } = protocol.cohort
  const made = useMemo(() => {
    const clinical = trainingFirst(given, protocol.cohort.column, training)
    const groups = readColumn(clinical, column).map((text) => (isMissing(text) ? null : text))
    const { variables, leftOut } = readClinicalVariables(clinical, { leaveOut: [column] })
    const names = new Set(groups.filter((name) => name !== null))
    // One group is described by itself: nothing is compared.
    const table = names.size > 1 ? makeTable1(groups, variables) : null
    return { form: table && formOfTable1(table, centre), leftOut, withoutGroup: table?.withoutGroup ?? 0 }
  }, [given, column, protocol.cohort.column, training, centre])
  const { form, leftOut, withoutGroup } = made
  const asTable = (): NamedTable => ({
    name: 'table1',
    columns: ['variable', 'level', ...form!.heads, ...(withP ? ['p', 'test'] : [])],
    rows: form!.lines.map(({ name, isLevel, cells, p, mark }) => [isLevel ? '' : name, isLevel ? name : '', ...cells, ...(withP ? [p, form!.footnotes.find(([one]) => one === mark)?.[1] ?? ''] : [])]), // prettier-ignore
  })
  const saveCsv = () => {
    const [{ name, text }] = formatTables([asTable()], sayInFiles)
    downloadFile(name, text, 'text/csv')
  }
  return (
    <section className="card tableCard table1" aria-label="Table 1">
      <header>
        <h2>Table 1</h2>
        <SegmentedControl
          aria-label="Groups of Table 1"
          data={[
            { value: 'cohort', label: 'by cohort' },
            { value: 'outcome', label: 'by outcome' },
            ...(columns.batch === undefined ? [] : [{ value: 'batch' as const, label: 'by batch' }]),
          ]}
          value={by}
          onChange={setBy}
        />
        <span className="grow" />
        {form && (
          <>
            <Switch
              label="mean ± SD"
              checked={centre === 'mean'}
              onChange={(event) => setCentre(event.currentTarget.checked ? 'mean' : 'median')}
            />
            <Switch label="P" checked={withP} onChange={(event) => setWithP(event.currentTarget.checked)} />
            <div className="row saves">
              <CopyPaper make={() => paperOfTable1(form, centre, withP)} />
              <SaveFile
                label="HTML"
                title="A page"
                name="table1.html"
                type="text/html"
                make={async () => {
                  const { paperHtml } = await programServer.load(() => import('../charts/paperHtml.ts'))
                  return paperHtml(paperOfTable1(form, centre, withP))
                }}
              />
              <SaveFile
                label="Word"
                title="A Word file with a table that can be edited"
                name="table1.docx"
                type={wordType}
                make={() => makeWordFile([paperOfTable1(form, centre, withP)])}
              />
              <SaveFile
                label="Excel"
                title="A workbook"
                name="table1.xlsx"
                type={workbookType}
                make={() => makeWorkbook([asTable()])}
              />
              <Button size="compact-xs" onClick={saveCsv}>
                CSV
              </Button>
            </div>
          </>
        )}
      </header>
      {!form ? (
        <p className="dim cardBody">One group: nothing to compare.</p>
      ) : (
        <div className="analysisScroll" tabIndex={0} role="region" aria-label={`Table 1 by ${column}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Variable</th>
                {form.heads.map((head) => (
                  <th key={head} scope="col" className="number">
                    {head}
                  </th>
                ))}
                {withP && (
                  <th scope="col" className="number">
                    P
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {form.lines.map(({ name, isLevel, cells, p, mark }, at) => (
                <tr key={at}>
                  {isLevel ? <td className="level">{name}</td> : <th scope="row">{name}</th>}
                  {cells.map((cell, g) => (
                    <td key={g} className="number">
                      {cell}
                    </td>
                  ))}
                  {withP && (
                    <td className="number">
                      {p}
                      {mark && <sup>{mark}</sup>}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
          <p className="dim small footnote">
            {noteOf(centre)} {withP && form.footnotes.map(([mark, test]) => `${mark}: ${test}.`).join(' ')}
            {withoutGroup > 0 && ` ${formatCount(withoutGroup)} patients have no ${column} and are left out.`}
            {leftOut.length > 0 && ` Not shown, as they hold more than 20 different texts: ${leftOut.join(', ')}.`}
          </p>
        </div>
      )}
    </section>
  )
}

/** Groups stand in the order in which they come; those who learn are described first. */
function trainingFirst(clinical: TextTable, column: string, training: string): TextTable {
  const cohorts = readColumn(clinical, column)
  const learns = (row: number) => Number(cohorts[row] === training)
  const rows = clinical.ids.map((_, row) => row).sort((a, b) => learns(b) - learns(a) || a - b)
  const inOrder = <Value,>(values: readonly Value[]) => rows.map((row) => values[row])
  return { ...clinical, ids: inOrder(clinical.ids), cells: inOrder(clinical.cells), rowNumbers: inOrder(clinical.rowNumbers) }
}
