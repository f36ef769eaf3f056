import { clinicalWords } from '../../../messages/words/clinicalWords.ts'
import type { ClinicalTableRecord } from '../../../storage/studyPlanStore.ts'

const shownValues = 3

/** What came with a study file: nothing of it is to be said by hand. */
export function ValuesOfFile({ header, rows, variables }: Pick<ClinicalTableRecord, 'header' | 'rows' | 'variables'>) {
  return (
    <section className="card columnCard" aria-label="Values">
      <header>
        <h2>Values</h2>
        <span className="dim">{variables.length} variables</span>
      </header>
      <div className="columnScroll" tabIndex={0} role="region" aria-label="Values of the study file">
        <table>
          <thead>
            <tr>
              <th scope="col">Variable</th>
              <th scope="col">First values</th>
              <th scope="col">Known of</th>
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
                  <td>
                    {told.length} of {rows.length}
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
