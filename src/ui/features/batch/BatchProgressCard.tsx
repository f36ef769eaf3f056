import { Progress } from '@mantine/core'
import { useStore } from 'zustand'
import { say } from '../../../messages/say.ts'
import { formatCount, formatFixed, formatSeconds } from '../../shared/formatNumber.ts'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { rois } from './batchTexts.ts'

/** So many failures of a run stand under its bar; all of them are among the rows. */
const mostFailures = 5

/** How far the run is, what is computed now, and what failed, as it comes. */
export function BatchProgressCard() {
  const { batchStore } = useSession()
  const run = useStore(batchStore, (state) => state.run)
  if (!('progress' in run)) return null
  const { done, of, failures, dropped, workers, inHand, workedMs, leftMs } = run.progress
  const isOver = run.status === 'done' || run.status === 'stopped'
  const perMinute = workedMs > 0 ? (60_000 * done) / workedMs : 0
  const rate = done > 0 ? `${perMinute < 10 ? formatFixed(perMinute, 1) : formatCount(perMinute)} ROIs a minute` : ''
  const left = !isOver && leftMs !== null ? `about ${formatSeconds(leftMs / 1000)} left` : ''
  return (
    <section className="card batchProgress" aria-label="Run">
      <div className="row">
        <strong aria-live="polite">
          {run.status === 'done'
            ? `Done: ${formatCount(done)} of ${rois(of)} in ${formatSeconds(workedMs / 1000)}${failures.length > 0 ? `, ${formatCount(failures.length)} of them failed` : ''}`
            : run.status === 'stopped'
              ? `Cancelled after ${formatCount(done)} of ${rois(of)}: what was computed is kept`
              : `${run.status === 'paused' ? 'Paused' : 'Computing'}: ${formatCount(done)} of ${rois(of)}`}
        </strong>
        <span className="grow" />
        <span className="dim number">
          {[rate, left, !isOver && (workers === 1 ? '1 worker' : `${workers} workers`)].filter(Boolean).join(', ')}
        </span>
      </div>
      {!isOver && <Progress value={of > 0 ? (100 * done) / of : 0} aria-label="ROIs that are done" />}
      {run.status === 'running' && (
        <p className="dim ellipsis">
          {inHand.length > 0
            ? `Now: ${inHand.map(({ id, role }) => `${id} ${role}`).join(', ')}`
            : 'The first images are being read.'}
        </p>
      )}
      {run.status === 'paused' && run.problem && <Notice kind="warn">{say(run.problem)}</Notice>}
      {dropped > 0 && (
        <Notice kind="info">
          {dropped === 1 ? '1 ROI was' : `${rois(dropped)} were`} changed while {dropped === 1 ? 'it was' : 'they were'} computed:
          nothing of the older form is kept.
        </Notice>
      )}
      {failures.length > 0 && (
        <Notice kind="error">
          <strong>
            {failures.length === 1 ? '1 ROI failed; the others go on.' : `${rois(failures.length)} failed; the others go on.`}
          </strong>
          <ul>
            {failures.slice(-mostFailures).map(({ row, reason }) => (
              <li key={`${row.id} ${row.role}`}>
                <span className="dim">
                  {row.id} {row.role}:
                </span>{' '}
                {say(reason)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  )
}
