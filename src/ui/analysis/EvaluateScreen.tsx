import { Button, Progress } from '@mantine/core'
import { IconChartLine } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { say } from '../../messages/say.ts'
import '../../messages/sayAnalysis.ts'
import { typedCountsOf } from '../../state/analysis/typedCounts.ts'
import { TypeCounts } from './TypeCounts.tsx'
import { LearnLinks } from '../shared/LearnLinks.tsx'
import { Notice } from '../shared/Notice.tsx'
import './analysis.css'
import { RunCard } from './study/RunCard.tsx'
import { useStudyKeys } from './study/useStudyKeys.ts'
import './study/study.css'
import { useEvaluated } from './evaluate/useEvaluated.ts'
import { DoorQuestion } from './DoorQuestion.tsx'
import { ColumnsView, CountsView, EvaluateView } from './laterParts.ts'
import { Follow } from './follow/Follow.tsx'
import { TablePicker } from './TablePicker.tsx'
import { useSession } from '../shared/session.ts'

/** From a table of scores to what they are worth. */
export function EvaluateScreen() {
  const session = useSession()
  const { scoresStore, studyStore, tableQuestion } = session
  const { run, table, isChoosing, problem } = useStore(scoresStore)
  const hasStudy = useStore(studyStore, ({ study }) => study !== undefined)
  const isAsked = useStore(tableQuestion, ({ file }) => file !== null)
  const evaluated = useEvaluated()
  const isTyping = useStore(typedCountsOf(session), (state) => state.isOpen)
  const { cancel, dismissProblem } = scoresStore.getState()
  useStudyKeys()
  useEffect(() => EvaluateView.prepare(), [])
  const isBusy = run.status !== 'idle'
  const view = isTyping ? (
    <CountsView />
  ) : evaluated && !isChoosing ? (
    <EvaluateView />
  ) : table ? (
    <ColumnsView table={table} />
  ) : hasStudy ? (
    <NotYet />
  ) : (
    <ScoresDoor />
  )
  return (
    <div className="screen analysis">
      {(isBusy || problem || hasStudy || isAsked) && (
        <div className="analysisNotices">
          <DoorQuestion />
          {problem && (
            <Notice kind="error" onClose={dismissProblem}>
              {say(problem)}
            </Notice>
          )}
          <RunCard />
          {isBusy && (
            <div className="notice" role="status">
              <div className="body">
                <div className="row">
                  <span className="ellipsis" style={{ flex: 1 }}>
                    {run.status === 'looking' ? `Reading ${run.name}` : run.progress ? say(run.progress.step) : 'Evaluating'}
                  </span>
                  {run.status === 'evaluating' && run.progress && (
                    <span className="dim number">
                      {run.progress.done} of {run.progress.total}
                    </span>
                  )}
                  <Button size="compact-xs" onClick={cancel}>
                    Cancel
                  </Button>
                </div>
                <Progress
                  mt={6}
                  size="sm"
                  value={run.status === 'evaluating' && run.progress ? (100 * run.progress.done) / run.progress.total : 3}
                  animated={run.status === 'looking'}
                  aria-label="Progress"
                />
              </div>
            </div>
          )}
        </div>
      )}
      {view}
      {!isChoosing && !isTyping && <Follow />}
    </div>
  )
}

/** The study in hand has not been analysed. */
function NotYet() {
  return (
    <div className="main">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            Does it hold at the other centre?
          </h1>
          <p className="dim">Nothing has been learnt yet, so there is nothing to judge.</p>
        </div>
        <TypeCounts />
      </header>
    </div>
  )
}

function ScoresDoor() {
  const { scoresStore } = useSession()
  return (
    <div className="main">
      <header className="screenHead">
        <div>
          <h1 tabIndex={-1} data-focus-home>
            Which scores do you have?
          </h1>
          <p className="dim">
            One table: a row a patient, one column a model or marker, one column with the outcome. It is read in this page and
            stays on this machine.
          </p>
        </div>
      </header>
      <section className="dropZone empty" aria-label="Open a table of scores">
        <IconChartLine size={38} stroke={1.3} color="var(--teal)" aria-hidden />
        <p className="lead">Drop a table: CSV, Excel (.xlsx) or Parquet</p>
        <div className="row">
          <TablePicker label="Choose a table" isFirst onFile={(file) => void scoresStore.getState().open(file)} />
          <TypeCounts />
        </div>
        <p className="dim">
          ROC curves with DeLong’s intervals, cut-offs, decision curves and calibration; every figure follows one threshold.
        </p>
        <LearnLinks />
      </section>
    </div>
  )
}
