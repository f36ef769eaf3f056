import type { ClinicalStudy, KnownPatient } from '../../../core/cohort/clinical/clinicalStudy.ts'
import { listSome } from '../../../messages/listSome.ts'
import { formatCount } from '../../shared/formatNumber.ts'

interface MatchCardProps {
  readonly clinical: ClinicalStudy
  readonly known: readonly KnownPatient[]
  readonly rowIds: readonly string[]
}

/** Whose the rows are, and who has none. */
export function MatchCard({ clinical, known, rowIds }: MatchCardProps) {
  const { match, against, atOnePercent } = clinical
  const labels = new Map(known.map(({ id, label }) => [id, label]))
  const nobodys = match.rowsWithoutPatient.map((row) => rowIds[row] || 'without an ID')
  const without = match.patientsWithoutRow.map((id) => labels.get(id)!).sort()
  const rows = match.rowsWithoutPatient.length
  return (
    <section className="card matchCard" aria-label="Rows and patients">
      <header>
        <h2>Rows and patients</h2>
      </header>
      <ul>
        <li>
          <strong>{formatCount(match.rowsOf.size)}</strong> of {formatCount(known.length)} patients have a row
        </li>
        {rows > 0 && (
          <li>
            <strong className="warnText">{formatCount(rows)}</strong> {rows === 1 ? 'row has' : 'rows have'} no images here (
            {listSome(nobodys)})
          </li>
        )}
        {without.length > 0 && (
          <li>
            <strong className="warnText">{formatCount(without.length)}</strong>{' '}
            {without.length === 1 ? 'patient has' : 'patients have'} no row ({listSome(without)})
          </li>
        )}
        {against.length > 0 && (
          <li>
            <strong>{against.length}</strong> with HER2 3+ and negative hybridisation, counted as positive ({listSome(against)})
          </li>
        )}
        {Object.entries(atOnePercent).flatMap(([variable, count]) =>
          count > 0
            ? [
                <li key={variable}>
                  <strong>{count}</strong> with {variable.toUpperCase()} at exactly 1 %, counted as negative
                </li>,
              ]
            : [],
        )}
      </ul>
    </section>
  )
}
