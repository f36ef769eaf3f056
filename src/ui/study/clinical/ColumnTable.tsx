import { NativeSelect } from '@mantine/core'
import { knownVariables } from '../../../io/tables/roles/guessVariables.ts'
import { chooseVariable, columnUse, type ColumnUse, type VariableChoice } from '../../../io/tables/roles/chooseVariable.ts'
import { clinicalWords } from '../../../messages/words/clinicalWords.ts'
import type { ColumnChoice } from '../../../state/studyPlan.ts'
import { sheetWords } from '../../../messages/words/studyWords.ts'

interface ColumnTableProps {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly choice: VariableChoice
  readonly onChoice: (choice: ColumnChoice) => void
}

const shownValues = 3

/** Which column is what: guessed by its name, changed by hand. */
export function ColumnTable({ header, rows, choice, onChoice }: ColumnTableProps) {
  const hasHer2 = choice.variables.some(({ kind }) => kind === 'her2')
  const words = sheetWords()
  const uses: { value: ColumnUse; label: string; disabled?: boolean }[] = [
    { value: 'none', label: words.notUsed },
    { value: 'ids', label: words.patientsId },
    ...knownVariables.map(({ id }) => ({ value: `variable ${id}` as const, label: clinicalWords().nameWithUnit(id) })),
    { value: 'ish', label: words.hybridisation, disabled: !hasHer2 },
    { value: 'number', label: words.anotherNumber },
    { value: 'category', label: words.anotherCategory },
  ]
  return (
    <section className="card columnCard" aria-label={words.columns}>
      <header>
        <h2>{words.columns}</h2>
        <span className="dim">{words.areVariables(choice.variables.length, header.length)}</span>
      </header>
      <div className="columnScroll" tabIndex={0} role="region" aria-label={words.columnsOfTable}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.inTheTable}</th>
              <th scope="col">{words.firstValues}</th>
              <th scope="col">{words.here}</th>
            </tr>
          </thead>
          <tbody>
            {header.map((column, at) => {
              const use = columnUse(choice, column)
              const values = [...new Set(rows.map((row) => (row[at] ?? '').trim()))].filter((text) => text !== '')
              return (
                <tr key={`${at} ${column}`} data-use={use}>
                  <th scope="row" className="ellipsis" title={column}>
                    {column}
                  </th>
                  <td className="ellipsis dim" title={values.slice(0, 20).join(', ')}>
                    {values.slice(0, shownValues).join(', ')}
                  </td>
                  <td>
                    <NativeSelect
                      aria-label={words.columnIs(column)}
                      value={use}
                      data={uses}
                      onChange={(event) => onChoice(chooseVariable(choice, column, event.currentTarget.value as ColumnUse))}
                    />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}
