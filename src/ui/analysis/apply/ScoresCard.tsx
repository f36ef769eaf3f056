import { Button } from '@mantine/core'
import { useStore } from 'zustand'
import type { ModelFile } from '../../../io/records/modelFile.ts'
import type { AppliedScores } from '../../../../workers/applyApi.ts'
import { listSome } from '../../../messages/listSome.ts'
import { downloadFile, fileNameFrom } from '../../../state/actions/downloadFile.ts'
import { formatCount, formatNumber } from '../../shared/formatNumber.ts'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { nameRule } from './ModelCard.tsx'
import { useApplyAct } from './useApply.ts'

/** More are in the file. */
const shownRows = 500

/** Everybody's score, and what must be known of it. */
export function ScoresCard({ content, scored }: { content: ModelFile; scored: AppliedScores }) {
  const { applyStore } = useSession()
  const { table, shown } = useStore(applyStore)
  const act = useApplyAct()
  const { name, cutoffs, learntFrom, imputation, outcome } = content
  const { ids } = scored.table
  const cutoff = cutoffs.find(({ threshold }) => !Number.isNaN(threshold))
  const positives = cutoff ? scored.scores.filter((score) => score >= cutoff.threshold).length : 0
  const outsideOf = new Map(scored.outside?.map(({ id, columns }) => [id, columns]))
  const isMet = new Set(scored.met)
  const isAsMeasured = new Set(scored.notHarmonised)
  const stem = fileNameFrom(table!.file.name.replace(/\.[^.]*$/, ''))
  const facts = [
    ...scored.joined.map(({ batch, patients }) => `${batch} joined by its own ${formatCount(patients)} patients, without their outcome.`),
    ...scored.imputed.map(({ column, count }) => `${column}: missing for ${formatCount(count)}, the ${imputation!.method} of training stands in.`),
    ...(learntFrom.ids === null ? [`The file names none of the ${formatCount(learntFrom.patients)} patients it was learnt from: whether some of them are among these cannot be told.`] : []),
  ] // prettier-ignore
  return (
    <section className="card applyCard" aria-label="Scores">
      <header>
        <h2>Scores of {table!.file.name}</h2>
        <span className="grow" />
        <Button
          variant="filled"
          size="xs"
          onClick={() => downloadFile(`${stem}-${fileNameFrom(name)}.csv`, scored.csv, 'text/csv')}
        >
          Save scores (CSV)
        </Button>
        {scored.withOutcome !== null && (
          <Button
            size="xs"
            title={`The table has ${outcome.column}: the scores are judged by it`}
            onClick={() => act(({ evaluate }) => evaluate())}
          >
            Evaluate
          </Button>
        )}
        <Button size="xs" onClick={() => act(({ closeTable }) => closeTable())}>
          Another table
        </Button>
      </header>
      <p>
        <strong className="number">{formatCount(ids.length)}</strong> {ids.length === 1 ? 'patient' : 'patients'} scored
        {cutoff && (
          <>
            , <strong className="number">{formatCount(positives)}</strong> at or above the cut-off{' '}
            {formatNumber(cutoff.threshold, 4)} ({nameRule(cutoff)})
          </>
        )}
        {scored.outside && (
          <>
            ; <strong className="number">{formatCount(scored.outside.length)}</strong> with a value outside what the training
            patients had
          </>
        )}
        .
      </p>
      {scored.notHarmonised.length > 0 && (
        <Notice kind="warn">
          NOT HARMONISED: {listSome([...scored.notHarmonised])}. Their values are as their scanner gave them: do not compare their
          scores with the others’.
        </Notice>
      )}
      {scored.met.length > 0 && (
        <Notice kind="warn">
          {formatCount(scored.met.length)} of them {name} was learnt from: their scores are no validation. They are marked in the
          file.
        </Notice>
      )}
      {scored.likelyMet.length > 0 && (
        <Notice kind="warn">
          Likely patients {name} was learnt from, under another ID, and not marked:{' '}
          {listSome(scored.likelyMet.map(([id, other]) => `${id} (${other})`))}.
        </Notice>
      )}
      {facts.map((fact) => (
        <p key={fact} className="dim">
          {fact}
        </p>
      ))}
      <div className="applyScroll" tabIndex={0} role="region" aria-label="Scores of the patients">
        <table className="applyTable">
          <thead>
            <tr>
              <th scope="col">Patient</th>
              <th scope="col" className="number">
                {name}
              </th>
              {cutoff && <th scope="col">Class</th>}
              {scored.outside && <th scope="col">Outside training</th>}
              {(scored.notHarmonised.length > 0 || scored.met.length > 0) && <th scope="col">Marks</th>}
            </tr>
          </thead>
          <tbody>
            {ids.slice(0, shownRows).map((id, row) => (
              <tr key={id} aria-selected={shown?.from === 'table' && shown.id === id}>
                <th scope="row">
                  <button type="button" className="followed" onClick={() => act(({ showRow }) => showRow(id))}>
                    {id}
                  </button>
                </th>
                <td className="number" title={String(scored.scores[row])}>
                  {formatNumber(scored.scores[row], 4, { zeros: true })}
                </td>
                {cutoff && <td>{scored.scores[row] >= cutoff.threshold ? outcome.positive : `not ${outcome.positive}`}</td>}
                {scored.outside && (
                  <td className="ellipsis" title={outsideOf.get(id)?.join('\n')}>
                    {outsideOf.has(id)
                      ? `${formatCount(outsideOf.get(id)!.length)} of ${formatCount(scored.table.columns.length)}`
                      : '–'}
                  </td>
                )}
                {(scored.notHarmonised.length > 0 || scored.met.length > 0) && (
                  <td>
                    {[isAsMeasured.has(id) ? 'NOT HARMONISED' : '', isMet.has(id) ? 'learnt from' : '']
                      .filter(Boolean)
                      .join(', ') || '–'}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        {ids.length > shownRows && <p className="dim">The first {formatCount(shownRows)}; all are in the file.</p>}
      </div>
    </section>
  )
}
