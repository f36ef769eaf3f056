import { useMemo } from 'react'
import { useStore } from 'zustand'
import { describeGuard, type GuardRow } from '../../../core/analysis/leakGuard.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { useSession } from '../../shared/session.ts'
import { useFollow } from '../follow/useFollow.ts'
import { FoldDots } from './FoldDots.tsx'
import { nameGuarded } from './nameGuarded.ts'

/** The patients behind each step, and who was held out in which fold. */
export function GuardTable() {
  const { studyStore } = useSession()
  const analysis = useStore(studyStore, (state) => state.analysis)!
  const guard = useMemo(() => describeGuard(analysis), [analysis])
  return (
    <div className="analysisScroll tableCard" tabIndex={0} role="region" aria-label="Patients behind each step">
      <table>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col" className="number">
              learnt from
            </th>
            <th scope="col">values seen of validation</th>
            <th scope="col">labels seen of validation</th>
          </tr>
        </thead>
        <tbody>
          {guard.rows.map((row, at) => (
            <Row key={nameGuarded(row.step)} row={row} at={at} />
          ))}
          <tr>
            <th scope="row">Evaluate</th>
            <td className="number">–</td>
            <td>from here</td>
            <td>from here</td>
          </tr>
        </tbody>
      </table>
      {analysis.resampling && <FoldDots training={analysis.split.training} folds={analysis.resampling.folds} />}
    </div>
  )
}

function Row({ row: { step, learntFrom, outside, sawLabels }, at }: { row: GuardRow; at: number }) {
  const { begin } = useFollow()
  return (
    <tr>
      <th scope="row">{nameGuarded(step)}</th>
      <td className="number">
        {learntFrom ? (
          <button type="button" className="followed" onClick={() => begin({ kind: 'step', at })}>
            {formatCount(learntFrom.length)} <span className="visuallyHidden">patients: {nameGuarded(step)}</span>
          </button>
        ) : (
          <span className="warnText">not recorded</span>
        )}
      </td>
      <td>{outside > 0 ? `yes, ${formatCount(outside)} patients` : 'no'}</td>
      <td>{sawLabels ? 'yes' : 'no'}</td>
    </tr>
  )
}
