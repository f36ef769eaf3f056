import type { ClinicalStudy, KnownPatient } from '../../../core/cohort/clinical/clinicalStudy.ts'
import { listSome } from '../../../messages/listSome.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { sheetWords } from '../../../messages/words/studyWords.ts'
import { MarkedWords } from '../../shared/MarkedWords.tsx'

interface MatchCardProps {
  readonly clinical: ClinicalStudy
  readonly known: readonly KnownPatient[]
  readonly rowIds: readonly string[]
}

/** Whose the rows are, and who has none. */
export function MatchCard({ clinical, known, rowIds }: MatchCardProps) {
  const { match, against, atOnePercent } = clinical
  const words = sheetWords()
  const labels = new Map(known.map(({ id, label }) => [id, label]))
  const nobodys = match.rowsWithoutPatient.map((row) => rowIds[row] || words.withoutId)
  const without = match.patientsWithoutRow.map((id) => labels.get(id)!).sort()
  const rows = match.rowsWithoutPatient.length
  return (
    <section className="card matchCard" aria-label={words.rowsAndPatients}>
      <header>
        <h2>{words.rowsAndPatients}</h2>
      </header>
      <ul>
        <li>
          <MarkedWords words={words.haveRow(formatCount(match.rowsOf.size), formatCount(known.length))} />
        </li>
        {rows > 0 && (
          <li>
            <MarkedWords className="warnText" words={words.noImages(formatCount(rows), rows === 1, listSome(nobodys))} />
          </li>
        )}
        {without.length > 0 && (
          <li>
            <MarkedWords
              className="warnText"
              words={words.noRow(formatCount(without.length), without.length === 1, listSome(without))}
            />
          </li>
        )}
        {against.length > 0 && (
          <li>
            <MarkedWords words={words.against(against.length, listSome(against))} />
          </li>
        )}
        {Object.entries(atOnePercent).flatMap(([variable, count]) =>
          count > 0
            ? [
                <li key={variable}>
                  <MarkedWords words={words.atOnePercent(count, variable.toUpperCase())} />
                </li>,
              ]
            : [],
        )}
      </ul>
    </section>
  )
}
