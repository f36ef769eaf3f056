import { Button } from '@mantine/core'
import { useStore } from 'zustand'
import { say } from '../../../messages/say.ts'
import type { OwnLook } from '../../../state/analysis/ownStudy.ts'
import type { Screen } from '../../../state/screen.ts'
import { formatCount } from '../../shared/formatNumber.ts'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import './own.css'
import { useOwnAct, useOwnStudy } from './useOwnStudy.ts'

/** The first way in: the study in this page, as far as it is. */
export function OwnDoor() {
  const { ownStudyStore } = useSession()
  const look = useStore(ownStudyStore, (state) => state.look)
  const problem = useStore(ownStudyStore, (state) => state.problem)
  const act = useOwnAct()
  useOwnStudy()
  return (
    <section className="card ownDoor" aria-label="The study’s own table">
      <h2>The study’s own table</h2>
      {problem && (
        <Notice kind="error" onClose={() => act(({ dismiss }) => dismiss())}>
          {say(problem)}
        </Notice>
      )}
      {look ? <Standing look={look} /> : <p className="dim">{problem ? '' : 'The study is being looked at.'}</p>}
    </section>
  )
}

function Standing({ look }: { look: OwnLook }) {
  const { members, patients, features, missing, outOfDate, tasks, origin } = look
  const { ownStudyStore } = useSession()
  const isLooking = useStore(ownStudyStore, (state) => state.isLooking)
  const act = useOwnAct()
  if (!origin)
    return (
      <>
        <p>
          Its {formatCount(look.found)} patients are in no fixed cohorts yet. Who learns and who is judged is fixed before
          anything is learnt.
        </p>
        <div className="row">
          <To screen="study" label="Fix the cohorts on Study" isFirst />
        </div>
      </>
    )
  const lacks = missing + outOfDate
  const standing = (
    <p>
      <strong className="number">{formatCount(patients)}</strong> of {formatCount(members)} patients ×{' '}
      <strong className="number">{formatCount(features)}</strong> features; cohorts fixed, hash{' '}
      <code title={origin.freeze}>{origin.freeze.slice(0, 12)}</code>.
    </p>
  )
  if (patients === 0)
    return (
      <>
        <p>
          Cohorts of {formatCount(members)} patients are fixed, hash{' '}
          <code title={origin.freeze}>{origin.freeze.slice(0, 12)}</code>. No features of their ROIs are computed yet.
        </p>
        <div className="row">
          <To screen="features" label="Compute them on Features" isFirst />
        </div>
      </>
    )
  if (tasks === 0)
    return (
      <>
        {standing}
        <p>
          None of the study’s tasks has both classes among the patients who learn. The outcome comes from the clinical table: take
          one on Study, and answer what is doubtful in it.
        </p>
        <div className="row">
          <To screen="study" label="To the clinical table on Study" isFirst />
        </div>
      </>
    )
  return (
    <>
      {standing}
      {lacks > 0 && (
        <p className="warnText">
          {[
            ...(missing > 0 ? [missing === 1 ? '1 ROI is not computed' : `${formatCount(missing)} ROIs are not computed`] : []),
            ...(outOfDate > 0 ? [`${formatCount(outOfDate)} ${outOfDate === 1 ? 'is' : 'are'} out of date`] : []),
          ].join(', ')}
          : missing from the table.
        </p>
      )}
      {tasks < look.ofTasks && (
        <p className="dim">
          {formatCount(tasks)} of {formatCount(look.ofTasks)} tasks: the others lack a class among the patients who learn.
        </p>
      )}
      <div className="row">
        <Button variant="filled" size="sm" disabled={isLooking} onClick={() => act(({ open }) => open())}>
          Analyse the study’s own table
        </Button>
        {lacks > 0 && <To screen="features" label="Compute the rest on Features" />}
      </div>
    </>
  )
}

/** Leads to where it is mended. */
function To({ screen, label, isFirst = false }: { screen: Screen; label: string; isFirst?: boolean }) {
  const { screenStore } = useSession()
  return (
    <Button variant={isFirst ? 'filled' : 'default'} size="sm" onClick={() => screenStore.getState().show(screen)}>
      {label}
    </Button>
  )
}
