import { clinicalWords } from '../../../messages/words/clinicalWords.ts'
import type { ClinicalTableRecord } from '../../../storage/studyPlanStore.ts'
import { sheetWords } from '../../../messages/words/studyWords.ts'

const shownValues = 3

/** What came with a study file: nothing of it is to be said by hand. */
export function ValuesOfFile({ header, rows, variables }: Pick<ClinicalTableRecord, 'header' | 'rows' | 'variables'>) {
  const words = sheetWords()
  return (
    <section className="card columnCard" aria-label={words.values}>
      <header>
        <h2>{words.values}</h2>
        <span className="dim">{words.variables(variables.length)}</span>
      </header>
      <div className="columnScroll" tabIndex={0} role="region" aria-label={words.valuesOfFile}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.variable}</th>
              <th scope="col">{words.firstValues}</th>
              <th scope="col">{words.knownOf}</th>
            </tr>
          </thead>
          <tbody>
            {variables.map(({ id, column }) => {
              const at = header.indexOf(column)
              const told = rows.map((row) => row[at] ?? '').filter((text) => text !== '')
              return (
                <tr key={id}>
                  <th scope="row" className="ellipsis" title={clinicalWords().nameVariable(id)}>
                    {clinicalWords().nameVariable(id)}
                  </th>
                  <td className="ellipsis dim">{[...new Set(told)].slice(0, shownValues).join(', ')}</td>
                  <td>{words.of(told.length, rows.length)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}
