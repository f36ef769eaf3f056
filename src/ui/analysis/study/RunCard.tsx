import { Button, Progress } from '@mantine/core'
import { useStore } from 'zustand'
import { formatDateTime } from '../../../messages/formatDateTime.ts'
import { say } from '../../../messages/say.ts'
import '../../../messages/sayAnalysis.ts'
import { formatCount, formatSeconds } from '../../shared/formatNumber.ts'
import { Key } from '../../shared/Key.tsx'
import { Notice } from '../../shared/Notice.tsx'
import { useSession } from '../../shared/session.ts'
import { OwnChanged } from '../laterParts.ts'
import { mendingOf } from './mendingOf.ts'
import { useNow } from '../../shared/useNow.ts'

/** What went wrong with the study, what runs, what is out of date, and how to bring it up to date. */
export function RunCard() {
  const { studyStore } = useSession()
  const problem = useStore(studyStore, (state) => state.problem)
  const own = useStore(studyStore, ({ door, study }) => (study ? door?.choice.own : undefined))
  return (
    <>
      {own && <OwnChanged made={own} />}
      {problem && (
        <Notice kind="error" onClose={studyStore.getState().dismissProblem}>
          {say(problem)}
        </Notice>
      )}
      <Elsewhere />
      <Replacing />
      <Run />
    </>
  )
}

/** Two tabs would undo each other's work. */
function Elsewhere() {
  const { studyStore } = useSession()
  const isElsewhere = useStore(studyStore, (state) => state.isElsewhere)
  if (!isElsewhere) return null
  return (
    <Notice kind="warn">
      The study is open in another tab; here it is looked at only, as it was when this page opened. When that tab is closed it is
      read anew and goes on here.
    </Notice>
  )
}

/** A study is somebody's work: it gives way when that is said. */
function Replacing() {
  const { studyStore } = useSession()
  const replacing = useStore(studyStore, (state) => state.replacing)
  const door = useStore(studyStore, (state) => state.door)
  const { replace, keepStudy } = studyStore.getState()
  if (!replacing) return null
  return (
    <Notice kind="warn">
      {door ? `The study of ${door.files.features.name}` : 'The study that was open last'}, its protocol and what was computed of
      it are deleted from this computer {replacing.by ? `when ${replacing.by.name} takes its place` : 'when it is closed'}. Save
      its protocol first if it is still needed.
      <div className="row">
        <Button size="compact-sm" onClick={() => void replace()}>
          {replacing.by ? `Open ${replacing.by.name}` : 'Close it'}
        </Button>
        <Button size="compact-sm" onClick={keepStudy}>
          Keep the study
        </Button>
      </div>
    </Notice>
  )
}

function Run() {
  const { studyStore } = useSession()
  const {
    run,
    study,
    isChoosing,
    analysis,
    stale,
    estimateMs,
    plan,
    isElsewhere,
    failed,
    interruptedAt,
    finishedStages,
    tasks,
    task,
  } = useStore(studyStore)
  const { analyse, cancel, goOn } = studyStore.getState()
  if (run.status === 'reading')
    return (
      <div className="notice" role="status">
        <div className="body">
          <div className="row">
            <span className="ellipsis grow">Reading {run.name}</span>
            <Button size="compact-xs" onClick={cancel}>
              Cancel
            </Button>
          </div>
          <Progress mt={6} size="sm" value={100} animated aria-label="Progress" />
        </div>
      </div>
    )
  if (run.status === 'running')
    return (
      <div className="notice runCard" role="status" data-testid="analysis-run">
        <div className="body">
          <div className="row">
            <span className="ellipsis grow">
              {run.task !== task && `Task ${tasks.findIndex(({ id }) => id === run.task) + 1}: `}
              {run.progress ? say(run.progress.step) : 'Beginning'}
            </span>
            <Running />
            {run.isAsked ? (
              <>
                <span>Cancel? Stages that are finished are kept.</span>
                <Button size="compact-xs" onClick={cancel}>
                  Cancel the run
                </Button>
                <Button size="compact-xs" onClick={goOn}>
                  Go on
                </Button>
              </>
            ) : (
              <Button size="compact-xs" onClick={cancel}>
                Cancel
              </Button>
            )}
          </div>
          <Progress
            mt={6}
            size="sm"
            value={run.progress ? (100 * run.progress.done) / Math.max(1, run.progress.total) : 2}
            aria-label="Progress of the analysis"
          />
        </div>
      </div>
    )
  if (!study || isChoosing || isElsewhere || (analysis && stale.size === 0)) return null
  const isInterrupted = interruptedAt !== null && finishedStages > 0
  const about = estimateMs === null ? '' : ` (about ${formatSeconds(estimateMs / 1000)})`
  return (
    <div className={`notice ${analysis ? 'staleBar' : 'info'}`} role="status">
      <div className="body row">
        <span className="grow">
          <Standing />
        </span>
        <Mend />
        <Button variant="filled" disabled={plan.length === 0} onClick={() => void analyse()}>
          {isInterrupted ? `Go on${about}` : analysis || failed ? `Run again${about}` : `Run the analysis${about}`}
        </Button>
        <span className="dim">
          <Key>Ctrl</Key> <Key>Enter</Key>
        </span>
      </div>
    </div>
  )
}

/** How the study stands that is not up to date. */
function Standing() {
  const { studyStore } = useSession()
  const { analysis, stale, finishedAt, failed, interruptedAt, finishedStages, plan } = useStore(studyStore)
  const kept = `${formatCount(finishedStages)} of ${formatCount(plan.length)} stages are finished and kept`
  if (interruptedAt !== null) return `The run of ${formatDateTime(interruptedAt)} was interrupted when its page closed: ${kept}.`
  if (analysis)
    return `What is out of date is of the protocol of ${formatDateTime(finishedAt!)}: ${[...stale].map((step) => stepNames[step]).join(', ')}.`
  if (failed) return `The last run ended at ${stepNames[failed]}; ${kept}.`
  if (finishedStages > 0) return `The study is not computed to its end: ${kept}.`
  return 'The study is ready. Nothing has been learnt yet.'
}

/** Leads from what went wrong to the setting that decides it. */
function Mend() {
  const { studyStore, screenStore } = useSession()
  const problem = useStore(studyStore, (state) => state.problem)
  const failed = useStore(studyStore, (state) => state.failed)
  const isOwn = useStore(studyStore, ({ door }) => door?.choice.own !== undefined)
  const mending = failed && problem && mendingOf(problem, failed)
  if (!mending) return null
  // Who is in the study is said on Study.
  if (isOwn && mending.isInColumns) return <Button onClick={() => screenStore.getState().show('study')}>To Study</Button>
  const go = () => {
    if (mending.isInColumns) studyStore.getState().showColumns(true)
    screenStore.getState().show(mending.screen)
  }
  return <Button onClick={go}>{mending.label}</Button>
}

const stepNames = {
  cohorts: 'Cohorts',
  harmonise: 'Harmonise',
  agree: 'Agree',
  select: 'Select',
  train: 'Train',
  evaluate: 'Evaluate',
  report: 'Report',
}

function Running() {
  const { studyStore } = useSession()
  const run = useStore(studyStore, (state) => state.run)
  const estimateMs = useStore(studyStore, (state) => state.estimateMs)
  const now = useNow(500, run.status === 'running')
  if (run.status !== 'running') return null
  const { progress, startedAt } = run
  const since = Math.max(0, now - startedAt) / 1000
  return (
    <span className="dim number">
      {progress && progress.total > 1 ? `${progress.done} of ${progress.total}, ` : ''}
      {formatSeconds(since)}
      {estimateMs !== null && estimateMs > 0 ? `, about ${formatSeconds(estimateMs / 1000)} left` : ''}
    </span>
  )
}
