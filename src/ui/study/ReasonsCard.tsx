import { groupBy } from '../../core/numeric/groupBy.ts'
import { exclusionReasons } from '../../core/study/exclusions.ts'
import { clinicalWords } from '../../messages/words/clinicalWords.ts'
import type { StudyView } from '../../state/viewStudy.ts'
import { NumberButton } from './NumberButton.tsx'
import type { ShownNumber } from './NumberedPatients.tsx'
import { studyWords } from '../../messages/words/studyWords.ts'

/** All reasons that hold of the excluded: each is counted at the first of hers. */
export function ReasonsCard({ view, onShow }: { view: StudyView; onShow: (shown: ShownNumber) => void }) {
  const { excluded } = view.traced
  const pairs = excluded.flatMap(({ id, reasons }) => reasons.map((reason, i) => ({ id, reason, isFirst: i === 0 })))
  const rank = (reason: string) => (exclusionReasons as readonly string[]).concat(reason).indexOf(reason)
  const rows = [...groupBy(pairs, ({ reason }) => reason)].sort(([a], [b]) => rank(a) - rank(b))
  const words = studyWords()
  const { nameExclusion } = clinicalWords()
  return (
    <section className="card reasonsCard" aria-label={words.reasons}>
      <header>
        <h2>{words.reasons}</h2>
        <span className="dim">{words.reasonsHint}</span>
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.reason}</th>
            <th scope="col" className="number">
              {words.countedHere}
            </th>
            <th scope="col" className="number">
              {words.holdsOf}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([reason, own]) => (
            <tr key={reason}>
              <th scope="row">{nameExclusion(reason)}</th>
              <td className="number">
                <NumberButton
                  title={words.excludedFor(nameExclusion(reason))}
                  patients={own.filter(({ isFirst }) => isFirst).map(({ id }) => id)}
                  onShow={onShow}
                />
              </td>
              <td className="number">
                <NumberButton
                  title={words.excludedAlsoFor(nameExclusion(reason))}
                  patients={own.map(({ id }) => id)}
                  onShow={onShow}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
